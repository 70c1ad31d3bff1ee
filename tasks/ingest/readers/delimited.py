"""CSV and TSV: the first line names the fields; every value is text, no type is guessed."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import BinaryIO, cast

from tasks.ingest.cursor import Cursor
from tasks.ingest.decode import decode, has_mark
from tasks.ingest.fields import NAMES, record_of
from tasks.ingest.limits import Limits
from tasks.ingest.readers.base import Format, Item, Options, lines_of
from tasks.ingest.record import refuse
from tasks.ingest.source import Source

_SUFFIXES = (".csv", ".tsv", ".tab")
_DELIMITERS = ("\t", ",", ";", "|")
_KNOWN = frozenset(name for names in NAMES.values() for name in names)


def recognise(head: bytes, suffix: str) -> bool:
    """Return True if the name says so, or the first line is made of field names that we know."""
    if suffix in _SUFFIXES:
        return True
    if b"\x00" in head and not has_mark(head):
        return False
    first = decode(head[:4096])[0].split("\n", 1)[0]
    names = _split(first.strip(), _delimiter(first))
    known = [n for n in names if n in _KNOWN]
    return (
        len(known) >= 2
        and 2 * len(known) >= len(names)
        and not set(known).isdisjoint(NAMES["text"])
    )


def _split(line: str, delimiter: str) -> list[str]:
    return [n.strip().strip('"').lower().replace(" ", "_") for n in line.split(delimiter)]


def _delimiter(header: str) -> str:
    """Return the separator that gives the most field names that we know, then the most fields."""
    scores = []
    for rank, delimiter in enumerate(_DELIMITERS):
        names = _split(header, delimiter)
        scores.append((-sum(n in _KNOWN for n in names), -len(names), rank, delimiter))
    return min(scores)[-1]


def read(source: Source, limits: Limits, options: Options) -> Iterator[Item]:
    """Yield a record or a refusal for each row; rows are counted from 1, the header is 0.

    A row with more or fewer fields than the header is refused: which field is amiss cannot be
    told.
    """
    csv.field_size_limit(max(limits.record_bytes, csv.field_size_limit()))
    with source.open() as stream:
        lines = _Lines(stream, limits.record_bytes)
        header_line = next(lines, "")
        if not header_line.strip():
            yield refuse(source.uri, 0, "malformed", "the first line names no fields")
            return
        delimiter = _delimiter(header_line)
        header = next(csv.reader([header_line], delimiter=delimiter))
        if source.cursor is None or source.cursor.start is None:
            rows = _Rows(lines, delimiter, source.cursor or Cursor())
            yield from _read_rows(rows, header, source.uri, limits, options)
            return
    stream, cursor = source.begin()
    with stream:
        lines = _Lines(stream, limits.record_bytes, cursor.offset)
        rows = _Rows(lines, delimiter, cursor)
        yield from _read_rows(rows, header, source.uri, limits, options)


class _Rows:
    """Rows of a file; the cursor stands at the row that was handed on last."""

    def __init__(self, lines: _Lines, delimiter: str, cursor: Cursor) -> None:
        self._lines, self._cursor = lines, cursor
        self._rows = csv.reader(lines, delimiter=delimiter, strict=False)
        self.number = cursor.number - 1

    def next(self) -> list[str]:
        """Return the next row; raises as csv does."""
        self.number += 1
        if self._lines.offset is not None:
            self._cursor.move(self.number, self._lines.offset)
        return next(self._rows)

    @property
    def is_cut(self) -> bool:
        """Return True if the file ended inside of a quotation that the last row opens."""
        return self._lines.is_done

    @property
    def is_open(self) -> bool:
        """Return True if the file ended in the line of the last row."""
        return self._lines.is_open


def _read_rows(
    rows: _Rows, header: list[str], uri: str, limits: Limits, options: Options
) -> Iterator[Item]:
    while True:
        try:
            row = rows.next()
        except StopIteration:
            return
        except csv.Error as error:
            yield refuse(uri, rows.number, "malformed", f"{error}")
            continue
        if rows.is_cut or (rows.is_open and 0 < len(row) < len(header)):
            detail = (
                "the file ends inside of quotation marks" if rows.is_cut else _too_few(row, header)
            )
            yield refuse(uri, rows.number, "truncated", detail, raw=" | ".join(row)[:200])
        elif row:
            yield _read_row(row, header, uri, rows.number, limits, options)


def _too_few(row: list[str], header: list[str]) -> str:
    return f"{len(row)} fields where the header names {len(header)}"


def _read_row(
    row: list[str], header: list[str], uri: str, number: int, limits: Limits, options: Options
) -> Item:
    size = sum(len(value.encode("utf-8", "surrogatepass")) + 1 for value in row)
    if size > limits.record_bytes:
        detail = f"more than record_bytes = {limits.record_bytes}; is a quotation mark left open?"
        return refuse(uri, number, "too_large", detail, n_bytes=size, raw=row[0][:200])
    if len(row) != len(header):
        detail = _too_few(row, header)
        return refuse(uri, number, "malformed", detail, n_bytes=size, raw=" | ".join(row)[:200])
    return record_of(
        dict(zip(header, row, strict=True)), uri, number, size, limits, mapping=options.mapping
    )


class _Lines:
    """Lines of text. UTF-16 needs its mark; other files may mix encodings line by line.

    Attributes:
        offset: Bytes of the file before the next line; None where that is not known (UTF-16).
        is_open: Whether the file ends in the last line, without a line end.
        is_done: Whether a line was asked for behind the last.
    """

    def __init__(self, stream: BinaryIO, limit: int, offset: int = 0) -> None:
        start = stream.read(4)
        joined = cast(BinaryIO, io.BufferedReader(_Joined(start, stream)))
        is_wide = offset == 0 and start.startswith((b"\xff\xfe", b"\xfe\xff"))
        self.offset: int | None = None if is_wide else offset
        self.is_open = self.is_done = False
        self._lines = _wide_lines(joined, limit) if is_wide else self._decoded(joined, limit)

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        try:
            return next(self._lines)
        except StopIteration:
            self.is_done = True
            raise

    def _decoded(self, stream: BinaryIO, limit: int) -> Iterator[str]:
        assert self.offset is not None
        for line in lines_of(stream, limit):
            is_first = self.offset == 0
            self.offset += line.n_bytes
            self.is_open = line.is_open
            data = line.data.removeprefix(b"\xef\xbb\xbf") if is_first else line.data
            yield decode(data)[0].replace("\x00", "") + "\n"


def _wide_lines(stream: BinaryIO, limit: int) -> Iterator[str]:
    """Yield the lines; of one longer than `limit` only the beginning."""
    text = io.TextIOWrapper(stream, "utf-16", errors="replace", newline="")
    while line := text.readline(limit + 1):
        rest = line
        while len(rest) > limit and not rest.endswith("\n"):
            rest = text.readline(limit + 1)
        yield line


class _Joined(io.RawIOBase):
    """Puts bytes that were read already before the rest of a stream."""

    def __init__(self, start: bytes, rest: BinaryIO) -> None:
        self._start, self._rest = start, rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        data = self._start[: len(view)] or self._rest.read1(len(view))  # type: ignore[attr-defined]
        self._start = self._start[len(data) :] if self._start else b""
        view[: len(data)] = data
        return len(data)


FORMAT = Format("CSV", recognise, read)
