"""Reads a release with pandas.

    python docs/handoff/with_pandas.py warehouse/current

Needs pandas and pyarrow.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd

# Resolve the link once: a run that publishes meanwhile cannot mix two releases under you.
release = Path(sys.argv[1] if len(sys.argv) > 1 else "warehouse/current").resolve()


def read(table: str, columns: list[str]) -> pd.DataFrame:
    """Read a table, all its months; without the folder names as a column."""
    return pd.read_parquet(release / table, columns=columns, partitioning=None)


events = read(
    "events",
    ["event_id", "date_start", "plover", "status", "source_country", "target_country",
     "quad_class", "n_articles", "n_independent"],
)  # fmt: skip
links = read("event_mentions", ["event_id", "mention_id", "is_independent"])
mentions = read("mentions", ["mention_id", "article_id", "sentence"])
articles = read("articles", ["article_id", "source_uri"])

# Codes come as pandas categories: with observed=False a group for every pair of codes would appear.
happened = events[events.status == "actual"].dropna(subset=["source_country", "target_country"])
pairs = (
    happened.groupby(["source_country", "target_country"], observed=True)
    .agg(
        events=("event_id", "size"),
        conflict=("quad_class", lambda q: int((q >= 3).sum())),
        reports=("n_independent", "sum"),
    )
    .reset_index()
    .astype({"source_country": str, "target_country": str})
    .sort_values(["events", "source_country", "target_country"], ascending=[False, True, True])
)
print("who to whom\tevents\tconflict\tindependent reports")
for row in pairs.head(10).itertuples():
    print(f"{row.source_country} {row.target_country}\t{row.events}\t{row.conflict}\t{row.reports}")

best = happened.sort_values(
    ["n_independent", "n_articles", "event_id"], ascending=[False, False, True]
).head(1)
reports = (
    best[["event_id"]]
    .merge(links[links.is_independent], on="event_id")
    .merge(mentions, on="mention_id")
    .merge(articles, on="article_id")
    .sort_values(["source_uri", "sentence"])
)
print("\nreport\tsentence of the best corroborated event")
for row in reports.itertuples():
    print(f"{row.source_uri}\t{' '.join(row.sentence.split())}")
