"""Plain text and Markdown: one file, one article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from tasks.ingest.decode import decode, known_binary, looks_binary
from tasks.ingest.limits import Limits
from tasks.ingest.readers.base import Format, Item, Options, read_whole
from tasks.ingest.record import Record, Refusal, refuse
from tasks.ingest.sidecar import apply_fields, apply_sidecar
from tasks.ingest.source import Source

_FRONT = re.compile(r"\s*---[ \t]*\r?\n(.{1,5000}?)\r?\n---[ \t]*\r?\n", re.DOTALL)
_ENTRY = re.compile(r"^([A-Za-z_]+):[ \t]*(\S.*?)[ \t\r]*$", re.MULTILINE)


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
    record = _with_front_matter(Record(source.uri, 0, len(data), text, repairs=repairs))
    if source.sidecar is not None:
        record, refusal = apply_sidecar(record, source.sidecar)
        if refusal is not None:
            yield refusal
    yield record


def _with_front_matter(record: Record) -> Record:
    """Return the record with the fields that a Markdown file names between two `---` lines."""
    match = _FRONT.match(record.text)
    fields = dict(_ENTRY.findall(match[1])) if match else {}
    if match is None or not fields:
        return record
    plain = {name: value.strip("\"' ") for name, value in fields.items()}
    lines = tuple(line for line in match[1].splitlines() if line.strip())
    return replace(apply_fields(record, plain), text=record.text[match.end() :], set_aside=lines)


FORMAT = Format("text", recognise, read)
