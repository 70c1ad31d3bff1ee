"""The events and their evidence, packed for the page.

The page holds a column for each field of the event table (texts as numbers into a sorted list, so
that their order is the alphabet's), and the reports of every event in blocks that the browser
unpacks when a row is unfolded. All of it is JSON, deflated and in base64: nothing that an article
says is ever read as HTML.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import duckdb
import orjson
import pyarrow as pa
import pyarrow.compute as pc

from tasks.publish.report.evidence import evidence
from tasks.publish.report.packing import pack

# More rows than this make a file too large to mail; SQL and Parquet hold them all.
MAX_EVENTS = 50_000
BLOCK = 400

_EVENTS = """
    SELECT event_id, date_start, date_end, date_precision, first_reported,
        source_actor, source_country, source_text, target_actor, target_country, target_text,
        plover, mode, cameo, quad_class, goldstein, status,
        place_name, place_country, n_mentions, n_articles, n_independent, n_publishers
    FROM events
    ORDER BY coalesce(date_start, first_reported) DESC NULLS LAST, event_id
    LIMIT $most
"""
_TEXTS = (
    "date_start", "date_end", "date_precision", "first_reported",
    "source_actor", "source_country", "source_text",
    "target_actor", "target_country", "target_text",
    "plover", "mode", "cameo", "status", "place_name", "place_country",
)  # fmt: skip
_NUMBERS = ("quad_class", "goldstein", "n_mentions", "n_articles", "n_independent", "n_publishers")


@dataclass(frozen=True, slots=True)
class Packed:
    """What the page embeds.

    Attributes:
        n_rows: Events in the table.
        table: The columns, packed.
        blocks: The evidence of BLOCK events each, packed, in the order of the rows.
    """

    n_rows: int
    table: str
    blocks: list[str]


def pack_events(connection: duckdb.DuckDBPyConnection, most: int = MAX_EVENTS) -> Packed:
    """Pack the latest events of a release, the newest first.

    Args:
        connection: An open release.
        most: Largest number of events.
    """
    events = connection.sql(_EVENTS, params={"most": most}).to_arrow_table()
    ids = events.column("event_id").to_pylist()
    columns: dict[str, object] = {name: _coded(events.column(name)) for name in _TEXTS}
    columns |= {name: events.column(name).to_pylist() for name in _NUMBERS}
    table = orjson.dumps({"n": len(ids), "block": BLOCK, "columns": columns})
    reports = evidence(connection, ids)
    blocks = (f"[{','.join(reports[n : n + BLOCK])}]" for n in range(0, len(ids), BLOCK))
    with ThreadPoolExecutor(2) as pool:  # zlib leaves Python free
        packed = list(pool.map(pack, (block.encode() for block in blocks)))
    return Packed(len(ids), pack(table), packed)


def _coded(column: pa.ChunkedArray) -> list[Sequence[Any]]:
    """Return the distinct texts in order, and for each row its number there, -1 for null."""
    texts = column.cast(pa.string())
    values = pc.unique(texts.drop_null()).sort()
    numbers = pc.fill_null(pc.index_in(texts, values), -1)
    return [values.to_pylist(), numbers.to_pylist()]
