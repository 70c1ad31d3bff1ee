"""Calendar arithmetic: days, weeks, months, quarters, years and shifts of them."""

from __future__ import annotations

from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, date, timedelta

Interval = tuple[date, date]


def make_date(year: int, month: int, day: int) -> date | None:
    """Return the date, or None if there is no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def add_days(day: date, days: int) -> date | None:
    """Return the day so many days later; None outside the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def add_months(day: date, months: int) -> date | None:
    """Return the same day of another month, or that month's last day if it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not MINYEAR <= year <= MAXYEAR:
        return None
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def shift(day: date, count: int, unit: str) -> date | None:
    """Return the day `count` units away; months and longer keep the day of the month."""
    if unit in DAYS:
        return add_days(day, count * DAYS[unit])
    return add_months(day, count * MONTHS[unit]) if unit in MONTHS else day


DAYS = {"minute": 0, "hour": 0, "day": 1, "week": 7, "fortnight": 14}
MONTHS = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}


def months_from(year: int, month: int, count: int) -> Interval | None:
    """Return the interval of `count` months that begins with that month."""
    if not MINYEAR <= year <= MAXYEAR:
        return None
    first = date(year, month, 1)
    end = add_months(first, count)
    return (first, end - timedelta(days=1)) if end else None


def week_of(day: date) -> Interval:
    """Return Monday and Sunday of the day's ISO week (kept inside the calendar)."""
    monday = add_days(day, -day.weekday()) or date.min
    return monday, add_days(monday, 6) or date.max


def calendar_unit(day: date, unit: str, count: int) -> Interval | None:
    """Return the calendar day, week, month, ... that lies `count` units from that of `day`."""
    moved = shift(day, count, unit)
    if moved is None:
        return None
    if unit in ("day", "hour", "minute"):
        return moved, moved
    if unit in ("week", "fortnight"):
        return week_of(moved)
    if unit == "month":
        return months_from(moved.year, moved.month, 1)
    if unit == "quarter":
        return months_from(moved.year, (moved.month - 1) // 3 * 3 + 1, 3)
    years = {"year": 1, "decade": 10, "century": 100}[unit]
    begin = moved.year // years * years
    return months_from(begin, 1, 12 * years) if begin >= MINYEAR else None


def nearest_month_day(month: int, day: int, near: date, weekday: int = 0) -> date | None:
    """Return that day of the year that lies nearest to `near`, the past before the future.

    With `weekday` (1-7) only years in which the day falls on it count, if there is one within
    six years; a 29 February is looked for in the same range.
    """
    years = sorted(range(near.year - 6, near.year + 7), key=lambda y: (abs(y - near.year), y))
    found = [d for y in years if MINYEAR <= y <= MAXYEAR and (d := make_date(y, month, day))]
    agreeing = [d for d in found if weekday and d.isoweekday() == weekday]
    best = agreeing if agreeing and abs((agreeing[0] - near).days) < 800 else found
    return min(best, key=lambda d: (abs((d - near).days), d), default=None)


def edge_of(interval: Interval, edge: str) -> Interval:
    """Return the early, middle or late third of an interval."""
    first, last = interval
    third = (last - first).days // 3
    if edge == "early":
        return first, first + timedelta(days=third)
    if edge == "mid":
        return first + timedelta(days=third), last - timedelta(days=third)
    return last - timedelta(days=third), last
