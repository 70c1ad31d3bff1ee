"""Checks the actor and place tables: what a political scientist's slip would break unseen."""

from __future__ import annotations

import shlex
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path

from tasks.annotate.actors_compose import ROLE_CODES
from tasks.annotate.actors_languages import known_form
from tasks.annotate.actors_table import (
    COLUMNS,
    COUNTRY_COLUMNS,
    FOLDER,
    LANGUAGE_TABLES,
    ROLE_KINDS,
    SHORT_NAME_MARK,
    table_paths,
)
from tasks.annotate.tables import SEEDS, Row, read_header, read_table, split_list
from tasks.errors import UserError

KINDS = ROLE_KINDS | {"person", "org", "demonym", "region", "metonym", "capital", "country"}
# Heads of actor codes that are no country: CAMEO's and PLOVER's international actors and regions.
HEADS = frozenset(["IGO", "UNO", "EUR", "NGO", "IMG", "MNC", "INT", "ISM", "AFR", "MEA"])
_CODE_LENGTH = 3
# Problems that make a row mean nothing, or something else than was meant.
_FAULTS = ("unknown code", "bad date")
_HEADER_KEYS = ("source", "licence", "date")


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """Something to mend in a table.

    Attributes:
        table: File name.
        line: Line in it; 0 for the whole file.
        problem: duplicate, unknown code, bad date, overlapping office, unreachable or header.
        detail: What is wrong, in words.
    """

    table: str
    line: int
    problem: str
    detail: str


def lint_actors(overlay: Path | None = None) -> list[Finding]:
    """Return what is wrong in seeds/actors and in the user's overlay, in order of file and line.

    A row of the overlay that says something else than one of ours is no fault: it is there to win.

    Raises:
        UserError: if a table cannot be read at all.
    """
    no_actors = LANGUAGE_TABLES | {"countries.csv"}
    countries = read_table(FOLDER / "countries.csv", COUNTRY_COLUMNS)
    paths = [path for path in table_paths() if path.name not in no_actors]
    rows = [row for path in paths for row in read_table(path, COLUMNS)]
    findings = [*_lint_rows(rows, countries), *(lint_overlay(overlay) if overlay else ())]
    findings += _country_findings(countries)
    findings += _foreign_findings(rows)
    findings += [f for path in table_paths() for f in _header_findings(path)]
    return sorted(set(findings))


def lint_overlay(overlay: Path) -> list[Finding]:
    """Return what is wrong in the user's own table, in order of line.

    Raises:
        UserError: if it cannot be read at all.
    """
    countries = read_table(FOLDER / "countries.csv", COUNTRY_COLUMNS)
    return sorted(set(_lint_rows(read_table(overlay, COLUMNS), countries)))


def refuse_faulty(overlay: Path) -> None:
    """Check the user's own table before work starts with it.

    Raises:
        UserError: naming file and line of its codes and dates that are none.
    """
    faults = [f for f in lint_overlay(overlay) if f.problem in _FAULTS]
    if faults:
        more = f", and {len(faults) - 1} more" if len(faults) > 1 else ""
        raise UserError(
            f"{overlay}, line {faults[0].line}: {faults[0].detail}{more}",
            f"`demarche lexicon check --actors {shlex.quote(str(overlay))}` lists all.",
        )


def _lint_rows(rows: list[Row], countries: list[Row]) -> Iterator[Finding]:
    """Yield what is wrong in the rows of actors themselves and among each other."""
    codes = HEADS | {row["code"] for row in countries}
    for row in rows:
        yield from _lint_row(row, codes)
    yield from _overlapping(rows)
    yield from _unreachable(rows)


def _finding(row: Row, problem: str, detail: str) -> Finding:
    return Finding(row.path.name, row.line, problem, detail)


def _lint_row(row: Row, codes: frozenset[str] | set[str]) -> Iterator[Finding]:
    if not split_list(row["alias"]):
        yield _finding(row, "unreachable", "no alias: nothing can match the row")
    if row["kind"] not in KINDS:
        yield _finding(row, "unknown code", f"kind {row['kind']!r} is none of {sorted(KINDS)}")
    if row["iso3"] and row["iso3"] not in codes:
        yield _finding(row, "unknown code", f"iso3 {row['iso3']!r} is not in countries.csv")
    names_itself = row["kind"] in ("org", "demonym") or row["entity_id"].startswith("person/")
    for role in row["role"].split():
        if role not in ROLE_CODES and not (names_itself and _is_code(role)):
            yield _finding(row, "unknown code", f"role {role!r} is none of {sorted(ROLE_CODES)}")
    if row["priority"] and not row["priority"].lstrip("-").isdigit():
        yield _finding(row, "unknown code", f"priority {row['priority']!r} is no whole number")
    yield from _date_findings(row)
    for alias in split_list(row["alias"]):
        if row["lang"] and "+" in alias and not known_form(alias, row["lang"]):
            yield _finding(row, "unknown code", f"{alias!r}: no such ending in forms.csv")


def _is_code(text: str) -> bool:
    return len(text) == _CODE_LENGTH and text.isascii() and text.isupper()


def _date_findings(row: Row) -> Iterator[Finding]:
    days = []
    for column in ("valid_from", "valid_to"):
        try:
            days.append(date.fromisoformat(row[column]) if row[column] else None)
        except ValueError:
            yield _finding(row, "bad date", f"{column} {row[column]!r} is no day YYYY-MM-DD")
            return
    first, last = days
    if first and last and last < first:
        yield _finding(row, "bad date", f"valid_to {last} is before valid_from {first}")


def _country_findings(rows: list[Row]) -> Iterator[Finding]:
    seen: dict[tuple[str, str], Row] = {}
    for row in rows:
        for column in ("code", "names", "capitals", "seats"):
            for name in split_list(row[column]):
                first = seen.setdefault((column, name), row)
                if first is not row:
                    text = f"{column} {name!r} stands in line {first.line} too"
                    yield _finding(row, "duplicate", text)


def _overlapping(rows: Iterable[Row]) -> Iterator[Finding]:
    """Yield the terms of one person in one office that overlap: one of the dates is wrong."""
    terms: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in rows:
        if row["kind"] == "person":
            terms[row["entity_id"], row["iso3"], row["office"] or row["role"]].append(row)
    for group in terms.values():
        ordered = sorted(group, key=lambda r: (r["valid_from"], r["valid_to"] or "9999"))
        for left, right in pairwise(ordered):
            if right["valid_from"] < (left["valid_to"] or "9999"):
                text = f"{left['entity_id']} holds the office already in line {left.line}"
                yield _finding(right, "overlapping office", text)


def _unreachable(rows: Iterable[Row]) -> Iterator[Finding]:
    """Yield aliases that mean something else first; a name of persons may mean several."""
    first: dict[tuple[str, str, str], Row] = {}
    for row in rows:
        for alias in split_list(row["alias"]):
            if row["kind"] == "person":
                if alias.removeprefix(SHORT_NAME_MARK) == "":
                    yield _finding(row, "unreachable", "a short name without letters")
                continue
            key = (alias, row["lang"], row["valid_from"] + row["valid_to"])
            other = first.setdefault(key, row)
            if other is not row and other["priority"] == row["priority"]:
                problem = "duplicate" if other["role"] == row["role"] else "unreachable"
                text = f"{alias!r} stands in {other.where} too ({other['entity_id']})"
                yield _finding(row, problem, text)


def _foreign_findings(rows: list[Row]) -> Iterator[Finding]:
    entities = {row["entity_id"] for row in rows}
    for row in read_table(FOLDER / "names.csv", ("alias", "lang", "entity_id", "kind")):
        known = row["entity_id"] in entities or row["entity_id"].startswith("country/")
        if not known:
            yield _finding(row, "unreachable", f"{row['entity_id']!r} is in no table")
        for alias in split_list(row["alias"]):
            if "+" in alias and not known_form(alias, row["lang"]):
                yield _finding(row, "unknown code", f"{alias!r}: no such ending in forms.csv")
    for row in read_table(FOLDER / "demonyms.csv", ("lang", "code", "words")):
        for word in split_list(row["words"]):
            if "+" in word and not known_form(word, row["lang"]):
                yield _finding(row, "unknown code", f"{word!r}: no such ending in forms.csv")


def _header_findings(path: Path) -> Iterator[Finding]:
    missing = [key for key in _HEADER_KEYS if key not in read_header(path)]
    if missing:
        text = f"the header lacks {', '.join(missing)} (# {missing[0]}: ...)"
        yield Finding(path.name, 0, "header", text)


def lint_places() -> list[Finding]:
    """Return what is wrong in the tables of seeds/places."""
    folder = SEEDS / "places"
    findings = [f for path in sorted(folder.glob("*.csv")) for f in _header_findings(path)]
    levels = {"country", "admin1", "city", "other"}
    for row in read_table(folder / "regions.csv", ("names", "level", "country", "lat", "lon")):
        if row["level"] not in levels:
            findings.append(_finding(row, "unknown code", f"level {row['level']!r}"))
        if bool(row["lat"]) != bool(row["lon"]):
            findings.append(_finding(row, "unknown code", "lat without lon, or lon without lat"))
    return sorted(findings)
