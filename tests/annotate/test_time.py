"""Time expressions become intervals of days, and say how."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.annotate.mask import mask_markup
from tasks.annotate.sentences import split_sentences
from tasks.annotate.time import find_dates
from tasks.annotate.types import DateMention

MONDAY = date(2022, 2, 21)


def dates(text: str, published: date | None = MONDAY, lang: str = "en") -> list[DateMention]:
    masked = mask_markup(text)
    return find_dates(masked, split_sentences(masked, lang), published, lang)


def days(text: str, published: date | None = MONDAY, lang: str = "en") -> list[tuple[str, str]]:
    return [(str(d.first), str(d.last)) for d in dates(text, published, lang)]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Macron called Putin on Sunday.", "2022-02-20"),
        ("Macron called Putin on Monday.", "2022-02-21"),
        ("He spoke this Friday morning.", "2022-02-18"),
        ("They will meet on Thursday, the Kremlin said.", "2022-02-24"),
        ("The Kremlin said on Thursday they will meet.", "2022-02-17"),
        ("Tuesday, Mr. Macron will go to Ukraine.", "2022-02-22"),
        ("when they meet next Thursday", "2022-02-24"),
        ("It was signed last Monday.", "2022-02-14"),
        ("They met on Tuesday of last week.", "2022-02-15"),
        ("Emmanuel Macron said, Monday, February 7, he hoped", "2022-02-07"),
        ("This Sunday, the 20th, on the day that", "2022-02-20"),
        ("Jets fly in Belarus, Feb. 19, 2022.", "2022-02-19"),
        ("in Geneva 6/16/2021 REUTERS", "2021-06-16"),
        ("date 2022-02-22 PARIS", "2022-02-22"),
        ("on the 11th of December", "2021-12-11"),
        ("Yesterday's call lasted an hour.", "2022-02-20"),
        ("He left the day before yesterday.", "2022-02-19"),
        ("The attack three days ago killed two.", "2022-02-18"),
        ("the Sept. 11 attacks", "2001-09-11"),
        ("on July 4 last year", "2021-07-04"),
        ("It was issued 02-19-22 at noon.", "2022-02-19"),
        ("File 20220219 of the series", "2022-02-19"),
        ("The summit is due on Tuesday.", "2022-02-22"),
        ("A vote scheduled for Tuesday may fail.", "2022-02-22"),
        ("Markets stay closed until Friday.", "2022-02-25"),
        ("Fares rise starting Friday.", "2022-02-25"),
        ("this past Thursday", "2022-02-17"),
        ("They will vote on August 30.", "2022-08-30"),
        ("They will vote by Sept. 3.", "2022-09-03"),
        ("They will pay for the raid of Feb. 3.", "2022-02-03"),
        ("They have held the town since Jan. 13.", "2022-01-13"),
        ("The truce was extended to Nov. 20.", "2022-11-20"),
        ("The ceasefire lasts until Mar. 2, he said.", "2022-03-02"),
    ],
)
def test_days(text: str, day: str) -> None:
    assert days(text) == [(day, day)]


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("He left last week.", "2022-02-14", "2022-02-20", "week"),
        ("later this week", "2022-02-21", "2022-02-27", "week"),
        ("over the weekend", "2022-02-19", "2022-02-20", "week"),
        ("in October 2021", "2021-10-01", "2021-10-31", "month"),
        ("in November", "2021-11-01", "2021-11-30", "month"),
        ("in January 2011", "2011-01-01", "2011-01-31", "month"),
        ("early June 2021", "2021-06-01", "2021-06-10", "month"),
        ("since 2014, Moscow", "2014-01-01", "2014-12-31", "year"),
        ("next year", "2023-01-01", "2023-12-31", "year"),
        ("in the 1990s", "1990-01-01", "1999-12-31", "year"),
        ("between 2014 and 2016", "2014-01-01", "2016-12-31", "year"),
        ("Over the past four months, Russia", "2021-10-21", "2022-02-21", "month"),
        ("from June 3-5, 2021", "2021-06-03", "2021-06-05", "day"),
        ("between Jan. 3 and Feb. 4", "2022-01-03", "2022-02-04", "day"),
        ("In recent days, fighting", "None", "2022-02-21", "none"),
        ("For weeks, Russia has", "None", "2022-02-21", "none"),
        ("“in the coming days”", "2022-02-21", "None", "none"),
        ("“in the next few hours”", "2022-02-21", "None", "none"),
    ],
)
def test_intervals(text: str, first: str, last: str, precision: str) -> None:
    [found] = dates(text)
    assert (str(found.first), str(found.last), found.precision) == (first, last, precision)


@pytest.mark.parametrize(
    "text",
    [
        "The Sunday Times reported it.",
        "It was a Black Monday for all.",
        "He may march on, we said.",
        "the first generation of 3000 soldiers",
        "Theresa May spoke to 2000 people.",
        "30 February is no day: February 30, 2022",
        "They meet every Monday.",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert dates(text) == []


def test_the_same_day_leans_on_the_day_before_it() -> None:
    assert days("He arrived on Friday. He left the same day.") == [("2022-02-18",) * 2] * 2
    assert days("He arrived on Friday. The next day he left.")[1] == ("2022-02-19",) * 2


def test_a_time_of_day_is_of_the_day_beside_it() -> None:
    text = "A quake hit at 4:53 a.m. Thursday, after one on Wednesday."
    assert [first for first, _ in days(text)] == ["2022-02-17", "2022-02-17", "2022-02-16"]


def test_without_a_publication_date_only_the_text_speaks() -> None:
    found = dates("On Sunday, and on February 20, 2022, and in 2014.", published=None)
    assert [(str(d.first), d.basis) for d in found] == [
        ("None", "none"),
        ("2022-02-20", "stated"),
        ("2014-01-01", "stated"),
    ]


def test_every_date_says_how_it_was_found() -> None:
    [found] = dates("Macron called Putin on Sunday.")
    assert (found.text, found.basis, found.rule) == ("Sunday", "inferred", "weekday: most recent")


def test_a_language_without_tables_yields_nothing() -> None:
    assert dates("Macron called Putin on Sunday.", lang="xx") == []


_WORDS = st.sampled_from(
    [
        "the",
        "last",
        "next",
        "Sunday",
        "Monday,",
        "May",
        "7",
        "20th",
        "2014",
        "and",
        "-",
        "of",
        "week",
        "days",
        "ago",
        "early",
        "31",
        "February",
        "9/11",
        "6/16/2021",
        "this",
        "year's",
        "1990s",
        "will",
        "said",
        "10:30",
        "p.m.",
        "recent",
        "few",
        "in",
        "\n\n",
        ".",
    ]
)


@given(
    st.lists(st.one_of(_WORDS, st.text(max_size=5)), max_size=20).map(" ".join),
    st.one_of(st.none(), st.dates()),
)
def test_spans_and_intervals_hold_for_any_text(text: str, published: date | None) -> None:
    masked = mask_markup(text)
    for found in dates(text, published):
        assert masked[found.start : found.end] == found.text
        assert found.first is None or found.last is None or found.first <= found.last
