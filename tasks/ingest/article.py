"""A raw record to a row of `schemas.ARTICLES`: a function of this record alone."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from typing import Any

from tasks.identity import article_id, content_hash
from tasks.ingest.clean import clean, clean_line
from tasks.ingest.limits import Limits
from tasks.ingest.pagemeta import VAGUE_FIELDS
from tasks.ingest.published import (
    Published,
    Window,
    from_metadata,
    from_page,
    from_url,
    settled,
)
from tasks.ingest.publisher import publisher_of, web_address
from tasks.ingest.record import Record, Refusal, refuse
from tasks.ingest.structure import Structure, take_apart


def article_of(record: Record, limits: Limits, window: Window) -> dict[str, Any] | Refusal:
    """Return the article's row, or the refusal of a record that holds none.

    Args:
        record: As read.
        limits: Shortest and longest body.
        window: Days that are possible as publication date.
    """
    if len(record.text) > 4 * limits.max_chars:
        return _refuse(record, "too_long", f"more than max_chars = {limits.max_chars}", record.text)
    text, repairs = clean(record.text)
    title = clean_line(record.title)
    if record.is_plain:
        parts = take_apart(text, title, window)
    else:
        parts = Structure(title=title, body=text)
    refusal = _check_length(record, parts.body, text, limits)
    if refusal is not None:
        return refusal
    if parts.unwrapped:
        repairs["line_breaks"] += parts.unwrapped
    return _row(record, parts, repairs + Counter(record.repairs), window)


def _check_length(record: Record, body: str, text: str, limits: Limits) -> Refusal | None:
    if len(body) > limits.max_chars:
        detail = f"{len(body)} characters, more than max_chars = {limits.max_chars}"
        return _refuse(record, "too_long", detail, text)
    if not text.strip():
        return _refuse(record, "empty", "the text has only blanks", record.text)
    if len(body) < limits.min_chars:
        detail = f"{len(body)} characters of body, fewer than min_chars = {limits.min_chars}"
        return _refuse(record, "too_short", detail, text)
    return None


def _refuse(record: Record, reason: str, detail: str, sample: str) -> Refusal:
    return refuse(
        record.uri, record.number, reason, detail, n_bytes=record.n_bytes, raw=sample.strip()[:200]
    )


def _row(record: Record, parts: Structure, repairs: Counter[str], window: Window) -> dict[str, Any]:
    url = web_address(record.url) or web_address(parts.url)
    digest = content_hash(parts.title, parts.body)
    source_uri = source_uri_of(record, url, digest)
    given = from_metadata(record.published, record.published_field, window)
    shown = from_page(record.shown_date, window)
    by_url = from_url(url, window)
    is_vague = record.published_field in VAGUE_FIELDS
    published = settled(given, by_url, shown, parts.published, is_vague=is_vague)
    return {
        "article_id": article_id(source_uri, digest),
        "source_uri": source_uri,
        "url": url,
        "publisher": publisher_of(url, record.publisher),
        "author": clean_line(record.author) or parts.author,
        "title": parts.title,
        "body": parts.body,
        **published_columns(published),
        "published_figures": asdict(published.figures) if published.figures else None,
        "content_hash": digest,
        "n_chars": len(parts.body),
        "tags": _tags(record, parts) or None,
        "set_aside": [*map(str, record.set_aside), *parts.set_aside] or None,
        "repairs": [{"repair": r, "count": n} for r, n in sorted(repairs.items())] or None,
    }


def source_uri_of(record: Record, url: str | None, digest: str) -> str:
    """Return where the article came from: see `docs/architecture.md`."""
    if record.number == 0:
        return clean_line(record.uri) or record.uri
    return url or clean_line(record.url) or clean_line(record.identity) or f"content:{digest}"


def published_columns(published: Published) -> dict[str, Any]:
    """Return the published_* columns that tell one date: all but the figures it is written in."""
    return {
        "published_at": published.at,
        "published_date": published.day,
        "published_precision": published.precision,
        "published_basis": published.basis,
        "published_text": clean_line(published.text),
    }


def _tags(record: Record, parts: Structure) -> list[str]:
    tags = [tag for tag in map(clean_line, (*record.tags, *parts.tags)) if tag]
    return list(dict.fromkeys(tags))
