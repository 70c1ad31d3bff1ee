"""Reads the tables of seeds/ingest: words and names that political scientists may edit."""

from __future__ import annotations

import csv
import unicodedata
from datetime import date
from functools import cache
from pathlib import Path

from tasks.errors import UserError

FOLDER = Path(__file__).resolve().parents[2] / "seeds" / "ingest"


def read_seed(name: str, columns: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Return the rows of a seed table; comment lines begin with `#`.

    Raises:
        UserError: if the table is missing or lacks a column.
    """
    path = FOLDER / name
    try:
        lines = path.read_text("utf-8").splitlines()
    except OSError as error:
        raise UserError(f"{path}: {error.strerror}", "Install demarche again.") from error
    rows = csv.DictReader(line for line in lines if line and not line.startswith("#"))
    missing = [c for c in columns if c not in (rows.fieldnames or ())]
    if missing:
        raise UserError(f"{path}: columns {missing} are missing", "Restore the header line.")
    return [tuple((row[c] or "").strip() for c in columns) for row in rows]


@cache
def months() -> dict[str, frozenset[int]]:
    """Return month numbers by lower-case name; more than one where languages differ.

    Names are there with their accents and without.
    """
    names = _numbered("months.csv", "month")
    bare: dict[str, frozenset[int]] = {}
    for name, numbers in names.items():
        bare[without_accents(name)] = bare.get(without_accents(name), frozenset()) | numbers
    return bare | names


def without_accents(word: str) -> str:
    """Return a word of letters without their accents: `fevrier` for `février`."""
    parts = unicodedata.normalize("NFD", word)
    return unicodedata.normalize("NFC", "".join(c for c in parts if not unicodedata.combining(c)))


@cache
def placeholders() -> dict[date, str]:
    """Return the days that stand for a missing date, with what they are the zero of."""
    rows = read_seed("placeholders.csv", ("day", "what"))
    return {date.fromisoformat(day): what for day, what in rows}


@cache
def weekdays() -> dict[str, frozenset[int]]:
    """Return ISO weekdays (Monday = 1) by lower-case name."""
    return _numbered("weekdays.csv", "weekday")


@cache
def phrases(role: str) -> tuple[str, ...]:
    """Return the lower-case phrases of a role of lines.csv, the longest first."""
    found = {
        phrase.casefold() for r, phrase in read_seed("lines.csv", ("role", "phrase")) if r == role
    }
    return tuple(sorted(found, key=lambda p: (-len(p), p)))


@cache
def day_first_phrases() -> frozenset[str]:
    """Return the phrases that only languages other than English have.

    All of them write 02/05/2022 with the day first; English does so in some countries only.
    """
    rows = read_seed("lines.csv", ("lang", "phrase"))
    english = {phrase.casefold() for lang, phrase in rows if lang == "en"}
    return frozenset(phrase.casefold() for _, phrase in rows) - english


def _numbered(name: str, column: str) -> dict[str, frozenset[int]]:
    table: dict[str, set[int]] = {}
    for number, names in read_seed(name, (column, "names")):
        for word in names.split("|"):
            table.setdefault(word, set()).add(int(number))
    return {word: frozenset(numbers) for word, numbers in table.items()}
