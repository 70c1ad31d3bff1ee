"""The dyad network: who deals with whom."""

from __future__ import annotations

from collections import defaultdict

import altair as alt

from tasks.publish.report.charts import Spec, data_of, finished, leaning, leaning_colours
from tasks.publish.report.figures import Dyads, Row
from tasks.publish.report.layout import Layout, lay_out
from tasks.publish.report.names import label_of

HEIGHT = 520


def network_chart(dyads: Dyads) -> Spec:
    """Return who deals with whom: width and size by events, colour by what prevails."""
    layout = lay_out(dyads.rows)
    colour = alt.Color("leaning:N", legend=None, scale=leaning_colours())
    x = alt.X("x:Q", axis=None).scale(domain=[-1.24, 1.24])
    y = alt.Y("y:Q", axis=None).scale(domain=[-1.08, 1.14])
    edges = (
        alt.Chart(data_of(_edges(dyads, layout)))
        .mark_rule(strokeCap="round", opacity=0.65, cursor="pointer")
        .encode(
            x=x, y=y, x2="x2:Q", y2="y2:Q", color=colour,
            strokeWidth=alt.StrokeWidth("n:Q", legend=None).scale(type="sqrt", range=[1, 11]),
            tooltip=[
                alt.Tooltip("pair:N", title="Between"), alt.Tooltip("n:Q", title="Events"),
                alt.Tooltip("n_conflict:Q", title="Conflict"),
                alt.Tooltip("goldstein:Q", title="Mean Goldstein"),
            ],
        )
    )  # fmt: skip
    nodes = alt.Chart(data_of(_nodes(dyads, layout))).encode(
        x=x, y=y, tooltip=[alt.Tooltip("title:N", title="Who"), alt.Tooltip("n:Q", title="Events")]
    )
    circles = nodes.mark_circle(
        fill="var(--node)", stroke="var(--panel)", strokeWidth=2, opacity=1, cursor="pointer"
    ).encode(size=alt.Size("n:Q", legend=None).scale(type="sqrt", range=[60, 700]))
    halo = nodes.mark_text(
        dy=-17, fontWeight=600, stroke="var(--panel)", strokeWidth=4, strokeJoin="round"
    ).encode(text="label:N")
    labels = nodes.mark_text(
        dy=-17, fontWeight=600, fill="var(--ink)", cursor="pointer"
    ).encode(text="label:N")  # fmt: skip
    chart = alt.layer(edges, circles, halo, labels)
    return finished(chart, HEIGHT)


def _edges(dyads: Dyads, layout: Layout) -> list[Row]:
    return [
        {
            "a": d["a"], "b": d["b"], "n": d["n"], "n_conflict": d["n_conflict"],
            "goldstein": d["goldstein"], "leaning": leaning(d),
            "pair": f"{label_of(dyads.by, d['a'])} – {label_of(dyads.by, d['b'])}",
            "x": layout[d["a"]][0], "y": layout[d["a"]][1],
            "x2": layout[d["b"]][0], "y2": layout[d["b"]][1],
        }
        for d in reversed(dyads.rows)
    ]  # fmt: skip


def _nodes(dyads: Dyads, layout: Layout) -> list[Row]:
    totals: dict[str, int] = defaultdict(int)
    for dyad in dyads.rows:
        totals[dyad["a"]] += dyad["n"]
        totals[dyad["b"]] += dyad["n"]
    return [
        {
            "node": code,
            "label": label_of(dyads.by, code),
            "title": f"{label_of(dyads.by, code)} ({code})" if dyads.by == "country" else code,
            "n": totals[code],
            "x": x,
            "y": y,
        }
        for code, (x, y) in layout.items()
    ]
