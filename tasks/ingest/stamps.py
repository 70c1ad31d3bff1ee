"""Dates that are set off from any sentence, as those of publication are: the lines of a byline.

"Ann Lee, 1 December 2021", "World | 1.12.2021 10:30", "Posted on December 1, 2021 in World". A date
behind the label of an update does not count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from tasks.ingest.dates import Printed, find_dates
from tasks.ingest.lines import bare_date, ends_sentence
from tasks.ingest.seeds import phrases, weekdays

_MAX_LINE = 160
_MAX_WORDS = 8
# Long lines are paragraphs; a date may open the first ("27.1.2022 - The ministers ...").
_OPENING = 40
# Words of a label may stand between it and its date ("published here on").
_LABEL = 40
_LABELS = ("date_published", "date_created")
_YEAR = re.compile(r"(?:19|20)\d\d")
_OPENS = re.compile(r"\s*[–—|-]\s+\S")
_SET_OFF_BEFORE = re.compile(r"(?:^|[|•·,–—/:>»(\]-])[\s(]*$")
_SET_OFF_BEHIND = re.compile(r"[\s)]*(?:$|[|•·,–—/:<«)\[-])")
_CLOCK = re.compile(
    r"[\s,|–-]*(?:at\s|um\s|à\s|a las\s|ore\s)?\s*\d{1,2}[:h.]\d\d(?::\d\d)?\s*"
    r"(?:[ap]\.?m\.?|uhr|h(?:rs)?)?(?:\s+[A-Z]{3,4}\b)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A date that a page shows.

    Attributes:
        text: As printed.
        days: What it can be read as: two days for figures such as 03/04/2022.
        labelled: True if the words before it say that it is the date of publication.
    """

    text: str
    days: frozenset[date]
    labelled: bool


def stamps(pieces: Sequence[str], *, in_byline: bool = False) -> Iterator[Shown]:
    """Yield the dates of a line that stand by themselves.

    Args:
        pieces: The line, in the pieces that the page's elements make of it.
        in_byline: True if the page marks the line as the article's byline; then a sentence may
            tell the date too ("This was posted on Friday, 3 December 2021 ...").
    """
    text = " ".join(pieces)
    is_long = len(text) > _MAX_LINE
    head = text[: _OPENING if is_long and not in_byline else _MAX_LINE]
    if not _YEAR.search(head):
        return
    dates = list(find_dates(head))
    is_brief = not is_long and _is_brief(text, dates)
    end = 0
    for printed in dates:
        lead, behind = text[end : printed.start], text[printed.end :]
        shown = _shown(text[printed.start : printed.end], printed, lead, behind)
        opens = end == 0 and not lead.strip(" |") and _OPENS.match(behind) is not None
        end = printed.end
        if shown is None:
            continue
        told = opens or (in_byline and shown.labelled)
        if told or (is_brief and _stands_alone(shown, lead, behind, pieces)):
            yield shown


def _stands_alone(shown: Shown, lead: str, behind: str, pieces: Sequence[str]) -> bool:
    """Return True behind a label, between marks, or in an element of its own."""
    if shown.labelled or _is_set_off(lead, behind):
        return True
    return any(shown.text in piece and bare_date(piece) for piece in pieces)


def _shown(text: str, printed: Printed, lead: str, behind: str) -> Shown | None:
    """Return the date with its label; None for a month, no date, or the date of an update."""
    days = _days(printed)
    if not days or _says(lead, "date_updated"):
        return None
    before, after = lead[-_LABEL:], behind[:_LABEL]
    labelled = any(_says(before, role) or _says(after, role) for role in _LABELS)
    return Shown(text, days, labelled)


def only_day(found: list[Shown]) -> Shown | None:
    """Return the date if all are of one day; those behind a label count first."""
    chosen = [s for s in found if s.labelled] or found
    certain = {s.days for s in chosen if len(s.days) == 1}
    days = certain or {s.days for s in chosen}
    if len(days) != 1:
        return None
    only = next(iter(days))
    if any(not only & s.days for s in chosen):
        return None
    return next(s for s in chosen if s.days == only)


def _days(printed: Printed) -> frozenset[date]:
    if printed.moment is not None:
        is_day = printed.moment.precision != "month"
        return frozenset([printed.moment.day] if is_day else [])
    return frozenset(printed.figures.days if printed.figures else [])


def _is_brief(text: str, dates: list[Printed]) -> bool:
    """Return True for a line of a few words beside its dates, and no sentence."""
    rest = text
    for printed in reversed(dates):
        rest = rest[: printed.start] + rest[printed.end :]
    words = [w for w in re.findall(r"[^\W\d_]+", rest.casefold()) if w not in weekdays()]
    return len(words) <= _MAX_WORDS and not (ends_sentence(text) and len(words) > 3)


def _is_set_off(lead: str, behind: str) -> bool:
    words = lead.rstrip(" ,").rsplit(" ", 1)
    if words[-1].casefold().strip(".,") in weekdays():
        lead = words[0] if len(words) > 1 else ""
    clock = _CLOCK.match(behind)
    behind = behind[clock.end() :] if clock else behind
    return bool(_SET_OFF_BEFORE.search(lead) and _SET_OFF_BEHIND.match(behind))


def _says(lead: str, role: str) -> bool:
    return _pattern(role).search(lead) is not None


@cache
def _pattern(role: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, phrases(role)))})(?!\w)", re.IGNORECASE)
