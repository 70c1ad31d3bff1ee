"""A small press: articles made from sentences, as the tables that duplicate detection takes."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pyarrow as pa

from tasks.duplicates import fingerprint, relate

START = date(2023, 1, 2)
SCHEMA = pa.schema(
    [
        ("article_id", pa.string()),
        ("title", pa.string()),
        ("body", pa.string()),
        ("publisher", pa.string()),
        ("published_date", pa.date32()),
        ("published_at", pa.timestamp("us", tz="UTC")),
    ]
)

_NAMES = [
    *("Anwar", "Berisha", "Castillo", "Dimitrov", "Ekström", "Farouk", "Gonzales", "Haddad"),
    *("Ivanova", "Jansen", "Kowalski", "Lindgren", "Mbeki", "Novak", "Okafor", "Petrova"),
    *("Quispe", "Rahimi", "Suzuki", "Traoré", "Ulman", "Varga", "Wolde", "Ximenes"),
]
_WORDS = [
    "border",
    "troops",
    "talks",
    "ceasefire",
    "harbour",
    "budget",
    "minister",
    "village",
    "convoy",
    "protest",
    "strike",
    "union",
    "court",
    "ruling",
    "election",
    "ballot",
    "region",
    "capital",
    "province",
    "envoy",
    "treaty",
    "sanctions",
    "export",
    "grain",
    "pipeline",
    "drought",
    "flood",
    "rescue",
    "hospital",
    "teacher",
    "railway",
    "airport",
    "summit",
    "delegation",
    "mediator",
    "spokesman",
    "parliament",
    "coalition",
    "opposition",
    "general",
    "militia",
    "patrol",
    "checkpoint",
    "ambush",
    "shelling",
    "evacuation",
    "refugees",
    "camp",
    "relief",
    "aid",
    "donors",
    "agency",
    "report",
    "inquiry",
    "witness",
    "statement",
    "appeal",
]


def sentence(rng: random.Random, length: int = 14) -> str:
    """Return a sentence with two names and a number."""
    words = [rng.choice(_WORDS) for _ in range(length)]
    words[0] = words[0].capitalize()
    words[rng.randrange(1, length)] = rng.choice(_NAMES)
    words[rng.randrange(1, length)] = rng.choice(_NAMES)
    words[rng.randrange(1, length)] = str(rng.randrange(10, 5000))
    return " ".join(words) + "."


def story(seed: int, sentences: int = 12) -> str:
    """Return the text of a story; another seed gives another story."""
    rng = random.Random(seed)
    return " ".join(sentence(rng) for _ in range(sentences))


def article(name: str, body: str, day: int | None = 0, **more: Any) -> dict[str, Any]:
    """Return an article published `day` days after START; None is undated."""
    about = {"title": "", "publisher": f"{name}.example", "published_at": None} | more
    published = None if day is None else START + timedelta(days=day)
    return {"article_id": name, "body": body, "published_date": published} | about


def at(hour: int, day: int = 0) -> datetime:
    """Return an hour of a day after START."""
    return datetime.combine(START, datetime.min.time(), UTC) + timedelta(days=day, hours=hour)


def table(articles: list[dict[str, Any]]) -> pa.Table:
    """Return the articles as a table."""
    return pa.Table.from_pylist(articles, SCHEMA)


def relations(articles: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return the row of COPIES of each article."""
    rows = relate(fingerprint(table(articles))).to_pylist()
    return {row["article_id"]: row for row in rows}


def kinds(articles: list[dict[str, Any]]) -> dict[str, tuple[str, str | None]]:
    """Return relation and copy_of of each article."""
    return {k: (r["relation"], r["copy_of"]) for k, r in relations(articles).items()}


def clusters(articles: list[dict[str, Any]]) -> set[frozenset[str]]:
    """Return which articles stand together."""
    found: dict[str, set[str]] = {}
    for name, row in relations(articles).items():
        found.setdefault(row["cluster_id"], set()).add(name)
    return {frozenset(names) for names in found.values()}
