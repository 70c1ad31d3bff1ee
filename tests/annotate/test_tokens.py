"""Tokens: words, numbers with their marks, dates in figures."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.annotate.sentences import split_sentences
from tasks.annotate.shapes import TOKEN
from tasks.annotate.tokens import tokenize


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Sunday's don’t O' Élysée Lukašenka", ["Sunday's", "don’t", "O", "'", "Élysée", "Lukašenka"]),
        ("150,000 4:30pm 20th 1h45min", ["150,000", "4:30pm", "20th", "1h", "45min"]),
        ("2022-02-22 6/16/2021 02-19-22", ["2022-02-22", "6/16/2021", "02-19-22"]),
        ("“Yes,” he-said…", ["“", "Yes", ",", "”", "he", "-", "said", "…"]),
    ],
)  # fmt: skip
def test_tokens(text: str, tokens: list[str]) -> None:
    assert TOKEN.findall(text) == tokens


@given(st.text())
def test_spans_hold_their_tokens_and_nothing_but_spaces_is_left_out(text: str) -> None:
    for sentence in tokenize(text, split_sentences(text, "en"), "en"):
        assert [text[a:b] for a, b in sentence.spans] == sentence.words
        assert len(sentence.dates) == len(sentence.letters) == len(sentence.words)
        covered = sum(b - a for a, b in sentence.spans)
        inside = text[sentence.start : sentence.end]
        assert covered == sum(not c.isspace() for c in inside)
