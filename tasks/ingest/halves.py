"""An article whose text goes on in another of the same source: it was read half written."""

from __future__ import annotations

import duckdb
import pyarrow as pa

COLUMNS = ("article_id", "source_uri", "body")
# In the order of their bytes a text stands directly before those that begin with it. A letter of
# several bytes that was cut is no part of the text.
_HALVES = r"""
    WITH bodies AS (
        SELECT article_id, source_uri, rtrim(body, chr(65533) || ' ') AS body FROM texts
        WHERE NOT starts_with(source_uri, 'content:')
    ), ordered AS (
        SELECT source_uri, body, lead(body) OVER (PARTITION BY source_uri ORDER BY body) AS next
        FROM (SELECT DISTINCT source_uri, body FROM bodies)
    )
    SELECT article_id FROM bodies JOIN ordered USING (source_uri, body)
    WHERE starts_with(next, body)
    ORDER BY article_id
"""


def half_written(texts: pa.Table) -> pa.Array:
    """Return the ids of articles that another one of the same source begins with.

    A function of the set of articles: of three that go on from one another the longest is left,
    whichever was read first.

    Args:
        texts: `COLUMNS` of articles.
    """
    with duckdb.connect() as con:
        con.register("texts", texts.select(COLUMNS))
        return con.sql(_HALVES).to_arrow_table()["article_id"].combine_chunks()
