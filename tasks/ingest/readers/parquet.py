"""Parquet: read by batches, only the columns that are mapped."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from tasks.ingest.cursor import Cursor
from tasks.ingest.fields import NAMES, record_of
from tasks.ingest.limits import Limits
from tasks.ingest.readers.base import Format, Item, Options
from tasks.ingest.record import refuse
from tasks.ingest.source import Source

_BATCH_ROWS = 1000
_KNOWN = frozenset(name for names in NAMES.values() for name in names)


def recognise(head: bytes, suffix: str) -> bool:
    """Return True for the signature of Parquet."""
    return head.startswith(b"PAR1")


def read(source: Source, limits: Limits, options: Options) -> Iterator[Item]:
    """Yield a record or a refusal for each row, counted from 1."""
    cursor = source.cursor or Cursor()
    with source.open() as stream:
        try:
            file = pq.ParquetFile(stream)
        except pa.ArrowException as error:
            # What a file is made of stands at its end.
            reason = "truncated" if "magic bytes not found" in str(error) else "malformed"
            yield refuse(source.uri, 0, reason, f"{error}", n_bytes=source.size or 0)
            return
        own = {name.lower() for name in options.mapping.values()}
        names = file.schema_arrow.names
        wanted = [n for n in names if n.lower().replace("-", "_").replace(" ", "_") in _KNOWN | own]
        number = 0
        for batch in file.iter_batches(_BATCH_ROWS, columns=wanted or names):
            for row in _rows(batch):
                number += 1
                if number < cursor.number:
                    continue
                cursor.move(number)
                yield _read_row(row, source.uri, number, limits, options)


def _rows(batch: pa.RecordBatch) -> Iterator[dict[str, Any]]:
    """Yield rows; a value that is not valid UTF-8 is decoded with replacement characters."""
    try:
        yield from batch.to_pylist()
    except UnicodeDecodeError:
        columns = [_lenient(column) for column in batch.columns]
        for values in zip(*columns, strict=True):
            yield dict(zip(batch.schema.names, values, strict=True))


def _lenient(column: pa.Array) -> list[Any]:
    if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
        raw = column.cast(
            pa.large_binary() if pa.types.is_large_string(column.type) else pa.binary()
        )
        return [v if v is None else v.decode("utf-8", "replace") for v in raw.to_pylist()]
    return list(column.to_pylist())


def _read_row(row: dict[str, Any], uri: str, number: int, limits: Limits, options: Options) -> Item:
    size = sum(len(v) for v in row.values() if isinstance(v, str | bytes))
    if size > limits.record_bytes:
        detail = f"more than record_bytes = {limits.record_bytes}"
        return refuse(uri, number, "too_large", detail, n_bytes=size)
    return record_of(row, uri, number, size, limits, mapping=options.mapping)


FORMAT = Format("Parquet", recognise, read)
