"""What locates an event, and what does not."""

from __future__ import annotations

from datetime import date

from tasks.events import code_text


def place_of(text: str) -> str:
    (mention,) = code_text(text, published=date(2022, 2, 9))
    return mention.place.text if mention.place else ""


def test_a_place_behind_a_preposition_locates_an_event() -> None:
    assert place_of("Russian forces attacked Ukrainian troops in Kharkiv.") == "Kharkiv"


def test_a_people_locates_no_event() -> None:
    assert place_of("Russian troops attacked rebels near Americans.") == ""
