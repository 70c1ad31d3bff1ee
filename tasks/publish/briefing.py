"""The figures of the report page in a few tables, for a page that runs elsewhere."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass

from tasks.publish.intensity import intensity_svg
from tasks.publish.report import figures
from tasks.publish.report.anomalies import MART, Anomaly, anomalies
from tasks.publish.report.figures import Row
from tasks.publish.report.names import label_of
from tasks.warehouse import Release

MOST_DYADS = 20


@dataclass(frozen=True, slots=True)
class Briefing:
    """What a release shows at a glance; the figures are those of the report page.

    Attributes:
        summary: Headline figures and sources as Markdown.
        intensity: Events over time by quad class, an SVG picture.
        dyads: The pairs with most events.
        anomalies: Weeks that stand out against their own past, of the last four weeks.
    """

    summary: str
    intensity: str
    dyads: list[Row]
    anomalies: list[Row]


def briefing(release: Release) -> Briefing:
    """Return the briefing of a release."""
    with closing(release.connect()) as connection:
        line, pairs = figures.timeline(connection), figures.dyads(connection)
        found = anomalies(connection) if MART in release.tables else []
        headline, sources = figures.headline(connection), figures.sources(connection)
    return Briefing(
        summary=_summary(release.id, headline, sources, line.n_undrawn, len(found)),
        intensity=intensity_svg(line),
        dyads=[_dyad(pairs.by, row) for row in pairs.rows[:MOST_DYADS]],
        anomalies=[_anomaly(a) for a in found],
    )


def _dyad(by: str, row: Row) -> Row:
    return {
        "a": label_of(by, row["a"]),
        "b": label_of(by, row["b"]),
        "events": row["n"],
        "of these conflict": row["n_conflict"],
        "mean Goldstein": None if row["goldstein"] is None else float(row["goldstein"]),
    }


def _anomaly(found: Anomaly) -> Row:
    row = found.row
    return {
        "week": f"{row['week']} to {found.last_day}",
        "between": " and ".join(found.names) if len(set(found.names)) > 1 else found.names[0],
        "anomaly": row["anomaly"],
        "tension": float(row["tension"]),
        "baseline": row["baseline"],
        "deviation": row["deviation"],
        "events": row["n_events"],
        "independent reports": row["n_independent"],
    }


def _summary(
    release: str, headline: Row, sources: dict[str, list[Row]], n_undrawn: int, n_anomalies: int
) -> str:
    shown = (
        ("events", headline["events"]),
        ("of these reported as happened", headline["actual"]),
        ("with two or more independent reports", headline["corroborated"]),
        ("known to the day", headline["dated"]),
        ("happened, but not in the picture (no day, or outside its time)", n_undrawn),
        ("mentions", headline["mentions"]),
        ("articles", headline["articles"]),
        ("publishers", headline["publishers"]),
        ("languages", headline["languages"]),
        ("refused records", headline["rejects"]),
        ("anomalies of the last four weeks", n_anomalies),
    )
    lines = [f"# Release {release}", "", "| what | number |", "| --- | ---: |"]
    lines += [f"| {what} | {number:,} |" for what, number in shown]
    lines += ["", "| language | articles |", "| --- | ---: |"]
    lines += [f"| {r['lang']} | {r['articles']:,} |" for r in sources["languages"]]
    if sources["rejects"]:
        lines += ["", "| refused because | records |", "| --- | ---: |"]
        lines += [f"| {r['reason']} | {r['n']:,} |" for r in sources["rejects"]]
    return "\n".join(lines) + "\n"
