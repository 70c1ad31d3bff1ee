"""Places: a file by its name in the tables, and where it lies."""

from __future__ import annotations

from dataclasses import dataclass

from tasks.ingest.record import Refusal
from tasks.ingest.source import Source

_MAGIC = frozenset("*?[")


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A file that was named, or found in a folder that was.

    Attributes:
        uri: Its name in the tables: the path below the folder that was given.
        where: Its absolute path, or its URL.
    """

    uri: str
    where: str


@dataclass(frozen=True, slots=True)
class Found:
    """A file that was found, as what can be read of it: itself, or why it is refused."""

    place: Place
    content: Source | Refusal


@dataclass(frozen=True, slots=True, order=True)
class Refused:
    """Something that was refused, and the file to read once that is mended.

    Attributes:
        uri: As in the table of rejects: the file, a member of it, or its sidecar.
        place: The file.
    """

    uri: str
    place: Place


def is_url(path: str) -> bool:
    """Return True for `https://...`, `s3://...` and the like."""
    scheme, mark, _ = path.partition("://")
    return bool(mark) and scheme[:1].isalpha() and "/" not in scheme


def is_pattern(path: str) -> bool:
    """Return True if a path holds `*`, `?` or `[`."""
    return not _MAGIC.isdisjoint(path)


def fixed_part(pattern: str) -> str:
    """Return the folder that a pattern begins in: what stands before its first part with a mark."""
    parts = pattern.split("/")
    return "/".join(parts[: next(i for i, part in enumerate(parts) if is_pattern(part))])
