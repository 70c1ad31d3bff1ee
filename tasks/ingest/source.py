"""Files to read: where they lie, how they are opened, what they begin with."""

from __future__ import annotations

import lzma
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import BinaryIO

from tasks.ingest.cursor import Cursor

HEAD_BYTES = 65536


@dataclass(frozen=True)
class Source:
    """A file, or a member of an archive, that can be read from its beginning.

    Attributes:
        uri: Path below the folder that was given, with `/`; a member's path follows its archive's.
        open: Opens it anew as a binary stream.
        size: Its size in bytes; None if unknown.
        path: The file itself, if it is one on disk.
        sidecar: File beside it with its metadata.
        depth: How many archives it lies in.
        cursor: Where to begin, and how far it was read; None if that is nobody's business.
        open_at: Opens it where the cursor stands.
    """

    uri: str
    open: Callable[[], BinaryIO]
    size: int | None = None
    path: Path | None = None
    sidecar: Path | None = None
    depth: int = 0
    cursor: Cursor | None = None
    open_at: Callable[[Cursor], BinaryIO] | None = None

    def begin(self) -> tuple[BinaryIO, Cursor]:
        """Open it where its cursor stands, or at its beginning; return the cursor as well."""
        if self.cursor is None or self.open_at is None:
            return self.open(), Cursor()
        return self.open_at(self.cursor), self.cursor

    @cached_property
    def head(self) -> bytes:
        """The first bytes, by which the format is told."""
        pieces, size = [], 0
        with self.open() as stream:
            try:
                while size < HEAD_BYTES and (piece := stream.read1(HEAD_BYTES - size)):  # type: ignore[attr-defined]
                    pieces.append(piece)
                    size += len(piece)
            except (EOFError, OSError, ValueError, zlib.error, lzma.LZMAError):
                if not pieces:
                    raise  # else the reader will meet it, after what can be read
        return b"".join(pieces)

    @property
    def suffix(self) -> str:
        """The last extension of the name, in lower case, with its dot."""
        name = self.uri.rsplit("/", 1)[-1]
        return "." + name.rsplit(".", 1)[-1].lower() if "." in name else ""


def file_source(path: Path, uri: str, sidecar: Path | None = None) -> Source:
    """Return the source of a file on disk."""
    size = path.stat().st_size
    return Source(uri, lambda: path.open("rb"), size, path, sidecar, open_at=_opener(path))


def _opener(path: Path) -> Callable[[Cursor], BinaryIO]:
    def open_at(cursor: Cursor) -> BinaryIO:
        stream = path.open("rb")
        stream.seek(cursor.offset)
        return stream

    return open_at
