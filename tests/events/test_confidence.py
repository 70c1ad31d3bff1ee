"""Confidence is a probability that adds up what is known of a mention."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tasks.events.coder import code_text
from tasks.events.confidence import TABLE, confidence
from tasks.events.ontology import plover_types
from tasks.events.tables import read_table

NAMES = [row["feature"] for row in read_table(TABLE)]


def test_every_type_of_event_has_its_weight() -> None:
    assert {f"type {name}" for name in plover_types()} <= set(NAMES)


@given(
    st.lists(st.sampled_from(NAMES), unique=True, max_size=8).flatmap(
        lambda names: st.tuples(st.just(names), st.permutations(names))
    )
)
def test_it_is_a_probability_whatever_the_order(both: tuple[list[str], list[str]]) -> None:
    names, shuffled = both
    assert 0 < confidence(names) < 1
    assert confidence(names) == confidence(shuffled)


def test_it_grows_with_what_speaks_for_a_mention() -> None:
    assert confidence(["every mention", "trigger verb"]) > confidence(
        ["every mention", "trigger noun"]
    )


def test_both_sides_speak_for_a_mention() -> None:
    assert confidence(["every mention", "parties 2"]) > confidence(["every mention", "parties 1"])


def test_every_mention_has_one() -> None:
    (mention,) = code_text("Russian troops attacked the Ukrainian army.")
    assert 0 < mention.confidence < 1
