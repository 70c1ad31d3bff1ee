"""What a server sent, as it was before it was chunked and compressed.

Archives keep the server's header beside a body that the crawler has unpacked already, or half of it:
the header is a hint, the bytes decide.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Sequence

import pyarrow as pa

from tasks.ingest.decode import looks_binary

_CHUNK_HEAD = re.compile(rb"([0-9a-fA-F]{1,8})[ \t]*(?:;[^\r\n]{0,200})?\r?\n")
_GZIP, _ZSTD = b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd"
# The server's coding around that of a proxy; more is mischief.
_LAYERS = 3
_PIECE = 1 << 16


def unpacked(
    body: bytes, codings: Sequence[str], is_chunked: bool, most: int
) -> tuple[bytes, bool]:
    """Return the content of a body, and False if it is cut off or damaged.

    Args:
        body: As it was sent, or already plain.
        codings: Content-Encoding as declared, in lower case; gzip and zstd are told by their bytes.
        is_chunked: True if Transfer-Encoding says so.
        most: Bytes to unpack at most; one more is returned if there are more.
    """
    body, is_whole = _joined(body, is_chunked)
    by_name = [coding for coding in reversed(codings) if coding in _BY_NAME]
    for _ in range(_LAYERS):
        if body.startswith(_GZIP):
            body, is_good = _inflated(body, 31, most)
        elif body.startswith(_ZSTD):
            body, is_good = _arrow(body, "zstd", most)
        elif by_name:
            found, is_good = _BY_NAME[by_name.pop(0)](body, most)
            if not is_good and not looks_binary(body):
                continue  # it is plain already
            body = found
        else:
            break
        is_whole = is_whole and is_good
    return body, is_whole


def _joined(body: bytes, is_declared: bool) -> tuple[bytes, bool]:
    """Return the chunks of a body joined; undeclared ones only if they are so to the end."""
    parts: list[bytes] = []
    at = 0
    while head := _CHUNK_HEAD.match(body, at):
        size = int(head[1], 16)
        if size == 0:
            return b"".join(parts), True
        part = body[head.end() : head.end() + size]
        parts.append(part)
        at = head.end() + len(part)
        at += 2 if body.startswith(b"\r\n", at) else body.startswith(b"\n", at)
    if not parts or not is_declared:
        return body, True
    if at < len(body):  # no chunk follows where one should: better kept than lost
        parts.append(body[at:])
    return b"".join(parts), False


def _inflated(data: bytes, window: int, most: int) -> tuple[bytes, bool]:
    inflate = zlib.decompressobj(window)
    parts, room = [], most + 1
    try:
        while room > 0 and data and not inflate.eof:
            parts.append(inflate.decompress(data[:_PIECE], room))
            data = inflate.unconsumed_tail + data[_PIECE:]
            room -= len(parts[-1])
    except zlib.error:
        return b"".join(parts), False
    return b"".join(parts), inflate.eof or room <= 0


def _deflated(data: bytes, most: int) -> tuple[bytes, bool]:
    """Unpack what is called deflate: with a header, as it should, or bare, as some servers do."""
    found = _inflated(data, zlib.MAX_WBITS, most)
    return found if found[1] else max(found, _inflated(data, -zlib.MAX_WBITS, most), key=_goodness)


def _goodness(found: tuple[bytes, bool]) -> tuple[bool, int]:
    return found[1], len(found[0])


def _arrow(data: bytes, codec: str, most: int) -> tuple[bytes, bool]:
    parts, room = [], most + 1
    try:
        with pa.CompressedInputStream(pa.PythonFile(io.BytesIO(data), "r"), codec) as stream:
            while room > 0 and (part := stream.read(min(room, _PIECE))):
                parts.append(part)
                room -= len(part)
    except (OSError, pa.ArrowInvalid):
        return b"".join(parts), False
    return b"".join(parts), True


def _brotli(data: bytes, most: int) -> tuple[bytes, bool]:
    return _arrow(data, "brotli", most)


_BY_NAME = {"br": _brotli, "deflate": _deflated}
