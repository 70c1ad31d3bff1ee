"""A small warehouse in memory: true texts, their mentions, the events, the models of sql/."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from tasks import schemas
from tasks.aggregate import aggregate
from tasks.summarize import run_models
from tests.aggregate.story import Story

SQL = Path(__file__).resolve().parents[2] / "sql"


def tables(story: Story) -> dict[str, pa.Table]:
    """Return all published tables of a story, its sentences written out so that spans are true."""
    bodies = {str(a["article_id"]): "Über Kyjiw 🕊 — " for a in story.articles}
    mentions = [_write(dict(m), bodies) for m in story.mentions]
    articles = [_article(dict(a), bodies) for a in story.articles]
    made = {
        "articles": schemas.rows_to_table(articles, schemas.ARTICLES),
        "rejects": schemas.rows_to_table(
            [{"uri": "broken.json", "record": 1, "reason": "malformed"}], schemas.REJECTS
        ),
        "copies": schemas.rows_to_table(story.copies, schemas.COPIES),
        "mentions": schemas.rows_to_table(mentions, schemas.MENTIONS),
    }
    result = aggregate(made["mentions"], made["copies"], made["articles"])
    made |= {"events": result.events, "event_mentions": result.event_mentions}
    return {name: made.get(name, schemas.empty(table)) for name, table in schemas.TABLES.items()}


def _write(mention: dict[str, Any], bodies: dict[str, str]) -> dict[str, Any]:
    """Append the mention's sentence to its article, and point the offsets at it."""
    body = bodies[mention["article_id"]]
    source, target = mention.get("source_text") or "", mention.get("target_text") or ""
    sentence = f"{source} did it to {target}."
    start = len(body)
    bodies[mention["article_id"]] = f"{body}{sentence} "
    at = start + len(source) + len(" did it to ")
    return mention | {
        "start": start,
        "end": start + len(sentence),
        "sentence": sentence,
        "source_start": start if source else None,
        "source_end": start + len(source) if source else None,
        "target_start": at if target else None,
        "target_end": at + len(target) if target else None,
        "quantities": [],
    }


def _article(article: dict[str, Any], bodies: dict[str, str]) -> dict[str, Any]:
    name = article["article_id"]
    return article | {
        "source_uri": f"{name}.txt",
        "title": f"Title of {name}",
        "body": bodies[name],
        "n_chars": len(bodies[name]),
        "content_hash": name,
        "published_precision": "day" if article["published_date"] else "none",
        "published_basis": "metadata" if article["published_date"] else "none",
    }


def warehouse(made: dict[str, pa.Table]) -> duckdb.DuckDBPyConnection:
    """Return a connection that holds the tables and the marts of sql/."""
    con = duckdb.connect()
    for name, data in made.items():
        con.register(f"arrow_{name}", data)
        con.execute(f"CREATE TABLE {name} AS FROM arrow_{name}")
        con.unregister(f"arrow_{name}")
    run_models(con, SQL)
    return con
