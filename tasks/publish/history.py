"""What became of an event's id, and which ids it had: along `supersedes`, release by release."""

from __future__ import annotations

import duckdb

from tasks.publish.shown import Row, Section, rows_of

# From one end of a row to the other, and on from there in the releases beyond it.
_WALK = """
    WITH RECURSIVE line(event_id, release) AS (
        SELECT ?::VARCHAR, NULL::VARCHAR
        UNION
        SELECT s.{there}_event_id, s.{beyond}
        FROM line JOIN supersedes AS s ON s.{here}_event_id = line.event_id
        WHERE line.release IS NULL OR {within}
    )
    SELECT DISTINCT s.from_release, s.to_release, s.old_event_id, s.new_event_id, s.change,
        array_to_string(s.fields, ', ') AS fields, s.n_mentions
    FROM line JOIN supersedes AS s ON s.{here}_event_id = line.event_id
    WHERE line.release IS NULL OR {within}
    ORDER BY ALL
"""
_BEFORE = _WALK.format(
    here="new", there="old", beyond="from_release", within="s.to_release <= line.release"
)
_SINCE = _WALK.format(
    here="old", there="new", beyond="to_release", within="s.from_release >= line.release"
)
_NOW = """
    SELECT event_id, date_start, source_actor, target_actor, plover, mode, cameo, status
    FROM events WHERE list_contains(?, event_id) ORDER BY date_start NULLS LAST, event_id
"""


def before(connection: duckdb.DuckDBPyConnection, event: str) -> list[Row]:
    """Return the rows of `supersedes` that lead to an event, in order of the releases."""
    return rows_of(connection, _BEFORE, event)


def since(connection: duckdb.DuckDBPyConnection, event: str) -> list[Row]:
    """Return the rows of `supersedes` that lead on from an id, in order of the releases."""
    return rows_of(connection, _SINCE, event)


def former_ids(connection: duckdb.DuckDBPyConnection, wanted: str) -> list[str]:
    """Return the ids of earlier events that begin with `wanted`; at most three."""
    found = connection.execute(
        "SELECT DISTINCT old_event_id FROM supersedes WHERE starts_with(old_event_id, ?) "
        "ORDER BY 1 LIMIT 3",
        [wanted],
    ).fetchall()
    return [event for (event,) in found]


def explain_former(connection: duckdb.DuckDBPyConnection, event: str) -> tuple[list[Section], str]:
    """Return what became of an event of an earlier release, and the event that it is now.

    Returns:
        Sections, and the id of the event in this release; empty if it is none, or several.
    """
    rows = since(connection, event)
    heirs = sorted({r["new_event_id"] for r in rows if r["new_event_id"]})
    now = rows_of(connection, _NOW, heirs)
    told = [Section(f"event {event} of an earlier release: what became of it", rows)]
    if len(now) != 1:
        title = "the events that it is now" if now else "it is no event of this release"
        return [*told, Section(title, now)], ""
    return told, str(now[0]["event_id"])
