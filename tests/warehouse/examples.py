"""A small warehouse to try things on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from tasks import schemas
from tasks.identity import digest128
from tasks.warehouse import Release, ReleaseBuilder, Warehouse, release_id

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
JANUARY, FEBRUARY = date(2026, 1, 15), date(2026, 2, 15)

Row = dict[str, Any]


def article(name: str, day: date | None = JANUARY, **more: Any) -> Row:
    return {
        "article_id": digest128(name),
        "source_uri": name,
        "publisher": f"{name[0]}.example",
        "body": f"Text of {name}.",
        "published_date": day,
        "published_precision": "day" if day else "none",
        "published_basis": "header" if day else "none",
        "lang": "en",
        "content_hash": digest128("content", name),
        "n_chars": len(f"Text of {name}."),
        "repairs": [{"repair": "whitespace", "count": 2}],
    } | more


def reject(uri: str) -> Row:
    return {"uri": uri, "record": 1, "reason": "empty", "n_bytes": 0, "sample": ""}


def as_articles(rows: Iterable[Row]) -> pa.Table:
    return schemas.rows_to_table(list(rows), schemas.ARTICLES)


def models(connection: duckdb.DuckDBPyConnection) -> pa.Table:
    """A view and a mart, as the SQL models make them."""
    connection.execute("CREATE VIEW english AS SELECT * FROM articles WHERE lang = 'en'")
    connection.execute(
        "CREATE TABLE coverage AS SELECT lang, count(*) AS n FROM articles GROUP BY ALL"
    )
    return connection.sql("FROM coverage ORDER BY ALL").to_arrow_table()


def fill(builder: ReleaseBuilder, rows: Iterable[Row]) -> None:
    builder.write_table(schemas.ARTICLES, as_articles(rows))
    builder.write_table(schemas.REJECTS, schemas.rows_to_table([reject("a.txt")], schemas.REJECTS))
    builder.write_mart("coverage", models(builder.database()))


def publish(
    warehouse: Warehouse, rows: Iterable[Row], report: dict[str, object] | None = None
) -> Release:
    with warehouse.lock("test"), warehouse.builder(release_id(NOON)) as builder:
        fill(builder, rows)
        return builder.publish(report=report or {}, created=NOON)


def parquet_bytes(folder: Path) -> dict[str, bytes]:
    """Every Parquet file below a folder, by its relative path."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*.parquet")}


def debris(root: Path) -> list[str]:
    """Hidden files that a dead run left; the lock is none."""
    hidden = {p.name for p in root.rglob(".*")} - {".lock"}
    return sorted(hidden)
