"""The filter behind `demarche copies`."""

from __future__ import annotations

from typing import Any

from tasks.duplicates import copies_of_records

from .press import story

STORY = story(1)


def run(*records: dict[str, Any]) -> list[dict[str, Any]]:
    return list(copies_of_records(records))


def test_one_answer_a_record_in_their_order() -> None:
    first, second, third = run(
        {"id": 7, "text": STORY, "published": "2022-02-08"},
        {"id": "x", "text": f"{STORY} (AFP)", "published": "2022-02-07T10:00:00Z"},
        {"id": 3.5, "title": "Alone", "text": story(2)},
    )
    assert list(first) == ["id", "cluster", "canonical", "relation", "similarity", "containment"]
    assert (first["id"], first["canonical"], first["relation"]) == (7, "x", "near")
    assert (second["id"], second["canonical"], second["relation"]) == ("x", "x", "original")
    assert first["cluster"] == second["cluster"] != third["cluster"]
    assert first["similarity"] > 0.9
    assert third["similarity"] is third["containment"] is None


def test_dates_of_any_form_and_none() -> None:
    forms = [
        "2022-02-07",
        "2022-02-07T10:00:00",
        "2022-02-07T10:00:00+03:00",
        "yesterday",
        "",
        None,
    ]
    answers = run(*({"id": n, "text": STORY, "published": f} for n, f in enumerate(forms)))
    # Moments in order before the bare day; the undated last.
    assert {a["canonical"] for a in answers} == {2}


def test_repeated_missing_and_odd_values() -> None:
    answers = run(
        {"id": 1, "text": STORY},
        {"id": 1, "text": STORY},
        {"text": STORY},
        {"id": None, "text": None},
        {"id": "half \ud83d", "text": "half \ud83d of a pair"},
        {"id": [1], "text": 5, "title": 6},
    )
    assert [a["id"] for a in answers] == [1, 1, None, None, "half \ud83d", [1]]
    assert len({a["cluster"] for a in answers}) == 4


def test_nothing() -> None:
    assert run() == []
