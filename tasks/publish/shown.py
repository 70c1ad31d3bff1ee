"""What `demarche explain` shows: sections of rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import duckdb

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its rows."""

    title: str
    rows: list[Row]


def rows_of(
    connection: duckdb.DuckDBPyConnection, query: str, wanted: str | list[str]
) -> list[Row]:
    """Return the rows of a query on one id, or on a list of them."""
    result = connection.execute(query, [wanted])
    columns = [d[0] for d in result.description or []]
    return [dict(zip(columns, row, strict=True)) for row in result.fetchall()]
