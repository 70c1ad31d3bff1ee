"""Readers, one module a format, and how the format of a file is told: by content first."""

from __future__ import annotations

import tarfile
import zlib
from collections.abc import Iterator
from gzip import BadGzipFile
from lzma import LZMAError
from zipfile import BadZipFile

from tasks.errors import FULL
from tasks.ingest.decode import known_binary
from tasks.ingest.limits import Limits
from tasks.ingest.outbound import NotAllowed
from tasks.ingest.readers import (
    archive,
    delimited,
    exports,
    factivahtml,
    feed,
    html,
    jsondocument,
    jsonlines,
    mail,
    parquet,
    rtf,
    text,
    warc,
)
from tasks.ingest.readers.base import Format, Item, Options
from tasks.ingest.record import Refusal, refuse
from tasks.ingest.source import Source
from tasks.ingest.unpack import Bomb

# The order matters: a signature before a likeness, plain text last, since anything may be text.
FORMATS: tuple[Format, ...] = (
    parquet.FORMAT,
    warc.FORMAT,
    rtf.FORMAT,
    feed.FORMAT,
    factivahtml.FORMAT,
    html.FORMAT,
    jsonlines.FORMAT,
    jsondocument.FORMAT,
    mail.FORMAT,
    exports.FORMAT,
    delimited.FORMAT,
    text.FORMAT,
)

__all__ = ["FORMATS", "Item", "Options", "read_source"]


def read_source(source: Source, limits: Limits, options: Options) -> Iterator[Item]:
    """Yield the records of a file and its refusals; never raises for what the file holds."""
    try:
        yield from _read(source, limits, options)
    except NotAllowed as error:
        yield _failed(source, "unsafe_path", error)
    except Bomb as error:
        yield _failed(source, "bomb", error)
    except EOFError as error:
        yield _failed(source, "truncated", error)
    except (BadGzipFile, BadZipFile, tarfile.TarError, zlib.error, LZMAError) as error:
        is_cut = str(error) in ("unexpected end of data", "truncated header")  # of tar
        yield _failed(source, "truncated" if is_cut else "malformed", error)
    except (OSError, MemoryError) as error:
        if isinstance(error, OSError) and error.errno in FULL:
            raise  # where it was to be unpacked: the file is not to blame
        is_cut = "Truncated compressed stream" in str(error)  # of zstd
        yield _failed(source, "truncated" if is_cut else "unreadable", error)
    except Exception as error:  # whatever a library raises on hostile input
        yield _failed(source, "malformed", error)
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # of a library written in Rust
            raise
        yield _failed(source, "malformed", error)


def _read(source: Source, limits: Limits, options: Options) -> Iterator[Item]:
    if not source.head:
        yield refuse(source.uri, 0, "empty", "the file has no bytes")
        return
    kind = archive.kind_of(source.head)
    if kind is not None:
        yield from archive.read_archive(source, kind, limits, options, read_source)
        return
    reader = format_of(source)
    if isinstance(reader, Refusal):
        yield reader
        return
    n_items = 0
    for item in reader.read(source, limits, options):
        n_items += 1
        yield item
    if n_items == 0:
        yield refuse(source.uri, 0, "empty", f"no records ({reader.name})")


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


def _failed(source: Source, reason: str, error: BaseException) -> Refusal:
    detail = getattr(error, "strerror", None) or f"{type(error).__name__}: {error}"
    return refuse(source.uri, 0, reason, detail, n_bytes=source.size or 0)
