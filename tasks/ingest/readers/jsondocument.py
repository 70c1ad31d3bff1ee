"""JSON documents: an array of records, one record, or the answer of an interface with a list."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from tasks.ingest.limits import Limits
from tasks.ingest.readers.base import Format, Item, Options, read_whole
from tasks.ingest.readers.jsonlines import articles_in, is_cut, load, value_to_record
from tasks.ingest.record import Refusal, refuse
from tasks.ingest.source import Source

_CHUNK = 1 << 16
_BLANK = " \t\r\n"


def recognise(head: bytes, suffix: str) -> bool:
    """Return True for an object over several lines, or an array of objects."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"{"):
        return start[1:].lstrip()[:1] in (b'"', b"}") and (
            suffix == ".json" or b"\n" in start[:4096]
        )
    if not start.startswith(b"["):
        return False
    return suffix == ".json" or start[1:].lstrip()[:1] in (b"{", b"]")


def read(source: Source, limits: Limits, options: Options) -> Iterator[Item]:
    """Yield a record or a refusal for each object of the document, counted from 1."""
    start = source.head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"["):
        with source.open() as stream:
            yield from _read_array(stream, source.uri, limits, options)
        return
    data = read_whole(source, limits.file_bytes)
    if isinstance(data, Refusal):
        yield data
        return
    try:
        items = articles_in(load(data.removeprefix(b"\xef\xbb\xbf")))
    except (ValueError, RecursionError) as error:
        reason = "truncated" if is_cut(error) else "malformed"
        yield refuse(source.uri, 0, reason, f"{error}", n_bytes=len(data), raw=data[:800])
        return
    for number, item in enumerate(items, 1):
        yield value_to_record(item, source.uri, number, _size_of(item), limits, options)


def _size_of(value: Any) -> int:
    try:
        return len(str(value))
    except RecursionError:
        return 0


def _read_array(stream: BinaryIO, uri: str, limits: Limits, options: Options) -> Iterator[Item]:
    """Yield the elements of an array as they are read; memory holds one at a time."""
    buffer = _Buffer(stream)
    buffer.skip("[")
    number = 0
    while True:
        buffer.skip(",")
        if buffer.at("]"):
            return
        if buffer.is_done():
            yield refuse(uri, number, "truncated", "the array is not closed")
            return
        number += 1
        start = buffer.position
        try:
            value = buffer.value(limits.record_bytes)
        except (ValueError, RecursionError) as error:
            detail = f"{error}; nothing after this element can be read"
            raw = buffer.text[start : start + 200]
            reason = "truncated" if buffer.has_ended and is_cut(error) else "malformed"
            yield refuse(uri, number, reason, detail, n_bytes=len(buffer.text), raw=raw)
            return
        yield value_to_record(value, uri, number, buffer.position - start, limits, options)
        buffer.trim()


class _Buffer:
    """Text of a stream, read piece by piece."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")("replace")
        self._json = json.JSONDecoder(strict=False)
        self._ended = False
        self.text = ""
        self.position = 0

    def value(self, limit: int) -> Any:
        """Decode the value at the position, reading on while it is incomplete.

        Raises:
            ValueError: if it is no JSON, or longer than `limit`.
        """
        while True:
            try:
                value, end = self._json.raw_decode(self.text, self.position)
            except ValueError:
                held = len(self.text) - self.position
                if held > limit or not self._more(held + _CHUNK):
                    raise
                continue
            if end < len(self.text) or not self._more(_CHUNK):  # a number may go on
                self.position = end
                return value

    def skip(self, mark: str) -> None:
        """Pass blanks, one mark, and blanks."""
        self._skip_blanks()
        if self.at(mark):
            self.position += 1
            self._skip_blanks()

    def at(self, mark: str) -> bool:
        """Return True if the mark is next."""
        return self.text.startswith(mark, self.position)

    def is_done(self) -> bool:
        """Return True if nothing is left."""
        return self._ended and self.position >= len(self.text)

    @property
    def has_ended(self) -> bool:
        """Return True if the whole stream was read."""
        return self._ended

    def trim(self) -> None:
        """Forget what was read, once it is much."""
        if self.position > 16 * _CHUNK:
            self.text, self.position = self.text[self.position :], 0

    def _skip_blanks(self) -> None:
        while True:
            rest = self.text[self.position : self.position + _CHUNK]
            self.position += len(rest) - len(rest.lstrip(_BLANK))
            if self.position < len(self.text):
                if rest.strip(_BLANK):
                    return
            else:
                self.text, self.position = "", 0
                if not self._more(_CHUNK):
                    return

    def _more(self, size: int) -> bool:
        if self._ended:
            return False
        data = self._stream.read(size)
        self._ended = not data
        self.text += self._decoder.decode(data, final=not data)
        return not self._ended


FORMAT = Format("JSON", recognise, read)
