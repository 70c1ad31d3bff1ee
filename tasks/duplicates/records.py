"""The filter behind `demarche copies`: records in, their clusters out, no warehouse."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from typing import Any

import pyarrow as pa

from tasks.duplicates.fingerprint import fingerprint
from tasks.duplicates.relate import relate
from tasks.identity import content_hash

_BATCH = 4096  # records read into one Arrow table
_BODIES = pa.schema(
    [
        ("article_id", pa.string()),
        ("title", pa.string()),
        ("body", pa.large_string()),
        ("publisher", pa.string()),
        ("published_date", pa.date32()),
        ("published_at", pa.timestamp("us", tz="UTC")),
    ]
)


def copies_of_records(records: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield {"id", "cluster", "canonical", "relation", "similarity", "containment"} a record.

    Args:
        records: {"id", "text"} each, and where known "title", "published" (ISO 8601) and
            "publisher". All are read before the first answer; only fingerprints are kept.
    """
    ids: list[Any] = []
    keys: list[str] = []
    seen: Counter[str] = Counter()
    parts: list[pa.Table] = []
    rows: list[dict[str, Any]] = []
    for record in records:
        row = _row(record)
        row["article_id"] = _key(row, seen)
        ids.append(record.get("id"))
        keys.append(row["article_id"])
        rows.append(row)
        if len(rows) == _BATCH:
            parts.append(fingerprint(pa.Table.from_pylist(rows, _BODIES)))
            rows = []
    parts.append(fingerprint(pa.Table.from_pylist(rows, _BODIES)))
    yield from _answers(ids, keys, relate(pa.concat_tables(parts)))


def _answers(ids: list[Any], keys: list[str], copies: pa.Table) -> Iterator[dict[str, Any]]:
    given = dict(zip(keys, ids, strict=True))
    found = {row["article_id"]: row for row in copies.drop_columns(["evidence"]).to_pylist()}
    for key in keys:
        row = found[key]
        yield {
            "id": given[key],
            "cluster": row["cluster_id"],
            "canonical": given[row["canonical_id"]],
            "relation": row["relation"],
            "similarity": _rounded(row["similarity"]),
            "containment": _rounded(row["containment"]),
        }


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 4)


def _row(record: dict[str, Any]) -> dict[str, Any]:
    day, at = _published(record.get("published"))
    return {
        "article_id": _text(record.get("id")),
        "title": _text(record.get("title")),
        "body": _text(record.get("text")),
        "publisher": _text(record.get("publisher")) or None,
        "published_date": day,
        "published_at": at,
    }


def _key(row: dict[str, Any], seen: Counter[str]) -> str:
    """An id of our own: records may lack one, or share one."""
    key = f"{row['article_id']}\x1f{content_hash(row['title'], row['body'])}"
    seen[key] += 1
    return key if seen[key] == 1 else f"{key}\x1f{seen[key]}"


def _text(value: object) -> str:
    """Return a value as text that can be encoded; half of a surrogate pair becomes `?`."""
    return "" if value is None else str(value).encode("utf-8", "replace").decode("utf-8")


def _published(value: object) -> tuple[date | None, datetime | None]:
    """Read an ISO 8601 day or moment; anything else is a missing date."""
    text = _text(value).strip()
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None, None
    at = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    return at.date(), at if len(text) > len("2022-02-21") else None
