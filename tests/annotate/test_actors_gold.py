"""Actors and places against gold that lies beside the checkout; skipped where it does not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from tasks.annotate.actors import find_actors
from tasks.annotate.places import find_places
from tasks.annotate.places_resolve import km
from tasks.annotate.sentences import split_sentences
from tasks.annotate.types import ActorMention

GOLD = Path(__file__).resolve().parents[2] / ".." / "shared" / "gold"
pytestmark = pytest.mark.skipif(not GOLD.is_dir(), reason="the gold data is not on this machine")
TODAY = date(2022, 6, 1)


def records(name: str) -> Iterator[dict[str, Any]]:
    with (GOLD / name).open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def day(text: str) -> date:
    for form in ("%Y-%m-%d", "%d %B %Y"):
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    return TODAY


def actor_of(record: dict[str, Any]) -> ActorMention | None:
    """Return the longest coded mention within the phrase; the context is put before it."""
    context = record["context"]
    text = f"{context} {record['actor']}" if context else record["actor"]
    first = len(text) - len(record["actor"])
    found = find_actors(text, split_sentences(text, "en"), on=day(record["date"]))
    inside = [m for m in found if m.end > first and m.kind != "pronoun"]
    return max(inside, key=lambda m: (bool(m.code), m.end - m.start), default=None)


def test_countries_and_roles_of_noun_phrases() -> None:
    country = role = both = total = 0
    for record in records("actors_ngec.jsonl"):
        expected, found = record["expected"], actor_of(record)
        same_country = expected.get("country", "") == (found.country if found else "")
        same_role = expected.get("code_1") in (None, found.role if found else "")
        country, role = country + same_country, role + same_role
        both, total = both + (same_country and same_role), total + 1
    assert country / total >= 0.85
    assert role / total >= 0.80
    assert both / total >= 0.75


@pytest.mark.parametrize(
    ("name", "least_f1", "least_near"), [("geo_trnews", 0.87, 0.90), ("geo_lgl", 0.76, 0.82)]
)
def test_places_are_found_and_within_161_km(name: str, least_f1: float, least_near: float) -> None:
    hits = found_total = gold_total = right = 0
    distances: list[float] = []
    for record in records(f"{name}.jsonl"):
        text, gold = record["text"], record["expected"]
        sentences = split_sentences(text, "en")
        found = find_places(text, sentences, find_actors(text, sentences))
        gold_total, found_total = gold_total + len(gold), found_total + len(found)
        right += sum(any(m.start < g["end"] and g["start"] < m.end for g in gold) for m in found)
        for g in gold:
            touching = [m for m in found if m.start < g["end"] and g["start"] < m.end]
            hits += bool(touching)
            best = max(
                touching,
                key=lambda m: min(m.end, g["end"]) - max(m.start, g["start"]),
                default=None,
            )
            if best and best.lat is not None and best.lon is not None and g["lat"] is not None:
                distances.append(km((g["lat"], g["lon"]), (best.lat, best.lon)))
    precision, recall = right / found_total, hits / gold_total
    assert 2 * precision * recall / (precision + recall) >= least_f1
    assert sum(d <= 161 for d in distances) / len(distances) >= least_near
