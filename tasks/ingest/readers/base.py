"""What a reader is, and what readers share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO, Concatenate, ParamSpec

from tasks.ingest.fetching import Fetching
from tasks.ingest.guard import Failed, guarded
from tasks.ingest.limits import Limits
from tasks.ingest.record import Record, Refusal, refuse
from tasks.ingest.source import Source

P = ParamSpec("P")

Item = Record | Refusal

_CHUNK = 1 << 16


@dataclass(frozen=True, slots=True)
class Options:
    """What the user may choose about reading.

    Attributes:
        mapping: Names of the user's own fields, from ours (`text`, `title`, `published`, ...).
        html: Library that takes articles out of pages: trafilatura (best) or resiliparse (fast).
        fetching: How http(s) addresses are asked.
    """

    mapping: Mapping[str, str] = field(default_factory=dict)
    html: str = "trafilatura"
    fetching: Fetching = field(default_factory=Fetching)


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name, how it is told, and what reads it.

    Attributes:
        name: Its name, for messages.
        recognise: From the first bytes and the extension, whether a file is in this format.
        read: Yields its records and refusals.
    """

    name: str
    recognise: Callable[[bytes, str], bool]
    read: Callable[[Source, Limits, Options], Iterator[Item]]


def read_whole(source: Source, limit: int) -> bytes | Refusal:
    """Return the bytes of a file that holds one article, or the refusal of one too large."""
    with source.open() as stream:
        data = stream.read(limit + 1)
    if len(data) > limit:
        detail = f"more than file_bytes = {limit}"
        return refuse(source.uri, 0, "too_large", detail, n_bytes=source.size or 0, raw=data[:800])
    return data


def read_guarded(
    limits: Limits,
    read: Callable[Concatenate[bytes, str, int, P], Iterable[Item]],
    data: bytes,
    uri: str,
    number: int,
    *args: P.args,
    **kwargs: P.kwargs,
) -> list[Item]:
    """Return what `read` makes of a document, in the guarded process; a refusal if it fails.

    Args:
        limits: How long it may take, and how much memory.
        read: At the top level of a module; its first arguments are the next three.
        data: The document.
        uri: File that it was read from.
        number: Its number in that file; 0 if it is the file.
        *args: Further arguments of `read`.
        **kwargs: Likewise.
    """
    try:
        return guarded(limits, _listed, read, data, uri, number, *args, **kwargs)
    except Failed as failed:
        size = len(data)
        return [refuse(uri, number, failed.reason, failed.detail, n_bytes=size, raw=data[:800])]


def _listed(
    read: Callable[Concatenate[bytes, str, int, P], Iterable[Item]],
    data: bytes,
    uri: str,
    number: int,
    /,
    *args: P.args,
    **kwargs: P.kwargs,
) -> list[Item]:
    return list(read(data, uri, number, *args, **kwargs))


def too_many_elements(data: bytes, source: Source, limits: Limits) -> Refusal | None:
    """Return the refusal of a document of articles that has far too many elements for that."""
    if data.count(b"<") <= 20 * limits.elements:
        return None
    detail = f"more than ten times elements = {limits.elements}"
    return refuse(source.uri, 0, "too_large", detail, n_bytes=len(data), raw=data[:800])


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a file.

    Attributes:
        number: From 1.
        data: Its bytes without the line end; the beginning only if it was too long.
        n_bytes: Its whole length.
        is_open: Whether the file ends in it, without a line end.
    """

    number: int
    data: bytes
    n_bytes: int
    is_open: bool = False


def lines_of(stream: BinaryIO, limit: int, number: int = 1) -> Iterator[Line]:
    """Yield the lines of a stream; of one longer than `limit` only the beginning is kept.

    What was read before a stream breaks off is yielded before the error is raised.

    Args:
        stream: Standing at the beginning of a line.
        limit: Most bytes of a line.
        number: The number of that line.
    """
    held, size = bytearray(), 0
    while chunk := stream.read1(_CHUNK):  # type: ignore[attr-defined]
        *ended, rest = chunk.split(b"\n")
        for piece in ended:
            data = bytes(held) + piece if held else piece
            yield Line(number, data[: limit + 1].rstrip(b"\r"), size + len(piece) + 1)
            number, size = number + 1, 0
            held.clear()
        size += len(rest)
        held += rest[: max(0, limit + 1 - len(held))]
    if held:
        yield Line(number, bytes(held).rstrip(b"\r"), size, is_open=True)
