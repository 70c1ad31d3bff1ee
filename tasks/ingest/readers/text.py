"""Plain text and Markdown: one file, one article."""

from __future__ import annotations

from collections.abc import Iterator

from tasks.ingest.decode import decode, known_binary, looks_binary
from tasks.ingest.limits import Limits
from tasks.ingest.readers.base import Format, Item, Options, read_whole
from tasks.ingest.record import Record, Refusal, refuse
from tasks.ingest.sidecar import apply_sidecar
from tasks.ingest.source import Source


def recognise(head: bytes, suffix: str) -> bool:
    """Return True for anything that can be text."""
    return known_binary(head) is None and not looks_binary(head)


def read(source: Source, limits: Limits, options: Options) -> Iterator[Item]:
    """Yield the one article of the file; a sidecar's fields take precedence."""
    data = read_whole(source, limits.file_bytes)
    if isinstance(data, Refusal):
        yield data
        return
    text, repairs = decode(data)
    if not text.strip():
        yield refuse(source.uri, 0, "empty", "the file has only blanks", n_bytes=len(data))
        return
    record = Record(source.uri, 0, len(data), text, repairs=repairs)
    if source.sidecar is not None:
        record, refusal = apply_sidecar(record, source.sidecar)
        if refusal is not None:
            yield refusal
    yield record


FORMAT = Format("text", recognise, read)
