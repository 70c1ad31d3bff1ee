"""The rules of time by the name that the tables know them by.

A pattern of seeds/lexicon/<lang>/time_patterns.csv names its rule: `weekday` is `rule_weekday`.
"""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType

from tasks.annotate import time_counted, time_days, time_periods
from tasks.annotate.time_values import Context, Found, Slots

Rule = Callable[[Slots, Context], Found | None]


def _rules(module: ModuleType) -> dict[str, Rule]:
    named = sorted(vars(module).items())
    return {n.removeprefix("rule_"): rule for n, rule in named if n.startswith("rule_")}


RULES: dict[str, Rule] = {
    **_rules(time_days),
    **_rules(time_periods),
    **_rules(time_counted),
}
