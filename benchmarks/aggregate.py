"""Measures aggregation and the marts on made-up mentions.

    python benchmarks/aggregate.py [MENTIONS] [MENTIONS AN EVENT]

Prints seconds of wall clock and of processor time, and peak memory. The news is made up, but
shaped like news: few dyads hold most events, one event in five is reported widely, a third of the
mentions carry no date, a quarter names one actor only.
"""

from __future__ import annotations

import datetime as dt
import resource
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb
import numpy as np
import pyarrow as pa

from tasks import schemas
from tasks.aggregate import aggregate
from tasks.settings import SQL
from tasks.summarize import run_models, run_tests

CODES = [
    ("CONSULT", "phone", "041", 1, 1.0),
    ("CONSULT", None, "040", 1, 1.0),
    ("CONSULT", "visit", "042", 1, 1.9),
    ("AGREE", None, "030", 1, 4.0),
    ("THREATEN", None, "130", 3, -4.4),
    ("ACCUSE", "allege", "112", 3, -2.0),
    ("PROTEST", "demo", "141", 4, -6.5),
    ("COERCE", "arrest", "173", 4, -5.0),
    ("ASSAULT", "heavy-weapons", "194", 4, -10.0),
    ("ASSAULT", None, "190", 4, -10.0),
]
ROLES = np.array([None, "GOV", "MIL", "CVL", "OPP"], object)
FIRST_DAY = (dt.date(2021, 1, 1) - dt.date(1970, 1, 1)).days
BODY = "word " * 100


def ids(prefix: str, n: int) -> np.ndarray:
    """Return n ids of 32 characters in no telling order."""
    return np.array([f"{prefix}{i * 2654435761 % 2**40:031x}" for i in range(n)], object)


def days(values: np.ndarray, missing: np.ndarray | None = None) -> pa.Array:
    """Return numbers of days as dates."""
    return pa.array(values, pa.int32(), mask=missing).cast(pa.date32())


def make_articles(n: int, rng: np.random.Generator) -> tuple[pa.Table, pa.Table, np.ndarray]:
    """Return articles, copies (a third copies an earlier one) and days of publication."""
    names = ids("a", n)
    day = np.sort(rng.integers(0, 730, n)) + FIRST_DAY
    of = np.where(rng.random(n) < 0.33, np.maximum(np.arange(n) - rng.integers(1, 200, n), 0), -1)
    root = np.where((of >= 0) & (of[of] < 0), of, np.arange(n))
    copied = root != np.arange(n)
    articles = pa.table(
        {
            "article_id": names,
            "source_uri": names,
            "publisher": [f"paper{i % 997}.example" for i in range(n)],
            "lang": ["en"] * n,
            "published_date": days(day),
            "body": [BODY] * n,
            "n_chars": np.full(n, len(BODY), np.int32),
            "content_hash": names,
            "published_precision": ["day"] * n,
            "published_basis": ["metadata"] * n,
        }
    )
    copies = pa.table(
        {
            "article_id": names,
            "cluster_id": names[root],
            "canonical_id": names[root],
            "copy_of": pa.array(names[root], pa.string(), mask=~copied),
            "relation": np.where(copied, "near", "original"),
        }
    )
    return schemas.conform(articles, schemas.ARTICLES), schemas.conform(copies, schemas.COPIES), day


def make_mentions(
    n: int, n_events: int, articles: pa.Table, published: np.ndarray, rng: np.random.Generator
) -> pa.Table:
    """Return n mentions of n_events things that happened, in articles of the days after."""
    countries = np.array([f"{a}{b}{c}" for a in "ABCDE" for b in "ABCD" for c in "ABCD"], object)
    weight = 1 / np.arange(1, len(countries) + 1)
    source, target = rng.choice(countries, (2, n_events), p=weight / weight.sum())
    kind, city = rng.integers(0, len(CODES), n_events), rng.integers(0, 5000, n_events)
    happened = rng.integers(0, 725, n_events) + FIRST_DAY
    event = np.where(
        rng.random(n) < 0.5, rng.integers(0, n_events, n), rng.integers(0, n_events // 5 + 1, n)
    )
    last = len(published) - 1
    article = np.minimum(
        np.searchsorted(published, happened[event]) + rng.integers(0, last // 300 + 2, n), last
    )
    draw = rng.random((6, n))
    code = [CODES[k] for k in kind[event]]
    no_source, no_target = draw[0] < 0.08, draw[0] > 0.8
    undated, no_place = draw[1] > 0.65, draw[2] > 0.5
    role_a = ROLES[np.where(draw[3] < 0.4, 0, 1 + event % 4)]
    role_b = ROLES[np.where(draw[4] < 0.4, 0, 1 + event % 3)]
    start = (np.arange(n) % 40 * 5).astype(np.int32)
    made = {
        "mention_id": ids("m", n),
        "article_id": articles.column("article_id").take(pa.array(article)),
        "published_date": days(published[article]),
        "lang": ["en"] * n,
        "sentence_index": (np.arange(n) % 20).astype(np.int32),
        "start": start,
        "end": start + 100,
        "sentence": [BODY[s : s + 100] for s in start.tolist()],
        **actor("source", source[event], role_a, no_source, event),
        **actor("target", target[event], role_b, no_target, event + 1),
        "plover": [c[0] for c in code],
        "mode": [None if d > 0.7 else c[1] for c, d in zip(code, draw[5], strict=True)],
        "cameo": [c[2] for c in code],
        "quad_class": pa.array([c[3] for c in code], pa.int8()),
        "goldstein": [c[4] for c in code],
        "contexts": [["diplomatic"]] * n,
        "status": np.where(event % 9 == 0, "planned", "actual"),
        "is_reciprocal": [c[0] == "CONSULT" for c in code],
        "attribution": [{"text": "Reuters"} if i % 9 == 0 else None for i in range(n)],
        "date_start": days(happened[event], undated),
        "date_end": days(happened[event] + np.where(draw[1] < 0.05, 6, 0), undated),
        "date_precision": np.where(undated, "none", "day"),
        "date_basis": np.where(undated, "none", np.where(draw[1] < 0.3, "stated", "inferred")),
        "place_name": pa.array([f"city {c}" for c in city[event]], mask=no_place),
        "place_country": pa.array(target[event], pa.string(), mask=no_place),
        "lat": pa.array(city[event] / 100.0, mask=no_place),
        "lon": pa.array(city[event] / 100.0, mask=no_place),
        "geoname_id": pa.array(city[event], pa.int64(), mask=no_place),
        "place_basis": np.where(no_place, "none", "stated"),
        "quantities": [figures(i) for i in range(n)],
        "rule": ["made up"] * n,
        "confidence": np.round(draw[5], 2),
    }
    return schemas.conform(pa.table(made), schemas.MENTIONS)


def actor(
    side: str, country: np.ndarray, role: np.ndarray, missing: np.ndarray, person: np.ndarray
) -> dict[str, pa.Array]:
    """Return the columns of one side."""
    code = [c + (r or "") for c, r in zip(country, role, strict=True)]
    names = [f"person/{p % 50}" if p % 3 else None for p in person.tolist()]
    return {
        f"{side}_actor": pa.array(code, pa.string(), mask=missing),
        f"{side}_country": pa.array(country, pa.string(), mask=missing),
        f"{side}_role": pa.array(role, pa.string(), mask=missing),
        f"{side}_text": pa.array(code, pa.string(), mask=missing),
        f"{side}_entity": pa.array(names, pa.string()),
    }


def figures(i: int) -> list[dict[str, object]]:
    """Return a toll for every tenth mention."""
    if i % 10:
        return []
    return [
        {
            "kind": "killed",
            "low": float(i % 7),
            "high": float(i % 7),
            "unit": "persons",
            "start": 0,
            "end": 4,
        }
    ]


@contextmanager
def measured(what: str) -> Iterator[None]:
    """Print how long the block took."""
    wall, cpu = time.perf_counter(), time.process_time()
    yield
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(f"{what:<28}{wall:7.1f} s{cpu:7.1f} CPU-s{peak:6.2f} GiB peak", flush=True)


def main() -> None:
    """Make the news, aggregate it, build and test the marts."""
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    ratio = float(sys.argv[2]) if len(sys.argv) > 2 else 4
    rng = np.random.default_rng(7)
    with measured(f"make {n} mentions"):
        articles, copies, published = make_articles(max(n // 4, 10), rng)
        mentions = make_mentions(n, max(int(n / ratio), 1), articles, published, rng)
    narrow = articles.select(["article_id", "publisher", "published_date", "lang"])
    with measured("aggregate"):
        result = aggregate(mentions, copies, narrow)
    print(f"  {result.events.num_rows} events")
    con = duckdb.connect()
    made = {
        "articles": articles,
        "copies": copies,
        "mentions": mentions,
        "events": result.events,
        "event_mentions": result.event_mentions,
    }
    with measured("load into DuckDB"):
        for name, table in schemas.TABLES.items():
            con.register("arrow", made.get(name, schemas.empty(table)))
            con.execute(f"CREATE TABLE {name} AS FROM arrow")
    with measured("build the marts"):
        run_models(con, SQL)
    with measured("run the SQL tests"):
        try:
            run_tests(con, SQL)
        except Exception as error:
            print(str(error)[:500])


if __name__ == "__main__":
    main()
