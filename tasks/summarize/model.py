"""Reads SQL models: one SELECT a file, described by its first comment.

    -- How many events of each kind two countries had on a day.
    -- grain: one day and directed pair of countries
    -- key: event_date, source_country, target_country
    -- column event_date: Day of the events
    SELECT ...

A line that is indented after `--` continues the one above it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from tasks.errors import UserError

# What a model of each folder becomes in the database.
LAYERS = {"staging": "view", "marts": "table"}

_COMMENT = re.compile(r"--(?P<indent>\s*)(?P<text>.*)")
_TAG = re.compile(r"(?P<tag>grain|key|severity|column\s+(?P<column>\w+))\s*:\s*(?P<text>.*)")


@dataclass(frozen=True, slots=True)
class Header:
    """What the first comment of a SQL file says.

    Attributes:
        description: What the model is or the test checks, in words.
        grain: What one row is.
        key: Columns that identify a row; empty if not given.
        severity: Of a test: error or warn.
        columns: Description of each column.
    """

    description: str
    grain: str
    key: tuple[str, ...]
    severity: str
    columns: dict[str, str]


@dataclass(frozen=True, slots=True)
class Model:
    """A view or table made by one SELECT.

    Attributes:
        name: Its name in the database: the file's, without .sql.
        kind: view or table.
        path: The file.
        sql: The text of the file.
        header: What its first comment says.
    """

    name: str
    kind: str
    path: Path
    sql: str
    header: Header


def read_models(*folders: Path) -> list[Model]:
    """Return the models below each folder's staging/ and marts/, by layer and name.

    Files directly in a folder count as marts, so that a folder of one's own needs no structure.

    Raises:
        UserError: if a folder is missing, a name is no plain SQL name, or two files share a name.
    """
    found: dict[str, Model] = {}
    for folder in folders:
        if not folder.is_dir():
            raise UserError(f"{folder}: there is no such folder of SQL models", "Check the path.")
        for path, kind in _files(folder):
            model = _read_model(path, kind)
            if model.name in found:
                raise UserError(
                    f"{path}: the model {model.name} is also made by {found[model.name].path}",
                    "Rename one of the two files.",
                )
            found[model.name] = model
    return list(found.values())


def _files(folder: Path) -> list[tuple[Path, str]]:
    own = [(p, "table") for p in sorted(folder.glob("*.sql"))]
    layers = [
        (p, kind) for layer, kind in LAYERS.items() for p in sorted((folder / layer).glob("*.sql"))
    ]
    return layers + own


def _read_model(path: Path, kind: str) -> Model:
    if not re.fullmatch(r"[a-z_][a-z0-9_]*", path.stem):
        raise UserError(
            f"{path}: the file name gives the model its name, and {path.stem!r} is not a plain one",
            "Use small letters, digits and _ only, such as weekly_talks.sql.",
        )
    sql = read_sql(path)
    return Model(path.stem, kind, path, sql, parse_header(sql))


def read_sql(path: Path) -> str:
    """Return a file's text, without the semicolon that may end it.

    Raises:
        UserError: if it cannot be read as UTF-8 text.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"{path}: cannot be read as text ({error})") from error
    return text.rstrip().removesuffix(";") + "\n"


def parse_header(sql: str) -> Header:
    """Return what the comment lines at the top of a file say; never fails."""
    tags: dict[str, str] = {"": ""}
    current = ""
    for line in sql.splitlines():
        comment = _COMMENT.fullmatch(line.strip())
        if comment is None:
            break
        tag = _TAG.fullmatch(comment["text"]) if len(comment["indent"]) < 2 else None
        current = _key(tag) if tag else current if len(comment["indent"]) > 1 else ""
        text = tag["text"] if tag else comment["text"]
        tags[current] = f"{tags.get(current, '')} {text}".strip()
    return Header(
        description=tags[""],
        grain=tags.get("grain", ""),
        key=tuple(k.strip() for k in tags.get("key", "").split(",") if k.strip()),
        severity=tags.get("severity", "error"),
        columns={k.split()[1]: v for k, v in tags.items() if k.startswith("column ")},
    )


def _key(tag: re.Match[str]) -> str:
    return f"column {tag['column']}" if tag["column"] else tag["tag"]
