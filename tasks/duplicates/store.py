"""Fingerprints kept between runs, beside the releases: work state, rebuilt where it is lost.

A stored fingerprint is used only if it is that of the article as it stands: same id (which fixes
the text), same publication date and publisher, same version of the sketch.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from tasks import staging
from tasks.duplicates.fingerprint import FINGERPRINTS, about, fingerprint
from tasks.identity import digest128

Rows = Callable[[pa.Array, Sequence[str]], pa.Table]
"""Gives columns of ARTICLES for the articles with these ids."""

_NEEDED = ("article_id", "title", "body", "publisher", "published_date", "published_at")
_ABOUT = ("article_id", "published_date", "published_at", "publisher", "sketch_version")
_MAX_FILES = 16
_BATCH = 20_000

_MATCH = """
    SELECT DISTINCT ON (c.article_id) c.article_id, s.number
    FROM current c LEFT JOIN stored s
      ON s.article_id = c.article_id
     AND s.published_date IS NOT DISTINCT FROM c.published_date
     AND s.published_at IS NOT DISTINCT FROM c.published_at
     AND s.publisher IS NOT DISTINCT FROM c.publisher
     AND s.sketch_version = c.sketch_version
    ORDER BY c.article_id
"""


@dataclass(frozen=True, slots=True)
class Fingerprinted:
    """The fingerprints of a set of articles, sorted by id.

    Attributes:
        all: FINGERPRINTS of all of them.
        fresh: Those among them that were not stored.
    """

    all: pa.Table
    fresh: pa.Table

    def split(self, known: pa.ChunkedArray) -> tuple[pa.Table, pa.Table]:
        """Return those of the articles with these ids, and the others."""
        is_known = pc.is_in(self.all["article_id"], known)
        return self.all.filter(is_known), self.all.filter(pc.invert(is_known))


def fingerprints_of(articles: pa.Table, rows: Rows, folder: Path) -> Fingerprinted:
    """Return the fingerprints of all articles; only those that are not stored are made.

    Args:
        articles: article_id, publisher, published_date and published_at of ARTICLES.
        rows: Gives title and body of the articles that need a fingerprint.
        folder: Where fingerprints are kept; need not exist.
    """
    stored = staging.load_all(_files(folder), FINGERPRINTS)
    numbers = pa.array(range(stored.num_rows), pa.int64())
    with duckdb.connect() as con:
        con.execute("SET TimeZone = 'UTC'")
        con.register("stored", stored.select(_ABOUT).append_column("number", numbers))
        con.register("current", pa.table(about(articles)).select(_ABOUT))
        match = con.sql(_MATCH).to_arrow_table()
    known = stored.take(match["number"].drop_null())
    missing = match.filter(pc.is_null(match["number"]))["article_id"]
    made = [
        fingerprint(rows(missing.slice(at, _BATCH).combine_chunks(), _NEEDED).sort_by("article_id"))
        for at in range(0, len(missing), _BATCH)
    ]
    fresh = pa.concat_tables([FINGERPRINTS.empty_table(), *made])
    return Fingerprinted(pa.concat_tables([known, fresh]).sort_by("article_id"), fresh)


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
