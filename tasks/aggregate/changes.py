"""Tells what became of the events of an earlier release."""

from __future__ import annotations

import duckdb
import pyarrow as pa

from tasks import schemas

SUPERSEDES = schemas.Table(
    name="supersedes",
    grain="an event of the earlier release x an event of this one that took over its mentions",
    key=("old_event_id", "new_event_id"),
    order=("old_event_id", "new_event_id"),
    month_of=None,
    schema=pa.schema(
        [
            pa.field(name, kind, null, {"description": text})
            for name, kind, null, text in (
                ("old_event_id", pa.string(), False, "Event of the earlier release"),
                ("new_event_id", pa.string(), True, "Event of this release; null if none"),
                ("change", schemas.CODE, False, "renamed, merged, split, regrouped or removed"),
                ("n_mentions", pa.int32(), False, "Mentions that went from one to the other"),
            )
        ]
    ),
)

# An event is kept under its id as long as its first report stands. Everything else is told here.
_SQL = """
WITH moved AS (
    SELECT o.event_id AS old_event_id, n.event_id AS new_event_id, count(*)::INTEGER AS n_mentions
    FROM old_links AS o
    LEFT JOIN new_links AS n USING (mention_id)
    GROUP BY ALL
),
counted AS (
    SELECT
        *,
        count(new_event_id) OVER (PARTITION BY old_event_id) AS n_heirs,
        count(*) OVER (PARTITION BY new_event_id) AS n_sources
    FROM moved
)
SELECT
    old_event_id, new_event_id,
    CASE
        WHEN new_event_id IS NULL THEN 'removed'
        WHEN n_heirs > 1 AND n_sources > 1 THEN 'regrouped'
        WHEN n_heirs > 1 THEN 'split'
        WHEN n_sources > 1 THEN 'merged'
        ELSE 'renamed'
    END AS change,
    n_mentions
FROM counted
-- An event whose mentions all went nowhere is removed; one that lost some only is still there.
WHERE old_event_id IS DISTINCT FROM new_event_id AND (new_event_id IS NOT NULL OR n_heirs = 0)
ORDER BY old_event_id, new_event_id
"""


def compare_events(old: pa.Table, new: pa.Table) -> pa.Table:
    """Return what became of the events of `old`, where it is not that they are still there.

    Args:
        old: EVENT_MENTIONS of an earlier release.
        new: EVENT_MENTIONS of a later one.

    Returns:
        SUPERSEDES: renamed (one event, another id: an earlier report came in, or the first one
        went), merged (several became one), split (one became several), regrouped (both) or
        removed (no mention of it is left).
    """
    with duckdb.connect() as con:
        con.register("old_links", old.select(["event_id", "mention_id"]))
        con.register("new_links", new.select(["event_id", "mention_id"]))
        return schemas.conform(con.sql(_SQL).to_arrow_table(), SUPERSEDES)
