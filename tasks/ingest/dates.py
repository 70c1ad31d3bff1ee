"""Dates as metadata and header lines give them; only what the text itself says.

A date that two customs read differently (02/05/2022) is not resolved here: it is `ambiguous`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from functools import cache

from tasks.ingest.seeds import months, placeholders, without_accents


@dataclass(frozen=True, slots=True)
class Moment:
    """A calendar date as written, with the time of day where the zone is known.

    Attributes:
        day: The day as printed; the first of the month if precision is month.
        at: The moment, in the zone as printed; None unless known to the minute.
        precision: second, minute, day or month.
    """

    day: date
    at: datetime | None
    precision: str


@dataclass(frozen=True, slots=True)
class Figures:
    """A date written in figures, the year last.

    Attributes:
        mark: What stands between the figures: `/`, `-` or `.`.
        day_first: The day if 02/05/2022 is in May; None if that is no day of the calendar.
        month_first: The day if it is in February; None if that is no day, or behind a dot, where
            the day comes first everywhere.
    """

    mark: str
    day_first: date | None
    month_first: date | None

    @property
    def days(self) -> set[date]:
        """The days that it can be read as."""
        return {day for day in (self.day_first, self.month_first) if day}


@dataclass(frozen=True, slots=True)
class Printed:
    """A date found in a line: where it stands, and what it says.

    Attributes:
        start: Offset in the line.
        end: End offset.
        moment: What it says; None if it is ambiguous or no date of the calendar.
        figures: Its readings, if it is purely numeric with the year last.
    """

    start: int
    end: int
    moment: Moment | None
    figures: Figures | None = None

    @property
    def orders(self) -> tuple[str, ...]:
        """The orders that a numeric date can be read in: DMY, MDY or both."""
        if self.figures is None:
            return ()
        readings = {"DMY": self.figures.day_first, "MDY": self.figures.month_first}
        return tuple(order for order, day in readings.items() if day)


_ISO = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)"
    r"(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?\s*(Z|UTC|GMT|[+-]\d\d:?(?:\d\d)?)?)?",
    re.IGNORECASE,
)
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)?(Z)?)?")
_TIME = re.compile(
    r"[\s,|–-]*(?:at\s+|à\s+|um\s+|о\s+|в\s+)?(\d{1,2})[:h.](\d\d)(?::(\d\d))?"
    r"\s*([ap]\.?m\.?(?![a-z]))?\s*(UTC|GMT|Z\b|[+-]\d\d:?\d\d)?",
    re.IGNORECASE,
)


def parse_value(value: object) -> Moment | None:
    """Return the date that a metadata field holds, or None if it cannot be told.

    Times without a zone are taken as UTC, the custom of news-please and most crawlers. Midnight
    sharp is how libraries write a day without a time, so it is read as that.
    """
    if isinstance(value, datetime):
        return _moment(value)
    if isinstance(value, date):
        return Moment(value, None, "day")
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return _epoch(float(value))
    return _parse_text(value.strip()) if isinstance(value, str) else None


def stated(value: object) -> Moment | None:
    """Return the date that a field states; None as well for what programs write for a missing one."""
    moment = parse_value(value)
    return None if moment is not None and moment.day in placeholders() else moment


def is_date(value: object) -> bool:
    """Return True if a field states a date, or one of two."""
    return stated(value) is not None or (parse_value(value) is None and bool(figures_of(value)))


def _parse_text(text: str) -> Moment | None:
    if not text or len(text) > 120:
        return None
    if re.fullmatch(r"\d{10}|\d{13}", text):
        return _epoch(float(text))
    match = _ISO.fullmatch(text) or _COMPACT.fullmatch(text)
    if match:
        return _from_iso(match)
    if "," in text and ":" in text:
        try:
            return _moment(parsedate_to_datetime(text))
        except (ValueError, IndexError, OverflowError):
            pass
    printed = next(find_dates(text), None)
    return printed.moment if printed else None


def figures_of(value: object) -> Figures | None:
    """Return the readings of a date that a metadata field writes in figures, the year last."""
    if not isinstance(value, str) or len(value) > 120:
        return None
    printed = next(find_dates(value.strip()), None)
    return printed.figures if printed else None


def _epoch(seconds: float) -> Moment | None:
    """Read a number of seconds or milliseconds since 1970 (1990 to 2100)."""
    seconds = seconds / 1000 if seconds > 1e11 else seconds
    if not 6.3e8 < seconds < 4.1e9:
        return None
    return _moment(datetime.fromtimestamp(seconds, UTC).replace(microsecond=0))


def _moment(value: datetime) -> Moment:
    if (value.hour, value.minute, value.second, value.microsecond) == (0, 0, 0, 0):
        return Moment(value.date(), None, "day")
    aware = value if value.tzinfo else value.replace(tzinfo=UTC)
    try:
        aware.astimezone(UTC)
    except OverflowError:
        return Moment(value.date(), None, "day")
    return Moment(value.date(), aware, "second")


def _from_iso(match: re.Match[str]) -> Moment | None:
    year, month, day, hour, minute, second = (int(g) if g else 0 for g in match.groups()[:6])
    zone = match.groups()[-1]
    try:
        value = datetime(year, month, day, hour, minute, second, tzinfo=_zone(zone))
    except ValueError:
        return _day(year, month, day)
    moment = _moment(value)
    if moment.at is not None and match[6] is None:
        return Moment(moment.day, moment.at, "minute")
    return moment


def _zone(text: str | None) -> timezone:
    if text is None or text.upper() in ("Z", "UTC", "GMT"):
        return UTC
    digits = text[1:].replace(":", "").ljust(4, "0")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-offset if text[0] == "-" else offset)


def _day(year: int, month: int, day: int) -> Moment | None:
    try:
        return Moment(date(year, month, day), None, "day")
    except ValueError:
        return None


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    # A word, which is looked up: faster than a thousand names.
    month = r"(?P<month>[^\W\d_][^\s\d.,;:/|()<>\"'’–—-]*)\.?"
    year = r"(?P<year>(?:19|20)\d\d)(?!\d)"
    of = r"[\s.,/-]*(?:de\s+|of\s+|del\s+|d['’])?"
    day = r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th|er|º|-го|-го)?"
    forms = (
        rf"(?<!\d){year}(?P<s>[-/.])(?P<m>\d{{1,2}})(?P=s)(?P<day>\d{{1,2}})(?!\d)",
        rf"{day}{of}{month}{of}{year}",
        rf"\b{month}\s*{day},?\s+{year}",
        rf"(?<!\d){year}\.?\s*(?:m\.\s*)?{month}\s+{day}(?!\d)",
        r"(?<![\w/.-])(?P<a>\d{1,2})(?P<s>[/.-])(?P<b>\d{1,2})(?P=s)(?P<year>(?:19|20)\d\d)(?![\d:])",
        rf"(?<!\d){year}\s*[年년]\s*(?P<m>\d{{1,2}})\s*[月월]\s*(?P<day>\d{{1,2}})\s*[日일]",
        rf"{day}\s*(?:tháng|thg\.?)\s*(?P<m>\d{{1,2}})[\s,./-]*(?:năm\s*)?{year}",
        rf"\b{month}{of}{year}",
    )
    return tuple(re.compile(f, re.IGNORECASE) for f in forms)


def find_dates(line: str) -> Iterator[Printed]:
    """Yield the dates with a year that a line holds, from left to right, without overlaps."""
    if not any(c.isdigit() for c in line):
        return
    matches = [m for p in _patterns() for m in p.finditer(line)]
    found = [_printed(m, line) for m in matches if _is_of_month(m)]
    end = -1
    for printed in sorted(found, key=lambda p: (p.start, p.start - p.end)):
        if printed.start >= end:
            end = printed.end
            yield printed


def _is_of_month(match: re.Match[str]) -> bool:
    word = match.groupdict().get("month")
    return word is None or bool(_months_of(word))


def _months_of(word: str) -> frozenset[int]:
    """Return the numbers of the months of a name, whichever accents it has lost or won."""
    name = word.lower()
    return months().get(name) or months().get(without_accents(name), frozenset())


def _printed(match: re.Match[str], line: str) -> Printed:
    groups = match.groupdict()
    if groups.get("a"):
        return _numeric(match)
    numbers = _months_of(groups["month"]) if groups.get("month") else {int(groups["m"])}
    if len(numbers) != 1:
        return Printed(match.start(), match.end(), None)
    month = next(iter(numbers))
    if groups.get("day") is None:
        day = _day(int(groups["year"]), month, 1)
        return Printed(match.start(), match.end(), Moment(day.day, None, "month") if day else None)
    return _with_time(match, _day(int(groups["year"]), month, int(groups["day"])), line)


def _with_time(match: re.Match[str], day: Moment | None, line: str) -> Printed:
    """Add the time of day that follows the date; without a zone it only widens the span."""
    time = _TIME.match(line, match.end())
    if day is None or time is None:
        return Printed(match.start(), match.end(), day)
    hour, minute, zone = int(time[1]), int(time[2]), time[5]
    if time[4]:
        hour = hour % 12 + (12 if time[4][0] in "pP" else 0)
    if hour > 23 or minute > 59:
        return Printed(match.start(), match.end(), day)
    at = datetime(day.day.year, day.day.month, day.day.day, hour, minute, tzinfo=_zone(zone))
    moment = Moment(day.day, at, "minute") if zone else day
    return Printed(match.start(), time.end(), moment)


def _numeric(match: re.Match[str]) -> Printed:
    """Read 21/02/2022 or 02/21/2022; a dot is day first everywhere it is used."""
    a, b, year = int(match["a"]), int(match["b"]), int(match["year"])
    first = _day(year, b, a)
    second = _day(year, a, b) if match["s"] != "." else None
    figures = Figures(match["s"], first.day if first else None, second.day if second else None)
    moment = first or second if len(figures.days) == 1 else None
    return Printed(match.start(), match.end(), moment, figures)
