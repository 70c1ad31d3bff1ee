"""Tells towns from the capitals and countries of their name: "Paris, Texas"."""

from __future__ import annotations

import functools
import re

from tasks.annotate.actors_match import Part
from tasks.annotate.actors_table import country_entry
from tasks.annotate.places_table import load_gazetteer, load_words

_DIVISION = re.compile(r", ([A-Z][A-Za-z]*\.?(?:[A-Z]\.)*(?: [A-Z][a-z]+){0,2})")
# In a list of places a division stands for itself: "in Paris, California and London".
_LIST = re.compile(r",? (?:and|or|to) |, [A-Z]")


def name_towns(plain: str, parts: list[Part]) -> list[Part]:
    """Read a capital's or country's name with a division of another nation behind it as a town.

    The gazetteer must know a place of that name in the division.
    """
    kept: list[Part] = []
    end = 0
    for part in parts:
        if part.start < end:
            continue
        if part.kind in ("capital", "country") and plain.startswith(", ", part.end):
            part = _town(plain, part) or part
            end = part.end
        kept.append(part)
    return kept


def _town(plain: str, part: Part) -> Part | None:
    found = _DIVISION.match(plain, part.end)
    words = found[1].split(" ") if found else []
    known = load_gazetteer().places(plain[part.start : part.end]) if found else []
    for count in range(len(words), 0, -1):
        name = " ".join(words[:count])
        country, admin1 = _divisions().get(name, ("", ""))
        end = part.end + len(", ") + len(name)
        if not country or country == part.entry.country or _LIST.match(plain, end):
            continue
        if any((p.country, p.admin1) == (country, admin1) for p in known):
            entry = country_entry(country, "region", "", f"a town in {name}")
            return Part(part.start, end, [entry], "region")
    return None


@functools.lru_cache(maxsize=1)
def _divisions() -> dict[str, tuple[str, str]]:
    """Return the divisions that writers put behind a town, by name and abbreviation."""
    names = {p.name: (p.country, p.admin1) for p in load_gazetteer().divisions}
    return {**names, **{k: v for k, v in load_words().parents.items() if v[1]}}
