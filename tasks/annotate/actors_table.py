"""Reads seeds/actors into one lexicon: every way to write a name or role, and what it means."""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from tasks.annotate.tables import SEEDS, Row, compiled, fingerprint, read_table, split_list

FOLDER = SEEDS / "actors"
COLUMNS = ("alias", "lang", "entity_id", "kind", "iso3", "role", "valid_from", "valid_to")
COUNTRY_COLUMNS = ("code", "names", "adjectives", "nouns", "capitals", "seats")
# Role words are common nouns: matched in lower case too, and bent by the grammar.
ROLE_KINDS = frozenset({"role", "agent", "part", "religion", "former", "group"})
SHORT_NAME_MARK = "~"
# Shorter names in capitals are more often something else (MALI is four, MAY is three).
MIN_UPPER = 4


class Entry(NamedTuple):
    """One meaning of a name: a row of a table, or one of the lists in a row of countries.csv.

    Attributes:
        entity: Id of the row.
        kind: country, demonym, people, capital, metonym, region, person, org, or a role kind.
        country: ISO 3166-1 alpha-3 or organisation code.
        roles: Codes after the country, general to specific, separated by spaces.
        first: First day on which it holds, ISO 8601; empty if open.
        last: Last such day.
        short: True for a short name, which needs the full name or a title.
        before_name: True for a role that stands before a person's name.
        priority: A larger one wins; a user's own rows have 1 unless they say otherwise.
        where: File and line of the row.
    """

    entity: str
    kind: str
    country: str
    roles: str
    first: str
    last: str
    short: bool
    before_name: bool
    priority: int
    where: str


class Lexicon(NamedTuple):
    """Patterns as they stand in text, and for each the entries that it may mean."""

    patterns: list[str]
    meanings: list[list[Entry]]


def table_paths(overlay: Path | None = None) -> list[Path]:
    """Return the actor tables in the order they are read, the user's own last."""
    own = sorted(FOLDER.glob("*.csv"))
    return [*own, overlay] if overlay else own


@functools.lru_cache(maxsize=16)
def load_lexicon(lang: str, overlay: Path | None = None) -> Lexicon:
    """Return the lexicon for texts in a language; names without a language count in all."""
    paths = table_paths(overlay)
    key = fingerprint([*paths, Path(__file__)], lang)
    patterns, meanings, rows = compiled("actors", key, lambda: _build(paths, lang, overlay))
    entries = [Entry(*row) for row in rows]
    return Lexicon(patterns, [[entries[number] for number in group] for group in meanings])


_Raw = tuple[list[str], list[list[int]], list[tuple[Any, ...]]]


def _build(paths: list[Path], lang: str, overlay: Path | None) -> _Raw:
    """Return patterns, the numbers of the entries of each, and the entries."""
    entries: dict[Entry, int] = {}
    patterns: dict[str, list[int]] = {}
    for path in paths:
        for alias, entry in _read(path, lang, is_overlay=path == overlay):
            number = entries.setdefault(entry, len(entries))
            for pattern in spellings(alias, entry.kind):
                group = patterns.setdefault(pattern, [])
                if number not in group:
                    group.append(number)
    ordered = sorted(patterns)
    return ordered, [patterns[p] for p in ordered], [tuple(entry) for entry in entries]


def _read(path: Path, lang: str, *, is_overlay: bool) -> Iterator[tuple[str, Entry]]:
    if path.name == "countries.csv":
        for row in read_table(path, COUNTRY_COLUMNS):
            yield from _country_entries(row, lang)
        return
    for row in read_table(path, COLUMNS):
        if row["lang"] in ("", lang):
            yield from row_entries(row, is_overlay=is_overlay)


def row_entries(row: Row, *, is_overlay: bool = False) -> Iterator[tuple[str, Entry]]:
    """Yield (alias, entry) for each alias of a row of any table but countries.csv."""
    entry = Entry(
        entity=row["entity_id"],
        kind=row["kind"],
        country=row["iso3"],
        roles=row["role"],
        first=row["valid_from"],
        last=row["valid_to"],
        short=False,
        before_name=row["before_name"] == "yes",
        priority=int(row["priority"] or is_overlay),
        where=row.where,
    )
    for alias in split_list(row["alias"]):
        name = alias.removeprefix(SHORT_NAME_MARK)
        yield name, entry._replace(short=name != alias)


# Column of countries.csv -> kind of entry, and the role that comes with it.
_COUNTRY_LISTS = (
    ("names", "country", ""),
    ("adjectives", "demonym", ""),
    ("nouns", "people", ""),
    ("capitals", "capital", "GOV"),
    ("seats", "metonym", "GOV"),
)


def _country_entries(row: Row, lang: str) -> Iterator[tuple[str, Entry]]:
    for column, kind, roles in _COUNTRY_LISTS:
        if lang != "en" and kind in ("demonym", "people"):
            continue
        entity = f"country/{row['code'].lower()}"
        entry = Entry(entity, kind, row["code"], roles, "", "", False, False, 0, row.where)
        for alias in split_list(row[column]):
            yield alias, entry


def spellings(alias: str, kind: str) -> list[str]:
    """Return the ways to write an alias: without accents, in capitals, a role in any case."""
    plain = alias.replace("’", "'")
    forms = {plain, without_accents(plain)}
    if kind in ROLE_KINDS:
        forms |= {f[0].upper() + f[1:] for f in forms} | {_title(f) for f in forms}
    if len(plain) >= MIN_UPPER:
        forms |= {f.upper() for f in forms}
    return sorted(form for form in forms if form)


def without_accents(text: str) -> str:
    """Return the text with Latin letters stripped of their diacritics."""
    kept = (c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return unicodedata.normalize("NFC", "".join(kept)).translate(_LETTERS)


# Letters with a stroke or a ligature, which Unicode does not decompose.
_LETTERS = str.maketrans(
    {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "ß": "ss", "æ": "ae"}
)

_SMALL = frozenset({"of", "the", "for", "and", "in", "to"})


def _title(text: str) -> str:
    return " ".join(w if w in _SMALL else w[:1].upper() + w[1:] for w in text.split(" "))
