"""What the charts of the report page share.

They are Vega-Lite specifications made with Altair. Colours are CSS variables of the page, so the
charts follow its light and dark theme. Legends, titles and the same figures as tables are HTML, for
everyone who does not see the drawing.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import altair as alt

from tasks.publish.report.figures import Row

Spec = dict[str, Any]

# Shares of conflict that make a pair or place one of cooperation, mixed, or one of conflict.
MOSTLY = (0.4, 0.6)
LEANINGS = ("cooperation", "mixed", "conflict")


def leaning(row: Row) -> str:
    """Return whether cooperation or conflict prevails among `n` events, or neither."""
    share = row["n_conflict"] / row["n"]
    return LEANINGS[(share > MOSTLY[0]) + (share > MOSTLY[1])]


def period(first: date, last: date) -> str:
    """Return the period in words, such as 2–8 Nov 2026."""
    if first == last:
        return f"{first.day} {first:%b %Y}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{last.day} {last:%b %Y}"
    return f"{first.day} {first:%b}{'' if first.year == last.year else f' {first.year}'} – {last.day} {last:%b %Y}"


def leaning_colours() -> alt.Scale:
    """Return the scale from leanings to the page's colours."""
    return alt.Scale(domain=list(LEANINGS), range=[f"var(--{name})" for name in LEANINGS])


def data_of(rows: Iterable[Row]) -> alt.Data:
    """Return the rows as data of a chart."""
    return alt.Data(values=list(rows))  # type: ignore[no-untyped-call]


def finished(chart: alt.LayerChart | alt.FacetChart, height: int) -> Spec:
    """Return the specification with the page's type and colours, without marks read out singly."""
    chart = chart.properties(width="container", height=height)
    configured = chart.configure(
        font="inherit", background="transparent", aria=False, padding=4
    ).configure_view(stroke=None).configure_axis(
        labelColor="var(--muted)", gridColor="var(--line)", domainColor="var(--line)",
        tickColor="var(--line)", labelFontSize=12, labelFont="inherit",
    ).configure_text(font="inherit", fontSize=13)  # fmt: skip
    return configured.to_dict()  # type: ignore[no-any-return]
