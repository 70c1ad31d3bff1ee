"""All readers answer alike: a tag, a head and a relation for each word, whatever the words."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.errors import UserError
from tasks.events import code_text
from tasks.events.coding import RULES, Coding
from tasks.events.parser import MAX_WORDS, Parse
from tasks.events.reader_spacy import to_universal
from tasks.events.readers import reader
from tasks.revision import coder_revision
from tasks.settings import load_settings

WORDS = st.lists(
    st.one_of(
        st.text(min_size=1, max_size=6),
        st.sampled_from(
            [
                "Russia",
                "attacked",
                ",",
                "and",
                "who",
                "to",
                "is",
                "that",
                "by",
                "the",
                "said",
                "Ukraine",
                "'s",
            ]
        ),
    ),
    max_size=14,
)


CHUNKER = "chunker"


def _roles(parse: Parse, words: list[str]) -> dict[str, str]:
    return {w: label for w, label in zip(words, parse.labels, strict=True) if label != "punct"}


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, max_size=3))
def test_the_chunker_makes_a_tree_of_any_words(sentences: list[list[str]]) -> None:
    found = reader("en", CHUNKER).parse(sentences)
    for words, parse in zip(sentences, found, strict=True):
        assert len(parse.tags) == len(parse.heads) == len(parse.labels) == len(words)
        assert parse.heads.count(-1) == (1 if words else 0)
        for i in range(len(words)):
            steps = 0
            while i >= 0:
                i, steps = parse.heads[i], steps + 1
                assert steps <= len(words)


def test_the_chunker_cuts_an_endless_sentence() -> None:
    parse = reader("en", CHUNKER).parse([["word"] * 5_000])[0]
    assert set(parse.labels[MAX_WORDS:]) == {"dep"}


@pytest.mark.parametrize(
    ("sentence", "roles"),
    [
        ("Russia attacked Ukraine .", {"Russia": "nsubj", "attacked": "root", "Ukraine": "obj"}),
        (
            "The soldiers were killed by rebels .",
            {"soldiers": "nsubj:pass", "were": "aux:pass", "rebels": "obl:agent"},
        ),
        (
            "Ukraine said that Russia had shelled a village .",
            {"said": "root", "shelled": "ccomp", "Russia": "nsubj", "village": "obj"},
        ),
        (
            "Macron called on Putin to withdraw troops .",
            {"Putin": "obl", "withdraw": "xcomp", "troops": "obj"},
        ),
        ("France and Germany condemned the attack .", {"Germany": "conj", "attack": "obj"}),
        (
            "The rebels , who seized the town , killed a soldier .",
            {"rebels": "nsubj", "seized": "acl:relcl", "killed": "root"},
        ),
        (
            "If Russia invades Ukraine , NATO will respond .",
            {"invades": "advcl", "respond": "root"},
        ),
        ("Ukraine 's president met Putin .", {"Ukraine": "nmod:poss", "president": "nsubj"}),
    ],
)
def test_the_chunker_reads_clauses(sentence: str, roles: dict[str, str]) -> None:
    words = sentence.split()
    found = _roles(reader("en", CHUNKER).parse([words])[0], words)
    assert {w: found[w] for w in roles} == roles


def test_a_coding_with_the_chunker() -> None:
    text = "Russian troops attacked a Ukrainian village on Monday."
    (mention,) = code_text(text, coding=Coding(parser=CHUNKER))
    assert (mention.plover, mention.source and mention.source.code) == ("ASSAULT", "RUSMIL")


def test_another_parser_codes_everything_again() -> None:
    assert coder_revision(Coding(parser=CHUNKER)) != coder_revision(RULES)


def test_a_parser_that_there_is_not() -> None:
    with pytest.raises(UserError, match="neither network nor chunker"):
        load_settings(environ={}, parser="oracle")
    with pytest.raises(UserError, match="neither network nor chunker"):
        load_settings(environ={}, parser="spacy:")


def test_a_pipeline_that_is_not_installed() -> None:
    with pytest.raises(UserError, match="spacy:xx_none"):
        reader("en", "spacy:xx_none")


def test_labels_of_english_pipelines_become_universal() -> None:
    # "Troops were killed by rebels in Moscow": a preposition heads its noun in ClearNLP.
    low = ["troops", "were", "killed", "by", "rebels", "in", "moscow"]
    tags = ["NN", "VB", "VB", "IN", "NN", "IN", "NN"]
    heads = [2, 2, -1, 2, 3, 2, 5]
    labels = ["nsubjpass", "auxpass", "ROOT", "agent", "pobj", "prep", "pobj"]
    to_universal(low, tags, heads, labels)
    assert heads == [2, 2, -1, 4, 2, 6, 2]
    assert labels == ["nsubj:pass", "aux:pass", "root", "case", "obl:agent", "case", "obl"]


def test_be_hangs_on_its_predicate() -> None:
    low, tags = ["he", "is", "president", "of", "france"], ["PR", "VB", "NN", "IN", "NN"]
    heads, labels = [1, -1, 1, 2, 3], ["nsubj", "ROOT", "attr", "prep", "pobj"]
    to_universal(low, tags, heads, labels)
    assert heads == [2, 2, -1, 4, 2]
    assert labels == ["nsubj", "cop", "root", "case", "nmod"]


def test_a_spacy_pipeline_reads_our_words() -> None:
    spacy: Any = pytest.importorskip("spacy", reason="spaCy is not installed")
    from spacy.language import Language

    from tasks.events.reader_spacy import SpacyReader

    @Language.component("told_what_to_say")
    def tell(doc: Any) -> Any:
        for token, tag, head, label in zip(
            doc, ["NNP", "VBD", "NNP"], [1, 1, 1], ["nsubj", "ROOT", "dobj"], strict=True
        ):
            token.tag_, token.head, token.dep_ = tag, doc[head], label
        return doc

    pipeline = spacy.blank("en")
    pipeline.add_pipe("told_what_to_say")
    (parse,) = SpacyReader(pipeline).parse([["Russia", "attacked", "Ukraine"]])
    assert parse == Parse(("NNP", "VBD", "NNP"), (1, -1, 1), ("nsubj", "root", "obj"))
