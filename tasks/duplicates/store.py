"""Fingerprints kept between runs, beside the releases: work state, rebuilt where it is lost.

A stored fingerprint is used only if it is that of the article as it stands: same id (which fixes
the text), same publication date and publisher, same version of the sketch.
"""

from __future__ import annotations

from pathlib import Path

import duckdb
import pyarrow as pa

from tasks import staging
from tasks.duplicates.fingerprint import FINGERPRINTS, about, fingerprint
from tasks.identity import digest128

_ABOUT = ("article_id", "published_date", "published_at", "publisher", "sketch_version")
_MAX_FILES = 16
_BATCH = 20_000

_MATCH = """
    SELECT s.* FROM stored s JOIN current c USING (article_id)
    WHERE s.published_date IS NOT DISTINCT FROM c.published_date
      AND s.published_at IS NOT DISTINCT FROM c.published_at
      AND s.publisher IS NOT DISTINCT FROM c.publisher
      AND s.sketch_version = c.sketch_version
    QUALIFY row_number() OVER (PARTITION BY s.article_id) = 1
"""


def fingerprints_of(articles: pa.Table, folder: Path) -> tuple[pa.Table, pa.Table]:
    """Return the fingerprints of all articles, and those among them that were not stored.

    Args:
        articles: ARTICLES.
        folder: Where fingerprints are kept; need not exist.
    """
    stored = staging.load_all(_files(folder), FINGERPRINTS)
    with duckdb.connect() as con:
        con.execute("SET TimeZone = 'UTC'")
        con.register("stored", stored)
        con.register("current", pa.table(about(articles)).select(_ABOUT))
        known = con.sql(_MATCH).to_arrow_table().cast(FINGERPRINTS)
        con.register("known", known)
        con.register("ids", articles.select(["article_id"]))
        missing = con.sql(
            "SELECT (k.article_id IS NULL) AS missing FROM ids "
            "LEFT JOIN known k ON k.article_id = ids.article_id ORDER BY ids.article_id"
        ).to_arrow_table()
    rest = articles.sort_by("article_id").filter(missing["missing"])
    parts = [fingerprint(rest.slice(start, _BATCH)) for start in range(0, rest.num_rows, _BATCH)]
    fresh = pa.concat_tables([FINGERPRINTS.empty_table(), *parts])
    return pa.concat_tables([known, fresh]).sort_by("article_id"), fresh


def keep(fresh: pa.Table, folder: Path) -> None:
    """Store fingerprints for later runs; many small files are made one."""
    if not fresh.num_rows:
        return
    files = _files(folder)
    if len(files) >= _MAX_FILES:
        fresh = pa.concat_tables([*(staging.load(f) for f in files), fresh])
    name = digest128(*fresh["article_id"].to_pylist())
    made = staging.save(fresh, folder / f"{name}.arrow")
    if len(files) >= _MAX_FILES:
        for old in files:
            if old != made:
                old.unlink()


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.arrow")) if folder.is_dir() else []
