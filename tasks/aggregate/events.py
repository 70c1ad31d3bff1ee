"""From mentions to events: which mentions report one event, and what they agree on."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tasks import schemas
from tasks.aggregate.steps import run_steps
from tasks.aggregate.tables import seed_tables
from tasks.identity import digest128


@dataclass(frozen=True, slots=True)
class Aggregated:
    """The events, and which mention belongs to which.

    Attributes:
        events: One row an event, as schemas.EVENTS.
        event_mentions: One row an event and mention, as schemas.EVENT_MENTIONS.
    """

    events: pa.Table
    event_mentions: pa.Table


def aggregate(mentions: pa.Table, copies: pa.Table, articles: pa.Table) -> Aggregated:
    """Return the events that the mentions report; a function of the three sets, in any order.

    Every mention belongs to exactly one event. An event is numbered by its first report: the
    mention with the earliest publication date, of those the one with the smallest id. So its
    id changes only if that mention goes, or an earlier one comes.

    Args:
        mentions: All mentions, as schemas.MENTIONS.
        copies: Place of each article among the copies of its text, as schemas.COPIES. An article
            that is not listed is an original.
        articles: At least article_id, publisher, published_date and lang of each article.
    """
    with duckdb.connect() as con:
        con.execute("SET preserve_insertion_order = false")
        register(con, mentions, copies, articles)
        run_steps(con)
        return _collect(con)


def register(
    con: duckdb.DuckDBPyConnection, mentions: pa.Table, copies: pa.Table, articles: pa.Table
) -> None:
    """Give the steps what they read: the three sets as for `aggregate`, and the seed tables."""
    for name, table in seed_tables().items():
        con.register(name, table)
    con.register("mentions_in", _numbered(_once(mentions, "mention_id")))
    con.register("copies_in", _once(copies, "article_id"))
    con.register("articles_in", _once(articles, "article_id"))


def _once(data: pa.Table, key: str) -> pa.Table:
    """Drop rows whose key came before, so that a repeated row counts once."""
    if pc.count_distinct(data.column(key)).as_py() == data.num_rows:
        return data
    index = _numbered(data.select([key]))
    first = index.group_by(key).aggregate([("row", "min")]).column("row_min")
    return data.take(first.take(pc.sort_indices(first)))


def _numbered(data: pa.Table) -> pa.Table:
    """Add the number of each row, to join by."""
    return data.append_column("row", pa.array(np.arange(data.num_rows, dtype=np.int32)))


def _collect(con: duckdb.DuckDBPyConnection) -> Aggregated:
    ids = con.sql("SELECT g, first_mention_id FROM events_out ORDER BY g").to_arrow_table()
    made = [digest128("event", m) for m in ids.column("first_mention_id").to_pylist()]
    con.register("ids", pa.table({"g": ids.column("g"), "event_id": pa.array(made, pa.string())}))
    events = con.sql(
        "SELECT event_id, e.* EXCLUDE (g, first_mention_id) FROM events_out AS e "
        "JOIN ids USING (g) ORDER BY date_start NULLS LAST, event_id"
    ).to_arrow_table()
    links = con.sql(
        "SELECT event_id, e.* EXCLUDE (g) FROM event_mentions_out AS e "
        "JOIN ids USING (g) ORDER BY event_id, mention_id"
    ).to_arrow_table()
    return Aggregated(
        schemas.conform(events, schemas.EVENTS), schemas.conform(links, schemas.EVENT_MENTIONS)
    )
