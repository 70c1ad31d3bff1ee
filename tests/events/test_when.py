"""What locates an event, and what does not."""

from __future__ import annotations

from datetime import date

import pytest

from tasks.events import code_text


def place_of(text: str) -> str:
    (mention,) = code_text(text, published=date(2022, 2, 9))
    return mention.place.text if mention.place else ""


def test_a_place_behind_a_preposition_locates_an_event() -> None:
    assert place_of("Russian forces attacked Ukrainian troops in Kharkiv.") == "Kharkiv"


def test_a_people_locates_no_event() -> None:
    assert place_of("Russian troops attacked rebels near Americans.") == ""


def days_of(text: str) -> list[tuple[str, str]]:
    found = code_text(text, published=date(2023, 5, 10))
    return [(f"{m.when.first}..{m.when.last}", m.when.basis) for m in found]


def test_a_month_keeps_its_year() -> None:
    assert days_of("In January 2011, Egyptian police attacked protesters in Cairo.") == [
        ("2011-01-01..2011-01-31", "stated")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "France condemned the 2016 coup in Turkey.",
        "Turkish police arrested 30 soldiers over the July 15 coup.",
        "Egyptian police arrested leaders of the April 6 Youth Movement.",
        "Israel and Lebanon extended the ceasefire to Nov. 20.",
    ],
)
def test_the_date_of_another_event_or_of_a_name_dates_nothing(text: str) -> None:
    assert days_of(text) == [("2023-05-10..2023-05-10", "published")]


def test_what_will_be_lies_ahead() -> None:
    assert days_of("Germany will send tanks to Ukraine by Dec. 3.") == [
        ("2023-12-03..2023-12-03", "inferred")
    ]
