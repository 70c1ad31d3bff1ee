"""Reads the word tables in seeds/lexicon/<lang>/*.csv, which people edit.

A table is a CSV file with a header row; lines that begin with `#` are comments (source, licence,
date). A language without a table of its own has none: nothing is guessed.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from tasks.errors import UserError

LEXICON = Path(__file__).resolve().parents[2] / "seeds" / "lexicon"


def base_language(lang: str) -> str:
    """Return the primary subtag of a BCP 47 language: `pt-BR` -> `pt`."""
    return lang.replace("_", "-").split("-", 1)[0].lower()


def has_table(lang: str, name: str) -> bool:
    """Tell whether the language has a table of that name."""
    return (LEXICON / base_language(lang) / f"{name}.csv").is_file()


@cache
def read_table(lang: str, name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of seeds/lexicon/<lang>/<name>.csv; none if there is no such file.

    Raises:
        UserError: a row that has more or fewer cells than the header.
    """
    path = LEXICON / base_language(lang) / f"{name}.csv"
    return tuple(read_rows(path)) if path.is_file() else ()


def read_rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV table with `#` comment lines, as dictionaries.

    Raises:
        UserError: a row that has more or fewer cells than the header.
    """
    numbered = enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
    lines = [(n, line) for n, line in numbered if line.strip() and not line.startswith("#")]
    cells = [(n, next(csv.reader([line]))) for n, line in lines]
    if not cells:
        return []
    header = cells[0][1]
    for number, row in cells[1:]:
        if len(row) != len(header):
            raise UserError(
                f"{path}, line {number}: {len(row)} cells where the header has {len(header)}.",
                "Put a cell that holds a comma in double quotes.",
            )
    return [dict(zip(header, row, strict=True)) for _, row in cells[1:]]


@cache
def word_set(lang: str, name: str, kind: str) -> frozenset[str]:
    """Return the folded words of one kind from a table with the columns `kind` and `forms`."""
    rows = read_table(lang, name)
    return frozenset(w for row in rows if row["kind"] == kind for w in row["forms"].lower().split())
