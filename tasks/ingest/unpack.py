"""Compressed streams with a guard: what unpacks to far too much is stopped."""

from __future__ import annotations

import bz2
import io
import lzma
from collections.abc import Callable
from typing import BinaryIO, cast

import pyarrow as pa

from tasks.ingest.cursor import Cursor
from tasks.ingest.limits import Limits
from tasks.ingest.members import MemberReader

_CHUNK = 1 << 16


class Bomb(Exception):
    """A stream that unpacks to more than the limits allow."""


def _zstd(stream: BinaryIO) -> BinaryIO:
    return io.BufferedReader(pa.CompressedInputStream(pa.PythonFile(stream, "r"), "zstd"))


def _gzip(stream: BinaryIO) -> BinaryIO:
    return cast(BinaryIO, MemberReader(stream))


def _bzip2(stream: BinaryIO) -> BinaryIO:
    return cast(BinaryIO, bz2.BZ2File(stream))


def _xz(stream: BinaryIO) -> BinaryIO:
    return cast(BinaryIO, lzma.LZMAFile(stream))


_OPENERS: tuple[tuple[bytes, str, Callable[[BinaryIO], BinaryIO]], ...] = (
    (b"\x1f\x8b", "gzip", _gzip),
    (b"BZh", "bzip2", _bzip2),
    (b"\xfd7zXZ\x00", "xz", _xz),
    (b"\x28\xb5\x2f\xfd", "zstd", _zstd),
)


def compression_of(head: bytes) -> str | None:
    """Return the name of the compression that the first bytes show, or None."""
    return next((name for magic, name, _ in _OPENERS if head.startswith(magic)), None)


def open_unpacked(open_packed: Callable[[], BinaryIO], limits: Limits) -> BinaryIO:
    """Open a compressed stream; reading it raises `Bomb` once it grows out of proportion.

    Raises:
        ValueError: if it is not compressed in a way that we know.
    """
    packed = _Counted(open_packed())
    head = packed.peek()
    for magic, _, opener in _OPENERS:
        if head.startswith(magic):
            return io.BufferedReader(
                _Guarded(opener(cast(BinaryIO, packed)), packed, limits), _CHUNK
            )
    raise ValueError("no compressed stream")


def open_unpacked_at(
    open_packed: Callable[[], BinaryIO], limits: Limits, cursor: Cursor
) -> BinaryIO:
    """Open a compressed stream where a cursor stands, and let the cursor know of gzip's members.

    Of gzip, what precedes the member is not read; of the others it is unpacked and passed over.
    """
    start = cursor.start
    with open_packed() as stream:
        is_gzip = compression_of(stream.read(8)) == "gzip"
    if not is_gzip:
        plain = open_unpacked(open_packed, limits)
        pass_over(plain, cursor.offset)
        return plain
    base = (start.packed, start.unpacked) if start else (0, 0)
    stream = open_packed()
    if stream.seekable():
        stream.seek(base[0])
    else:
        pass_over(stream, base[0])
    packed = _Counted(stream, base[0])
    members = MemberReader(
        cast(BinaryIO, packed), *base, lambda *begin: cursor.members.append(begin)
    )
    guarded = _Guarded(cast(BinaryIO, members), packed, limits, base[1])
    plain = cast(BinaryIO, io.BufferedReader(guarded, _CHUNK))
    pass_over(plain, cursor.offset - base[1])
    return plain


def bomb_of(size: int, packed: int, limits: Limits) -> str | None:
    """Return why a member of an archive may not be unpacked, by the sizes stated; None if it may."""
    if size > limits.unpacked_bytes:
        return f"unpacks to {size} bytes, more than unpacked_bytes = {limits.unpacked_bytes}"
    if size > limits.ratio_from and size > limits.ratio * max(packed, 1):
        return f"unpacks to {size} bytes, more than ratio = {limits.ratio} times its size"
    return None


def pass_over(stream: BinaryIO, n_bytes: int) -> None:
    """Read so many bytes and leave them aside."""
    while n_bytes > 0 and (data := stream.read(min(n_bytes, 1 << 20))):
        n_bytes -= len(data)


class _Counted(io.RawIOBase):
    """Counts the bytes read from a packed stream."""

    def __init__(self, stream: BinaryIO, count: int = 0) -> None:
        self.stream = stream
        self._pending = stream.read(8)
        self.count = count

    def peek(self) -> bytes:
        return self._pending

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        data = self._pending[: len(view)] or self.stream.read(len(view))
        self._pending = self._pending[len(data) :] if self._pending else b""
        view[: len(data)] = data
        self.count += len(data)
        return len(data)

    def close(self) -> None:
        self.stream.close()
        super().close()


class _Guarded(io.RawIOBase):
    """Hands on unpacked bytes as long as they are in proportion to the packed ones."""

    def __init__(self, stream: BinaryIO, packed: _Counted, limits: Limits, count: int = 0) -> None:
        self._stream, self._packed, self._limits = stream, packed, limits
        self._count = count

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        data = self._stream.read1(min(len(view), _CHUNK))  # type: ignore[attr-defined]
        view[: len(data)] = data
        self._count += len(data)
        self._check()
        return len(data)

    def tell(self) -> int:
        """Return how much was unpacked."""
        return self._count

    def origin(self) -> int:
        """Return how many bytes were read of the file, below all layers of packing."""
        inner = getattr(self._packed.stream, "raw", None)
        return inner.origin() if isinstance(inner, _Guarded) else self._packed.count

    def _check(self) -> None:
        limits = self._limits
        if self._count > limits.unpacked_bytes:
            raise Bomb(f"unpacks to more than unpacked_bytes = {limits.unpacked_bytes}")
        if self._count > limits.ratio_from and self._count > limits.ratio * self.origin():
            raise Bomb(f"unpacks to more than ratio = {limits.ratio} times its size")

    def close(self) -> None:
        self._stream.close()
        self._packed.close()
        super().close()
