"""What only the corpus can tell: a publisher's furniture, and in which order it writes dates."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tasks.publish.explain import explain
from tests.flows.running import as_jsonl, checksums, current, run, tables

Records = list[dict[str, object]]

LINE = "Special report: Russia attacked Ukraine"
PLACES = {"France": "Germany", "Poland": "Norway", "China": "Japan", "Iran": "Iraq"}


def _record(number: int, header: str, news: str, *lines: str) -> dict[str, object]:
    body = [f"Posted on {header}", news, *lines]
    return {"url": f"https://paper.example/{number}", "text": "\n\n".join(body)}


@pytest.fixture
def paper() -> Records:
    """Return four stories of a paper, weeks apart, with its furniture; two dates are in doubt."""
    headers = ["13/02/2022", "04/03/2022", "05/04/2022", "23/05/2022"]
    return [
        _record(
            n, header, f"{a} imposed sanctions on {b} on Friday, the ministry said there.", LINE
        )
        for n, (header, (a, b)) in enumerate(zip(headers, PLACES.items(), strict=True))
    ]


def _runs(folder: Path, *parts: Records) -> Path:
    warehouse = folder / "warehouse"
    for number, part in enumerate(parts):
        file = as_jsonl(part, folder / f"part{number}" / "news.jsonl")
        run(warehouse, file, number=number)
    return warehouse


def _days(warehouse: Path) -> dict[str, tuple[date | None, str]]:
    rows = tables(warehouse)["articles"].to_pylist()
    return {r["url"][-1]: (r["published_date"], r["published_basis"]) for r in rows}


def _titles(warehouse: Path, wanted: str) -> dict[str, Any]:
    with current(warehouse).connect() as connection:
        return {
            section.title.split(":")[0]: section.rows for section in explain(connection, wanted)
        }


def test_what_stands_in_furniture_makes_no_event(paper: Records, tmp_path: Path) -> None:
    found = tables(_runs(tmp_path, paper))
    (line,) = found["boilerplate"].to_pylist()
    assert (line["line"], line["n_stories"], line["n_mentions"]) == (LINE, 4, 4)
    aside = set(found["boilerplate_mentions"]["mention_id"].to_pylist())
    told = {m["mention_id"]: m["sentence"] for m in found["mentions"].to_pylist()}
    assert {told[m] for m in aside} == {LINE}
    assert set(found["event_mentions"]["mention_id"].to_pylist()) == set(told) - aside
    assert "UKR" not in found["events"]["target_country"].to_pylist()


def test_the_mention_says_why_it_was_set_aside(paper: Records, tmp_path: Path) -> None:
    warehouse = _runs(tmp_path, paper)
    mention = tables(warehouse)["boilerplate_mentions"]["mention_id"][0].as_py()
    (why,) = _titles(warehouse, mention)["set aside"]
    assert (why["publisher"], why["line"], why["n_stories"]) == ("paper.example", LINE, 4)


def test_another_article_decides_a_date_and_the_first_is_coded_anew(
    paper: Records, tmp_path: Path
) -> None:
    warehouse = _runs(tmp_path, paper[1:3])
    assert set(_days(warehouse).values()) == {(None, "ambiguous")}
    warehouse = _runs(tmp_path, paper[1:3], paper[3:])
    assert _days(warehouse)["1"] == (date(2022, 3, 4), "publisher")
    mention = next(
        m for m in tables(warehouse)["mentions"].to_pylist() if "Poland" in m["sentence"]
    )
    assert (mention["published_date"], mention["date_start"]) == (
        date(2022, 3, 4),
        date(2022, 3, 4),
    )
    proofs = _titles(warehouse, mention["article_id"])[
        "the publisher's dates of this form, by the order that they prove"
    ]
    assert [(p["proves"], p["n_articles"]) for p in proofs] == [("DMY", 1), (None, 2)]


def test_many_runs_in_any_order_equal_one_run(paper: Records, tmp_path: Path) -> None:
    # The last article contradicts the order of the others.
    paper.append(
        _record(9, "02/13/2022", "Spain imposed sanctions on Italy on Friday, it was said.", LINE)
    )
    once = checksums(_runs(tmp_path / "once", paper))
    random.Random(5).shuffle(paper)
    assert checksums(_runs(tmp_path / "many", paper[:2], paper[2:4], paper[4:])) == once
