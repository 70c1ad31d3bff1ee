"""What the rules of time are handed, and what they return."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from tasks.annotate.spans import Interval


class Found(NamedTuple):
    """An interval of days; None is an open end."""

    first: date | None
    last: date | None
    precision: str
    basis: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Context:
    """What a relative expression is resolved against.

    Attributes:
        published: Day of publication, if known.
        antecedent: Day that the text spoke of last ("the same day").
        direction: +1 after a strong future marker (will), -1 after a past tense, else 0.
        known_days: (month, day) -> the day that a name without its year means (9/11).
    """

    published: date | None
    antecedent: date | None
    direction: int
    known_days: Mapping[tuple[int, int], date] = field(default_factory=dict)


class Slots:
    """Values of a pattern's slots, and its constants."""

    __slots__ = ("args", "values")

    def __init__(self, values: dict[str, object], args: dict[str, str]) -> None:
        self.values, self.args = values, args

    def number(self, name: str) -> int | None:
        """Return the value of a slot, or a constant of the row, as a number."""
        value = self.values.get(name, self.args.get(name.lower()))
        return int(str(value)) if value is not None else None

    def word(self, name: str) -> str:
        """Return the value of a slot, or a constant of the row, as a word."""
        return str(self.values.get(name, self.args.get(name.lower(), "")))


UNKNOWN = Found(None, None, "none", "none", "no publication date")


def open_span(first: date | None, last: date | None) -> Found:
    """Return an interval with an open end."""
    return Found(first, last, "none", "inferred", "vague")


def over(interval: Interval | None, precision: str, basis: str, note: str = "") -> Found | None:
    """Return an interval of days; None if there is none."""
    return Found(*interval, precision, basis, note) if interval else None


def on_day(day: date | None, basis: str, note: str = "") -> Found | None:
    """Return a single day; None if there is none."""
    return Found(day, day, "day", basis, note) if day else None


def pair(slots: Slots, name: str) -> tuple[int, int] | None:
    """Return the two numbers of a slot that holds two (25.01, 2022/23)."""
    value = slots.values.get(name)
    return (int(value[0]), int(value[1])) if isinstance(value, tuple) else None


def year_number(slots: Slots) -> int | None:
    """Return the year as stated, in full or by its last two figures."""
    year, tail = slots.number("YEAR"), slots.number("YEARTAIL")
    return year if tail is None else tail + (2000 if tail < 50 else 1900)


def day_number(slots: Slots) -> int | None:
    """Return the day of the month, in figures or as an ordinal."""
    day = slots.number("DAY")
    if day is None and (day := slots.number("ORDINAL")) is not None:
        day += slots.number("TENS") or 0
    return day if day is not None else slots.number("NUMBER")  # in words


def weekday_of(slots: Slots) -> int:
    """Return the weekday, 1-7 from Monday; 0 if none is named."""
    return slots.number("WEEKDAY") or slots.number("WDABBR") or 0
