"""Tells what became of the events of an earlier release."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from tasks import schemas
from tasks.schemas import SUPERSEDES

# What an event says. How often it is reported is no change of the event.
COMPARED = (
    "date_start", "date_end", "plover", "mode", "cameo", "status", "source_actor", "target_actor",
    "place_country", "geoname_id",
)  # fmt: skip
LINK_COLUMNS = ("event_id", "mention_id")
EVENT_COLUMNS = ("event_id", *COMPARED)
MENTION_COLUMNS = (
    "mention_id", "article_id", "start", "trigger_start", "source_start", "target_start",
)  # fmt: skip
# The rows that a release keeps of those before it: whole steps, the newest first. About 30 MB.
MAX_ROWS = 1_000_000


@dataclass(frozen=True, slots=True)
class Edition:
    """The events of a release.

    Attributes:
        release: Id of the release.
        events: At least EVENT_COLUMNS of schemas.EVENTS.
        event_mentions: At least LINK_COLUMNS of schemas.EVENT_MENTIONS.
        mentions: At least MENTION_COLUMNS of schemas.MENTIONS.
    """

    release: str
    events: pa.Table
    event_mentions: pa.Table
    mentions: pa.Table


# An event is kept under its id as long as its first report stands. Everything else is told here.
# A mention that is coded otherwise has another id; it is known by the word that fired.
_SQL = """
WITH lost AS (
    SELECT
        event_id, mention_id, article_id, coalesce(trigger_start, "start") AS word,
        row_number() OVER (
            PARTITION BY article_id, word ORDER BY source_start, target_start, mention_id
        ) AS nth
    FROM old_links ANTI JOIN new_links USING (mention_id) JOIN old_mentions USING (mention_id)
),
fresh AS (
    SELECT
        event_id, mention_id, article_id, coalesce(trigger_start, "start") AS word,
        row_number() OVER (
            PARTITION BY article_id, word ORDER BY source_start, target_start, mention_id
        ) AS nth
    FROM new_links ANTI JOIN old_links USING (mention_id) JOIN new_mentions USING (mention_id)
),
coded_again AS (
    SELECT lost.mention_id, fresh.event_id
    FROM lost JOIN fresh USING (article_id, word, nth)
),
taken_over AS (
    SELECT
        o.event_id AS old_event_id,
        coalesce(n.event_id, a.event_id) AS new_event_id,
        count(*)::INTEGER AS n_mentions
    FROM old_links AS o
    LEFT JOIN new_links AS n USING (mention_id)
    LEFT JOIN coded_again AS a ON a.mention_id = o.mention_id
    GROUP BY ALL
),
counted AS (
    SELECT
        *,
        count(new_event_id) OVER (PARTITION BY old_event_id) AS n_heirs,
        count(*) OVER (PARTITION BY new_event_id) AS n_sources
    FROM taken_over
),
compared AS (
    SELECT
        c.*,
        CASE WHEN new_event_id IS NULL THEN []::VARCHAR[]
            ELSE list_filter([{differences}], lambda f: f IS NOT NULL) END AS fields
    FROM counted AS c
    LEFT JOIN old_events AS o ON o.event_id = c.old_event_id
    LEFT JOIN new_events AS n ON n.event_id = c.new_event_id
)
SELECT
    $old AS from_release, $new AS to_release, old_event_id, new_event_id,
    CASE
        WHEN new_event_id IS NULL THEN 'withdrawn'
        WHEN old_event_id != new_event_id AND n_heirs > 1 AND n_sources > 1 THEN 'regrouped'
        WHEN old_event_id != new_event_id AND n_heirs > 1 THEN 'split'
        WHEN old_event_id != new_event_id AND n_sources > 1 THEN 'merged'
        WHEN list_has_any(fields, ['date_start', 'date_end']) THEN 'moved'
        WHEN len(fields) > 0 THEN 'recoded'
        ELSE 'renamed'
    END AS change,
    fields, n_mentions
FROM compared
-- An event whose mentions all went nowhere is withdrawn; one that lost some only is still there.
WHERE CASE WHEN new_event_id IS NULL THEN n_heirs = 0
    ELSE old_event_id != new_event_id OR len(fields) > 0 END
ORDER BY old_event_id, new_event_id
"""
_DIFFERENCE = "CASE WHEN o.{0} IS DISTINCT FROM n.{0} THEN '{0}' END"


def compare_events(old: Edition, new: Edition) -> pa.Table:
    """Return what became of the events of `old`, where they are not as they were.

    Args:
        old: The earlier release.
        new: The later one.

    Returns:
        SUPERSEDES: merged (several became one), split (one became several), regrouped (both),
        withdrawn (no mention of it is left), moved (another date), recoded (the same date, another
        type, status, actor or place) or renamed (another id only: an earlier report came in, or
        the first one went). Events that `old` does not have supersede nothing and are not told.
    """
    differences = ", ".join(_DIFFERENCE.format(name) for name in COMPARED)
    with duckdb.connect() as con:
        for name, edition in (("old", old), ("new", new)):
            con.register(f"{name}_links", edition.event_mentions.select(LINK_COLUMNS))
            con.register(f"{name}_events", edition.events.select(EVENT_COLUMNS))
            con.register(f"{name}_mentions", edition.mentions.select(MENTION_COLUMNS))
        ids = {"old": old.release, "new": new.release}
        found = con.sql(_SQL.replace("{differences}", differences), params=ids)
        return schemas.conform(found.to_arrow_table(), SUPERSEDES)


def keep(before: pa.Table, fresh: pa.Table, most: int = MAX_ROWS) -> pa.Table:
    """Return the rows of a new release: its own, and those of the releases before it.

    Args:
        before: SUPERSEDES of its parent.
        fresh: SUPERSEDES between the two.
        most: Rows to keep. The oldest releases' fall away, all of a release together; its own stay.
    """
    both = schemas.conform(pa.concat_tables([before, fresh]).unify_dictionaries(), SUPERSEDES)
    if both.num_rows <= most:
        return both
    steps = pc.value_counts(both["to_release"].cast(pa.string())).to_pylist()
    kept: list[str] = []
    total = 0
    for step in sorted(steps, key=lambda s: str(s["values"]), reverse=True):
        total += step["counts"]
        if kept and total > most:
            break
        kept.append(step["values"])
    wanted = pc.is_in(both["to_release"].cast(pa.string()), pa.array(kept))
    return schemas.conform(both.filter(wanted), SUPERSEDES)
