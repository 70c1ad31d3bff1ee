"""Rules of time that name a day.

Every rule takes the values of its slots and the context and returns a `Found`, or None when the
words name no day there is (30 February).
"""

from __future__ import annotations

from datetime import date

from tasks.annotate.spans import add_days, calendar_unit, make_date, nearest_month_day, week_of
from tasks.annotate.time_values import (
    UNKNOWN,
    Context,
    Found,
    Slots,
    day_number,
    on_day,
    pair,
    weekday_of,
    year_number,
)

_BY_NAME = "known by its name"
KNOWN_BY_NAME = f"date: {_BY_NAME}"  # the rule of such a day, as a mention tells it
_BEHIND = 31  # days behind, beyond which "will ... on 3 December" means the one ahead


def rule_date(slots: Slots, context: Context) -> Found | None:
    """A day with its month; the year as stated, or the one that brings it nearest."""
    numeric = slots.values.get("NUMDATE")
    if isinstance(numeric, tuple):
        return on_day(make_date(*numeric), "stated", "figures")
    month, day, year = slots.number("MONTH"), day_number(slots), year_number(slots)
    for name in ("DOTDATE", "SLASHDATE", "DAYMONTH"):
        if both := pair(slots, name):
            day, month = both
    if both := pair(slots, "DAYYEAR"):
        day, year = both
    if month is None or day is None:
        return None
    return _month_day(slots, context, (year, month, day))


def _month_day(slots: Slots, context: Context, wanted: tuple[int | None, int, int]) -> Found | None:
    year, month, day = wanted
    if year is not None:
        return on_day(make_date(year, month, day), "stated")
    near, known = context.published, context.known_days.get((month, day))
    if known and "known" in slots.args and (near is None or known <= near):
        return on_day(known, "inferred", _BY_NAME)
    if near is None:
        return UNKNOWN
    step = slots.number("SHIFT") or 0
    if slots.args.get("by") == "year":
        return on_day(make_date(near.year + step, month, day), "inferred", "shifted")
    weekday = weekday_of(slots)
    best = nearest_month_day(month, day, near, weekday)
    if best is None:
        return None
    behind = (near - best).days
    if step * behind > 0:  # last 3 March: of two the one behind
        best = make_date(best.year + step, month, day)
    elif context.direction > 0 and behind > _BEHIND and not weekday:
        best = make_date(best.year + 1, month, day)
    return on_day(best, "inferred", "nearest")


def rule_date_range(slots: Slots, context: Context) -> Found | None:
    """Two days of a month, or of two months; a year counts for the last."""
    numbers = [v for k, v in slots.values.items() if k.rstrip("2") in ("DAY", "ORDINAL")]
    month = slots.number("MONTH")
    if len(numbers) != 2 or month is None:
        return None
    last_month, year = slots.number("MONTH2") or month, slots.number("YEAR")
    over_new_year = last_month < month
    if year is not None:
        year -= over_new_year
    begin = _month_day(slots, context, (year, month, int(str(numbers[0]))))
    if begin is None or begin.first is None:
        return begin
    end = make_date(begin.first.year + over_new_year, last_month, int(str(numbers[1])))
    if end is None or end < begin.first:
        return None
    return Found(begin.first, end, "day", begin.basis, "range")


def rule_day_of_month(slots: Slots, context: Context) -> Found | None:
    """A bare day of the month: of this month, or of the nearest that has it."""
    day = day_number(slots) or slots.number("DAYTH")
    near = context.published
    if near is None or day is None:
        return UNKNOWN if day else None
    months = (calendar_unit(near, "month", k) for k in (-1, 0, 1))
    days = [d for m in months if m and (d := make_date(m[0].year, m[0].month, day))]
    weekday = weekday_of(slots)
    fitting = [d for d in days if d.isoweekday() == weekday] if weekday else []
    return on_day(_nearest(fitting or days, near, context.direction), "inferred", "nearest")


def _nearest(days: list[date], near: date, direction: int) -> date | None:
    wanted = [d for d in days if direction == 0 or (d - near).days * direction >= 0]
    return min(wanted or days, key=lambda d: (abs((d - near).days), d), default=None)


def rule_weekday(slots: Slots, context: Context) -> Found | None:
    """A bare weekday: the day of publication itself, else the most recent one.

    Only a strong future marker turns it forward; a test of tense makes results worse (measured
    on news: 357 against 350 of 400 right).
    """
    near, wanted = context.published, weekday_of(slots)
    if near is None:
        return UNKNOWN
    back = (near.isoweekday() - wanted) % 7
    step = slots.number("SHIFT")
    if step == -1:
        return on_day(add_days(near, -(back or 7)), "inferred", "last")
    if step == 1:
        return on_day(add_days(near, 7 - back), "inferred", "next")
    if back == 0:
        return on_day(near, "inferred", "same day")
    if context.direction > 0 or (step == 0 and context.direction == 0 and back > 3):
        return on_day(add_days(near, 7 - back), "inferred", "future")
    return on_day(add_days(near, -back), "inferred", "most recent")


def rule_weekday_week(slots: Slots, context: Context) -> Found | None:
    """A weekday of last, this or next week."""
    if context.published is None:
        return UNKNOWN
    monday, _ = week_of(context.published)
    days = 7 * (slots.number("SHIFT") or 0) + weekday_of(slots) - 1
    return on_day(add_days(monday, days), "inferred", "week shifted")


def rule_relday(slots: Slots, context: Context) -> Found | None:
    """Today, yesterday, this morning."""
    if context.published is None:
        return UNKNOWN
    offset = slots.number("RELDAY")
    offset = (slots.number("OFFSET") or 0) if offset is None else offset
    return on_day(add_days(context.published, offset), "inferred")


def rule_anaphor(slots: Slots, context: Context) -> Found | None:
    """The same day, the next day: counted from the day that the text spoke of last."""
    base = context.antecedent or context.published
    if base is None:
        return UNKNOWN
    note = "from the day before it in the text" if context.antecedent else "from publication"
    return on_day(add_days(base, slots.number("OFFSET") or 0), "inferred", note)


def rule_clock(slots: Slots, context: Context) -> Found | None:
    """A time of day: of the day spoken of in the same or the last sentence, else publication."""
    base = context.antecedent or context.published
    if base is None:
        return UNKNOWN
    return on_day(base, "inferred", "time of day")
