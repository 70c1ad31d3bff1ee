"""The publication date of an article, with where it was read: never a guess, never a future day."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from tasks.ingest.dates import Figures, Moment, Printed, figures_of, parse_value, stated

# How published_text begins when the date is not read from the text but given with it.
TABLE = "table: "
URL = "url: "


# The basis of a date of two readings, and of one whose publisher shows which of them is meant.
AMBIGUOUS = "ambiguous"
BY_PUBLISHER = "publisher"


@dataclass(frozen=True, slots=True)
class InFigures:
    """A date of publication in figures, the year last: what it tells of its publisher's custom.

    Attributes:
        form: Where it stands and with which mark: `header /`, `date -`.
        day_first: As `dates.Figures`.
        month_first: As `dates.Figures`.
    """

    form: str
    day_first: date | None
    month_first: date | None


@dataclass(frozen=True, slots=True)
class Published:
    """The published_* columns of `schemas.ARTICLES`."""

    at: datetime | None = None
    day: date | None = None
    precision: str = "none"
    basis: str = "none"
    text: str | None = None
    figures: InFigures | None = None


UNDATED = Published()

# Zones of the world, before and behind UTC.
_EASTERNMOST = timedelta(hours=14)
_WESTERNMOST = timedelta(hours=12)

_URL_DAY = re.compile(
    r"/((?:19|20)\d\d)(?:[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?=[/_.-]|$)"
    r"|(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?=/|$))"
)


_URL_DAY_LAST = re.compile(r"/(\d\d?-\d\d?-(?:19|20)\d\d)(?=/|$)")


@dataclass(frozen=True, slots=True)
class Window:
    """The days on which an article can have been published."""

    first: date
    last: date

    def holds(self, moment: Moment) -> bool:
        """Return True if the moment lies in the window."""
        return self.holds_day(moment.day)

    def holds_day(self, day: date) -> bool:
        """Return True if the day lies in the window."""
        return self.first <= day <= self.last


def from_metadata(value: object, field: str, window: Window) -> Published:
    """Return the date of a metadata field.

    The basis is ambiguous, with both readings, if it can be read as two days; none, with its text,
    if it says no possible day.

    Args:
        value: Text, number, date or datetime.
        field: Name of the field; published_text becomes `field: value`.
        window: Days that are possible.
    """
    if value is None or value == "":
        return UNDATED
    text = f"{field}: {value}"[:200]
    moment = stated(value)
    is_none = moment is None and parse_value(value) is not None
    figures = None if is_none else _in_figures(figures_of(value), field)
    return _published(moment, "metadata", text, figures, window)


def from_url(url: str | None, window: Window) -> Published:
    """Return the day that the path of a URL names (/2022/02/21/, /20220221/, /21-02-2022)."""
    path = url.split("?")[0] if url else ""
    match = _URL_DAY.search(path)
    if match:
        month, day = match[2] or match[4], match[3] or match[5]
        moment = parse_value(f"{match[1]}-{int(month):02}-{int(day):02}")
    else:
        match = _URL_DAY_LAST.search(path)
        moment = parse_value(match[1]) if match else None
    if match is None or moment is None or not window.holds(moment):
        return UNDATED
    return _published(moment, "metadata", f"{URL}{match[0]}", None, window)


def from_page(shown: str | None, window: Window) -> Published:
    """Return the day that a page shows in its text."""
    figures = _in_figures(figures_of(shown), "page")
    found = _published(parse_value(shown), "header", f"page: {shown}", figures, window)
    return UNDATED if found.basis == "none" else found


def from_print(printed: Printed, basis: str, text: str, window: Window) -> Published:
    """Return the date printed in a line of the text; basis none if it is impossible.

    Args:
        printed: What was found.
        basis: header or dateline.
        text: The words as printed.
        window: Days that are possible.
    """
    return _published(
        printed.moment, basis, text[:200], _in_figures(printed.figures, basis), window
    )


def first_known(*candidates: Published) -> Published:
    """Return the first candidate with a date; else one of two readings, else one with a text.

    Figures that another candidate is written in are kept: they show how the publisher writes dates.
    """
    known = next((c for c in candidates if c.day), None)
    doubtful = next((c for c in candidates if c.basis == AMBIGUOUS), None)
    chosen = known or doubtful or next((c for c in candidates if c.text), UNDATED)
    figures = chosen.figures or next((c.figures for c in candidates if c.figures), None)
    return replace(chosen, figures=figures)


def settled(
    given: Published, url: Published, shown: Published, text: Published, *, is_vague: bool = False
) -> Published:
    """Return the date of publication where several places tell one.

    Metadata counts before the path of the URL, the date that the page shows and the text; metadata
    that does not say which date it is (`date`) only after what the page shows.

    Args:
        given: Date in the metadata.
        url: Date in the path of the URL.
        shown: Date that the page shows.
        text: Date in a label or dateline of the text.
        is_vague: True if the metadata does not say that its date is the one of publication.
    """
    if is_vague:
        return first_known(url, shown, given, text)
    return first_known(_on_local_day(given, url, shown), url, shown, text)


def _on_local_day(given: Published, *printed: Published) -> Published:
    """Return the date on the publisher's day, if its moment is in UTC and a day is printed.

    23:30 UTC is the next day east of Greenwich. The day printed is the publisher's if it is that of
    the moment in some zone of the world.
    """
    if given.at is None or given.at.utcoffset():
        return given
    for other in printed:
        if other.day is None or other.day == given.day:
            continue
        since = given.at - datetime.combine(other.day, time(), UTC)
        if -_EASTERNMOST <= since < timedelta(days=1) + _WESTERNMOST:
            return replace(given, day=other.day, text=f"{given.text}; {other.text}"[:200])
    return given


def _in_figures(figures: Figures | None, place: str) -> InFigures | None:
    if figures is None or not figures.days:
        return None
    return InFigures(f"{place} {figures.mark}", figures.day_first, figures.month_first)


def _published(
    moment: Moment | None, basis: str, text: str, figures: InFigures | None, window: Window
) -> Published:
    """Return the columns; a month is no day of publication, so it only stands in the text.

    Weekdays and "yesterday" are read against the day: the first of the month would turn them
    into wrong dates.
    """
    if moment is None:
        return _doubtful(text, figures, window)
    if moment.precision == "month" or not window.holds(moment):
        return Published(text=text)
    return Published(moment.at, moment.day, moment.precision, basis, text, figures)


def _doubtful(text: str, figures: InFigures | None, window: Window) -> Published:
    """Return a date of two readings, if one of them at least is a possible day."""
    days = (figures.day_first, figures.month_first) if figures else ()
    if not any(day and window.holds_day(day) for day in days):
        return Published(text=text)
    return Published(basis=AMBIGUOUS, text=text, figures=figures)
