"""Names that are in no table: capitalised words, what a title or an apposition says of them."""

from __future__ import annotations

import re
from bisect import bisect_right

_WORD = r"(?:[A-Z][a-z']+(?:-[A-Za-z][a-z]+)*|[A-Z]{2,}[a-z]?|[A-Z]\.|(?:al|el|Al|El)-[A-Z][a-z]+|Mc[A-Z][a-z]+|O'[A-Z][a-z]+|[A-ZÀ-ÞĀ-Ž][\wÀ-ÿ'-]*)"
_JOIN = r" (?:(?:de|da|do|dos|del|della|di|la|le|van|von|der|den|bin|ibn|al|el|ben|abu|ould|of|y) ){0,2}"
NAME = re.compile(rf"{_WORD}(?:{_JOIN}{_WORD})*")
AFTER_TITLE = re.compile(rf" (?=[^\W\d_a-z])({_WORD}(?:{_JOIN}{_WORD})*)")
PRONOUN = re.compile(r"\b(?:[Hh]e|[Ss]he|[Tt]hey|[Hh]im|[Hh]er|[Tt]hem|[Ii]t)\b")
# Capitalised in English though they name no one.
CALENDAR = frozenset(
    [
        *("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "January"),
        *("February", "March", "April", "May", "June", "July", "August", "September", "October"),
        *("November", "December", "Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sep", "Sept"),
        *("Oct", "Nov", "Dec", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "Christmas", "I"),
        *(
            "Mr",
            "Mrs",
            "Ms",
            "Mr.",
            "Mrs.",
            "Ms.",
            "Dr.",
            "AM",
            "PM",
            "GMT",
            "The",
            "A",
            "In",
            "On",
        ),
        *("At", "It", "He", "She", "They", "We", "But", "And", "If", "As", "This", "That", "His"),
        *("Her", "Its", "Their", "Our", "There", "What", "When", "Where", "Who", "Why", "How"),
        *(
            "For",
            "From",
            "By",
            "With",
            "After",
            "Before",
            "While",
            "According",
            "Meanwhile",
            "Also",
        ),
        *("However", "Earlier", "Later", "Although", "Since", "During", "Some", "Many", "Most"),
        *("Several", "No", "Not", "Yes", "An", "These", "Those", "Two", "Three", "Four", "Five"),
    ]
)
# A line in which most words are capitalised is a headline: its capitals tell nothing.
_TITLE_CASE_SHARE = 0.6
_TITLE_CASE_MIN = 6


def is_title_case(text: str) -> bool:
    """Tell whether a sentence is set in Title Case or in capitals."""
    words = re.findall(r"[^\W\d_]{3,}", text)
    capitals = sum(w[0].isupper() for w in words)
    return len(words) >= _TITLE_CASE_MIN and capitals > _TITLE_CASE_SHARE * len(words)


def name_after(plain: str, end: int, stop: int) -> int:
    """Return the end of the capitalised name that follows a title, or `end` if none does."""
    match = AFTER_TITLE.match(plain, end, stop)
    if match is None or match.group(1).split(" ")[0].rstrip("'s") in CALENDAR:
        return end
    return _without_owner(plain, match.end())


def _without_owner(plain: str, end: int) -> int:
    return end - 2 if plain[end - 2 : end] == "'s" else end - (plain[end - 1] == "'")


def unknown_names(
    plain: str, start: int, end: int, taken: list[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Return the spans of capitalised names in a sentence that touch none of the taken spans.

    The first word of a sentence is capitalised anyway: alone, it is no name.
    """
    starts = [a for a, _ in taken]
    found: list[tuple[int, int]] = []
    for match in NAME.finditer(plain, start, end):
        opens = not any(map(str.isalnum, plain[start : match.start()]))
        first, last = _trim(plain, match.start(), match.end(), at_start=opens)
        near = bisect_right(starts, last - 1)
        if first >= last or any(b > first for _, b in taken[max(0, near - 1) : near]):
            continue
        found.append((first, last))
    return found


def _trim(plain: str, first: int, last: int, *, at_start: bool) -> tuple[int, int]:
    while first < last:
        word, _, rest = plain[first:last].partition(" ")
        if word.removesuffix("'s").rstrip(".") not in CALENDAR and (rest or not at_start):
            break
        first += len(word) + 1 if rest else len(word)
        at_start = False
    return first, _without_owner(plain, last) if last > first else last
