"""Tells towns and divisions from the capitals and countries of their name: "Paris, Texas"."""

from __future__ import annotations

from tasks.annotate.actors_match import Matcher, Part
from tasks.annotate.actors_table import country_entry
from tasks.annotate.types import PlaceMention

_NAMES = frozenset({"capital", "country", "region"})
_HERE = frozenset({"city", "admin1", "other"})


def find_namesakes(
    matcher: Matcher, plain: str, places: list[PlaceMention]
) -> dict[int, PlaceMention]:
    """Return the places that the actor tables give to another country, by offset."""
    at = {p.start: p for p in places if p.country and p.level in _HERE}
    return {
        part.start: place
        for part in matcher.find(plain, _NAMES)
        if (place := at.get(part.start)) is not None
        and part.end <= place.end
        and part.entry.country not in ("", place.country)
        and not part.entry.priority
    }


def move_towns(plain: str, parts: list[Part], elsewhere: dict[int, PlaceMention]) -> list[Part]:
    """Give the names that are places elsewhere the country of the place, names inside it with them."""
    if not elsewhere:
        return parts
    kept: list[Part] = []
    end = 0
    for part in parts:
        place = elsewhere.get(part.start)
        if place is not None:
            end = place.end
            where = f"{plain[place.start : end]} is in {place.country}"
            entry = country_entry(place.country, "region", "", where)
            kept.append(Part(part.start, end, [entry], "region"))
        elif part.start >= end:
            kept.append(part)
    return kept
