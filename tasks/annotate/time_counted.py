"""Rules of time that count from a day: three days ago, over the past four months, in recent days."""

from __future__ import annotations

from datetime import date

from tasks.annotate.spans import add_days, calendar_unit, shift
from tasks.annotate.time_values import UNKNOWN, Context, Found, Slots, on_day, open_span, over


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
        return open_span(None, base) if sign < 0 else open_span(base, None)
    moved = shift(base, sign * number, unit)
    if moved is None:
        return None
    if unit in ("minute", "hour", "day"):
        hours = {"minute": 0, "hour": number // 24, "day": 0}[unit]
        return on_day(add_days(moved, sign * hours), "inferred", f"{number} {unit}")
    if unit in ("week", "fortnight"):
        first, last = add_days(moved, -3), add_days(moved, 3)
        return over((first, last), "week", "inferred", unit) if first and last else None
    precision = "month" if unit in ("month", "quarter") else "year"
    return over(calendar_unit(moved, precision, 0), precision, "inferred", f"{number} {unit}")


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
        return open_span(None, base) if sign < 0 else open_span(base, None)
    interval = (far, base) if sign < 0 else (base, far)
    precision = {"minute": "day", "hour": "day", "fortnight": "week"}.get(unit, unit)
    precision = precision if precision in ("day", "week", "month") else "year"
    return over(interval, precision, "inferred", f"{number} {unit}")


def rule_past_vague(slots: Slots, context: Context) -> Found | None:
    """In recent days, for weeks: open at its start."""
    return open_span(None, context.published) if context.published else UNKNOWN


def rule_future_vague(slots: Slots, context: Context) -> Found | None:
    """In the coming days: open at its end."""
    return open_span(context.published, None) if context.published else UNKNOWN
