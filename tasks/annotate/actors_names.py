"""Names that are in no table: capitalised words, what a title or an apposition says of them."""

from __future__ import annotations

import re
from functools import lru_cache

# Capital letters of the Latin, Greek and Cyrillic scripts, as a class for regular expressions.
CAPITALS = "".join(chr(c) for c in range(0x41, 0x530) if chr(c).isupper())
_WORD = rf"(?:[A-Z]\.|[{CAPITALS}][\w'-]*|(?:al|el)-[A-Z][\w'-]+)"
_JOIN = r" (?:(?:de|da|do|dos|del|della|di|la|le|van|von|der|den|bin|ibn|al|el|ben|abu|ould|of|y) ){0,2}"
# These begin with a set of characters and look back from behind the first: a search skips to one.
# An article before the first word ("al-Assad") is added where a name is found.
_FIRST = rf"[{CAPITALS}](?<![^\W_].)(?:(?<=[A-Z])\.|[\w'-]*)"
NAME = re.compile(rf"{_FIRST}(?:{_JOIN}{_WORD})*", re.DOTALL)
AFTER_TITLE = re.compile(rf" ({_WORD}(?:{_JOIN}{_WORD})*)")
PRONOUN = re.compile(
    r"[HSTIhsti](?<!\w.)"
    r"(?:(?<=[Hh])(?:e|er|im)|(?<=[Ss])he|(?<=[Tt])he(?:y|m)|(?<=[Ii])t)\b",
    re.DOTALL,
)
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
        *("Then", "So", "Now", "Today", "Yesterday", "Tomorrow", "Still", "Both", "Such", "Other"),
        *("Another", "Each", "All", "Any", "More", "Over", "Under", "Despite", "Because", "Though"),
        *("Until", "Once", "Last", "Next", "First", "One", "To", "Of", "Or", "Nor", "Yet", "My"),
        *("Your", "Are", "Is", "Was", "Were", "Have", "Has", "Had", "Do", "Does", "Did", "Will"),
        *("Would", "Can", "Could", "Should", "Just", "Only", "Even", "Here", "Around", "About"),
        *("Several", "No", "Not", "Yes", "An", "These", "Those", "Two", "Three", "Four", "Five"),
    ]
)
# A line in which most words are capitalised is a headline: its capitals tell nothing.
_TITLE_CASE_SHARE = 0.7
_TITLE_CASE_MIN = 6
_LONG_WORD = re.compile(r"[^\W\d_]{3,}")
_CAPITAL_WORD = re.compile(rf"[{CAPITALS}](?<![^\W\d_].)[^\W\d_]{{2,}}", re.DOTALL)


@lru_cache(maxsize=1_000)  # actors and places ask in turn
def is_title_case(text: str) -> bool:
    """Tell whether a sentence is set in Title Case or in capitals; one with a full stop is not."""
    if text[-1:] == "." and text[-2:-1].islower():
        return False
    capitals = len(_CAPITAL_WORD.findall(text))
    if capitals < _TITLE_CASE_SHARE * _TITLE_CASE_MIN:
        return False
    words = len(_LONG_WORD.findall(text))
    return words >= _TITLE_CASE_MIN and capitals > _TITLE_CASE_SHARE * words


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
    found: list[tuple[int, int]] = []
    number = 0
    for match in NAME.finditer(plain, start, end):
        first, last = match.span()
        if plain[first - 1 : first] == "-":
            first = _with_article(plain, first, last, start)
        while number < len(taken) and taken[number][1] <= first:
            number += 1
        if number < len(taken) and taken[number][0] < last:
            continue
        opens = first - start < _OPENING and not any(map(str.isalnum, plain[start:first]))
        first, last = _trim(plain, first, last, opens=opens)
        if first < last:
            found.append((first, last))
    return found


def _with_article(plain: str, first: int, last: int, start: int) -> int:
    """Return where a name begins with the Arabic article before it."""
    before = first - len("al-")
    if before < start or plain[before:first] not in ("al-", "el-"):
        return first
    alone = last - first == 1 or plain[first + 1] == " "
    return first if alone or plain[before - 1 : before].isalnum() else before


# Quotation marks, brackets and bullets that may stand before the first word.
_OPENING = 6


def _trim(plain: str, first: int, last: int, *, opens: bool) -> tuple[int, int]:
    while first < last:
        word, _, rest = plain[first:last].partition(" ")
        if word.removesuffix("'s").rstrip(".") not in CALENDAR and (rest or not opens):
            break
        first += len(word) + 1 if rest else len(word)
        opens = False
    return first, _without_owner(plain, last) if last > first else last
