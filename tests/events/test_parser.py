"""The parser reads each sentence by itself, exactly, whatever stands beside it in the batch."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.events.parser import MAX_WORDS, load_parser
from tasks.events.tables import SEEDS

PARSER = load_parser(SEEDS / "models" / "en_parser.npz")
SENTENCES = [
    [
        "French",
        "President",
        "Emmanuel",
        "Macron",
        "met",
        "Vladimir",
        "Putin",
        "in",
        "Moscow",
        "on",
        "Monday",
        ".",
    ],
    ["The", "soldiers", "were", "killed", "by", "rebels", "."],
    ["Talks"],
    [
        "Ukraine",
        "says",
        "Russia",
        "attacked",
        "a",
        "base",
        "near",
        "Kharkiv",
        ",",
        "killing",
        "five",
        "people",
        ".",
    ],
]
WORDS = st.lists(st.text(min_size=1, max_size=9), max_size=12)


def test_a_batch_gives_what_single_sentences_give() -> None:
    alone = [PARSER.parse([s])[0] for s in SENTENCES]
    assert PARSER.parse(SENTENCES) == alone
    assert PARSER.parse(SENTENCES[::-1]) == alone[::-1]


@settings(max_examples=30, deadline=None)
@given(st.lists(WORDS, max_size=4))
def test_any_words_give_a_tree_of_their_length(sentences: list[list[str]]) -> None:
    for words, parse in zip(sentences, PARSER.parse(sentences), strict=True):
        assert len(parse.tags) == len(parse.heads) == len(parse.labels) == len(words)
        assert parse.heads.count(-1) == (1 if words else 0)


def test_an_endless_sentence_is_cut() -> None:
    parse = PARSER.parse([["word"] * 5_000])[0]
    assert len(parse.heads) == 5_000
    assert set(parse.labels[MAX_WORDS:]) == {"dep"}


def test_an_active_and_a_passive_clause() -> None:
    active, passive = PARSER.parse([["Russia", "attacked", "Ukraine", "."], SENTENCES[1]])
    assert active.labels == ("nsubj", "root", "obj", "punct")
    assert passive.labels[1] == "nsubj:pass"
    assert passive.labels[5] == "obl:agent"
