"""Remembers what a model answered, by content, and counts the calls of a run.

One SQLite file, so that processes share it: SQLite locks, and a killed run leaves it whole.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from tasks.errors import UserError

_TABLES = """
CREATE TABLE IF NOT EXISTS answers (key TEXT PRIMARY KEY, model TEXT, answer TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS calls (run TEXT PRIMARY KEY, n INTEGER) WITHOUT ROWID;
"""
_COUNT = """
INSERT INTO calls VALUES (?, 1) ON CONFLICT (run) DO UPDATE SET n = n + 1 WHERE n < ?
"""


class Store:
    """Answers by key. An empty path keeps them for as long as the object lives."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._shared: sqlite3.Connection | None = None
        if path:
            Path(path).parent.mkdir(parents=True, exist_ok=True)
        else:
            self._shared = sqlite3.connect(":memory:", check_same_thread=False)
        with self._open() as db:
            db.executescript(_TABLES)

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        if self._shared is not None:
            with self._shared as db:
                yield db
            return
        try:
            with closing(sqlite3.connect(self._path, timeout=60)) as db, db:
                yield db
        except sqlite3.DatabaseError as error:
            raise UserError(
                f"{self._path}: the answers of the model cannot be read: {error}",
                "Delete the file; the model is then asked again.",
            ) from error

    def get(self, key: str) -> str | None:
        """Return the answer that was kept, if one was."""
        with self._open() as db:
            row = db.execute("SELECT answer FROM answers WHERE key = ?", [key]).fetchone()
        return str(row[0]) if row else None

    def put(self, key: str, model: str, answer: str) -> None:
        """Keep an answer; the first one stays."""
        with self._open() as db:
            db.execute("INSERT OR IGNORE INTO answers VALUES (?, ?, ?)", [key, model, answer])

    def count_call(self, run: str, most: int) -> bool:
        """Count a call; say whether the run may make it."""
        with self._open() as db:
            return most > 0 and db.execute(_COUNT, [run, most]).rowcount == 1
