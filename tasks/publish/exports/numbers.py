"""Whole numbers of 31 bits for ids of 128: what readers of GDELT and ICEWS files hold them in.

The number is the first 31 bits of the id. Where another id has it, the later of the two, by the day
it was first reported and then by id, takes the next free number. So it is a function of the release
alone, the same in every split of runs, and news that comes after what is known changes no number. Of a
hundred thousand events, about two have such a twin; only for those an article of an earlier day, or
the withdrawal of the twin, may give another number.
"""

from __future__ import annotations

from collections.abc import Iterable

import duckdb
import pyarrow as pa

# Zero and the least number, which R takes for a missing value, are not given.
LARGEST = 2**31 - 1

# Ids of 32 hexadecimal digits, in the order in which they take their numbers.
_IDS = {
    "event": "SELECT event_id FROM events ORDER BY first_reported NULLS LAST, event_id",
    "article": "SELECT article_id FROM articles ORDER BY published_date NULLS LAST, article_id",
}


def number_ids(ids: Iterable[str]) -> dict[str, int]:
    """Return a number from 1 to 2^31 - 1 for each id; earlier ids choose first."""
    given: dict[str, int] = {}
    taken: set[int] = set()
    for name in ids:
        number = (int(name[:8], 16) >> 1) or 1
        while number in taken:
            number = number % LARGEST + 1
        taken.add(number)
        given[name] = number
    return given


def register_numbers(con: duckdb.DuckDBPyConnection) -> None:
    """Give the connection export_event_numbers and export_article_numbers: id, number."""
    for what, sql in _IDS.items():
        given = number_ids(con.sql(sql).to_arrow_table().column(0).to_pylist())
        table = pa.table(
            {
                "id": pa.array(given.keys(), pa.string()),
                "number": pa.array(given.values(), pa.int32()),
            }
        )
        con.register(f"export_{what}_numbers", table)
