"""WARC files cut into records, whatever their headers say of their lengths.

A record ends where its Content-Length says, if the next one begins there or the file ends; else
where the next one begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

_START = re.compile(rb"WARC/\d\.\d{1,2}[ \t]*\r?\n(?=[A-Za-z-]{4,40}[ \t]*:)")
_HEAD_END = re.compile(rb"\r?\n[ \t]*\r?\n")
_MAX_HEAD = 1 << 16
_LOOK_AHEAD = 128
_PIECE = 1 << 16


@dataclass(frozen=True, slots=True)
class WarcRecord:
    """A record of a WARC file.

    Attributes:
        at: Bytes before it.
        headers: Its named fields, names in lower case; the first of a name counts.
        block: What follows them, up to the limit.
        is_whole: False if it ends before its length, or is longer than the limit.
    """

    at: int
    headers: dict[str, str]
    block: bytes
    is_whole: bool


def records_of(stream: BinaryIO, at: int, limit: int) -> Iterator[WarcRecord]:
    """Yield the records of a file.

    Args:
        stream: The file, standing at the beginning of a record or before it.
        at: Bytes before that place.
        limit: Bytes of a block to keep.

    Raises:
        OSError: and what else the stream raises, once the records before the break were yielded.
    """
    window = _Window(stream, at)
    while window.seek_start():
        begin = window.place
        headers = window.take_head()
        if headers is not None:
            yield WarcRecord(begin, headers, *window.take_block(_length(headers), limit))


def _length(headers: dict[str, str]) -> int | None:
    text = headers.get("content-length", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None


def fields_of(head: bytes) -> dict[str, str]:
    """Return the named fields of a header, names in lower case; folded lines are joined."""
    fields: dict[str, str] = {}
    text = re.sub(r"\r?\n[ \t]+", " ", head.decode("utf-8", "replace"))
    for line in text.split("\n")[1:]:
        name, colon, value = line.partition(":")
        if colon:
            fields.setdefault(name.strip().lower(), value.strip())
    return fields


class _Window:
    """Looks ahead in a stream as far as is needed."""

    def __init__(self, stream: BinaryIO, place: int) -> None:
        self._stream = stream
        self.place = place  # of the first byte of the buffer
        self._buffer = bytearray()
        self._is_ended = False
        self._failure: BaseException | None = None

    def seek_start(self) -> bool:
        """Move to where the next record begins; False if there is none."""
        while True:
            start = _START.search(self._buffer)
            if start is not None:
                self._drop(start.start())
                return True
            self._drop(max(len(self._buffer) - _LOOK_AHEAD, 0))
            if not self._more():
                if self._failure is not None:
                    raise self._failure
                return False

    def take_head(self) -> dict[str, str] | None:
        """Take the header of a record; None if it does not end."""
        while (end := _HEAD_END.search(self._buffer)) is None:
            if len(self._buffer) > _MAX_HEAD or not self._more():
                self._drop(1)
                return None
        fields = fields_of(bytes(self._buffer[: end.start()]))
        self._drop(end.end())
        return fields

    def take_block(self, length: int | None, limit: int) -> tuple[bytes, bool]:
        """Take what belongs to the record; return as much as may be kept, and whether that is all."""
        if length is not None and length <= limit and self._ends_at(length):
            return self._take(length), True
        kept, size = bytearray(), 0
        while True:
            start = _START.search(self._buffer)
            is_last = start is not None or self._is_ended
            if start is None and self._failure is not None:
                raise self._failure
            ready = start.start() if start else len(self._buffer) - (0 if is_last else _LOOK_AHEAD)
            kept += self._buffer[: max(min(ready, limit + 1 - len(kept)), 0)]
            size += max(ready, 0)
            self._drop(max(ready, 0))
            if is_last:
                return bytes(kept).rstrip(b"\r\n"), length is None or size >= length
            self._more()

    def _ends_at(self, length: int) -> bool:
        """Return True if a record begins behind so many bytes, or the file ends or is padded there."""
        while len(self._buffer) < length and self._more():
            pass
        if len(self._buffer) < length:
            return False
        end = length
        while len(self._buffer) - end < _LOOK_AHEAD and end - length < _PIECE:
            if not self._more():
                break
            end = self._behind_blanks(end)
        end = self._behind_blanks(end)
        is_padded = end == len(self._buffer) or end - length >= _PIECE
        return is_padded or _START.match(self._buffer, end) is not None

    def _behind_blanks(self, place: int) -> int:
        while place < len(self._buffer) and self._buffer[place] in b"\r\n\x00\t ":
            place += 1
        return place

    def _take(self, size: int) -> bytes:
        data = bytes(self._buffer[:size])
        self._drop(size)
        return data

    def _drop(self, size: int) -> None:
        del self._buffer[:size]
        self.place += size

    def _more(self) -> bool:
        """Take in the next piece; what the stream raises waits until the buffer is used up."""
        if self._is_ended:
            return False
        try:
            data: bytes = self._stream.read1(_PIECE)  # type: ignore[attr-defined]
        except Exception as error:  # raised again by seek_start or take_block
            self._failure, data = error, b""
        self._buffer += data
        self._is_ended = not data
        return bool(data)
