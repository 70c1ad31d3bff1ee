"""What a reader hands on: a record with its raw fields, or a refusal with its reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tasks.ingest.reasons import REASONS

SAMPLE_CHARS = 200


@dataclass(frozen=True, slots=True)
class Record:
    """One input record as it was read, not yet cleaned.

    Attributes:
        uri: File it was read from, as a path below the folder that was given.
        number: Line or row in that file, from 1; 0 when the file is the record.
        n_bytes: Its size in bytes.
        text: The article's text as given.
        title: Headline as given.
        url: Web address as given.
        identity: Id or URI of the record as given.
        publisher: Name or domain of the publisher as given.
        author: Byline as given.
        published: Date of publication as given: text, number, date or datetime.
        published_field: Name of the field that gave it.
        shown_date: Day that a page shows in its text (YYYY-MM-DD), where `published` is not given.
        lang: Language as given.
        tags: Keywords as given.
        set_aside: Lines that the reader already took out of the text.
        repairs: What decoding did, and how often.
        is_plain: True if `text` is raw text whose header and tail lines have to be told apart.
    """

    uri: str
    number: int
    n_bytes: int
    text: str
    title: str | None = None
    url: str | None = None
    identity: str | None = None
    publisher: str | None = None
    author: str | None = None
    published: object = None
    published_field: str = ""
    shown_date: str | None = None
    lang: str | None = None
    tags: tuple[str, ...] = ()
    set_aside: tuple[str, ...] = ()
    repairs: Mapping[str, int] = field(default_factory=dict)
    is_plain: bool = True

    @property
    def n_chars(self) -> int:
        """Characters of all its fields."""
        given = (self.title, self.url, self.identity, self.publisher, self.author, self.published)
        sizes = (len(value) for value in (*given, *self.tags) if isinstance(value, str))
        return len(self.text) + sum(sizes)


@dataclass(frozen=True, slots=True)
class Refusal:
    """One input record that was refused; the fields are those of `schemas.REJECTS`."""

    uri: str
    record: int
    reason: str
    detail: str
    n_bytes: int
    sample: str

    def __post_init__(self) -> None:
        if self.reason not in REASONS:
            raise ValueError(f"unknown reject reason {self.reason!r}")


def refuse(
    uri: str, number: int, reason: str, detail: str, *, n_bytes: int = 0, raw: bytes | str = ""
) -> Refusal:
    """Return a refusal with a printable sample of the raw record."""
    return Refusal(printable(uri), number, reason, printable(detail), n_bytes, sample_of(raw))


def sample_of(raw: bytes | str) -> str:
    """Return the first characters of a record, fit for a terminal and for Parquet."""
    text = raw[: 4 * SAMPLE_CHARS].decode("utf-8", "replace") if isinstance(raw, bytes) else raw
    return printable(text[:SAMPLE_CHARS])


def printable(text: str) -> str:
    """Return the text with each character that does not print shown as an escape."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else _escape(c) for c in text)


def _escape(char: str) -> str:
    return " " if char in " \n\t\r\u00a0" else char.encode("unicode_escape").decode("ascii")
