"""JSON Lines: one record a line. A broken line is a reject; the lines after it are read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import orjson

from tasks.ingest.decode import decode
from tasks.ingest.fields import Fields, record_of
from tasks.ingest.limits import Limits
from tasks.ingest.readers.base import Format, Item, Line, Options, lines_of
from tasks.ingest.record import refuse
from tasks.ingest.source import Source

# Where interfaces (NewsAPI, JSON Feed, Elasticsearch, ...) put their list of articles.
_LISTS = (
    "articles",
    "items",
    "results",
    "docs",
    "documents",
    "entries",
    "data",
    "hits",
    "response",
)
# What JSON calls the kinds of values that are no objects.
_KINDS = {type(None): "null", bool: "boolean", list: "array", str: "string"}
_SUFFIXES = (".jsonl", ".ndjson", ".jl")


def recognise(head: bytes, suffix: str) -> bool:
    """Return True if the first line is a JSON object, or the name says so."""
    if suffix in _SUFFIXES:
        return True
    first = head.removeprefix(b"\xef\xbb\xbf").lstrip().split(b"\n", 1)[0].strip()
    if not first.startswith(b"{"):
        return False
    if first.endswith(b"}"):
        return _is_object(first)
    return len(first) > 1 and head.count(b"\n") == 0 and first[1:].lstrip()[:1] == b'"'


def _is_object(data: bytes) -> bool:
    try:
        return isinstance(orjson.loads(data), dict)
    except ValueError:
        return False


def read(source: Source, limits: Limits, options: Options) -> Iterator[Item]:
    """Yield a record or a refusal for each line that is not blank."""
    stream, cursor = source.begin()
    offset = cursor.offset
    with stream:
        for line in lines_of(stream, limits.record_bytes, cursor.number):
            cursor.move(line.number, offset)
            offset += line.n_bytes
            data = line.data.removeprefix(b"\xef\xbb\xbf") if line.number == 1 else line.data
            if data.strip() or line.n_bytes > limits.record_bytes:
                line = replace(line, data=data)
                yield from _read_line(line, source.uri, limits, options)


def _read_line(line: Line, uri: str, limits: Limits, options: Options) -> Iterator[Item]:
    if line.n_bytes > limits.record_bytes:
        detail = f"more than record_bytes = {limits.record_bytes}"
        yield _refuse_line(line, uri, "too_large", detail)
        return
    try:
        items = articles_in(load(line.data))
    except (ValueError, RecursionError) as error:
        reason = "truncated" if line.is_open and is_cut(error) else "malformed"
        yield _refuse_line(line, uri, reason, f"{error}")
        return
    for item in items:
        yield value_to_record(item, uri, line.number, line.n_bytes, limits, options)


def _refuse_line(line: Line, uri: str, reason: str, detail: str) -> Item:
    return refuse(uri, line.number, reason, detail, n_bytes=line.n_bytes, raw=line.data[:800])


def articles_in(value: Any) -> list[Any]:
    """Return the articles of an interface's answer; of anything else, the value itself."""
    found = None if isinstance(value, list) else _list_in(value, 0)
    return [value] if found is None else found


def _list_in(value: Any, depth: int) -> list[Any] | None:
    """Return the list of articles in an answer; None if there is none, or the object is one."""
    if isinstance(value, list):
        return value
    if not isinstance(value, dict) or depth > 2:
        return None
    if depth == 0 and Fields(value, {}).text("text"):
        return None
    for name in _LISTS:
        found = _list_in(value.get(name), depth + 1)
        if found is not None:
            return found
    return None


def value_to_record(
    value: Any, uri: str, number: int, n_bytes: int, limits: Limits, options: Options
) -> Item:
    """Return the record of a JSON value, which must be an object."""
    if not isinstance(value, dict):
        detail = f"a JSON {_KINDS.get(type(value), 'number')}, not an object"
        return refuse(uri, number, "malformed", detail, n_bytes=n_bytes, raw=str(value)[:200])
    return record_of(value, uri, number, n_bytes, limits, mapping=options.mapping)


def is_cut(error: Exception) -> bool:
    """Return True if JSON is right as far as it goes, and ends in the middle of a value."""
    if not isinstance(error, json.JSONDecodeError) or error.doc.lstrip("\ufeff \t\r\n")[:1] not in (
        "{",
        "[",
    ):
        return False
    left = error.doc.rstrip()[error.pos :]
    if error.msg.startswith("Unterminated string"):
        return True
    if error.msg.startswith("Invalid \\"):  # an escape that lacks its digits
        return len(left) < 6
    return not left or any(word.startswith(left) for word in ("true", "false", "null", "-"))


def load(data: bytes) -> Any:
    """Return the JSON value; what orjson refuses (NaN, lone surrogates, cp1252) json may read.

    Raises:
        ValueError: if it is no JSON.
    """
    try:
        return orjson.loads(data)
    except ValueError:
        return json.loads(decode(data)[0], strict=False)


FORMAT = Format("JSON Lines", recognise, read)
