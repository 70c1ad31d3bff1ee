"""What the report page counts: headline figures, time line, dyads, places, sources.

Every figure but the headline counts events of status `actual`: what is reported to have happened.
Each function reads an open release and returns plain rows in a fixed order.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import duckdb

Row = dict[str, Any]

# Events long before the news they stand in (anniversaries, background) would stretch the time axis.
LEAD = timedelta(days=31)
# One article with a wrong date must not stretch it either: this share of the earliest is passed by.
EARLIEST = 0.01
# Longest periods, in days, that are drawn by day and by week: about 100 and 260 bars.
DAYS_BY_DAY, DAYS_BY_WEEK = 100, 5 * 366
MAX_DYADS, MAX_NODES = 70, 32
# With fewer pairs of countries the network shows pairs of actors: a conflict within one country.
FEW_DYADS = 3
MAX_PLACES, MAX_PUBLISHERS = 400, 12

_HEADLINE = """
    SELECT
        (SELECT count(*) FROM articles) AS articles,
        (SELECT count(DISTINCT publisher) FROM articles) AS publishers,
        (SELECT count(DISTINCT lang) FROM articles WHERE lang NOT IN ('und', 'zxx')) AS languages,
        (SELECT count(*) FROM mentions) AS mentions,
        (SELECT count(*) FROM rejects) AS rejects,
        count(*) AS events,
        count(*) FILTER (status = 'actual') AS actual,
        count(*) FILTER (n_independent >= 2) AS corroborated,
        count(*) FILTER (date_start = date_end) AS dated,
        count(*) FILTER (lat IS NOT NULL) AS located,
        count(*) FILTER (source_actor IS NOT NULL AND target_actor IS NOT NULL) AS with_both_sides,
        (SELECT min(published_date) FROM articles) AS first_published,
        (SELECT max(published_date) FROM articles) AS last_published
    FROM events
"""
_WINDOW = """
    SELECT coalesce(
            (SELECT quantile_disc(published_date, $share) FROM articles) - $lead::INTEGER,
            min(date_start)
        ),
        max(date_start)
    FROM events WHERE status = 'actual' AND date_start = date_end
"""
_TIMELINE = """
    SELECT date_trunc($unit, date_start)::DATE AS first, quad_class,
        count(*) AS n, abs(sum((goldstein * 10)::BIGINT)) / 10.0 AS weight
    FROM events
    WHERE status = 'actual' AND date_start = date_end AND quad_class IS NOT NULL
        AND date_start BETWEEN $first AND $last
    GROUP BY ALL ORDER BY ALL
"""
_UNDRAWN = """
    SELECT count(*) FROM events
    WHERE status = 'actual' AND NOT coalesce(
        date_start = date_end AND quad_class IS NOT NULL AND date_start BETWEEN $first AND $last,
        false
    )
"""
_DYADS = """
    WITH sided AS (
        SELECT quad_class, goldstein,
            CASE WHEN $by = 'country' THEN source_country ELSE source_actor END::VARCHAR AS s,
            CASE WHEN $by = 'country' THEN target_country ELSE target_actor END::VARCHAR AS t
        FROM events WHERE status = 'actual'
    )
    SELECT least(s, t) AS a, greatest(s, t) AS b, count(*) AS n,
        count(*) FILTER (quad_class >= 3) AS n_conflict,
        round(avg(goldstein::DECIMAL(4, 1)), 1) AS goldstein
    FROM sided WHERE s <> t
    GROUP BY ALL ORDER BY n DESC, a, b LIMIT $most
"""
_PLACES = """
    SELECT place_name AS place, place_country AS country, lat, lon, count(*) AS n,
        count(*) FILTER (quad_class >= 3) AS n_conflict
    FROM events WHERE status = 'actual' AND lat IS NOT NULL AND lon IS NOT NULL
    GROUP BY ALL ORDER BY n DESC, place, country, lat, lon LIMIT $most
"""
_COUNTRIES = """
    SELECT place_country AS country, count(*) AS n, count(*) FILTER (quad_class >= 3) AS n_conflict
    FROM events WHERE status = 'actual' AND place_country IS NOT NULL
    GROUP BY ALL ORDER BY n DESC, country
"""
_LANGUAGES = """
    SELECT a.lang, count(*) AS articles, coalesce(sum(m.n), 0)::BIGINT AS mentions
    FROM articles AS a
    LEFT JOIN (SELECT article_id, count(*) AS n FROM mentions GROUP BY ALL) AS m USING (article_id)
    GROUP BY ALL ORDER BY articles DESC, a.lang
"""
_PUBLISHERS = """
    SELECT coalesce(publisher, '(not known)') AS publisher, count(*) AS articles,
        count(*) FILTER (c.relation <> 'original') AS copies
    FROM articles LEFT JOIN copies AS c USING (article_id)
    GROUP BY ALL ORDER BY articles DESC, publisher LIMIT $most
"""
_REJECTS = "SELECT reason, count(*) AS n FROM rejects GROUP BY ALL ORDER BY n DESC, reason"


@dataclass(frozen=True, slots=True)
class Timeline:
    """Events by period and quad class.

    Attributes:
        unit: day, week or month.
        rows: `first` and `last` day of a period, `quad_class`, `n` events, `weight` (sum of their
            Goldstein scores, its sign dropped).
        n_undrawn: Events that happened but are not known to the day, or fall outside the window.
    """

    unit: str
    rows: list[Row]
    n_undrawn: int


@dataclass(frozen=True, slots=True)
class Dyads:
    """Who deals with whom.

    Attributes:
        by: country or actor: what a and b are codes of.
        rows: Undirected pairs `a` < `b` with `n` events, `n_conflict` of them of quad class 3 or 4,
            and mean `goldstein`; the most frequent first.
    """

    by: str
    rows: list[Row]


def rows(connection: duckdb.DuckDBPyConnection, sql: str, **params: object) -> list[Row]:
    """Return the result of a query as dictionaries."""
    return connection.sql(sql, params=params).to_arrow_table().to_pylist()  # type: ignore[no-any-return]


def headline(connection: duckdb.DuckDBPyConnection) -> Row:
    """Count articles, publishers, languages, mentions, events, and what is known of events."""
    return rows(connection, _HEADLINE)[0]


def timeline(connection: duckdb.DuckDBPyConnection) -> Timeline:
    """Count events by day, week or month, whichever suits the time that the articles cover."""
    first, last = connection.execute(_WINDOW, {"lead": LEAD.days, "share": EARLIEST}).fetchall()[0]
    if first is None or last is None or last < first:
        return Timeline("day", [], _undrawn(connection, date.min, date.min))
    unit = _unit((last - first).days)
    found = rows(connection, _TIMELINE, unit=unit, first=first, last=last)
    for row in found:
        row["last"] = _last_day(row["first"], unit)
    return Timeline(unit, found, _undrawn(connection, first, last))


def _undrawn(connection: duckdb.DuckDBPyConnection, first: date, last: date) -> int:
    found = connection.execute(_UNDRAWN, {"first": first, "last": last}).fetchall()
    return int(found[0][0])


def _unit(days: int) -> str:
    if days <= DAYS_BY_DAY:
        return "day"
    return "week" if days <= DAYS_BY_WEEK else "month"


def _last_day(first: date, unit: str) -> date:
    if unit == "month":
        return (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return first + timedelta(days=6 if unit == "week" else 0)


def dyads(connection: duckdb.DuckDBPyConnection) -> Dyads:
    """Return the most frequent pairs of countries; of actors where hardly two countries meet."""
    by_country = rows(connection, _DYADS, by="country", most=MAX_DYADS)
    if len(by_country) >= FEW_DYADS:
        return Dyads("country", _fewer_nodes(by_country))
    return Dyads("actor", _fewer_nodes(rows(connection, _DYADS, by="actor", most=MAX_DYADS)))


def _fewer_nodes(pairs: list[Row]) -> list[Row]:
    """Keep pairs, the most frequent first, until they join as many nodes as can be told apart."""
    nodes: set[str] = set()
    kept = []
    for pair in pairs:
        if len(nodes | {pair["a"], pair["b"]}) <= MAX_NODES:
            nodes |= {pair["a"], pair["b"]}
            kept.append(pair)
    return kept


def places(connection: duckdb.DuckDBPyConnection) -> list[Row]:
    """Count events by place with coordinates, the most frequent first."""
    return rows(connection, _PLACES, most=MAX_PLACES)


def countries(connection: duckdb.DuckDBPyConnection) -> list[Row]:
    """Count events by the country in which they happened."""
    return rows(connection, _COUNTRIES)


def sources(connection: duckdb.DuckDBPyConnection) -> dict[str, list[Row]]:
    """Count articles by language and publisher, and refused records by reason."""
    return {
        "languages": rows(connection, _LANGUAGES),
        "publishers": rows(connection, _PUBLISHERS, most=MAX_PUBLISHERS),
        "rejects": rows(connection, _REJECTS),
    }
