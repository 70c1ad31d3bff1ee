"""The publication date of an article, with where it was read: never a guess, never a future day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from tasks.ingest.dates import Moment, Printed, parse_value

# How published_text begins when the date is not read from the text but given with it.
TABLE = "table: "
URL = "url: "


@dataclass(frozen=True, slots=True)
class Published:
    """The published_* columns of `schemas.ARTICLES`."""

    at: datetime | None = None
    day: date | None = None
    precision: str = "none"
    basis: str = "none"
    text: str | None = None


UNDATED = Published()

_URL_DAY = re.compile(
    r"/((?:19|20)\d\d)(?:[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?=[/_.-]|$)"
    r"|(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?=/|$))"
)


@dataclass(frozen=True, slots=True)
class Window:
    """The days on which an article can have been published."""

    first: date
    last: date

    def holds(self, moment: Moment) -> bool:
        """Return True if the moment lies in the window."""
        return self.first <= moment.day <= self.last


def from_metadata(value: object, field: str, window: Window) -> Published:
    """Return the date of a metadata field; basis none, with its text, if it says no possible day.

    Args:
        value: Text, number, date or datetime.
        field: Name of the field; published_text becomes `field: value`.
        window: Days that are possible.
    """
    if value is None or value == "":
        return UNDATED
    text = f"{field}: {value}"[:200]
    moment = parse_value(value)
    if moment is None or not window.holds(moment):
        return Published(text=text)
    return _published(moment, "metadata", text)


def from_url(url: str | None, window: Window) -> Published:
    """Return the day that the path of a URL names (/2022/02/21/, /20220221/)."""
    match = _URL_DAY.search(url.split("?")[0]) if url else None
    if not match:
        return UNDATED
    month, day = match[2] or match[4], match[3] or match[5]
    moment = parse_value(f"{match[1]}-{int(month):02}-{int(day):02}")
    if moment is None or not window.holds(moment):
        return UNDATED
    return _published(moment, "metadata", f"{URL}{match[0]}")


def from_page(shown: str | None, window: Window) -> Published:
    """Return the day that a page shows in its text."""
    moment = parse_value(shown)
    if moment is None or not window.holds(moment):
        return UNDATED
    return _published(moment, "header", f"page: {shown}")


def from_print(printed: Printed, basis: str, text: str, window: Window) -> Published:
    """Return the date printed in a line of the text; basis none if it is ambiguous or impossible.

    Args:
        printed: What was found.
        basis: header or dateline.
        text: The words as printed.
        window: Days that are possible.
    """
    if printed.moment is None or not window.holds(printed.moment):
        return Published(text=text[:200])
    return _published(printed.moment, basis, text[:200])


def first_known(*candidates: Published) -> Published:
    """Return the first candidate with a date; else the first that at least quotes its source."""
    known = next((c for c in candidates if c.day), None)
    return known or next((c for c in candidates if c.text), UNDATED)


def _published(moment: Moment, basis: str, text: str) -> Published:
    """Return the columns; a month is no day of publication, so it only stands in the text.

    Weekdays and "yesterday" are read against the day: the first of the month would turn them
    into wrong dates.
    """
    if moment.precision == "month":
        return Published(text=text)
    return Published(moment.at, moment.day, moment.precision, basis, text)
