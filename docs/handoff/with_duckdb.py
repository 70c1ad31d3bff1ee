"""Reads a release with DuckDB.

    python docs/handoff/with_duckdb.py warehouse/current

Needs duckdb alone, 1.2 or newer. The file holds all tables and marts; it may be mailed.
"""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb

release = Path(sys.argv[1] if len(sys.argv) > 1 else "warehouse/current").resolve()
con = duckdb.connect(release / "demarche.duckdb", read_only=True)

print("who to whom\tevents\tconflict\tindependent reports")
for source, target, n, conflict, independent in con.execute("""
    SELECT source_country, target_country, count(*) AS n,
        count(*) FILTER (quad_class >= 3), sum(n_independent)::INTEGER
    FROM events
    WHERE status = 'actual' AND source_country IS NOT NULL AND target_country IS NOT NULL
    GROUP BY ALL
    ORDER BY n DESC, source_country, target_country
    LIMIT 10
""").fetchall():
    print(f"{source} {target}\t{n}\t{conflict}\t{independent}")

print("\nreport\tsentence of the best corroborated event")
for uri, sentence in con.execute("""
    WITH best AS (
        SELECT event_id FROM events
        WHERE status = 'actual' AND source_country IS NOT NULL AND target_country IS NOT NULL
        ORDER BY n_independent DESC, n_articles DESC, event_id
        LIMIT 1
    )
    SELECT a.source_uri, m.sentence
    FROM best
    JOIN event_mentions AS l USING (event_id)
    JOIN mentions AS m USING (mention_id)
    JOIN articles AS a ON a.article_id = l.article_id
    WHERE l.is_independent
    ORDER BY ALL
""").fetchall():
    print(f"{uri}\t{' '.join(sentence.split())}")
