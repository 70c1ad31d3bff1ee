"""The shared passages: exact offsets into both texts."""

from __future__ import annotations

import re

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from tasks.duplicates import explain_copy, fill, fingerprint, relate, update_relations
from tasks.duplicates.evidence import passages

from .press import article, story, table
from .test_relations import TEXTS

ORIGINAL = story(1)


def words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.lower())


def test_passages_are_the_same_words_and_the_longest_come_first() -> None:
    copy = ORIGINAL[:300] + story(2, 3) + ORIGINAL[500:]
    rows = table([article("a", ORIGINAL), article("b", copy.upper(), 1)])
    filled = fill(relate(fingerprint(rows)), rows).to_pylist()
    first, second = filled
    assert first["evidence"] is None
    spans = [(e["start"], e["end"], e["other_start"], e["other_end"]) for e in second["evidence"]]
    assert len(spans) == 2
    for start, end, other_start, other_end in spans:
        assert words(copy[start:end]) == words(ORIGINAL[other_start:other_end])
    lengths = [end - start for start, end, _, _ in spans]
    assert lengths == sorted(lengths, reverse=True)
    assert sum(lengths) > 0.7 * len(ORIGINAL)


def test_offsets_count_code_points_in_every_script() -> None:
    texts = list(TEXTS.values())
    found = passages(pa.array([f"— 😀 «{t}»" for t in texts]), pa.array(texts), most=1)
    assert found.pair.tolist() == list(range(len(texts)))
    for n, text in enumerate(texts):
        here = f"— 😀 «{text}»"[found.start[n] : found.end[n]]
        there = text[found.other_start[n] : found.other_end[n]]
        assert here == there
        assert len(here) >= len(text) - 2


@given(st.text("ab cé世", max_size=60), st.text("ab cé世", max_size=60))
def test_passages_hold_for_any_two_texts(one: str, other: str) -> None:
    found = passages(pa.array([one]), pa.array([other]), most=None)
    for n in range(len(found.pair)):
        here = one[found.start[n] : found.end[n]]
        assert "".join(words(here)) == "".join(
            words(other[found.other_start[n] : found.other_end[n]])
        )
        assert here


def test_known_evidence_is_kept_and_the_rest_filled() -> None:
    old = [article("a", ORIGINAL), article("b", ORIGINAL + " More.", 1)]
    new = [article("c", ORIGINAL + " Yet more.", 2)]
    bodies = table(old + new)
    copies = fill(relate(fingerprint(table(old))), bodies)
    updated = update_relations(copies, fingerprint(table(old)), fingerprint(table(new)))
    known = [row["evidence"] is not None for row in updated.to_pylist()]
    assert known == [False, True, False]
    assert fill(updated, bodies).equals(fill(relate(fingerprint(bodies)), bodies))


def test_a_pair_of_which_a_body_is_missing_is_left_out() -> None:
    rows = table([article("a", ORIGINAL), article("b", ORIGINAL, 1)])
    copies = relate(fingerprint(rows))
    assert fill(copies, rows.slice(0, 1)).equals(copies)


def test_an_explanation_shows_what_is_shared_and_what_differs() -> None:
    copy = "Update: Minister Zelenko resigned. " + ORIGINAL.replace(ORIGINAL.split()[3], "1999", 1)
    why = explain_copy({"body": copy}, {"body": ORIGINAL})
    assert why.shared > 0.8
    assert why.other_shared > 0.8
    assert "Zelenko" in why.only_here
    assert "Zelenko" not in why.facts
    assert why.facts
    assert [p.start for p in why.passages] == sorted(p.start for p in why.passages)
    for p in why.passages:
        assert p.text == copy[p.start : p.end]
        assert p.other_text == ORIGINAL[p.other_start : p.other_end]
