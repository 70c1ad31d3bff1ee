"""Parquet files whose bytes depend on their rows alone, not on the order of arrival."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from tasks import schemas

# DuckDB reads row groups of its own size best, and a one-day filter still skips most of them.
GROUP_ROWS = 122_880
# Arrow text cannot pass 2 GB; long articles end a row group long before.
GROUP_BYTES = 128 * 2**20
LICENCE = "Texts: rights remain with their publishers. Place data: GeoNames, CC BY 4.0."
UNDATED = "none"


@dataclass(frozen=True, slots=True)
class Written:
    """What the manifest says about a file: its rows (None for a text), and the days they cover."""

    rows: int | None
    first: str | None = None
    last: str | None = None


def partition_of(dates: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return the partition of each date: YYYY-MM, or `none` for a null."""
    months = pc.strftime(pc.cast(dates, pa.timestamp("s")), format="%Y-%m")
    return pc.fill_null(months, UNDATED)


def partitions(data: pa.Table, table: schemas.Table) -> Iterator[tuple[str, pa.Table]]:
    """Yield (partition, its rows, unsorted); a table without months is one partition, ``""``."""
    if table.month_of is None:
        yield "", data
        return
    names = partition_of(data.column(table.month_of))
    for name in sorted(pc.unique(names).to_pylist()):
        yield name, data.filter(pc.equal(names, name))


def write(path: Path, data: pa.Table, table: schemas.Table) -> Written:
    """Write one partition, sorted; equal rows give equal bytes whatever their order.

    Raises:
        schemas.SchemaError: when the rows do not fit the table.
    """
    rows = _single_chunks(schemas.conform(data, table))
    order = schemas.sort_indices(rows, table)
    schema = table.schema.with_metadata(_metadata(table.name, table.grain))
    by = [(column, "ascending") for column in schemas.sort_columns(table)]
    sorting = pq.SortingColumn.from_ordering(schema, by, null_placement="at_end")
    groups = (
        # A dictionary lists its values in row order: it tells nothing about how rows arrived.
        schemas.conform(rows.take(order.slice(start, length)), table)
        for start, length in _groups(_text_bytes(rows, order))
    )
    _write(path, groups, schema, sorting)
    return Written(rows.num_rows, *_day_range(rows, table.month_of))


def write_plain(path: Path, data: pa.Table, name: str) -> Written:
    """Write a table as it comes: rows in their order, dictionaries as plain text."""
    fields = [f.with_type(f.type.value_type) if pa.types.is_dictionary(f.type) else f
              for f in data.schema]  # fmt: skip
    schema = pa.schema(fields, metadata=_metadata(name, name))
    rows = _single_chunks(data.cast(schema))
    order = pa.array(np.arange(rows.num_rows))
    groups = (
        rows.take(order.slice(start, length)).cast(schema)
        for start, length in _groups(_text_bytes(rows, order))
    )
    _write(path, groups, schema, None)
    return Written(data.num_rows)


def _write(path: Path, groups: Iterator[pa.Table], schema: pa.Schema, sorting: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with pq.ParquetWriter(
        path, schema, compression="zstd", compression_level=3, sorting_columns=sorting
    ) as writer:
        for group in groups:
            # One batch, one row group: pages do not depend on how the rows were chunked.
            writer.write_table(group.combine_chunks(), row_group_size=GROUP_ROWS)


def _metadata(name: str, title: str) -> dict[str, str]:
    return {
        "title": f"{name}: {title}" if title != name else name,
        "schema_version": str(schemas.SCHEMA_VERSION),
        "licence": LICENCE,
    }


def _single_chunks(data: pa.Table) -> pa.Table:
    """Join the chunks; text gets 64-bit offsets, as a month of it may pass 2 GB."""
    wide = [
        f.with_type(pa.large_string()) if pa.types.is_string(f.type) else f for f in data.schema
    ]
    return data.cast(pa.schema(wide)).combine_chunks()


def _text_bytes(rows: pa.Table, order: pa.Array) -> npt.NDArray[np.int64]:
    """Return the bytes of text of each row, in the given order."""
    total: npt.NDArray[np.int64] = np.zeros(rows.num_rows, dtype=np.int64)
    for column in rows.columns:
        if pa.types.is_large_string(column.type):
            total += pc.fill_null(pc.binary_length(column), 0).to_numpy()
    positions: npt.NDArray[np.uint64] = order.to_numpy()
    return total[positions]


def _groups(sizes: npt.NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """Yield (start, length) of row groups, none above either limit unless one row is."""
    ends = np.cumsum(sizes)
    start = 0
    while start < len(sizes):
        before = ends[start - 1] if start else 0
        fitting = int(np.searchsorted(ends, before + GROUP_BYTES, side="right")) - start
        length = min(max(fitting, 1), GROUP_ROWS)
        yield start, length
        start += length


def _day_range(rows: pa.Table, column: str | None) -> tuple[str | None, str | None]:
    if column is None:
        return None, None
    days = pc.min_max(rows.column(column)).as_py()
    return tuple(d.isoformat() if d else None for d in (days["min"], days["max"]))  # type: ignore[return-value]
