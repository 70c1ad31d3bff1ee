"""What each rule of a time pattern means: from its words to an interval of days.

Every rule takes the values of its slots and the context and returns a `Found`, or None when the
words name no day there is (30 February). Relative rules need `Context.published`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from tasks.annotate.spans import (
    Interval,
    add_days,
    calendar_unit,
    edge_of,
    make_date,
    months_from,
    nearest_month_day,
    shift,
    week_of,
)


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
    """

    published: date | None
    antecedent: date | None
    direction: int


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


def _open(first: date | None, last: date | None) -> Found:
    return Found(first, last, "none", "inferred", "vague")


def _over(interval: Interval | None, precision: str, basis: str, note: str = "") -> Found | None:
    return Found(*interval, precision, basis, note) if interval else None


def _day(day: date | None, basis: str, note: str = "") -> Found | None:
    return Found(day, day, "day", basis, note) if day else None


def _full_year(slots: Slots, year: int) -> int:
    """Expand '07 to 2007 and '82 to 1982."""
    return year if year > 99 else year + (2000 if year < 50 else 1900)


def _day_number(slots: Slots) -> int | None:
    day = slots.number("DAY")
    return day if day is not None else slots.number("ORDINAL")


def _weekday(slots: Slots) -> int:
    return slots.number("WEEKDAY") or slots.number("WDABBR") or 0


def rule_date(slots: Slots, context: Context) -> Found | None:
    """A day with its month; the year as stated, or the one that brings it nearest."""
    numeric = slots.values.get("NUMDATE")
    if isinstance(numeric, tuple):
        return _day(make_date(*numeric), "stated", "figures")
    month, day = slots.number("MONTH"), _day_number(slots)
    if month is None or day is None:
        return None
    return _month_day(slots, context, month, day)


def _month_day(slots: Slots, context: Context, month: int, day: int) -> Found | None:
    year = slots.number("YEAR")
    if year is not None:
        return _day(make_date(year, month, day), "stated")
    if context.published is None:
        return UNKNOWN
    step = slots.number("SHIFT")
    if step is not None:
        return _day(make_date(context.published.year + step, month, day), "inferred", "shifted")
    best = nearest_month_day(month, day, context.published, _weekday(slots))
    return _day(best, "inferred", "nearest")


def rule_date_range(slots: Slots, context: Context) -> Found | None:
    """Two days of a month, or of two months."""
    numbers = [v for k, v in slots.values.items() if k.rstrip("2") in ("DAY", "ORDINAL")]
    month = slots.number("MONTH")
    if len(numbers) != 2 or month is None:
        return None
    last_month = slots.number("MONTH2") or month
    begin = _month_day(slots, context, month, int(str(numbers[0])))
    if begin is None or begin.first is None:
        return begin
    year = begin.first.year + (last_month < month)
    end = make_date(year, last_month, int(str(numbers[1])))
    if end is None or end < begin.first:
        return None
    return Found(begin.first, end, "day", begin.basis, "range")


def rule_day_of_month(slots: Slots, context: Context) -> Found | None:
    """A bare day of the month: of this month, or of the nearest that has it."""
    day = _day_number(slots) or slots.number("DAYTH")
    near = context.published
    if near is None or day is None:
        return UNKNOWN if day else None
    months = (calendar_unit(near, "month", k) for k in (-1, 0, 1))
    days = [d for m in months if m and (d := make_date(m[0].year, m[0].month, day))]
    weekday = _weekday(slots)
    fitting = [d for d in days if d.isoweekday() == weekday] if weekday else []
    return _day(_nearest(fitting or days, near, context.direction), "inferred", "nearest")


def _nearest(days: list[date], near: date, direction: int) -> date | None:
    wanted = [d for d in days if direction == 0 or (d - near).days * direction >= 0]
    return min(wanted or days, key=lambda d: (abs((d - near).days), d), default=None)


def rule_month(slots: Slots, context: Context) -> Found | None:
    """A month; without a year the nearest one, the past before the future."""
    month, year, basis, note = slots.number("MONTH"), slots.number("YEAR"), "stated", ""
    if month is None:
        return None
    if year is None:
        if context.published is None:
            return UNKNOWN
        year, note = _year_of_month(slots, context, month, context.published)
        basis = "inferred"
    interval = months_from(year, month, 1)
    if interval and slots.word("EDGE"):
        interval = edge_of(interval, slots.word("EDGE"))
    return _over(interval, "month", basis, note)


def _year_of_month(slots: Slots, context: Context, month: int, near: date) -> tuple[int, str]:
    step = slots.number("SHIFT")
    if step is not None and slots.args.get("by") == "year":
        return near.year + step, "year shifted"
    away = month - near.month  # months ahead in the same year
    if step is not None and step != 0:
        past = near.year - (away >= 0)
        return (past, "last") if step < 0 else (near.year + (away <= 0), "next")
    if step == 0:
        return near.year, "this year"
    if context.direction > 0:
        return near.year + (away < 0), "future"
    if away >= 6:
        return near.year - 1, "nearest"
    return near.year + (away < -6), "nearest"


def rule_quarter(slots: Slots, context: Context) -> Found | None:
    """A quarter or a half of a year."""
    number, months = slots.number("ORDINAL") or 1, slots.number("MONTHS") or 3
    year, basis = _stated_year(slots, context)
    if year is None or number * months > 12:
        return UNKNOWN if number * months <= 12 else None
    return _over(months_from(year, (number - 1) * months + 1, months), "month", basis)


def _stated_year(slots: Slots, context: Context) -> tuple[int | None, str]:
    year = slots.number("YEAR")
    if year is not None:
        return year, "stated"
    if context.published is None:
        return None, "none"
    return context.published.year + (slots.number("SHIFT") or 0), "inferred"


def rule_season(slots: Slots, context: Context) -> Found | None:
    """A season of the northern hemisphere, three calendar months."""
    year, basis = _stated_year(slots, context)
    if year is None:
        return UNKNOWN
    interval = months_from(year, slots.number("SEASON") or 3, 3)
    if interval and slots.word("EDGE"):
        interval = edge_of(interval, slots.word("EDGE"))
    return _over(interval, "month", basis, "northern season")


def rule_weekday(slots: Slots, context: Context) -> Found | None:
    """A bare weekday: the day of publication itself, else the most recent one.

    Only a strong future marker turns it forward; a test of tense makes results worse (measured
    on news: 357 against 350 of 400 right).
    """
    near, wanted = context.published, _weekday(slots)
    if near is None:
        return UNKNOWN
    back = (near.isoweekday() - wanted) % 7
    step = slots.number("SHIFT")
    if step == -1:
        return _day(add_days(near, -(back or 7)), "inferred", "last")
    if step == 1:
        return _day(add_days(near, 7 - back), "inferred", "next")
    if back == 0:
        return _day(near, "inferred", "same day")
    if context.direction > 0 or (step == 0 and context.direction == 0 and back > 3):
        return _day(add_days(near, 7 - back), "inferred", "future")
    return _day(add_days(near, -back), "inferred", "most recent")


def rule_weekday_week(slots: Slots, context: Context) -> Found | None:
    """A weekday of last, this or next week."""
    if context.published is None:
        return UNKNOWN
    monday, _ = week_of(context.published)
    days = 7 * (slots.number("SHIFT") or 0) + _weekday(slots) - 1
    return _day(add_days(monday, days), "inferred", "week shifted")


def rule_weekend(slots: Slots, context: Context) -> Found | None:
    """The nearest Saturday and Sunday, or those of the week before or after."""
    near = context.published
    if near is None:
        return UNKNOWN
    to_saturday = 5 - near.weekday()  # 0 on Saturday, -1 on Sunday
    step = slots.number("SHIFT")
    if step == -1 or (step is None and to_saturday > 0 and context.direction <= 0):
        to_saturday -= 7
    elif step == 1 and to_saturday <= 0:
        to_saturday += 7
    elif step == 0 and to_saturday > 3 and context.direction <= 0:
        to_saturday -= 7
    saturday = add_days(near, to_saturday)
    sunday = add_days(near, to_saturday + 1)
    return _over((saturday, sunday), "week", "inferred") if saturday and sunday else None


def rule_period(slots: Slots, context: Context) -> Found | None:
    """The calendar week, month, year, ... of publication, or one before or after it."""
    year = slots.number("YEAR")
    if year is not None:
        interval = months_from(year, 1, 12)
        return _over(edge_of(interval, slots.word("EDGE")), "year", "stated") if interval else None
    if context.published is None:
        return UNKNOWN
    unit = slots.word("PERIOD") or "year"
    interval = calendar_unit(context.published, unit, slots.number("SHIFT") or 0)
    if interval and slots.word("EDGE"):
        interval = edge_of(interval, slots.word("EDGE"))
    if interval and not slots.number("SHIFT"):
        interval = _part_so_far(interval, slots, context.published)
    return _over(interval, unit if unit in ("week", "month") else "year", "inferred")


def _part_so_far(interval: Interval, slots: Slots, today: date) -> Interval:
    """Cut `earlier this week` at the day of publication, and `later this week` before it."""
    side = slots.number("SIDE")
    if side == -1:
        return interval[0], min(max(today, interval[0]), interval[1])
    return (max(today, interval[0]), interval[1]) if side == 1 else interval


def rule_year(slots: Slots, context: Context) -> Found | None:
    """A year by its number."""
    year = slots.number("YEAR")
    return _over(months_from(year, 1, 12), "year", "stated") if year else None


def rule_range_year(slots: Slots, context: Context) -> Found | None:
    """From one year to another."""
    first, last = slots.number("YEAR"), slots.number("YEAR2")
    if first is None or last is None or last < first:
        return None
    return Found(date(first, 1, 1), date(last, 12, 31), "year", "stated", "range")


def rule_decade(slots: Slots, context: Context) -> Found | None:
    """The 1990s, the 80s."""
    year = slots.number("DECADE")
    if year is None:
        return None
    interval = months_from(_full_year(slots, year), 1, 120)
    if interval and slots.word("EDGE"):
        interval = edge_of(interval, slots.word("EDGE"))
    return _over(interval, "year", "stated", "decade")


def rule_relday(slots: Slots, context: Context) -> Found | None:
    """Today, yesterday, this morning."""
    if context.published is None:
        return UNKNOWN
    offset = slots.number("RELDAY")
    offset = (slots.number("OFFSET") or 0) if offset is None else offset
    return _day(add_days(context.published, offset), "inferred")


def rule_anaphor(slots: Slots, context: Context) -> Found | None:
    """The same day, the next day: counted from the day that the text spoke of last."""
    base = context.antecedent or context.published
    if base is None:
        return UNKNOWN
    note = "from the day before it in the text" if context.antecedent else "from publication"
    return _day(add_days(base, slots.number("OFFSET") or 0), "inferred", note)


def rule_anaphor_shift(slots: Slots, context: Context) -> Found | None:
    """Two days later: counted from the day that the text spoke of last."""
    if context.antecedent is None:
        return None
    return _shifted(slots, context.antecedent, slots.number("SIDE") or 1)


def rule_ago(slots: Slots, context: Context) -> Found | None:
    """Three days ago."""
    return _shifted(slots, context.published, -1) if context.published else UNKNOWN


def rule_hence(slots: Slots, context: Context) -> Found | None:
    """Three days from now; `in three days` only after a future marker."""
    if slots.args.get("only") == "future" and context.direction <= 0:
        return None
    return _shifted(slots, context.published, 1) if context.published else UNKNOWN


def _shifted(slots: Slots, base: date, sign: int) -> Found | None:
    """Count units from a day; the further away, the coarser."""
    number, unit = slots.number("NUMBER"), slots.word("UNIT") or slots.word("UNITS")
    if number is None or number > 2000:
        return _open(None, base) if sign < 0 else _open(base, None)
    moved = shift(base, sign * number, unit)
    if moved is None:
        return None
    if unit in ("minute", "hour", "day"):
        hours = {"minute": 0, "hour": number // 24, "day": 0}[unit]
        return _day(add_days(moved, sign * hours), "inferred", f"{number} {unit}")
    if unit in ("week", "fortnight"):
        first, last = add_days(moved, -3), add_days(moved, 3)
        return _over((first, last), "week", "inferred", unit) if first and last else None
    precision = "month" if unit in ("month", "quarter") else "year"
    return _over(calendar_unit(moved, precision, 0), precision, "inferred", f"{number} {unit}")


def rule_past_span(slots: Slots, context: Context) -> Found | None:
    """Over the past four months: from then until publication."""
    return _span(slots, context.published, -1)


def rule_future_span(slots: Slots, context: Context) -> Found | None:
    """In the next two weeks: from publication until then."""
    return _span(slots, context.published, 1)


def _span(slots: Slots, base: date | None, sign: int) -> Found | None:
    if base is None:
        return UNKNOWN
    number = 1 if "NUMBER" not in slots.values and "FEW" not in slots.values else None
    number = slots.number("NUMBER") if number is None else number
    unit = slots.word("UNIT") or slots.word("UNITS")
    far = shift(base, sign * number, unit) if number is not None else None
    if far is None:
        return _open(None, base) if sign < 0 else _open(base, None)
    interval = (far, base) if sign < 0 else (base, far)
    precision = {"minute": "day", "hour": "day", "fortnight": "week"}.get(unit, unit)
    precision = precision if precision in ("day", "week", "month") else "year"
    return _over(interval, precision, "inferred", f"{number} {unit}")


def rule_past_vague(slots: Slots, context: Context) -> Found | None:
    """In recent days, for weeks: open at its start."""
    return _open(None, context.published) if context.published else UNKNOWN


def rule_future_vague(slots: Slots, context: Context) -> Found | None:
    """In the coming days: open at its end."""
    return _open(context.published, None) if context.published else UNKNOWN


def rule_clock(slots: Slots, context: Context) -> Found | None:
    """A time of day: of the day spoken of in the same or the last sentence, else publication."""
    base = context.antecedent or context.published
    if base is None:
        return UNKNOWN
    return _day(base, "inferred", "time of day")


Rule = Callable[[Slots, Context], Found | None]
RULES: dict[str, Rule] = {
    name.removeprefix("rule_"): rule
    for name, rule in list(globals().items())
    if name.startswith("rule_")
}
