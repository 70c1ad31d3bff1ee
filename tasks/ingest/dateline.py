"""Datelines: the place, day and agency before the first sentence ("PARIS, Feb 20 (Reuters) -")."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from tasks.ingest.dates import Printed, find_dates
from tasks.ingest.seeds import months, phrases, weekdays

# Words in capitals before a dash or colon that are no place.
_NOT_A_PLACE = frozenset(
    [
        "file",
        "analysis",
        "opinion",
        "video",
        "urgent",
        "update",
        "breaking",
        "exclusive",
        "factbox",
        "photos",
        "watch",
        "live",
        "explainer",
        "interview",
        "commentary",
        "corrected",
        "refile",
        "insight",
        "editorial",
        "note",
        "report",
    ]
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """A dateline at the beginning of a paragraph.

    Attributes:
        end: Offset of the first character of the sentence behind it.
        text: The dateline as printed, without the dash.
        printed: The date with a year that it holds, if it does.
    """

    end: int
    text: str
    printed: Printed | None


@cache
def _pattern() -> re.Pattern[str]:
    agency = "|".join(map(re.escape, phrases("agency")))
    month = "|".join(sorted(map(re.escape, months()), key=lambda n: (-len(n), n)))
    weekday = "|".join(sorted(map(re.escape, weekdays()), key=lambda n: (-len(n), n)))
    upper = r"[^\W\d_a-zа-яёіїєґ][^\W\d_a-zа-яёіїєґ'’.-]{1,}"
    caps = rf"{upper}(?:[ /-]{upper}){{0,3}}"
    mixed = r"[^\W\d_a-zа-я][\w'’.-]+(?: [^\W\d_a-zа-я][\w'’.-]+){0,3}"
    day = (
        rf"(?:(?i:{weekday})\.?,? )?(?:(?i:{month})\.? \d{{1,2}}|\d{{1,2}}\.? (?:de )?(?i:{month})\.?"
        r"|\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}(?:[./](?:19|20)\d\d)?)(?:\.?,? (?:de )?(?:19|20)\d\d)?"
    )
    by = rf"(?:\((?i:{agency})(?:/[\w ]+)?\)|\([^\W\d_a-z][\w .&/-]{{1,30}}\)|/(?i:{agency})/|(?i:{agency}))"
    dash = r"(?:\s*[–—]+\s*|\s+-+\s*|\s*--+\s*)"
    gap = r"[\s,.]*"
    return re.compile(
        rf"[*_]*(?:(?P<caps>{caps})|(?P<mixed>{mixed}))(?:, {mixed})?"
        rf"(?:{gap}(?P<day>{day}|\({day}\)))?(?:{gap}(?P<agency>{by}))?[*_.]*(?P<dash>{dash}|(?<=/)\.?\s+|(?<=\d\))\.\s+|:\s+)"
        rf"(?:(?i:{agency})\.\s+)?"
    )


_DASH = re.compile(r"[–—:]|\s-|--|/[.\s]|\d\)\.")
_AGENCY_ONLY = re.compile(r"\((?P<agency>[A-Z][\w/ ]{1,24})\)\s*(?:[–—]|-{1,2}|:)\s+(?=\S)")


def dateline_of(paragraph: str) -> Dateline | None:
    """Return the dateline that the paragraph begins with, or None.

    A place in capitals before a dash is enough; a place in normal spelling needs a date or an
    agency, a colon needs an agency.
    """
    head = paragraph[:120]
    only = _AGENCY_ONLY.match(head)
    if only and only["agency"].casefold() in phrases("agency"):
        return Dateline(only.end(), only[0].rstrip(" –—-:"), None)
    match = _pattern().match(head) if _DASH.search(head) else None
    if match is None or not _convincing(match):
        return None
    text = match[0].strip().rstrip("–—-:").strip()
    return Dateline(match.end(), text, next(find_dates(text), None))


def _convincing(match: re.Match[str]) -> bool:
    place = (match["caps"] or match["mixed"]).casefold()
    first = place.split()[0].strip(".")
    if first in _NOT_A_PLACE or first in weekdays() or first in months():
        return False
    if not match.string[match.end() : match.end() + 1]:
        return False
    if match["agency"]:
        return True
    behind = match.string[match.end()]
    if ":" in match["dash"] or behind.islower():
        return False
    if match["caps"] and not match["caps"].isupper() and match["caps"].count(" ") > 1:
        return False  # a script without capitals
    if match["day"] and match["mixed"]:
        return match.string[match.end("mixed")] == ","
    return match["caps"] is not None and "." not in match["dash"]
