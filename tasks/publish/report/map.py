"""The map: countries shaded by events, places as circles."""

from __future__ import annotations

import json

import altair as alt

from tasks.publish.report.charts import Spec, data_of, finished, leaning, leaning_colours
from tasks.publish.report.figures import Row
from tasks.publish.report.names import countries as names
from tasks.settings import SEEDS

OUTLINES = SEEDS / "places" / "outlines.json"
HEIGHT = 460
# Steps of the shading, besides that of a country without events.
N_SHADES = 5
# A map of places that all lie within this many degrees begins there, not with the world.
REGION_DEGREES, SMALLEST_DEGREES = 110.0, 12.0
# Zoom, longitude and latitude that show the inhabited world.
WORLD = (1.0, 0.0, 14.0)


def map_chart(places: list[Row], countries: list[Row]) -> Spec:
    """Return the map: countries shaded by events, places as circles.

    The parameters `zoom`, `lon` and `lat` say what is looked at; 1 shows the whole world.
    """
    view = [
        alt.param(name=n, value=v)
        for n, v in zip(("zoom", "lon", "lat"), home(places), strict=True)
    ]
    events = {c["country"]: c["n"] for c in countries}
    steps = shades(countries)
    shaded = [
        {"country": code, "name": name, "n": n, "shade": sum(n >= step for step in steps)}
        for code, name in names().items()
        for n in (events.get(code, 0),)
    ]
    outlines = (
        alt.Chart(
            alt.NamedData(
                name="outlines", format=alt.TopoDataFormat(type="topojson", feature="countries")
            )
        )
        .mark_geoshape(stroke="var(--border)", strokeWidth=0.6, cursor="pointer")
        .transform_lookup(
            lookup="id",
            from_=alt.LookupData(data_of(shaded), "country", ["shade", "n", "name"]),
        )
        .transform_calculate(shade="datum.shade || 0", n="datum.n || 0")
        .encode(
            fill=alt.Fill("shade:O", legend=None).scale(
                domain=list(range(N_SHADES + 1)),
                range=[f"var(--shade{n})" for n in range(N_SHADES + 1)],
            ),
            tooltip=[alt.Tooltip("name:N", title="Country"), alt.Tooltip("n:Q", title="Events")],
        )
    )
    circles = (
        alt.Chart(data_of([p | {"leaning": leaning(p)} for p in places]))
        .mark_circle(opacity=0.75, stroke="var(--panel)", strokeWidth=0.8, cursor="pointer")
        .encode(
            longitude="lon:Q", latitude="lat:Q",
            size=alt.Size("n:Q", legend=None).scale(type="sqrt", range=[20, 420]),
            color=alt.Color("leaning:N", legend=None, scale=leaning_colours()),
            tooltip=[
                alt.Tooltip("place:N", title="Place"), alt.Tooltip("n:Q", title="Events"),
                alt.Tooltip("n_conflict:Q", title="Conflict"),
            ],
        )
    )  # fmt: skip
    chart = alt.layer(outlines, circles).add_params(*view).project(
        type="equalEarth",
        rotate=alt.ExprRef("[-lon, 0, 0]"),
        center=alt.ExprRef("[0, lat]"),
        # The Equal Earth map is 5.41 radii wide, and 2.35 high without the Antarctic.
        scale=alt.ExprRef("zoom * min(width / 5.45, height / 2.35)"),
        translate=alt.ExprRef("[width / 2, height / 2]"),
    )  # fmt: skip
    spec = finished(chart, HEIGHT)
    spec.setdefault("datasets", {})["outlines"] = json.loads(OUTLINES.read_text(encoding="utf-8"))
    return spec


def shades(countries: list[Row]) -> list[int]:
    """Return from how many events on each step of the shading holds: 1, r, r², ... up to the most."""
    most = max((c["n"] for c in countries), default=1)
    ratio = max(2, round(most ** (1 / N_SHADES)))
    return [ratio**step for step in range(N_SHADES)]


def home(places: list[Row]) -> tuple[float, float, float]:
    """Return zoom, longitude and latitude of the view that the map begins with."""
    if not places:
        return WORLD
    west, east = _middle_of([p["lon"] for p in places], [p["n"] for p in places])
    south, north = _middle_of([p["lat"] for p in places], [p["n"] for p in places])
    degrees = max(east - west, 3 * (north - south), SMALLEST_DEGREES)
    if degrees > REGION_DEGREES:
        return WORLD
    return round(240 / degrees, 2), round((west + east) / 2, 1), round((south + north) / 2, 1)


def _middle_of(values: list[float], weights: list[int]) -> tuple[float, float]:
    """Return the span that holds nine tenths of the events."""
    ordered = sorted(zip(values, weights, strict=True))
    total, seen, inside = sum(weights), 0, []
    for value, weight in ordered:
        if seen + weight >= total * 0.05 and seen <= total * 0.95:
            inside.append(value)
        seen += weight
    return inside[0], inside[-1]
