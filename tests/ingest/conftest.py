"""Files to read, made for each test."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from tasks import schemas
from tasks.ingest import IngestBatch, ingest_paths

PROSE = "The foreign ministers of both countries met in Vienna on Monday and agreed to meet again."


class Tree:
    """A folder of input files."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def add(self, name: str, content: str | bytes) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def read(self, *names: str, **arguments: Any) -> IngestBatch:
        """Ingest the folder, or files of it, as one batch."""
        paths = [self.root / n for n in names] or [self.root]
        batches = list(ingest_paths(paths, **arguments))
        return IngestBatch(
            pa.concat_tables(
                [schemas.empty(schemas.ARTICLES), *(b.articles for b in batches)],
                promote_options="default",
            ),
            pa.concat_tables(
                [schemas.empty(schemas.REJECTS), *(b.rejects for b in batches)],
                promote_options="default",
            ),
            sum(b.n_inputs for b in batches),
        )

    def article(
        self, content: str | bytes, name: str = "a.txt", **arguments: Any
    ) -> dict[str, Any]:
        """Return the only article that a file with this content gives."""
        batch = self.read(self.add(name, content).name, **arguments)
        assert batch.rejects.to_pylist() == []
        (row,) = batch.articles.to_pylist()
        return dict(row)

    def rejects(self, *names: str, **arguments: Any) -> list[tuple[str, int, str]]:
        """Return file, record and reason of what is refused."""
        rows = self.read(*names, **arguments).rejects.to_pylist()
        return [(r["uri"], r["record"], r["reason"]) for r in rows]


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    root = tmp_path / "in"
    root.mkdir()
    return Tree(root)
