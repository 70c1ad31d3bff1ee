"""How often a rule is right on a text of some length: measured, not felt."""

from __future__ import annotations

from bisect import bisect_right
from functools import cache

from tasks.language.tables import rows

# Letters at which a new band of the table begins.
BANDS = (0, 20, 40, 80, 200, 600)


@cache
def _measured() -> dict[tuple[str, int], float]:
    return {(r["rule"], int(r["letters"])): float(r["right"]) for r in rows("confidence.csv")}


def confidence(rule: str, n_letters: int) -> float:
    """Return the share of texts of this length on which the rule was right (seeds/language)."""
    band = BANDS[bisect_right(BANDS, n_letters) - 1]
    return _measured().get((rule, band), 0.5)
