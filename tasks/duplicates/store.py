"""Fingerprints kept between runs, beside the releases: work state, rebuilt where it is lost.

They lie in blocks, each a file that is named by its checksum: one that is not as it was written
counts as lost. A stored fingerprint is used only if it is that of the article as it stands: same id
(which fixes the text), same publication date and publisher, same version of the sketch.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from tasks import staging, state
from tasks.duplicates.fingerprint import FINGERPRINTS, about, fingerprint

Rows = Callable[[pa.Array, Sequence[str]], pa.Table]
"""Gives columns of ARTICLES for the articles with these ids."""

_NEEDED = ("article_id", "title", "body", "publisher", "published_date", "published_at")
_ABOUT = ("article_id", "published_date", "published_at", "publisher", "sketch_version")
_MAX_SMALL = 16
_BATCH = 20_000  # most rows of a block

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
    stored = staging.load_all(_sound(folder), FINGERPRINTS)
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
    """Store fingerprints for later runs; many small blocks are made one, broken ones go.

    Raises:
        OSError: when the disk refuses.
    """
    if not fresh.num_rows:
        return
    state.make_folder(folder)
    sound = _sound(folder)
    for path in folder.iterdir():
        if path not in sound:
            state.clear(path)
    tables = {path: staging.load(path) for path in sound}
    small = [path for path in sound if tables[path].num_rows < _BATCH]
    merged = small if len(small) >= _MAX_SMALL else []
    rows = pa.concat_tables([*(tables[path] for path in merged), fresh])
    made = {_save(rows.slice(at, _BATCH), folder) for at in range(0, rows.num_rows, _BATCH)}
    for path in merged:
        if path not in made:
            state.clear(path)


def _save(rows: pa.Table, folder: Path) -> Path:
    written = staging.save(rows, folder / "block.part")
    return written.replace(folder / f"{_checksum(written)}.arrow")


def _sound(folder: Path) -> list[Path]:
    """Return the blocks that are as they were written."""
    found = sorted(folder.glob("*.arrow")) if folder.is_dir() else []
    whole = (path for path in found if path.is_file() and _checksum(path) == path.stem)
    return [path for path in whole if staging.load(path).schema.equals(FINGERPRINTS)]


def _checksum(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
