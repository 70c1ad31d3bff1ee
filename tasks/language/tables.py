"""The tables of seeds/language: scripts, labels, look-alike groups."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache

from tasks.settings import SEEDS

_SHARED = frozenset(("Latn", "Cyrl", "Arab"))
_LATIN = frozenset(("Latn",))


def rows(name: str) -> Iterator[dict[str, str]]:
    """Give the rows of a table; lines that begin with # are its header comment."""
    with (SEEDS / "language" / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(line for line in file if not line.startswith("#"))


@cache
def labels() -> dict[str, str]:
    """Return the BCP 47 tag for each library label that is not one itself; "" = no answer."""
    return {row["label"]: row["lang"] for row in rows("labels.csv")}


def to_bcp47(label: str) -> str:
    """Return the language of a library's label; "" when the label is no answer."""
    return labels().get(label, label.split("-")[0])


@cache
def group_of() -> dict[str, str]:
    """Return the look-alike group of each language that is in one."""
    return {row["lang"]: row["group"] for row in rows("confusable.csv")}


def are_siblings(one: str, other: str) -> bool:
    """Tell whether two languages are of one look-alike group."""
    groups = group_of()
    return one == other or (one in groups and groups[one] == groups.get(other))


@cache
def _written() -> dict[str, frozenset[str]]:
    return {row["lang"]: frozenset(row["scripts"].split()) for row in rows("written.csv")}


def can_write(script: str, lang: str) -> bool:
    """Tell whether a language is written in this script, of the three that many languages share."""
    return script not in _SHARED or script in _written().get(lang, _LATIN)
