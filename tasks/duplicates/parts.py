"""Read fingerprints from tables or Parquet files; the long lists go straight into NumPy arrays."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from tasks.duplicates.fingerprint import FINGERPRINTS
from tasks.duplicates.hashing import SKETCH_VERSION, U64
from tasks.duplicates.tokens import I64
from tasks.errors import UserError

Fingerprints: TypeAlias = pa.Table | Path | Sequence[Path]
"""FINGERPRINTS, or the Parquet files that hold them."""

_LISTS = ("shingles", "facts", "fact_slots")
_ABOUT = [name for name in FINGERPRINTS.names if name not in _LISTS]
_BATCH_ROWS = 1 << 16


@dataclass(frozen=True, slots=True)
class Part:
    """Fingerprints as they were given, in their order.

    Attributes:
        about: All columns but the lists.
        values: Shingles of all rows, one after the other.
        offsets: Where each row's shingles begin in `values`, and at the end their number.
        source: Where the facts can be read from.
    """

    about: pa.Table
    values: U64
    offsets: I64
    source: Fingerprints

    def facts(self, rows: I64) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.int32], I64]:
        """Return facts, their slots, and where each of these (ascending) rows begins in them."""
        found = [_take(batch, rows - at) for at, batch in _numbered(self.source, _LISTS[1:])]
        lists = pa.concat_tables(found) if found else FINGERPRINTS.empty_table()
        facts, starts = _flatten(lists.column("facts").combine_chunks())
        slots, _ = _flatten(lists.column("fact_slots").combine_chunks())
        return facts, slots, starts


def read(source: Fingerprints) -> Part:
    """Read fingerprints.

    Raises:
        UserError: when they were made by another version of the sketch.
    """
    about, counts, values = [], [np.zeros(1, np.int64)], np.empty(_n_values(source), np.uint64)
    filled = 0
    for _, batch in _numbered(source, [*_ABOUT, "shingles"]):
        flat, starts = _flatten(batch.column("shingles"))
        values[filled : filled + len(flat)] = flat
        counts.append(filled + starts[1:])
        filled += len(flat)
        about.append(pa.Table.from_batches([batch.select(_ABOUT)]))
    rows = pa.concat_tables(about) if about else FINGERPRINTS.empty_table().select(_ABOUT)
    _check_version(rows)
    return Part(rows.combine_chunks(), values[:filled], np.concatenate(counts), source)


def _check_version(rows: pa.Table) -> None:
    versions = sorted(set(rows.column("sketch_version").unique().to_pylist()) - {SKETCH_VERSION})
    if versions:
        raise UserError(
            f"fingerprints of version {versions[0]} cannot be compared with version "
            f"{SKETCH_VERSION}",
            "Delete the stored fingerprints; the next run makes them anew.",
        )


def _paths(source: Path | Sequence[Path]) -> list[Path]:
    return [source] if isinstance(source, Path) else list(source)


def _batches(source: Fingerprints, columns: Sequence[str]) -> Iterator[pa.RecordBatch]:
    if isinstance(source, pa.Table):
        yield from source.select(list(columns)).to_batches(max_chunksize=_BATCH_ROWS)
        return
    for path in _paths(source):
        with pq.ParquetFile(path) as file:
            yield from file.iter_batches(batch_size=_BATCH_ROWS, columns=list(columns))


def _numbered(source: Fingerprints, columns: Sequence[str]) -> Iterator[tuple[int, pa.RecordBatch]]:
    """Yield batches with the number of their first row."""
    at = 0
    for batch in _batches(source, columns):
        yield at, batch
        at += batch.num_rows


def _n_values(source: Fingerprints) -> int:
    """Return at least the number of shingles, without reading them."""
    if isinstance(source, pa.Table):
        return sum(len(chunk.flatten()) for chunk in source.column("shingles").chunks)
    total = 0
    for path in _paths(source):
        meta = pq.read_metadata(path)
        names = [meta.schema.column(n).path.split(".")[0] for n in range(meta.num_columns)]
        leaf = names.index("shingles")
        groups = (meta.row_group(n).column(leaf) for n in range(meta.num_row_groups))
        total += sum(group.num_values for group in groups)
    return total


def _take(batch: pa.RecordBatch, rows: I64) -> pa.Table:
    here = rows[(rows >= 0) & (rows < batch.num_rows)]
    return pa.Table.from_batches([batch]).take(pa.array(here))


def _flatten(lists: pa.Array | pa.ChunkedArray) -> tuple[npt.NDArray[Any], I64]:
    """Return a list array's values and where each list begins."""
    if isinstance(lists, pa.ChunkedArray):
        lists = lists.chunk(0) if lists.num_chunks else pa.array([], lists.type)
    offsets = lists.offsets.to_numpy().astype(np.int64)
    values = lists.values.to_numpy(zero_copy_only=False)
    return values[offsets[0] : offsets[-1]], offsets - offsets[0]
