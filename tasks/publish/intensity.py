"""The time line as a plain SVG picture: for places that show an image and run no scripts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from tasks.publish.report.figures import Row, Timeline
from tasks.publish.report.names import QUAD_CLASSES

WIDTH, HEIGHT, MARGIN, TOP = 960, 300, 48, 40
# Cooperation upwards, conflict downwards; words next to the axis, deeds outside.
_UPWARDS = {1: 1, 2: 1, 3: -1, 4: -1}
COLOURS = {1: "#8fc4bf", 2: "#1d7370", 3: "#e9b06b", 4: "#b33c18"}


def intensity_svg(timeline: Timeline) -> str:
    """Return events by period and quad class as bars; the same figures give the same bytes."""
    ends = [end for _, low, high in _bars(timeline.rows) for end in (low, high)]
    top, bottom = max([0, *ends]), min([0, *ends])
    scale = (HEIGHT - TOP - MARGIN) / max(top - bottom, 1)
    zero = TOP + top * scale
    title = f"Events by {timeline.unit}, cooperation above the line, conflict below"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'width="{WIDTH}" height="{HEIGHT}" role="img" aria-label="{title}" '
        'font-family="system-ui, sans-serif" font-size="13">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
        *_legend(),
        *_drawn(timeline.rows, zero, scale),
        f'<path d="M{MARGIN} {zero:.1f}H{WIDTH - 8}" stroke="#333333"/>',
        *(_tick(value, zero - value * scale) for value in sorted({top, 0, bottom})),
        *_days(timeline.rows),
        "</svg>",
    ]
    return "\n".join(parts)


def _bars(rows: list[Row]) -> Iterator[tuple[Row, int, int]]:
    """Yield each row with the ends of its bar, in events: the bars of a period stand stacked."""
    ends: dict[tuple[date, int], int] = defaultdict(int)
    for row in sorted(rows, key=lambda r: (r["first"], r["quad_class"])):
        sign = _UPWARDS[row["quad_class"]]
        low = ends[row["first"], sign]
        ends[row["first"], sign] = high = low + sign * int(row["n"])
        yield row, low, high


def _drawn(rows: list[Row], zero: float, scale: float) -> Iterator[str]:
    first, step = _axis(rows)
    for row, low, high in _bars(rows):
        days = (row["last"] - row["first"]).days + 1
        x = MARGIN + (row["first"] - first).days * step
        yield (
            f'<rect x="{x:.1f}" y="{zero - max(low, high) * scale:.1f}" '
            f'width="{max(days * step - 1, 0.6):.1f}" height="{abs(high - low) * scale:.1f}" '
            f'fill="{COLOURS[row["quad_class"]]}"><title>{row["first"]}: {row["n"]} '
            f"{QUAD_CLASSES[row['quad_class']].lower()}</title></rect>"
        )


def _axis(rows: list[Row]) -> tuple[date, float]:
    """Return the first day and the width of a day."""
    first = min((r["first"] for r in rows), default=date.min)
    last = max((r["last"] for r in rows), default=date.min)
    return first, (WIDTH - MARGIN - 8) / ((last - first).days + 1)


def _legend() -> Iterator[str]:
    for number, (quad, name) in enumerate(QUAD_CLASSES.items()):
        x = MARGIN + number * 190
        yield f'<rect x="{x}" y="10" width="12" height="12" fill="{COLOURS[quad]}"/>'
        yield f'<text x="{x + 18}" y="21" fill="#222222">{name}</text>'


def _tick(value: int, y: float) -> str:
    return (
        f'<text x="{MARGIN - 6}" y="{y + 4:.1f}" text-anchor="end" fill="#555555">'
        f"{abs(value)}</text>"
    )


def _days(rows: list[Row]) -> Iterator[str]:
    if not rows:
        yield f'<text x="{MARGIN}" y="{HEIGHT - 14}" fill="#555555">no event known to the day</text>'
        return
    ends = ((MARGIN, "start", "first", min), (WIDTH - 8, "end", "last", max))
    for x, anchor, end, pick in ends:
        day = pick(r[end] for r in rows)
        yield f'<text x="{x}" y="{HEIGHT - 14}" text-anchor="{anchor}" fill="#555555">{day}</text>'
