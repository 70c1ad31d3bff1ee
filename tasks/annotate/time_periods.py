"""Rules of time that name a month, a year, or another period of the calendar."""

from __future__ import annotations

from datetime import date

from tasks.annotate.spans import Interval, add_days, calendar_unit, edge_of, months_from
from tasks.annotate.time_values import UNKNOWN, Context, Found, Slots, over, pair, year_number


def rule_month(slots: Slots, context: Context) -> Found | None:
    """A month; without a year the nearest one, the past before the future."""
    month, year, basis, note = slots.number("MONTH"), year_number(slots), "stated", ""
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
    return over(interval, "month", basis, note)


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
    year, basis = stated_year(slots, context)
    if year is None or number * months > 12:
        return UNKNOWN if number * months <= 12 else None
    return over(months_from(year, (number - 1) * months + 1, months), "month", basis)


def stated_year(slots: Slots, context: Context) -> tuple[int | None, str]:
    """Return the year that is named, or that of publication shifted, with its basis."""
    year = slots.number("YEAR")
    if year is not None:
        return year, "stated"
    if context.published is None:
        return None, "none"
    return context.published.year + (slots.number("SHIFT") or 0), "inferred"


def rule_season(slots: Slots, context: Context) -> Found | None:
    """A season of the northern hemisphere, three calendar months."""
    year, basis = stated_year(slots, context)
    if year is None:
        return UNKNOWN
    interval = months_from(year, slots.number("SEASON") or 3, 3)
    if interval and slots.word("EDGE"):
        interval = edge_of(interval, slots.word("EDGE"))
    return over(interval, "month", basis, "northern season")


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
    return over((saturday, sunday), "week", "inferred") if saturday and sunday else None


def rule_period(slots: Slots, context: Context) -> Found | None:
    """The calendar week, month, year, ... of publication, or one before or after it."""
    year = slots.number("YEAR")
    if year is not None:
        interval = months_from(year, 1, 12)
        return over(edge_of(interval, slots.word("EDGE")), "year", "stated") if interval else None
    if context.published is None:
        return UNKNOWN
    unit = slots.word("PERIOD") or "year"
    interval = calendar_unit(context.published, unit, slots.number("SHIFT") or 0)
    if interval and slots.word("EDGE"):
        interval = edge_of(interval, slots.word("EDGE"))
    if interval and not slots.number("SHIFT"):
        interval = _part_so_far(interval, slots, context.published)
    return over(interval, unit if unit in ("week", "month") else "year", "inferred")


def _part_so_far(interval: Interval, slots: Slots, today: date) -> Interval:
    """Cut `earlier this week` at the day of publication, and `later this week` before it."""
    side = slots.number("SIDE")
    if side == -1:
        return interval[0], min(max(today, interval[0]), interval[1])
    return (max(today, interval[0]), interval[1]) if side == 1 else interval


def rule_year(slots: Slots, context: Context) -> Found | None:
    """A year by its number."""
    year = slots.number("YEAR")
    return over(months_from(year, 1, 12), "year", "stated") if year else None


def rule_range_year(slots: Slots, context: Context) -> Found | None:
    """From one year to another, the last in full or by its last two figures (2011-12)."""
    first, last, tail = slots.number("YEAR"), slots.number("YEAR2"), slots.number("YEARTAIL")
    if both := pair(slots, "YEARSPAN"):
        first, last = both
    if first is not None and tail is not None:
        last = first // 100 * 100 + tail
    if first is None or last is None or last < first:
        return None
    return Found(date(first, 1, 1), date(last, 12, 31), "year", "stated", "range")


def rule_range_month(slots: Slots, context: Context) -> Found | None:
    """From one month to another; a year counts for the last."""
    begin, end = slots.number("MONTH"), slots.number("MONTH2")
    if begin is None or end is None:
        return None
    year, basis = slots.number("YEAR"), "stated"
    if year is None:
        if context.published is None:
            return UNKNOWN
        year, basis = _year_of_month(slots, context, end, context.published)[0], "inferred"
    count = (end - begin) % 12 + 1
    return over(months_from(year - (end < begin), begin, count), "month", basis, "range")


def rule_decade(slots: Slots, context: Context) -> Found | None:
    """The 1990s, the 80s: what is not of this century by its figures is of the last."""
    years = (slots.number(name) for name in ("DECADE", "DECADENAME", "YEAR", "NUMBER"))
    year = next((y for y in years if y is not None), None)
    if year is None or year % 10:
        return None
    if year < 100:
        year += 2000 if year < 20 else 1900
    interval = months_from(year, 1, 120)
    if interval and slots.word("EDGE"):
        interval = edge_of(interval, slots.word("EDGE"))
    return over(interval, "year", "stated", "decade")


def rule_century(slots: Slots, context: Context) -> Found | None:
    """The 19th century."""
    names = ("CENTURY", "ROMAN", "ORDINAL", "DAYTH", "DAY")
    number = next((n for name in names if (n := slots.number(name)) is not None), None)
    if number is None or not 2 <= number <= 21:
        return None
    interval = months_from((number - 1) * 100, 1, 1200)
    if interval and slots.word("EDGE"):
        interval = edge_of(interval, slots.word("EDGE"))
    return over(interval, "year", "stated", "century")
