"""Parquet: read by batches, only the columns that are mapped; a damaged cell costs no other row."""

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
from tasks.ingest.unpack import bomb_of

_BATCH_ROWS = 1000
_BATCH_BYTES = 64 * 2**20
_KNOWN = frozenset(name for names in NAMES.values() for name in names)


def recognise(head: bytes, suffix: str) -> bool:
    """Return True for the signature of Parquet."""
    return head.startswith(b"PAR1")


def read(source: Source, limits: Limits, options: Options) -> Iterator[Item]:
    """Yield a record or a refusal for each row, counted from 1."""
    cursor = source.cursor or Cursor()
    with source.open() as stream:
        try:
            schema = pq.read_schema(stream)
            # Else a long text that stands once in the file is laid out once for each row.
            once = [column.name for column in schema if _is_text(column.type)]
            stream.seek(0)
            file = pq.ParquetFile(stream, read_dictionary=once)
        except pa.ArrowException as error:
            # What a file is made of stands at its end.
            reason = "truncated" if "magic bytes not found" in str(error) else "malformed"
            yield refuse(source.uri, 0, reason, f"{error}", n_bytes=source.size or 0)
            return
        bomb = _bomb_of(file.metadata, limits)
        if bomb is not None:
            yield refuse(source.uri, 0, "bomb", bomb, n_bytes=source.size or 0)
            return
        own = {name.lower() for name in options.mapping.values()}
        names = schema.names
        wanted = [n for n in names if n.lower().replace("-", "_").replace(" ", "_") in _KNOWN | own]
        number = 0
        for batch in file.iter_batches(_batch_rows(file.metadata), columns=wanted or names):
            for row in _rows(batch):
                number += 1
                if number < cursor.number:
                    continue
                cursor.move(number)
                yield _read_row(row, source.uri, number, limits, options)


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


def _bomb_of(about: pq.FileMetaData, limits: Limits) -> str | None:
    """Return why a column may not be unpacked, or None."""
    for group in map(about.row_group, range(about.num_row_groups)):
        for column in map(group.column, range(group.num_columns)):
            bomb = bomb_of(column.total_uncompressed_size, column.total_compressed_size, limits)
            if bomb is not None:
                return f"column {column.path_in_schema} {bomb}"
    return None


def _batch_rows(about: pq.FileMetaData) -> int:
    """Return how many rows to read at once, so that rows of long texts fit into memory."""
    groups = [about.row_group(i) for i in range(about.num_row_groups)]
    longest = max((g.total_byte_size // max(g.num_rows, 1) for g in groups), default=0)
    return min(_BATCH_ROWS, max(1, _BATCH_BYTES // max(longest, 1)))


def _rows(batch: pa.RecordBatch) -> Iterator[dict[str, Any]]:
    """Yield rows, one at a time."""
    for number in range(batch.num_rows):
        yield {
            name: _value(column[number])
            for name, column in zip(batch.schema.names, batch.columns, strict=True)
        }


def _value(cell: pa.Scalar) -> Any:
    """Return a cell as Python has it.

    Text that is not valid UTF-8 has replacement characters; a moment that no calendar has is a
    text, with its number and type.
    """
    try:
        return cell.as_py()
    except UnicodeDecodeError:
        if _is_text(cell.type):
            return cell.cast(pa.large_binary()).as_py().decode("utf-8", "replace")
    except (ArithmeticError, ValueError, LookupError):  # LookupError: of unknown zones
        pass
    if isinstance(cell, pa.DictionaryScalar):
        return _value(cell.value)
    if isinstance(cell, pa.StructScalar):
        return {name: _value(cell[name]) for name in cell}
    if isinstance(cell, pa.ListScalar | pa.LargeListScalar | pa.FixedSizeListScalar):
        return [_value(value) for value in cell.values]
    zone = getattr(cell.type, "tz", None)
    if zone is not None:
        return _value(cell.cast(pa.timestamp(cell.type.unit)))
    return f"{cell.value} {cell.type}"


def _read_row(row: dict[str, Any], uri: str, number: int, limits: Limits, options: Options) -> Item:
    size = sum(len(v) for v in row.values() if isinstance(v, str | bytes))
    if size > limits.record_bytes:
        detail = f"more than record_bytes = {limits.record_bytes}"
        return refuse(uri, number, "too_large", detail, n_bytes=size)
    return record_of(row, uri, number, size, limits, mapping=options.mapping)


FORMAT = Format("Parquet", recognise, read)
