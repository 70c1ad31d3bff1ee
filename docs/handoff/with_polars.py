"""Reads a release with Polars.

    python docs/handoff/with_polars.py warehouse/current

Needs polars alone. Scans are lazy: only the columns and months that are asked for are read.
"""

from __future__ import annotations

import sys
from pathlib import Path

import polars as pl

# Resolve the link once: a run that publishes meanwhile cannot mix two releases under you.
release = Path(sys.argv[1] if len(sys.argv) > 1 else "warehouse/current").resolve()


def scan(table: str) -> pl.LazyFrame:
    """Scan a table, all its months; without the folder names as a column."""
    return pl.scan_parquet(release / table / "**" / "*.parquet", hive_partitioning=False)


# Codes come as categories; as text they sort by the alphabet.
happened = (
    scan("events")
    .with_columns(pl.col("status", "source_country", "target_country").cast(pl.String))
    .filter(pl.col("status") == "actual")
    .drop_nulls(["source_country", "target_country"])
)
pairs = (
    happened.group_by("source_country", "target_country")
    .agg(
        pl.len().alias("events"),
        (pl.col("quad_class") >= 3).sum().alias("conflict"),
        pl.col("n_independent").sum().alias("reports"),
    )
    .sort(["events", "source_country", "target_country"], descending=[True, False, False])
    .head(10)
    .collect()
)
print("who to whom\tevents\tconflict\tindependent reports")
for source, target, n, conflict, independent in pairs.iter_rows():
    print(f"{source} {target}\t{n}\t{conflict}\t{independent}")

reports = (
    happened.sort(["n_independent", "n_articles", "event_id"], descending=[True, True, False])
    .head(1)
    .select("event_id")
    .join(scan("event_mentions").filter("is_independent"), on="event_id")
    .join(scan("mentions"), on="mention_id")
    .join(scan("articles"), on="article_id")
    .select("source_uri", "sentence")
    .sort("source_uri", "sentence")
    .collect()
)
print("\nreport\tsentence of the best corroborated event")
for uri, sentence in reports.iter_rows():
    print(f"{uri}\t{' '.join(sentence.split())}")
