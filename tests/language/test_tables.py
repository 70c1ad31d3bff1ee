"""The tables of seeds/language hold what the code relies on."""

from itertools import pairwise

import pytest

from tasks.language import decide
from tasks.language.confidence import BANDS, confidence
from tasks.language.markers import groups
from tasks.language.tables import are_siblings, can_write, rows, to_bcp47
from tasks.settings import SEEDS
from tests.language.texts import NEWS

FILES = sorted(p.name for p in (SEEDS / "language").glob("*.csv"))


@pytest.mark.parametrize("name", FILES)
def test_every_table_says_where_it_comes_from(name: str) -> None:
    head = (SEEDS / "language" / name).read_text(encoding="utf-8")[:1_200]
    assert all(f"# {word}:" in head for word in ("source", "licence", "date"))


@pytest.mark.parametrize("name", FILES)
def test_every_row_is_whole_and_none_stands_twice(name: str) -> None:
    found = [tuple(row.items()) for row in rows(name)]
    assert all(None not in dict(row) and None not in dict(row).values() for row in found)
    assert len(found) == len(set(found))


def test_blocks_of_letters_do_not_overlap() -> None:
    spans = sorted((int(r["first"], 16), int(r["last"], 16)) for r in rows("scripts.csv"))
    assert all(first <= last for first, last in spans)
    assert all(a[1] < b[0] for a, b in pairwise(spans))


def test_a_word_stands_once_in_its_group_and_speaks_for_its_languages_alone() -> None:
    words = [(r["group"], r["word"]) for r in rows("markers.csv")]
    assert len(words) == len(set(words))
    assert all(r["word"] == r["word"].lower() and r["word"].strip("*") for r in rows("markers.csv"))
    for row in rows("markers.csv"):
        langs = [item.split(":")[0] for item in row["evidence"].split()]
        assert all(groups()[lang] == row["group"] for lang in langs)


def test_languages_with_markers_are_siblings_so_that_no_passage_is_in_one() -> None:
    for one, group in groups().items():
        assert all(are_siblings(one, other) for other, of in groups().items() if of == group)


def test_every_rule_has_a_confidence_for_every_length() -> None:
    measured = {(r["rule"], int(r["letters"])) for r in rows("confidence.csv")}
    rules = {decide(text).method.split()[0] for text in [*NEWS.values(), "12", "ab"]}
    assert {(rule, band) for rule in rules for band in BANDS} <= measured
    assert all(0 <= float(r["right"]) <= 1 for r in rows("confidence.csv"))


def test_more_letters_move_to_the_next_band() -> None:
    first, second = (float(r["right"]) for r in list(rows("confidence.csv"))[:2])
    assert confidence("bcms-default", BANDS[1] - 1) == first
    assert confidence("bcms-default", BANDS[1]) == second


def test_labels_of_the_libraries_become_bcp_47() -> None:
    assert [to_bcp47(x) for x in ("iw", "zh-Hant", "arz", "no", "fr", "un")] == [
        "he",
        "zh",
        "ar",
        "nb",
        "fr",
        "",
    ]


def test_scripts_that_cannot_write_a_language() -> None:
    assert can_write("Latn", "fr")
    assert not can_write("Latn", "ru")
    assert can_write("Cyrl", "sr")
    assert can_write("Latn", "sr")
    assert can_write("Grek", "fr")  # only the three shared scripts are judged
