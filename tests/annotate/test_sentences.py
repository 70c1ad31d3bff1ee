"""Sentences: exact offsets, and full stops that end nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.annotate.mask import mask_markup
from tasks.annotate.sentences import split_sentences


def sentences(text: str, lang: str = "en") -> list[str]:
    return [text[s.start : s.end] for s in split_sentences(mask_markup(text), lang)]


@pytest.mark.parametrize(
    "whole",
    [
        "The call began at 4:30 p.m. Moscow time on Monday.",
        "U.S. President Joe Biden met Sen. John F. Kerry in Washington, D.C. on Feb. 19, 2022.",
        "m. Putin has estimated that Russia and France had common concerns.",
        "About 700,000 have passports given to the country. over the years in Moscow.",
        "“How long?” the minister asked.",
        "“How long?” Biden asked the general.",
        "Category 3. is not closed, he said.",
        "The master […] Kremlin spoke of the (…) Elysée.",
    ],
)
def test_full_stops_that_end_nothing(whole: str) -> None:
    assert sentences(whole) == [whole]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("The meeting started Monday around 4:30 pm.", "Mr. Putin welcomed it."),
        ("He met the envoy from the U.S.", "The talks went on."),
        ("“It is serious.", "The President noted the escalation,” reads the statement."),
        ("He called it a “war”.", "Kiev disagreed."),
        ("“We are ready.”", "Washington did not answer."),
        ("Who did it?", "Nobody knows."),
        ("It cost $5 million.", "“Too much,” he said."),
        ("The army left the country.", "(AP Photo)"),
    ],
)
def test_boundaries(first: str, second: str) -> None:
    assert sentences(f"{first} {second}") == [first, second]


def test_blank_lines_and_lists_are_hard_breaks() -> None:
    text = "Talks fail\n\nMoscow left.\n\n1. Main\n2. Politics-Gov.-Events\n- Bloomberg"
    assert sentences(text) == [
        "Talks fail",
        "Moscow left.",
        "1. Main",
        "2. Politics-Gov.-Events",
        "- Bloomberg",
    ]


def test_a_wrapped_line_is_no_break_but_a_headline_is() -> None:
    wrapped = (
        "The foreign ministers of Russia and Ukraine met in Geneva on\n"
        "Thursday and agreed to meet again, a spokesman for the Kremlin\n"
        "said."
    )
    assert sentences(wrapped) == [wrapped]
    headline = "France, Russia agree to work to halt escalation\nMilitary jets fly in Belarus."
    assert sentences(headline) == headline.split("\n")


def test_a_mark_that_stands_alone_belongs_to_the_sentence_before_it() -> None:
    assert sentences("“A **new order of peace.**”*") == ["“A **new order of peace.**”"]


@pytest.mark.parametrize(
    ("lang", "text", "count"),
    [
        ("zh", "普京抵达北京。他会见了习近平。", 2),
        ("hi", "वह दिल्ली गए। वे लौट आए।", 2),
        ("ar", "من قال؟ لا أحد.", 2),
    ],
)
def test_other_terminators(lang: str, text: str, count: int) -> None:
    assert len(sentences(text, lang)) == count


@given(
    st.text(alphabet=st.one_of(st.characters(), st.sampled_from(list(" .!?\n\"“”'()AaÉé19*[]_"))))
)
def test_spans_are_ordered_trimmed_and_lose_no_word(text: str) -> None:
    masked = mask_markup(text)
    assert len(masked) == len(text)
    at = 0
    for sentence in split_sentences(masked, "en"):
        piece = masked[sentence.start : sentence.end]
        assert at <= sentence.start < sentence.end
        assert piece == piece.strip()
        assert not any(c.isalnum() for c in masked[at : sentence.start])
        at = sentence.end
    assert not any(c.isalnum() for c in masked[at:])
