"""Decides which place of a name is meant: size, nation, division, neighbours, the words beside it."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import lru_cache

from tasks.annotate.places_find import Span, lies_in
from tasks.annotate.places_table import Place

_EARTH_KM = 12_742.0
_NEAR_KM = 150.0
# The places named most often stand for the rest, so that a list of places costs no more than news.
_MOST_POINTS = 50
# Weights against one power of ten in population.
_STATED_PARENT = 20.0
_COUNTRY_SHARE = 4.0
_DIVISION_NAMED = 3.0
_HOME = 1.5
_NEIGHBOUR = 3.0


# A point as a unit vector from the centre of the Earth.
Vector = tuple[float, float, float]


@dataclass(slots=True)
class Context:
    """What an article says of where it is: weights of countries and divisions, certain points."""

    countries: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    divisions: Counter[tuple[str, str]] = field(default_factory=Counter)
    total: float = 0.0
    n_divisions: int = 0
    names: set[str] = field(default_factory=set)
    points: dict[str, Vector] = field(default_factory=dict)
    home: str = ""


def resolve(spans: list[Span], context: Context) -> list[Place]:
    """Return the place that each span means; one name means one place in an article.

    Round one resolves every name by what is certain (stated parents, nations, divisions); round two
    adds nearness to the places of round one.
    """
    for span in spans:
        if span.parent:
            context.countries[span.parent[0]] += 1
            if span.parent[1]:
                context.divisions[span.parent] += 1
    names = _by_name(spans)
    _sum_up(context)
    first = {name: _best(name, group, context) for name, group in names.items()}
    for name, place in first.items():
        context.countries[place.country] += _confidence(names[name], place)
        if place.level == "admin1":
            context.divisions[place.country, place.admin1] += 1
            context.names.add(name)
    _sum_up(context)
    often = sorted(names, key=lambda name: (-len(names[name]), name))
    context.points = {
        name: to_vector(p.lat, p.lon)
        for name, p in ((name, first[name]) for name in often[:_MOST_POINTS])
        if p.lat is not None and p.lon is not None and p.level in ("city", "admin2")
    }
    second = {name: _best(name, group, context) for name, group in names.items()}
    return [_stated(span, context) or second[span.name] for span in spans]


def _sum_up(context: Context) -> None:
    context.total = sum(context.countries.values())
    context.n_divisions = sum(context.divisions.values())


def _by_name(spans: list[Span]) -> dict[str, list[Span]]:
    names: dict[str, list[Span]] = {}
    for span in spans:
        names.setdefault(span.name, []).append(span)
    return names


def _stated(span: Span, context: Context) -> Place | None:
    if span.parent is None:
        return None
    fitting = [p for p in span.places if lies_in(p, span.parent)]
    return max(fitting, key=lambda p: _score(span.name, p, context), default=None)


def _best(name: str, group: list[Span], context: Context) -> Place:
    if len(group[0].places) == 1:
        return group[0].places[0]
    parents = [s.parent for s in group if s.parent]

    def rank(p: Place) -> tuple[float, int, str, str, int]:
        score = _score(name, p, context)
        if parents and any(lies_in(p, parent) for parent in parents):
            score += _STATED_PARENT
        return score, p.population, p.country, p.admin1, p.geoname_id or 0

    return max(group[0].places, key=rank)


def _score(name: str, place: Place, context: Context) -> float:
    score = place.weight + _HOME * (place.country == context.home)
    if context.total:
        score += _COUNTRY_SHARE * context.countries[place.country] / context.total
    if place.admin1 and place.level != "admin1" and name not in context.names:
        score += _DIVISION_NAMED * _share(context, place)
    return score + _NEIGHBOUR * _nearness(name, place, context.points)


def _share(context: Context, place: Place) -> float:
    """Return how much of what the article says of divisions speaks for the place's own, 0 to 1."""
    named = context.divisions[place.country, place.admin1]
    return 0.5 + 0.5 * named / context.n_divisions if named else 0.0


def _confidence(group: list[Span], place: Place) -> float:
    """A name that only one large place bears speaks for its country; others hardly do."""
    others = [p for p in group[0].places if p.country != place.country]
    rival = max((p.population for p in others), default=0)
    return 1.0 if place.population > 20 * rival else 0.2


def _nearness(name: str, place: Place, points: dict[str, Vector]) -> float:
    """Return how near the nearest place of another name is, 0 to 1."""
    if (
        not points
        or place.lat is None
        or place.lon is None
        or place.level not in ("city", "admin2")
    ):
        return 0.0
    x, y, z = to_vector(place.lat, place.lon)
    cosines = [x * a + y * b + z * c for other, (a, b, c) in points.items() if other != name]
    if not cosines:
        return 0.0
    half = math.sqrt(max(0.0, (1.0 - max(cosines)) / 2))  # half the chord to the nearest
    return math.exp(-_EARTH_KM * math.asin(min(1.0, half)) / _NEAR_KM)


@lru_cache(maxsize=20_000)
def to_vector(lat: float, lon: float) -> Vector:
    """Return the unit vector of a point given in degrees."""
    phi, theta = math.radians(lat), math.radians(lon)
    return math.cos(phi) * math.cos(theta), math.cos(phi) * math.sin(theta), math.sin(phi)


def km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return the great-circle distance in km of two points (latitude, longitude)."""
    lat1, lat2 = math.radians(one[0]), math.radians(other[0])
    dlat, dlon = lat2 - lat1, math.radians(other[1] - one[1])
    x = math.sin(dlat / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin(dlon / 2) ** 2
    return _EARTH_KM * math.asin(math.sqrt(min(1.0, x)))
