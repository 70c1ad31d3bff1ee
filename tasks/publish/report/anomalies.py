"""The last weeks' anomalies, out of the mart `escalation`, each with its dyad's recent tension."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import duckdb

from tasks.publish.report.figures import Row, rows
from tasks.publish.report.names import name_of

MART = "escalation"
# How far back the page looks for anomalies, and how many it lists.
WEEKS, MOST = 4, 24
# Weeks in the small chart beside each: the 12 of the baseline and the one that stands out.
CHART_WEEKS = 13
WIDTH, HEIGHT = 120, 28

_ANOMALIES = """
    WITH latest AS (SELECT max(week) AS week FROM escalation)
    SELECT e.* FROM escalation AS e, latest
    WHERE e.anomaly <> 'none' AND e.week > latest.week - 7 * $weeks::INTEGER
    ORDER BY e.week DESC, abs(e.deviation) DESC, e.country_a, e.country_b
    LIMIT $most
"""
_TENSION = """
    SELECT country_a, country_b, week, tension::DOUBLE AS tension FROM escalation
    ORDER BY country_a, country_b, week
"""


@dataclass(frozen=True, slots=True)
class Anomaly:
    """A pair of countries in a week that stands out.

    Attributes:
        row: The row of the mart.
        names: Names of the two countries.
        last_day: Sunday of the week.
        bars: Tension of the weeks up to it as rectangles (x, y, width, height, class).
    """

    row: Row
    names: tuple[str, str]
    last_day: Any
    bars: list[tuple[float, float, float, float, str]]


def anomalies(connection: duckdb.DuckDBPyConnection) -> list[Anomaly]:
    """Return the anomalies of the last weeks, the newest and strongest first.

    Args:
        connection: A release whose marts include `escalation`.
    """
    found = rows(connection, _ANOMALIES, weeks=WEEKS, most=MOST)
    tension = _tension(connection) if found else {}
    return [_anomaly(row, tension) for row in found]


def _tension(connection: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], dict[Any, float]]:
    series: dict[tuple[str, str], dict[Any, float]] = {}
    for a, b, week, value in connection.execute(_TENSION).fetchall():
        series.setdefault((a, b), {})[week] = value
    return series


def _anomaly(row: Row, tension: dict[tuple[str, str], dict[Any, float]]) -> Anomaly:
    a, b, week = row["country_a"], row["country_b"], row["week"]
    weeks = [week - timedelta(weeks=n) for n in range(CHART_WEEKS - 1, -1, -1)]
    values = [tension[a, b].get(w, 0.0) for w in weeks]
    return Anomaly(row, (name_of(a), name_of(b)), week + timedelta(days=6), _bars(values))


def _bars(values: list[float]) -> list[tuple[float, float, float, float, str]]:
    """Return bars above the zero line for tension and below it for cooperation."""
    top, bottom = max(*values, 0.0), min(*values, 0.0)
    scale = HEIGHT / ((top - bottom) or 1.0)
    step = WIDTH / len(values)
    return [
        (
            round(n * step, 1),
            round((top - max(value, 0.0)) * scale, 1),
            round(step - 2, 1),
            round(max(abs(value) * scale, 0.5), 1),
            "tense" if value > 0 else "calm",
        )
        for n, value in enumerate(values)
    ]
