"""Reads the gazetteer and the words around places; a name leads to all places that bear it."""

from __future__ import annotations

import functools
import math
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from tasks.annotate.tables import SEEDS, read_table, split_list

FOLDER = SEEDS / "places"


class Place(NamedTuple):
    """A place of the gazetteer.

    Attributes:
        lat: Degrees north; None where no point stands for it.
        lon: Degrees east.
        is_alias: True if it was asked for by another of its names.
        weight: What size, level and rank say for it, before any context.
    """

    name: str
    level: str
    country: str
    admin1: str
    lat: float | None
    lon: float | None
    population: int
    geoname_id: int | None
    is_alias: bool = False
    weight: float = 0.0


class Words(NamedTuple):
    """The words around places, by kind; see seeds/places/words.csv."""

    parents: dict[str, tuple[str, str]]
    features: frozenset[str]
    before: frozenset[str]
    directions: frozenset[str]
    bodies: frozenset[str]
    names: frozenset[str]
    given: frozenset[str]
    never: frozenset[str]


class Gazetteer:
    """Places by name: `first[number]` to `first[number + 1]` of `owners` bear the name.

    Attributes:
        divisions: First-level divisions that have abbreviations.
        dull: Words met so far, and whether each alone names no place.
    """

    def __init__(self, table: pa.Table, regions: dict[str, list[Place]]) -> None:
        aliases = table.column("aliases").combine_chunks()
        names = pa.concat_arrays([table.column("name").combine_chunks(), pc.list_flatten(aliases)])
        owners = np.concatenate([np.arange(table.num_rows), pc.list_parent_indices(aliases)])
        coded = names.dictionary_encode()
        codes = coded.indices.to_numpy()
        counts = np.bincount(codes, minlength=len(coded.dictionary))
        self._numbers = dict(zip(coded.dictionary.to_pylist(), range(len(counts)), strict=True))
        self._first = np.concatenate([[0], np.cumsum(counts)])
        self._owners = owners[np.argsort(codes, kind="stable")]
        self._columns = {name: table.column(name).combine_chunks() for name in _COLUMNS}
        self._regions = regions
        self._known: dict[str, list[Place]] = {}
        self.dull: dict[str, bool] = {}
        self.divisions = self._named_divisions()

    def _named_divisions(self) -> list[Place]:
        """Return the first-level divisions that have abbreviations."""
        abbreviated = {country for country, _ in load_words().parents.values()}
        countries = self._columns["country"].cast(pa.string())
        mask = pc.and_(
            pc.equal(self._columns["level"].cast(pa.string()), "admin1"),
            pc.is_in(countries, pa.array(sorted(abbreviated))),
        )
        names = sorted(set(self._columns["name"].filter(mask).to_pylist()))
        found = {p for n in names for p in self.places(n) if p.level == "admin1"}
        return sorted((p for p in found if p.country in abbreviated), key=lambda p: p[:4])

    def __contains__(self, name: str) -> bool:
        """Tell whether a place of this name is known."""
        return name in self._numbers or name in self._regions

    def places(self, name: str) -> list[Place]:
        """Return all places of a name, regions first, the rest as in the file."""
        found = self._known.get(name)
        if found is None:
            if len(self._known) >= _MOST_KEPT:
                self._known.clear()
            found = self._known[name] = self._look_up(name)
        return found

    def _look_up(self, name: str) -> list[Place]:
        """Return our own regions, and what the file has besides them."""
        if name not in self:
            return []
        own = self._regions.get(name, [])
        divisions = {(p.country, p.admin1) for p in own if p.level == "admin1"}
        rest = self._from_file(name)
        rest = [p for p in rest if p.level != "admin1" or p[2:4] not in divisions]
        if any(p.level == "city" for p in own):  # news means it, not a town of its name elsewhere
            large = {p.country for p in rest if p.population >= _CITY}
            own = [p for p in own if p.country not in large]
            rest = [
                p if p.population >= _CITY else p._replace(weight=p.weight - _LISTED) for p in rest
            ]
        return [*own, *_city_first(rest)]

    def _from_file(self, name: str) -> list[Place]:
        number = self._numbers.get(name)
        if number is None:
            return []
        rows = sorted(set(self._owners[self._first[number] : self._first[number + 1]].tolist()))
        if len(rows) > _FEW:
            taken = pa.array(rows)
            cells = [self._columns[key].take(taken).to_pylist() for key in _COLUMNS]
        else:
            cells = [[self._columns[key][row].as_py() for row in rows] for key in _COLUMNS]
        listed = zip(*cells, strict=True)
        found = []
        for real, level, nation, admin1, lat, lon, people, number in listed:
            main = real == name or name in load_capitals().get(nation, frozenset())
            place = Place(real, level, nation, admin1 or "", *_point(lat, lon), people, number)
            found.append(weigh(place._replace(is_alias=not main)))
        return found


def _point(lat: float, lon: float) -> tuple[float, float]:
    return round(lat, _DIGITS), round(lon, _DIGITS)


# In powers of ten of population.
# Other names: those of villages are mostly noise, those of cities what the world calls them.
_ALIAS, _CITY_ALIAS = -1.5, -0.5
_CITY = 100_000
_CAPITAL = 1.0
_LISTED = 5.0
_LEVEL = {"country": 1.0, "admin1": 0.8, "city": 0.3, "admin2": -0.5, "other": 0.0}
_VILLAGE = 20_000
_FEWEST = 100
_CITY_LEAD = 0.5


def _city_first(places: list[Place]) -> list[Place]:
    """Weigh a division below its city of the same name: Geneva is the city, New York the state."""
    cities = {p[2:4]: p.weight for p in places if p.level == "city" and p.population > _VILLAGE}
    return [
        p._replace(weight=min(p.weight, cities[p[2:4]] - _CITY_LEAD))
        if p.level in ("admin1", "admin2")
        and p[2:4] in cities
        and p.country not in federal_countries()
        else p
        for p in places
    ]


@functools.lru_cache(maxsize=1)
def federal_countries() -> frozenset[str]:
    """Return the countries whose divisions have abbreviations, as those of the United States."""
    return frozenset(country for country, _ in load_words().parents.values())


def weigh(place: Place) -> Place:
    """Return the place with its weight: one for each power of ten of its population, and more."""
    weight = math.log10(max(place.population, _FEWEST)) + _LEVEL[place.level]
    capital = place.level == "city" and place.population > _VILLAGE
    if capital and place.name in load_capitals().get(place.country, frozenset()):
        weight += _CAPITAL
    if place.is_alias:
        weight += _CITY_ALIAS if place.population >= _CITY else _ALIAS
    return place._replace(weight=weight)


# Names looked up are kept, since news repeats them; no more than this many.
_MOST_KEPT = 50_000
# So many rows are read faster one by one.
_FEW = 12
_COLUMNS = ("name", "level", "country", "admin1", "lat", "lon", "population", "geoname_id")
_DIGITS = 4


@functools.lru_cache(maxsize=1)
def load_gazetteer() -> Gazetteer:
    """Return the gazetteer, read once a process."""
    return Gazetteer(pq.read_table(FOLDER / "gazetteer.parquet").combine_chunks(), _regions())


def _regions() -> dict[str, list[Place]]:
    found: dict[str, list[Place]] = {}
    columns = ("names", "level", "country", "admin1", "lat", "lon")
    for row in read_table(FOLDER / "regions.csv", columns):
        names = split_list(row["names"])
        for name in names:
            found.setdefault(name, []).append(
                weigh(
                    Place(
                        name=names[0] if row["lat"] else name,
                        level=row["level"],
                        country=row["country"],
                        admin1=row["admin1"],
                        lat=float(row["lat"]) if row["lat"] else None,
                        lon=float(row["lon"]) if row["lon"] else None,
                        population=_REGION_POPULATION,
                        geoname_id=None,
                    )
                )
            )
    return found


# Regions are listed because news speaks of them: weigh them as a large city.
_REGION_POPULATION = 3_000_000


@functools.lru_cache(maxsize=1)
def load_words() -> Words:
    """Return the words around places."""
    groups: dict[str, list[str]] = {}
    parents: dict[str, tuple[str, str]] = {}
    for row in read_table(FOLDER / "words.csv", ("words", "kind", "value")):
        words = split_list(row["words"])
        groups.setdefault(row["kind"], []).extend(words)
        if row["kind"] == "abbreviation":
            country, _, admin1 = row["value"].partition("-")
            parents |= dict.fromkeys(words, (country, admin1))
    sets = {kind: frozenset(words) for kind, words in groups.items()}
    kinds = ("feature", "before", "direction", "body", "name", "given", "never")
    return Words(parents, *(sets[kind] for kind in kinds))


@functools.lru_cache(maxsize=1)
def load_capitals() -> dict[str, frozenset[str]]:
    """Return the names of each country's capitals, by ISO 3166-1 alpha-3."""
    rows = read_table(SEEDS / "actors" / "countries.csv", ("code", "capitals"))
    return {row["code"]: frozenset(split_list(row["capitals"])) for row in rows}


@functools.lru_cache(maxsize=1)
def load_country_names() -> dict[str, str]:
    """Return each country's usual name, by ISO 3166-1 alpha-3."""
    rows = read_table(SEEDS / "actors" / "countries.csv", ("code", "names"))
    return {row["code"]: next(iter(split_list(row["names"])), row["code"]) for row in rows}
