"""Readers, one module a format, and how the format of a file is told: by content first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tasks.ingest.decode import known_binary
from tasks.ingest.limits import Limits
from tasks.ingest.readers import delimited, jsonlines, parquet, text
from tasks.ingest.readers.base import Format, Item, Options
from tasks.ingest.record import Refusal, refuse
from tasks.ingest.source import Source

# The order matters: a signature before a likeness, plain text last, since anything may be text.
FORMATS: tuple[Format, ...] = (
    parquet.FORMAT,
    jsonlines.FORMAT,
    delimited.FORMAT,
    text.FORMAT,
)

__all__ = ["FORMATS", "Item", "Options", "read_source"]


def read_source(source: Source, limits: Limits, options: Options) -> Iterator[Item]:
    """Yield the records of a file and its refusals; never raises for what the file holds."""
    try:
        if not source.head:
            yield refuse(source.uri, 0, "empty", "the file has no bytes")
            return
        reader = format_of(source)
        if isinstance(reader, Refusal):
            yield reader
            return
        yield from reader.read(source, limits, options)
    except OSError as error:
        yield _unreadable(source, error)
    except MemoryError as error:
        yield _unreadable(source, error)
    except Exception as error:  # whatever a library raises on hostile input
        detail = f"{type(error).__name__}: {error}"
        yield refuse(source.uri, 0, "malformed", detail, n_bytes=source.size or 0)


def format_of(source: Source) -> Format | Refusal:
    """Return the format of a file, told by its first bytes, then by its name."""
    head = source.head
    for known in FORMATS:
        if known.recognise(head, source.suffix):
            return known
    size = source.size or len(head)
    name = known_binary(head)
    if name is not None:
        return refuse(source.uri, 0, "unsupported", name, n_bytes=size)
    return refuse(source.uri, 0, "binary", "control characters", n_bytes=size, raw=head[:80])


def _unreadable(source: Source, error: Any) -> Refusal:
    detail = getattr(error, "strerror", None) or f"{type(error).__name__}: {error}"
    return refuse(source.uri, 0, "unreadable", detail, n_bytes=source.size or 0)
