"""Measure places: how many are found, and how many of those lie within 161 km of the gold.

python benchmarks/annotate.py --only places
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tasks.annotate import annotate
from tasks.annotate.places_resolve import km
from tasks.annotate.types import PlaceMention

_SETS = {"TR-News": "geo_trnews", "LGL": "geo_lgl"}
_NEAR_KM = 161.0  # 100 miles, the measure of the field


def measure(shared: Path) -> Iterator[tuple[str, float, int]]:
    """Yield (figure, value, n); countries have no point and are left out of distances."""
    for title, name in _SETS.items():
        lines = (shared / "gold" / f"{name}.jsonl").read_text(encoding="utf-8").split("\n")[:-1]
        n_gold = n_found = hits = right = 0
        distances: list[float] = []
        for record in map(json.loads, lines):
            gold, found = record["expected"], annotate(record["text"]).places
            n_gold, n_found = n_gold + len(gold), n_found + len(found)
            right += sum(any(_touch(p, g) for g in gold) for p in found)
            best = [_best(g, found) for g in gold]
            hits += sum(p is not None for p in best)
            distances += [d for g, p in zip(gold, best, strict=True) if (d := _distance(g, p)) >= 0]
        precision, recall = right / n_found, hits / n_gold
        yield f"F1, {title}", 2 * precision * recall / (precision + recall), n_gold
        near = sum(d <= _NEAR_KM for d in distances)
        yield f"within 161 km, {title}", near / len(distances), len(distances)


def _touch(place: PlaceMention, gold: dict[str, Any]) -> bool:
    return bool(place.start < gold["end"] and gold["start"] < place.end)


def _best(gold: dict[str, Any], found: list[PlaceMention]) -> PlaceMention | None:
    """Return the place that shares most with the gold span."""

    def shared(place: PlaceMention) -> int:
        return int(min(place.end, gold["end"]) - max(place.start, gold["start"]))

    return max((p for p in found if _touch(p, gold)), key=shared, default=None)


def _distance(gold: dict[str, Any], place: PlaceMention | None) -> float:
    """Return the distance in km; -1 where either has no point."""
    if place is None or place.lat is None or place.lon is None or gold["lat"] is None:
        return -1.0
    return km((float(gold["lat"]), float(gold["lon"])), (place.lat, place.lon))
