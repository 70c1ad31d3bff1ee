"""How likely the type of a mention is right: log-odds of what speaks for and against it, added up.

The weights are in seeds/lexicon/confidence.csv, fitted by benchmarks/events_confidence.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from math import exp

from tasks.events.drafts import Draft
from tasks.events.parties import Party
from tasks.events.tables import SEEDS, read_table

TABLE = SEEDS / "lexicon" / "confidence.csv"


def features(draft: Draft, parties: Sequence[Party | None]) -> tuple[str, ...]:
    """Return what is known of a mention, by the names of the table."""
    known = sum(p is not None and bool(p.code) for p in parties)
    named = sum(p is not None for p in parties)
    return (
        "every mention",
        f"type {draft.plover or 'statement'}",
        f"trigger {draft.frame.pos}",
        "frame with conditions" if draft.frame.where else "frame without conditions",
        f"actors {known}",
        f"parties {named}",
        f"status {draft.status}",
        f"rules {min(len(draft.rules), 3)}",
    )


def confidence(found: Iterable[str]) -> float:
    """Return the probability, 0-1, in hundredths; features that the table lacks weigh nothing."""
    weights = _weights()
    total = sum(weights.get(name, 0) for name in found)
    return round(1 / (1 + exp(-total / 1000)), 2)


@cache
def _weights() -> dict[str, int]:
    """Return log-odds in thousandths: whole numbers, whose sum has no order."""
    return {row["feature"]: int(row["weight"]) for row in read_table(TABLE)}
