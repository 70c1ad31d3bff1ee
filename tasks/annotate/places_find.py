"""Finds the words of a text that may name a place, and what stands around them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from tasks.annotate.actors_names import CAPITALS
from tasks.annotate.places_table import Gazetteer, Place, Words
from tasks.annotate.types import Sentence

# Capitalised words, initials ("N.C.") and the first halves of names ("St. Louis").
# It begins with a set of characters, so that a search skips to one.
_WORD = re.compile(
    rf"[{CAPITALS}\u0620-\u06ff](?<![^\W_].)(?:(?<=[A-Z])\.(?:[A-Z]\.)+|(?<=W)\. ?Va\.|"
    r"(?:(?<=S)te?|(?<=[MF])t)\.(?= [A-Z])|[\w'-]*)",
    re.DOTALL,
)
# What joins the parts of a name: "Rio de Janeiro".
_JOINERS = frozenset(
    [
        "de",
        "del",
        "da",
        "do",
        "dos",
        "das",
        "di",
        "la",
        "le",
        "les",
        "el",
        "al",
        "of",
        "the",
        "upon",
        "on",
        "am",
        "an",
        "der",
        "den",
        "bin",
    ]
)
_LONGEST = 5
_LONGEST_GAP = 10
_LONGEST_FEATURE = 3
_MIN_LENGTH = 3
_MOST_DULL = 100_000  # words remembered; forgetting changes nothing

# Words of place that stand right before a name, and those that may stand between.
_PREPOSITIONS = frozenset(
    [
        "in",
        "at",
        "near",
        "from",
        "outside",
        "around",
        "across",
        "between",
        "into",
        "toward",
        "towards",
        "through",
        "throughout",
        "within",
        "via",
        "off",
        "leaving",
        "reached",
        "reaching",
        "visited",
        "visiting",
        "entered",
        "entering",
        "left",
        "downtown",
        "central",
        "capital",
        "over",
    ]
)
_BETWEEN = frozenset(
    [
        "the",
        "nearby",
        "neighboring",
        "neighbouring",
        "central",
        "downtown",
        "rural",
        "war-torn",
        "eastern",
        "western",
        "northern",
        "southern",
        "southeastern",
        "southwestern",
        "northeastern",
        "northwestern",
        "north",
        "south",
        "east",
        "west",
        "historic",
        "ancient",
        "besieged",
        "embattled",
        "of",
        "in",
    ]
)
_LOCATED = re.compile(
    r"\b(?:in|at|near|from|outside|around|across|between|into|toward|towards|through|throughout|"
    r"within|via|off|leaving|reached|reaching|visited|visiting|entered|entering|left|downtown|"
    r"central|based in|over|(?:city|town|village|port|province|state|capital|region|district|"
    r"county|streets|north|south|east|west|outskirts|suburb|area|people|island|university|bishop|"
    r"mayor|governor|resident|residents|native|part|parts|miles|neighborhood) of)"
    r"(?: the)?(?: (?:nearby|neighboring|neighbouring|central|downtown|rural|war-torn|eastern|"
    r"western|northern|southern|southeastern|southwestern|northeastern|northwestern|north|south|"
    r"east|west|historic|ancient|besieged|embattled|city of|town of|village of|port city of))* $",
    re.IGNORECASE,
)


def is_located(before: str) -> bool:
    """Tell whether the words before a name are those of place: in, near, the town of."""
    if before[-1:] != " ":
        return False
    last = before[:-1].rpartition(" ")[2].lower()
    if last in _PREPOSITIONS:
        return True
    return last in _BETWEEN and _LOCATED.search(before) is not None


_DATELINE = re.compile(r"(?:, [A-Z][\w. ]{2,20})? ?(?:\([A-Z][^)]{1,30}\) ?)?[-–—]{1,2} ")
_LOCAL_AFTER = re.compile(
    r"(?: |-)(?:police|residents?|man|woman|men|women|teenager|mayor|officials|council|councill?ors?|"
    r"area|schools?|natives?|firefighters|suburbs?|neighbou?rhoods?|district|airport|based|area|"
    r"hospitals?|university|court|courthouse|jail|prison|region|province|city|county|town|streets?|"
    r"branch|bureau|embassy|consulate|bombings?|attacks?|riots?|protests?|talks|summit|office)\b"
)
# Bodies that a division has: a country puts its adjective before them ("Georgian police").
_BODY_AFTER = re.compile(
    r" (?:state|police|troopers?|sheriffs?|voters?|governor|lawmakers?|legislat\w+|senat\w+|officials|"
    r"prosecutors?|authorities|residents?|officers?|judges?|courts?|election\w*|law|bill|prisons?|"
    r"Republicans?|Democrats?|Governor|Gov\.|Senate|House|Secretary|National Guard|State|Supreme|"
    r"Sen\.|Rep\.|Attorney|Legislature|General Assembly|Bureau|Department|Court)\b"
)
# What stands between a town and its division: "Paris, Texas", "London in Ontario".
_PARENT_GAP = re.compile(
    r", | \(|,? (?:in|en|au|em|dans)(?: the)?(?: (?:US|U\.S\.))?(?: [a-z]+ern)?(?: state of)? "
)
# A name that is told to be a division: "the Belgian province of Luxembourg", "Niger State".
_DIVISION_BEFORE = re.compile(
    r"\b(?:provinc\w+|states?|regi[oó]\w*|région|department|département|departamento|estado|"
    r"governorate|prefecture|county|district|governor|gobernador\w*|gouverneur\w*|governador\w*|"
    r"governatore)(?: [a-zé]+)? (?:of|de|di|du|da|do|della)(?: la| l')? ?$",
    re.IGNORECASE,
)
_DIVISION_AFTER = re.compile(r" (?:[Ss]tate|[Pp]rovince|[Rr]egion)\b(?! of)")
_LONGEST_PARENT_GAP = 32
_LOOK_BACK = 45


@dataclass(slots=True)
class Span:
    """Words that may name a place.

    Attributes:
        name: The words as they are looked up.
        places: All places of the name.
        parent: Country and division that the words behind it name ("Paris, Texas").
        located: A preposition of place stands before it, or it is a dateline.
        left: The capitalised word that touches it on the left; empty if none does.
        right: The same on the right.
        opens: It opens its sentence.
        feature: A feature word belongs to it: it is another thing of that name.
        headline: It stands in a line whose words are all capitalised.
        local: A word follows that goes with towns and regions: "Leeds residents".
        division: The words beside it say that it is a division.
        body: A body of the kind that a division has follows: "Georgia police".
    """

    start: int
    end: int
    name: str
    places: list[Place] = field(default_factory=list)
    parent: tuple[str, str] | None = None
    located: bool = False
    left: str = ""
    right: str = ""
    opens: bool = False
    feature: bool = False
    headline: bool = False
    local: bool = False
    division: bool = False
    body: bool = False


class _Word(NamedTuple):
    start: int
    end: int
    text: str


class Finder:
    """Finds the spans of one text."""

    def __init__(self, plain: str, gazetteer: Gazetteer, words: Words) -> None:
        self.plain = plain
        self.gazetteer = gazetteer
        self.words = words

    def spans(self, sentence: Sentence, headline: bool) -> Iterator[Span]:
        """Yield the longest names of places in a sentence, from left to right."""
        words = self._words(sentence)
        if not words:
            return
        dull = self._is_dull
        i = 0
        while i < len(words):
            if dull(words[i].text) and (
                i + 1 == len(words) or not self._joined(words[i], words[i + 1])
            ):
                i += 1
                continue
            if span := self._abbreviation(words, i):
                yield span
                i += 1
                continue
            count = self._longest(words, i)
            feature = self._feature(words, i, count)
            if feature:
                yield feature[1]
                i += feature[0]
            elif count:
                yield self._span(sentence, words, i, i + count, headline)
                i += count
            else:
                i += 1

    def _is_dull(self, text: str) -> bool:
        """Tell whether a word alone names no place: most words that only open a sentence."""
        found = self.gazetteer.dull.get(text)
        if found is None:
            parents = self.words.parents
            named = text in parents or f"{text}." in parents or look_up(self.gazetteer, text)
            found = not named
            if len(self.gazetteer.dull) < _MOST_DULL:
                self.gazetteer.dull[text] = found
        return found

    def _words(self, sentence: Sentence) -> list[_Word]:
        found = []
        for match in _WORD.finditer(self.plain, sentence.start, sentence.end):
            text = match.group()
            if text[-1] in "s'-":
                text = text.removesuffix("'s").rstrip("'-")
            start = match.start()
            found.append(_Word(start, start + len(text), text))
        return found

    def _longest(self, words: list[_Word], i: int) -> int:
        """Return how many words from `i` on are the longest name in the gazetteer; 0 if none."""
        first = words[i]
        best = int(
            len(first.text) >= _MIN_LENGTH
            and first.text not in self.words.never
            and bool(look_up(self.gazetteer, first.text))
        )
        for j in range(i + 1, min(i + _LONGEST, len(words))):
            if not self._joined(words[j - 1], words[j]):
                break
            name = self.plain[first.start : words[j].end]
            if look_up(self.gazetteer, name) and name not in self.words.never:
                best = j - i + 1
        return best

    def _joined(self, left: _Word, right: _Word) -> bool:
        gap = self.plain[left.end : right.start]
        if gap == " ":
            return True
        return 2 < len(gap) <= _LONGEST_GAP and _JOINERS.issuperset(gap.split())

    def _touch(self, left: _Word, right: _Word) -> bool:
        return right.start - left.end == 1 and self.plain[left.end] == " "

    def _feature(self, words: list[_Word], i: int, known: int) -> tuple[int, Span] | None:
        """Return the span, and its number of words, of a name with a feature word: "Ural River"."""
        if words[i].text in self.words.never or words[i].text in self.words.features:
            return None
        for j in range(i + max(known, 1), min(i + 1 + _LONGEST_FEATURE, len(words))):
            if not self._touch(words[j - 1], words[j]):
                return None
            if words[j].text in self.words.features:
                return j - i + 1, self._other(words[i].start, words[j].end)
            if known or words[j].text in self.words.bodies:
                return None
        return None

    def _other(self, start: int, end: int) -> Span:
        name = self.plain[start:end]
        place = Place(name, "other", "", "", None, None, 0, None)
        return Span(start, end, name, [place], feature=True)

    def _abbreviation(self, words: list[_Word], i: int) -> Span | None:
        """Return the span of "Ky." or "TX" where it stands behind a comma, or "N.C." anywhere."""
        word = words[i]
        dotted = self.plain.startswith(".", word.end)
        text = word.text + "." if dotted and not word.text.endswith(".") else word.text
        known = self.words.parents.get(text)
        if known is None:
            text, known = word.text, self.words.parents.get(word.text)
        if known is None or not (self._behind_comma(words, i) or text.count(".") > 1):
            return None
        places = [p for p in self.gazetteer.divisions if (p.country, p.admin1) == known]
        return Span(word.start, word.start + len(text), text, places, located=True)

    def _behind_comma(self, words: list[_Word], i: int) -> bool:
        return i > 0 and self.plain[words[i - 1].end : words[i].start] in (", ", " (")

    def _span(self, sentence: Sentence, words: list[_Word], i: int, j: int, headline: bool) -> Span:
        start, end = words[i].start, words[j - 1].end
        left = words[i - 1] if i and self._touch(words[i - 1], words[i]) else None
        right = words[j] if j < len(words) and self._touch(words[j - 1], words[j]) else None
        before = self.plain[max(sentence.start, start - _LOOK_BACK) : start]
        opens = start - sentence.start < _LOOK_BACK and not any(map(str.isalnum, before))
        dateline = opens and _DATELINE.match(self.plain, end, sentence.end) is not None
        name = self.plain[start:end]
        parent = self._parent(words, j)
        return Span(
            start,
            end,
            name,
            self._namesakes(look_up(self.gazetteer, name), parent),
            parent=parent,
            located=dateline or is_located(before),
            left=left.text if left else "",
            right=right.text if right else "",
            opens=opens,
            headline=headline,
            local=_LOCAL_AFTER.match(self.plain, end, sentence.end) is not None,
            division=_DIVISION_BEFORE.search(before) is not None
            or _DIVISION_AFTER.match(self.plain, end, sentence.end) is not None,
            body=_BODY_AFTER.match(self.plain, end, sentence.end) is not None,
        )

    def _namesakes(self, places: list[Place], parent: tuple[str, str] | None) -> list[Place]:
        """Add the places in the stated parent that bear the usual name: "Moscú, Idaho"."""
        if parent is None or any(lies_in(p, parent) for p in places):
            return places
        names = sorted({p.name for p in places if p.is_alias})
        more = [p for n in names for p in look_up(self.gazetteer, n) if lies_in(p, parent)]
        return [*places, *more]

    def _parent(self, words: list[_Word], j: int) -> tuple[str, str] | None:
        """Return the division or country named behind a comma: "Paris, Texas"."""
        if j >= len(words) or words[j].start - words[j - 1].end > _LONGEST_PARENT_GAP:
            return None
        if not _PARENT_GAP.fullmatch(self.plain, words[j - 1].end, words[j].start):
            return None
        for count in (3, 2, 1):
            if j + count > len(words):
                continue
            name = self.plain[words[j].start : words[j + count - 1].end]
            dotted = name + "." if self.plain.startswith(".", words[j + count - 1].end) else name
            if known := self.words.parents.get(dotted) or self.words.parents.get(name):
                return known
            found = [p for p in look_up(self.gazetteer, name) if p.level in ("country", "admin1")]
            if found:
                place = max(found, key=lambda p: (p.weight, p[2:4]))
                return place.country, place.admin1
        return None


def lies_in(place: Place, parent: tuple[str, str]) -> bool:
    """Tell whether a place is in a country, or in a division of one."""
    country, admin1 = parent
    return place.country == country and admin1 in ("", place.admin1)


@lru_cache(maxsize=20_000)
def look_up(gazetteer: Gazetteer, name: str) -> list[Place]:
    """Return the places of a name; a name in capitals is also looked up as a common one."""
    found = gazetteer.places(name)
    if not found and name.isupper() and len(name) > _MIN_LENGTH and name.isascii():
        found = gazetteer.places(name.title())
    return found
