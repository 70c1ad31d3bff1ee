"""Reads the tables that people edit (CSV with a commented header) and keeps what is made of them.

A compiled table lies in the user's cache folder under the hash of its source files and of the code
that made it, so an edited table is compiled anew and nothing stale is ever read.
"""

from __future__ import annotations

import csv
import json
import os
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import TypeVar

from tasks.errors import UserError

T = TypeVar("T")

SEEDS = Path(__file__).resolve().parents[2] / "seeds"


@dataclass(frozen=True, slots=True)
class OwnTable:
    """A table of the user's with its content, so that it counts where the file is not."""

    path: Path
    text: str

    @classmethod
    def read(cls, path: Path) -> OwnTable:
        """Return the table that lies there.

        Raises:
            UserError: if it cannot be read as UTF-8.
        """
        return cls(path, _read_text(path))


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table, with the file and line that it stands in."""

    values: dict[str, str]
    path: Path
    line: int

    def __getitem__(self, column: str) -> str:
        """Return the cell, or an empty string where the table lacks the column."""
        return self.values.get(column, "")

    @property
    def where(self) -> str:
        """`file:line`, as rules and messages name the row."""
        return f"{self.path.name}:{self.line}"


def split_list(cell: str) -> list[str]:
    """Return the parts of a cell that holds a list, separated by `|`."""
    return [part for piece in cell.split("|") if (part := piece.strip())]


def read_header(path: Path) -> dict[str, str]:
    """Return the `# key: value` lines that stand before a table (source, licence, date)."""
    found: dict[str, str] = {}
    for line in _read_lines(path):
        if not line.startswith("#"):
            break
        key, colon, value = line[1:].partition(":")
        if colon and key.strip().isalpha():
            found[key.strip().lower()] = value.strip()
    return found


def read_table(table: Path | OwnTable, columns: Sequence[str] = ()) -> list[Row]:
    """Read a CSV table; lines that begin with `#` are comments.

    Raises:
        UserError: if the file cannot be read, lacks one of `columns`, or a row is too long.
    """
    path, lines = (
        (table.path, table.text.splitlines())
        if isinstance(table, OwnTable)
        else (table, _read_lines(table))
    )
    numbered = [(n, text) for n, text in enumerate(lines, 1) if text.strip() and text[0] != "#"]
    if not numbered:
        raise UserError(f"{path}: the table is empty", "Its first line names the columns.")
    reader = csv.reader(text for _, text in numbered)
    names = [name.strip() for name in next(reader)]
    if missing := [column for column in columns if column not in names]:
        raise UserError(
            f"{path}: columns missing: {', '.join(missing)}", f"The first line has: {names}"
        )
    return [_row(path, numbered[reader.line_num - 1][0], names, cells) for cells in reader]


def _row(path: Path, number: int, names: list[str], cells: list[str]) -> Row:
    if len(cells) > len(names):
        raise UserError(
            f"{path}, line {number}: {len(cells)} cells for {len(names)} columns",
            'Put a cell that holds a comma into "quotation marks".',
        )
    values = dict(zip(names, (cell.strip() for cell in cells), strict=False))
    return Row(values, path, number)


def _read_lines(path: Path) -> list[str]:
    return _read_text(path).splitlines()


def _read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"{path}: cannot be read as a UTF-8 table: {error}") from error


def cache_folder() -> Path:
    """Return the folder of compiled tables: `$XDG_CACHE_HOME/demarche` or `~/.cache/demarche`."""
    base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")  # noqa: PTH111 - never raises
    return Path(base) / "demarche"


def fingerprint(paths: Iterable[Path], *more: str) -> str:
    """Return the hash of the files' contents and of `more`."""
    state = blake2b(digest_size=16)
    for path in paths:
        state.update(path.name.encode() + b"\x1f" + path.read_bytes() + b"\x1e")
    for text in more:
        state.update(text.encode() + b"\x1e")
    return state.hexdigest()


def compiled(name: str, key: str, build: Callable[[], T]) -> T:
    """Return `build()`, a value that JSON can hold, from the cache where it is there.

    Args:
        name: What it is; part of the file's name.
        key: Changes whenever the value would, such as a `fingerprint`.
        build: Makes the value anew.
    """
    path = cache_folder() / f"{name}-{key}.json"
    try:
        cached: T = json.loads(path.read_bytes())
    except (OSError, ValueError):
        cached = build()
        _keep(path, cached)
    return cached


def _keep(path: Path, value: object) -> None:
    """Write whole or not at all; a cache that cannot be written is no cache."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".new-")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(value, file, ensure_ascii=False, separators=(",", ":"))
            Path(temporary).replace(path)
        finally:
            Path(temporary).unlink(missing_ok=True)
    except (OSError, UnicodeEncodeError):
        return
