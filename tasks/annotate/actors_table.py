"""Reads seeds/actors into one lexicon: every way to write a name or role, and what it means."""

from __future__ import annotations

import functools
import itertools
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import babel

from tasks.annotate import actors_languages
from tasks.annotate.actors_languages import country_names, expand, with_prefixes
from tasks.annotate.tables import (
    SEEDS,
    OwnTable,
    Row,
    compiled,
    fingerprint,
    read_table,
    split_list,
)

FOLDER = SEEDS / "actors"
COLUMNS = ("alias", "lang", "entity_id", "kind", "iso3", "role", "valid_from", "valid_to")
COUNTRY_COLUMNS = ("code", "iso2", "names", "adjectives", "nouns", "capitals", "seats")
LANGUAGE_TABLES = frozenset(
    [
        *("forms.csv", "inflections.csv", "grammar.csv", "demonyms.csv", "names.csv"),
        *("variants.csv", "titles.csv"),
    ]
)
# Role words are common nouns: matched in lower case too, and bent by the grammar.
ROLE_KINDS = frozenset({"role", "agent", "part", "religion", "former", "group", "nobody"})
# Marks the rows whose name is CLDR's.
CLDR = " CLDR"
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
        office: The office that a person held, in words.
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
    office: str = ""


class Lexicon(NamedTuple):
    """Patterns as they stand in text, and for each the entries that it may mean."""

    patterns: list[str]
    meanings: list[list[Entry]]


def table_paths() -> list[Path]:
    """Return the actor tables in the order they are read."""
    return sorted(FOLDER.glob("*.csv"))


@functools.lru_cache(maxsize=16)
def load_lexicon(lang: str, overlay: OwnTable | None = None) -> Lexicon:
    """Return the lexicon for texts in a language; names without a language count in all."""
    code = [Path(__file__), Path(actors_languages.__file__)]
    own = (overlay.path.name, overlay.text) if overlay else ()
    key = fingerprint([*table_paths(), *code], lang, babel.__version__, *own)
    patterns, meanings, rows = compiled("actors", key, lambda: _build(lang, overlay))
    entries = [Entry(*row) for row in rows]
    return Lexicon(patterns, [[entries[number] for number in group] for group in meanings])


_Raw = tuple[list[str], list[list[int]], list[tuple[Any, ...]]]


def _build(lang: str, overlay: OwnTable | None) -> _Raw:
    """Return patterns, the numbers of the entries of each, and the entries."""
    entries: dict[Entry, int] = {}
    patterns: dict[str, list[int]] = {}
    for alias, entry in _all_entries(lang, overlay):
        number = entries.setdefault(entry, len(entries))
        for pattern in spellings(alias, entry.kind, lang):
            group = patterns.setdefault(pattern, [])
            if number not in group:
                group.append(number)
    ordered = sorted(patterns)
    return ordered, [patterns[p] for p in ordered], [tuple(entry) for entry in entries]


def _all_entries(lang: str, overlay: OwnTable | None) -> Iterator[tuple[str, Entry]]:
    """Yield (alias, entry) of every table, the other languages' names of a row with its entries."""
    known: dict[tuple[str, str], list[Entry]] = {}
    ours: list[Path | OwnTable] = [p for p in table_paths() if p.name not in LANGUAGE_TABLES]
    for table in [*ours, overlay] if overlay else ours:
        for alias, entry in _read(table, lang):
            group = known.setdefault((entry.entity, entry.kind), [])
            if not entry.short and entry not in group:
                group.append(entry)
            if lang == "en" or entry.kind != "country" or entry.where.endswith(CLDR):
                yield alias, entry
    if lang != "en":
        yield from _foreign_names(known, lang)


def _foreign_names(
    known: dict[tuple[str, str], list[Entry]], lang: str
) -> Iterator[tuple[str, Entry]]:
    for row in read_table(FOLDER / "names.csv", ("alias", "lang", "entity_id", "kind")):
        if row["lang"] != lang:
            continue
        for alias in split_list(row["alias"]):
            for form in expand(alias, lang):
                for entry in known.get((row["entity_id"], row["kind"]), ()):
                    yield form, entry
    for row in read_table(FOLDER / "demonyms.csv", ("lang", "code", "words")):
        if row["lang"] == lang:
            entry = country_entry(row["code"], "demonym", "", row.where)
            for word in split_list(row["words"]):
                for form in expand(word, lang):
                    yield form, entry


def country_entry(code: str, kind: str, roles: str, where: str) -> Entry:
    """Return the entry of a country, or of what stands for it, whatever the day."""
    entity = f"country/{code.lower()}"
    return Entry(entity, kind, code, roles, "", "", False, False, 0, where)


def _read(table: Path | OwnTable, lang: str) -> Iterator[tuple[str, Entry]]:
    is_overlay = isinstance(table, OwnTable)
    if isinstance(table, Path) and table.name == "countries.csv":
        rows = read_table(table, COUNTRY_COLUMNS)
        for row in rows:
            yield from _country_entries(row, lang)
        if lang != "en":
            yield from _cldr_entries(rows, lang)
        return
    for row in read_table(table, COLUMNS):
        if row["lang"] in ("", lang):
            for alias, entry in row_entries(row, is_overlay=is_overlay):
                for form in expand(alias, lang) if row["lang"] else [alias]:
                    yield form, entry


def _cldr_entries(rows: list[Row], lang: str) -> Iterator[tuple[str, Entry]]:
    iso3 = {row["iso2"]: row for row in rows if row["iso2"]}
    for iso2, name in country_names(lang):
        if row := iso3.get(iso2):
            yield name, country_entry(row["code"], "country", "", row.where + CLDR)


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
        office=row["office"],
    )
    for alias in split_list(row["alias"]):
        name = alias.removeprefix(SHORT_NAME_MARK)
        one = entry._replace(short=name != alias)
        for form in name_variants(name) if one.kind == "person" else [name]:
            yield form, one


@functools.lru_cache(maxsize=1)
def _variants() -> dict[str, list[str]]:
    groups = [split_list(row["words"]) for row in read_table(FOLDER / "variants.csv", ("words",))]
    return {word: group for group in groups for word in group}


def name_variants(name: str) -> list[str]:
    """Return a person's name in all the ways to write its given names: Sergey, Sergei Lavrov."""
    words = name.split(" ")
    forms = [_variants().get(word, [word]) for word in words]
    if len(words) == 1:
        return [name]
    found = itertools.islice(itertools.product(*forms), _MOST_VARIANTS)
    return sorted({name, *(" ".join(form) for form in found)})


_MOST_VARIANTS = 40


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
        entry = country_entry(row["code"], kind, roles, row.where)
        for alias in split_list(row[column]):
            yield alias, entry


def spellings(alias: str, kind: str, lang: str) -> list[str]:
    """Return the ways to write an alias: without accents, in capitals, a role in any case."""
    plain = alias.replace("’", "'")
    forms = {plain, without_accents(plain)} if plain[:1].isascii() or lang != "ar" else {plain}
    if kind in ROLE_KINDS or (kind == "demonym" and lang != "en"):
        forms = {cased for form in forms for cased in _cased(form)}
    if len(plain) >= MIN_UPPER:
        forms |= {f.upper() for f in forms}
    return sorted({p for form in forms if form for p in with_prefixes(form, lang)})


def without_accents(text: str) -> str:
    """Return the text with Latin letters stripped of their diacritics."""
    kept = (c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return unicodedata.normalize("NFC", "".join(kept)).translate(_LETTERS)


# Letters with a stroke or a ligature, which Unicode does not decompose.
_LETTERS = str.maketrans(
    {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "ß": "ss", "æ": "ae"}
)

# Words that stay small in a title, in the languages with role words.
_SMALL = frozenset(
    [
        "of",
        "the",
        "for",
        "and",
        "in",
        "to",
        "de",
        "del",
        "des",
        "du",
        "la",
        "las",
        "los",
        "le",
        "les",
        "da",
        "das",
        "do",
        "dos",
        "di",
        "dei",
        "della",
        "delle",
        "e",
        "et",
        "y",
        "und",
        "der",
        "die",
        "das",
    ]
)
_ELIDED = ("l'", "d'", "dell'", "dall'", "all'")


def _cased(text: str) -> set[str]:
    """Return a role in the cases that news gives it: Foreign Minister, ministre des Affaires ..."""
    words = text.split(" ")
    firsts = {words[0], _capital(words[0])}
    content = [i for i, w in enumerate(words) if i and w not in _SMALL]
    rests = {tuple(words[1:])}
    for chosen in (content, content[:1]):
        rests.add(tuple(_capital(w) if i in chosen else w for i, w in enumerate(words) if i))
    return {" ".join((first, *rest)) for first in firsts for rest in rests}


def _capital(word: str) -> str:
    elided = next((e for e in _ELIDED if word.startswith(e)), "")
    rest = word.removeprefix(elided)
    return elided + rest[:1].upper() + rest[1:]
