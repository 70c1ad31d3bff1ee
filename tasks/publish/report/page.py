"""Puts the page together: template, data, drawings, scripts, and the policy that binds them."""

from __future__ import annotations

import base64
import hashlib
import re
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from functools import cache
from pathlib import Path

import vl_convert
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from tasks.publish.report import events, figures
from tasks.publish.report.anomalies import MART, anomalies
from tasks.publish.report.charts import Spec
from tasks.publish.report.content import describe
from tasks.publish.report.map import map_chart, shades
from tasks.publish.report.network import network_chart
from tasks.publish.report.packing import embed_json, embed_script
from tasks.publish.report.timeline import timeline_chart
from tasks.warehouse import Release

TEMPLATES = Path(__file__).resolve().parents[1] / "templates" / "report"
SCRIPTS = ("store", "filter", "evidence", "table", "charts", "theme")
# Width in pixels of the pictures that stand in for the charts until the scripts run.
PICTURE_WIDTH = {"timeline": 1120, "network": 620, "map": 1120}
# vl-convert carries several versions of Vega-Lite; Altair 6 writes this one.
VEGA_LITE = "v6.1"
# What the bundle of the Vega libraries hands to our scripts.
EXPORTS = "window.vegaEmbed = vegaEmbed;"


def build_page(release: Release) -> str:
    """Return the HTML of a release's report page."""
    # The library takes seconds to put together, and leaves Python free meanwhile.
    with ThreadPoolExecutor(1) as pool, closing(release.connect()) as connection:
        library = pool.submit(_library)
        line, pairs = figures.timeline(connection), figures.dyads(connection)
        where, lands = figures.places(connection), figures.countries(connection)
        found = anomalies(connection) if MART in release.tables else None
        content = describe(connection, line, pairs, where, found)
        packed = events.pack_events(connection)
        drawn = {
            "timeline": timeline_chart(line) if line.rows else None,
            "network": network_chart(pairs) if pairs.rows else None,
            "map": map_chart(where, lands),
        }
        specs = {name: spec for name, spec in drawn.items() if spec}
        return _render(
            content
            | _embedded(packed, specs, library)
            | {"release": release.manifest, "shades": shades(lands)}
        )


@cache
def _library() -> Markup:
    """Return the Vega libraries as one script, the same for every page."""
    return embed_script(vl_convert.javascript_bundle(EXPORTS, VEGA_LITE))


def _embedded(
    packed: events.Packed, specs: dict[str, Spec], library: Future[Markup]
) -> dict[str, object]:
    """Return everything that the page holds beside its text."""
    code = "\n".join((TEMPLATES / f"{name}.js").read_text("utf-8") for name in SCRIPTS)
    application = embed_script(f'"use strict";\n{code}')
    vega = library.result()
    return {
        "specs": {name: embed_json(spec) for name, spec in specs.items()},
        "pictures": {name: _picture(name, spec) for name, spec in specs.items()},
        "table": packed.table,
        "blocks": packed.blocks,
        "n_table": packed.n_rows,
        "style": Markup((TEMPLATES / "style.css").read_text("utf-8")),
        "application": application,
        "library": vega,
        "policy": _policy(application, vega),
    }


def _picture(name: str, spec: Spec) -> Markup:
    """Return the chart as a still SVG; Vega escapes the text in it."""
    still = spec | {"width": PICTURE_WIDTH[name]}
    svg = vl_convert.vegalite_to_svg(still, vl_version=VEGA_LITE)
    # Vega numbers its clip paths on and on, picture after picture.
    numbers = dict.fromkeys(re.findall(r'id="clip(\d+)"', svg))
    for fresh, old in enumerate(numbers):
        svg = re.sub(rf'(id="|url\(#)clip{old}\b', rf"\g<1>{name}-{fresh}", svg)
    return Markup(svg)


def _policy(*scripts: str) -> str:
    """Return a content security policy under which only these scripts run and nothing loads."""
    hashes = (base64.b64encode(hashlib.sha256(s.encode()).digest()).decode() for s in scripts)
    allowed = " ".join(f"'sha256-{h}'" for h in hashes)
    return (
        f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _render(content: dict[str, object]) -> str:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template("page.html.j2").render(content).lstrip()
