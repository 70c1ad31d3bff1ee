"""Words as the treebank cuts them, with offsets that point back into the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.events.dateline import after_dateline
from tasks.events.tokens import tokenize


@given(st.text(max_size=80))
def test_every_word_is_its_span_and_nothing_but_space_is_lost(text: str) -> None:
    tokens = tokenize(text, 0, len(text))
    assert all(text[t.start : t.end] == t.text for t in tokens)
    assert "".join(t.text for t in tokens) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("didn't", ["did", "n't"]),
        ("cannot", ["can", "not"]),
        ("Russia's", ["Russia", "'s"]),
        ("pro-Russian", ["pro", "-", "Russian"]),
        ("de-escalate", ["de-escalate"]),
        ("cease-fire", ["cease-fire"]),
        ("U.S. troops", ["U.S.", "troops"]),
        ("Mr. Putin.", ["Mr.", "Putin", "."]),
        ("150,000 men", ["150,000", "men"]),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    assert [t.text for t in tokenize(text, 0, len(text))] == words


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("CAIRO: Troops left.", "Troops left."),
        ("BAGHDAD, April 9 (Xinhua) -- Troops left.", "Troops left."),
        ("NEW YORK (Reuters) - Troops left.", "Troops left."),
        ("(Reuters) - Troops left.", "Troops left."),
        ("Troops left CAIRO.", "Troops left CAIRO."),
        ("Lucknow: Troops left.", "Lucknow: Troops left."),
    ],
)
def test_datelines(text: str, rest: str) -> None:
    assert text[after_dateline(text, 0, len(text), frozenset()) :] == rest


def test_a_dateline_in_plain_letters_must_be_a_place() -> None:
    text = "Lucknow: Troops left."
    assert text[after_dateline(text, 0, len(text), {0}) :] == "Troops left."
