"""Measures what is found out from the set of articles: furniture, and the order of day and month.

    python benchmarks/corpus_steps.py [ARTICLES]

Prints seconds of wall clock and of processor time, and the highest memory so far. The articles are
made up: forty publishers, twelve lines each, of which two are furniture; one date in five is in doubt.
"""

from __future__ import annotations

import datetime as dt
import resource
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tasks import schemas
from tasks.ingest.merge import merge
from tasks.ingest.orders import settle_all
from tasks.ingest.published import Window
from tasks.ingest.repeated import find_boilerplate

FIRST_DAY = dt.date(2021, 1, 1)
PUBLISHERS = 40
WINDOW = Window(dt.date(1990, 1, 1), dt.date(2026, 1, 1))


def figures(day: dt.date, month_first: bool, number: int) -> dict[str, object]:
    """Return the date columns of an article, as they are read."""
    swapped = dt.date(day.year, day.day, day.month) if day.day <= 12 else None
    both = {
        "form": "header /",
        "day_first": swapped if month_first else day,
        "month_first": day if month_first else swapped,
    }
    doubtful = swapped is not None and swapped != day and number % 2 == 0
    return {
        "published_date": None if doubtful else day,
        "published_precision": "none" if doubtful else "day",
        "published_basis": "ambiguous" if doubtful else "header",
        "published_text": "Published 1/2/2022",
        "published_figures": both if number % 2 == 0 else None,
    }


def make_articles(n: int) -> pa.Table:
    """Return articles of made-up lines."""
    rng = np.random.default_rng(3)
    words = np.array([f"word{i}" for i in range(5000)])
    rows = []
    for number in range(n):
        publisher = int(rng.integers(PUBLISHERS))
        lines = [" ".join(words[rng.integers(0, 5000, 25)]) + "." for _ in range(10)]
        lines += [f"Sign up for the news of paper {publisher}", f"Read more from paper {publisher}"]
        name = f"{number * 2654435761 % 2**40:032x}"
        day = FIRST_DAY + dt.timedelta(days=int(rng.integers(0, 730)))
        body = "\n\n".join(lines)
        rows.append(
            {
                "article_id": name,
                "source_uri": name,
                "content_hash": name,
                "publisher": f"paper{publisher}.example",
                "body": body,
                "n_chars": len(body),
                **figures(day, publisher % 2 == 1, number),
            }
        )
    return schemas.rows_to_table(rows, schemas.ARTICLES)


def make_mentions(articles: pa.Table) -> pa.Table:
    """Return five mentions an article, the last in its furniture."""
    rows = [
        (f"{name}{place}", name, start, start + 20)
        for name, n in zip(
            articles["article_id"].to_pylist(), articles["n_chars"].to_pylist(), strict=True
        )
        for place, start in enumerate((0, 200, 400, 600, n - 20))
    ]
    names = ("mention_id", "article_id", "start", "end")
    return pa.table(dict(zip(names, map(list, zip(*rows, strict=True)), strict=True)))


@contextmanager
def measured(what: str) -> Iterator[None]:
    """Print how long it took, and the highest memory of the process so far."""
    wall, cpu = time.perf_counter(), time.process_time()
    yield
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{what:<28} {wall:7.2f} s wall {cpu:7.2f} s processor {peak:8.0f} MiB")


def main() -> None:
    """Measure both on as many articles as the command line says."""
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    articles = make_articles(n)
    mentions = make_mentions(articles)
    print(f"{n:,} articles, {pc.sum(articles['n_chars']).as_py() / 1e6:,.0f} million characters")
    bodies = articles.select(["article_id", "body"])

    def rows(ids: pa.Array, columns: list[str]) -> pa.Table:
        return articles.filter(pc.is_in(articles["article_id"], ids)).select(columns)

    with measured("furniture"):
        found = find_boilerplate(
            articles, bodies.to_reader(5000), schemas.empty(schemas.COPIES), mentions, rows
        )
    print(f"  {found.lines.num_rows} lines, {found.mentions.num_rows:,} mentions in them")
    new = merge(None, [articles])
    with measured("order of day and month"):
        settled = settle_all(None, new, WINDOW)
    print(f"  {settled.decided.num_rows:,} dates decided")


if __name__ == "__main__":
    main()
