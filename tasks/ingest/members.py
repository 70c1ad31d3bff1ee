"""Gzip files member by member: crawlers write a member a record, and each can be begun at."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Callable
from typing import BinaryIO

_CHUNK = 1 << 16
_MAGIC = b"\x1f\x8b"
_GZIP_WINDOW = 31

# Is told where a member begins: packed and unpacked offset.
OnMember = Callable[[int, int], None]


class MemberReader(io.RawIOBase):
    """Unpacks a gzip stream, from the beginning of any of its members.

    Fails as `gzip.GzipFile` does: BadGzipFile or zlib.error for what is broken, EOFError for what
    is cut off; what precedes is read.

    Args:
        stream: The packed bytes, standing at the beginning of a member.
        packed: Packed bytes before it.
        unpacked: Unpacked bytes before it.
        on_member: Is told of each member.
    """

    def __init__(
        self,
        stream: BinaryIO,
        packed: int = 0,
        unpacked: int = 0,
        on_member: OnMember | None = None,
    ) -> None:
        self._stream = stream
        self._taken, self._given = packed, unpacked
        self._on_member = on_member
        self._input = b""
        self._inflate = zlib.decompressobj(_GZIP_WINDOW)
        self._is_inside = False

    def readable(self) -> bool:
        """Return True."""
        return True

    def read1(self, size: int = _CHUNK) -> bytes:
        """Return up to `size` bytes; empty at the end."""
        while self._is_inside or self._begin():
            if not self._input and not self._more():
                raise EOFError("Compressed file ended before the end-of-stream marker was reached")
            data = self._inflate.decompress(self._input, size)
            self._is_inside = not self._inflate.eof
            rest = self._inflate.unconsumed_tail if self._is_inside else self._inflate.unused_data
            self._input = rest
            self._given += len(data)
            if data:
                return data
        return b""

    def readinto(self, buffer: object) -> int:
        """Fill the buffer as far as the next bytes go."""
        view = memoryview(buffer)  # type: ignore[arg-type]
        data = self.read1(len(view))
        view[: len(data)] = data
        return len(data)

    def _begin(self) -> bool:
        """Begin the next member; False at the end of the file, behind zeros that pad it."""
        self._input = self._input.lstrip(b"\x00")
        while len(self._input) < len(_MAGIC) and self._more():
            self._input = self._input.lstrip(b"\x00")
        if not self._input:
            return False
        if not self._input.startswith(_MAGIC):
            raise gzip.BadGzipFile(f"Not a gzipped file ({self._input[:2]!r})")
        if self._on_member is not None:
            self._on_member(self._taken - len(self._input), self._given)
        self._inflate = zlib.decompressobj(_GZIP_WINDOW)
        self._is_inside = True
        return True

    def _more(self) -> bool:
        """Take more of the packed bytes; False if there are none."""
        data = self._stream.read(_CHUNK)
        self._taken += len(data)
        self._input += data
        return bool(data)
