"""The time line: cooperation above the line, conflict below."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

import altair as alt

from tasks.publish.report.charts import Spec, data_of, finished, period
from tasks.publish.report.figures import Row, Timeline
from tasks.publish.report.names import QUAD_CLASSES

HEIGHT = 300
# Upwards cooperation, downwards conflict; words next to the axis, deeds outside.
_SIGNS = {1: 1, 2: 1, 3: -1, 4: -1}


def timeline_chart(timeline: Timeline) -> Spec:
    """Return bars by period: cooperation above the line, conflict below, deeds outside words.

    The parameter `measure` is `n` (events) or `weight` (Goldstein scores); `brush` is the time
    that the reader marks.
    """
    data = data_of(stacked(timeline.rows))
    measure = alt.param(name="measure", value="n")
    brush = alt.selection_interval(
        name="brush",
        encodings=["x"],
        mark=alt.BrushConfig(fill="var(--ink)", fillOpacity=0.08, stroke="var(--ink)"),
    )
    colour = alt.Color("quad:N", legend=None).scale(
        domain=list(QUAD_CLASSES.values()), range=[f"var(--quad{q})" for q in QUAD_CLASSES]
    )
    bars = (
        alt.Chart(data)
        .mark_bar(stroke="var(--panel)", strokeWidth=0.7)
        .transform_calculate(
            low="measure == 'n' ? datum.n_low : datum.weight_low",
            high="measure == 'n' ? datum.n_high : datum.weight_high",
        )
        .encode(
            x=alt.X("first:T", title=None).scale(type="utc").axis(grid=False, tickCount=10),
            x2="after:T",
            y=alt.Y("low:Q", title=None).axis(format="~s", tickCount=6),
            y2="high:Q",
            color=colour,
            tooltip=[
                alt.Tooltip("period:N", title="When"),
                alt.Tooltip("quad:N", title="What"),
                alt.Tooltip("n:Q", title="Events"),
                alt.Tooltip("weight:Q", title="Goldstein weight"),
            ],
        )
    )
    zero = alt.Chart(data_of([{}])).mark_rule(color="var(--ink)").encode(y=alt.datum(0))
    # A selection on one layer only: Vega-Lite would name it twice otherwise.
    chart = alt.layer(bars.add_params(brush), zero).add_params(measure)
    return finished(chart, HEIGHT)


def stacked(rows: list[Row]) -> list[Row]:
    """Return rows with the ends of their bars, by number of events and by weight."""
    tops: dict[tuple[date, int, str], float] = defaultdict(float)
    bars = []
    for row in sorted(rows, key=lambda r: (r["first"], r["quad_class"])):
        sign = _SIGNS[row["quad_class"]]
        bar = {
            "first": row["first"].isoformat(),
            "after": (row["last"] + timedelta(days=1)).isoformat(),
            "period": period(row["first"], row["last"]),
            "quad": QUAD_CLASSES[row["quad_class"]],
            "n": row["n"],
            "weight": float(row["weight"] or 0),
        }
        for measure in ("n", "weight"):
            key = (row["first"], sign, measure)
            bar[f"{measure}_low"] = round(tops[key], 1)
            tops[key] += sign * bar[measure]
            bar[f"{measure}_high"] = round(tops[key], 1)
        bars.append(bar)
    return bars
