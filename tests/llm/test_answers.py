"""What a model says counts only where the sentence bears it out."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.events.llm.answers import MAX_EVENTS, read_answer
from tests.llm.model import event

SENTENCE = "President Macron called Vladimir Putin on Sunday, the Élysée said."
CALL = event(trigger="called", source="President Macron", target="Vladimir Putin", cameo="041")


def read(*events: object) -> tuple[list[str], list[str]]:
    kept, refused = read_answer(json.dumps({"events": events}), [SENTENCE])
    return [SENTENCE[slice(*a.trigger)] for a in kept], refused


def test_an_event_whose_words_stand_in_the_sentence_is_kept() -> None:
    kept, refused = read_answer(json.dumps({"events": [CALL]}), [SENTENCE])
    assert refused == []
    (answer,) = kept
    assert SENTENCE[slice(*answer.source or ())] == "President Macron"
    assert SENTENCE[slice(*answer.target or ())] == "Vladimir Putin"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"source": "Emmanuel Macron"}, "source 'Emmanuel Macron' does not stand in the sentence"),
        ({"trigger": "call"}, "trigger 'call' does not stand in the sentence"),
        ({"trigger": ""}, "an event has no trigger"),
        ({"target": "the Kremlin"}, "target 'the Kremlin' does not stand in the sentence"),
        ({"date": "Monday"}, "date 'Monday' does not stand in the sentence"),
        ({"cameo": "999"}, "'999' is no CAMEO code"),
        ({"status": "certain"}, "'certain' is no status"),
        ({"sentence": 1}, "there is no sentence 1"),
        ({"sentence": "0"}, "there is no sentence '0'"),
        ({"source": None, "target": None}, "an event has neither source nor target"),
        ({"source": "Vladimir Putin"}, "source and target are the same words"),
        ({"source": 7}, "source is no text"),
    ],
)
def test_what_the_sentence_does_not_bear_out_is_refused(
    change: dict[str, object], reason: str
) -> None:
    assert read({**CALL, **change}, CALL) == (["called"], [reason])


@pytest.mark.parametrize("content", ["", "no events", "[]", "{}", '{"events": 3}', "null"])
def test_an_answer_of_another_form_gives_no_events_and_one_reason(content: str) -> None:
    kept, refused = read_answer(content, [SENTENCE])
    assert kept == []
    assert len(refused) == 1
    assert refused[0].startswith("no JSON of the wanted form")


def test_the_same_event_twice_is_one() -> None:
    assert read(CALL, CALL) == (["called"], [])


def test_a_model_that_does_not_stop_is_stopped() -> None:
    codes = ["010", "020", "030", "040", "050", "060", "070", "080", "090", "100"]
    kept, refused = read(*({**CALL, "cameo": c} for c in codes))
    assert len(kept) == MAX_EVENTS
    assert len(refused) == len(codes) - MAX_EVENTS


def test_spaces_of_the_sentence_may_be_any_white_space() -> None:
    sentence = "Emmanuel\n Macron called Putin."
    answer = json.dumps({"events": [{**CALL, "source": "Emmanuel Macron", "target": "Putin"}]})
    (kept,), _ = read_answer(answer, [sentence])
    assert sentence[slice(*kept.source or ())] == "Emmanuel\n Macron"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(list(CALL)), inner),
    max_leaves=12,
)


@given(st.lists(st.one_of(JSON, st.fixed_dictionaries(dict.fromkeys(CALL, JSON))), max_size=4))
def test_no_answer_breaks_the_coder(events: list[object]) -> None:
    kept, refused = read_answer(json.dumps({"events": events}), [SENTENCE])
    assert len(kept) + len(refused) <= len(events)
    for answer in kept:
        for span in (answer.trigger, answer.source, answer.target, answer.date, answer.place):
            assert span is None or SENTENCE[slice(*span)].strip()
