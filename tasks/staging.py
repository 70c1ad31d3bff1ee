"""Tables on their way from one step to the next: Arrow files in a run's work folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa


def save(data: pa.Table, path: Path) -> Path:
    """Write the table as an Arrow file, whole or not at all; return its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_suffix(".tmp")
    with pa.OSFile(str(aside), "wb") as sink, pa.ipc.new_file(sink, data.schema) as writer:
        writer.write_table(data)
    return aside.replace(path)


def load(path: Path) -> pa.Table:
    """Read a saved table; its buffers are mapped from the file, not copied."""
    with pa.memory_map(str(path), "r") as source:
        return pa.ipc.open_file(source).read_all()


def load_all(paths: Sequence[Path], schema: pa.Schema) -> pa.Table:
    """Read saved tables as one; `schema` is that of the result when there are none."""
    parts = [load(p) for p in paths]
    if not parts:
        return schema.empty_table()
    return pa.concat_tables(parts).unify_dictionaries()
