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
    lines = path.read_text(encoding="utf-8").splitlines()
    numbers = [n for n, line in enumerate(lines, 1) if line.strip() and line[0] != "#"]
    cells = list(csv.reader(lines[n - 1] for n in numbers))
    for number, row in zip(numbers, cells, strict=True):
        if len(row) != len(cells[0]):
            raise UserError(
                f"{path}, line {number}: {len(row)} cells where the header has {len(cells[0])}.",
                "Put a cell that holds a comma in double quotes.",
            )
    return [dict(zip(cells[0], row, strict=True)) for row in cells[1:]]


def pattern_rows(lang: str, name: str) -> list[dict[str, str]]:
    """Return the language's own patterns, then those of seeds/lexicon/common.

    A table with a row `standalone` does without the common ones. A row `define,N,...` is no
    pattern: what it holds stands wherever another row says {N}.
    """
    rows = list(read_table(lang, name))
    if any(row["rule"] == "standalone" for row in rows):
        rows = [row for row in rows if row["rule"] != "standalone"]
    else:
        rows += read_table("common", name)
    macros = {"{" + r["args"] + "}": r["pattern"] for r in rows if r["rule"] == "define"}
    return [_expanded(row, macros) for row in rows if row["rule"] != "define"]


def _expanded(row: dict[str, str], macros: dict[str, str]) -> dict[str, str]:
    pattern = row["pattern"]
    for name, meaning in macros.items():
        pattern = pattern.replace(name, f"({meaning})")
    return {**row, "pattern": pattern}


def cldr_rows(lang: str, name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of a language in a table made from CLDR, which holds all languages."""
    return tuple(row for row in read_table("common", name) if row["lang"] == lang)


@cache
def word_set(lang: str, name: str, kind: str) -> frozenset[str]:
    """Return the folded words of one kind from a table with the columns `kind` and `forms`."""
    rows = read_table(lang, name)
    return frozenset(w for row in rows if row["kind"] == kind for w in row["forms"].lower().split())
