"""The user's table of publication dates (`--published`): CSV or Parquet with uri and published.

A row may have a `revision`: of the dates that tables ever gave for an article, in whatever runs,
that of the highest revision counts. Without one an earlier date would win, since the outcome may
not depend on the order of runs.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from tasks.errors import UserError
from tasks.ingest.dates import Moment, parse_value
from tasks.ingest.decode import decode
from tasks.ingest.published import TABLE, Published, Window

# How `merge` knows a row's revision: at the end of `published_text`.
_REVISION = ", revision {}"
_HINT = "It needs a column `uri` (a URL, path or file name) and a column `published` (2022-02-20)."


@dataclass(slots=True)
class Overrides:
    """Publication dates by the end of a URI.

    Attributes:
        path: The table, for messages.
        rows: Date, its text and its revision by URI.
        used: Source that each URI of the table has matched so far.
    """

    path: Path | None = None
    rows: dict[str, tuple[Moment, str, int]] = field(default_factory=dict)
    by_name: dict[str, list[str]] = field(default_factory=dict)
    used: dict[str, str] = field(default_factory=dict)

    def find(self, *uris: str | None) -> Published | None:
        """Return the date given for an article, or None.

        A URI of the table matches one of the article's if they are equal or one ends with the
        other behind a `/`; the longest match counts.

        Args:
            uris: The article's source URI, then others that it goes by.

        Raises:
            UserError: if one row of the table matches two different articles.
        """
        if not self.rows:
            return None
        known = [uri.rstrip("/") for uri in uris if uri]
        matches = {row for uri in known for row in self._candidates(uri) if _ends_alike(uri, row)}
        if not matches:
            return None
        best = max(matches, key=lambda row: (len(row), row))
        self._note(best, known[0])
        moment, text, revision = self.rows[best]
        quoted = TABLE + text + (_REVISION.format(revision) if revision else "")
        return Published(moment.at, moment.day, moment.precision, "metadata", quoted)

    def apart(self) -> Overrides:
        """Return the same table, without what it has matched so far."""
        return replace(self, used={})

    def note_all(self, used: Mapping[str, str]) -> None:
        """Note what rows of the table have matched elsewhere.

        Raises:
            UserError: if a row matches two different articles.
        """
        for row, source in used.items():
            self._note(row, source)

    def _candidates(self, uri: str) -> Iterable[str]:
        return self.by_name.get(uri.rsplit("/", 1)[-1], ())

    def _note(self, row: str, source: str) -> None:
        first = self.used.setdefault(row, source)
        if first != source:
            raise UserError(
                f"{self.path}: `{row}` matches both {first} and {source}",
                "Write more of the path, so that it names one of them.",
            )


def _ends_alike(uri: str, row: str) -> bool:
    return uri == row or uri.endswith(f"/{row}") or row.endswith(f"/{uri}")


def load_overrides(path: Path | None, window: Window) -> Overrides:
    """Read the table.

    Raises:
        UserError: if it cannot be read, lacks a column, or holds no date, an impossible date or
            two dates for one URI.
    """
    overrides = Overrides(path)
    if path is None:
        return overrides
    for number, uri, value, given in _rows(path):
        moment = parse_value(value)
        if moment is None or not window.holds(moment):
            raise UserError(
                f"{path}, row {number}: {value!r} is no possible date of publication",
                "Write it as 2022-02-20 or 2022-02-20T17:30:00Z.",
            )
        row = moment, str(value).strip(), _revision(given, f"{path}, row {number}")
        key = uri.strip().replace("\\", "/").rstrip("/").removeprefix("./")
        known = overrides.rows.setdefault(key, row)
        if (known[0], known[2]) != (moment, row[2]) and known[2] == row[2]:
            raise UserError(
                f"{path}, row {number}: a second date for {key}",
                "Keep the one that is right, or give it a higher number in a column `revision`.",
            )
        overrides.rows[key] = max(known, row, key=lambda one: one[2])
    for key in overrides.rows:
        overrides.by_name.setdefault(key.rsplit("/", 1)[-1], []).append(key)
    return overrides


def _revision(given: Any, where: str) -> int:
    """Return the number of a row's revision; none is 0."""
    text = str(given if given is not None else "").strip() or "0"
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise UserError(f"{where}: revision {given!r} is no whole number", "Write 1, 2, 3, ...")
    return int(text)


def _rows(path: Path) -> Iterator[tuple[int, str, Any, Any]]:
    """Yield number, uri, date and revision of each row that has a date."""
    try:
        names, rows = _read_parquet(path) if _is_parquet(path) else _read_csv(path)
    except (OSError, csv.Error, pa.ArrowException) as error:
        detail = getattr(error, "strerror", None) or str(error)
        raise UserError(f"{path}: {detail}", f"{_HINT} Formats: CSV, TSV, Parquet.") from error
    missing = [name for name in ("uri", "published") if name not in names]
    if missing:
        raise UserError(f"{path}: no column {' and no column '.join(missing)}", _HINT)
    for number, row in enumerate(rows, 1):
        uri, value = row.get("uri"), row.get("published")
        if uri and value:
            date = value.strip() if isinstance(value, str) else value
            yield number, str(uri), date, row.get("revision")


def _is_parquet(path: Path) -> bool:
    with path.open("rb") as stream:
        return stream.read(4) == b"PAR1"


def _read_parquet(path: Path) -> tuple[list[str], Iterable[dict[str, Any]]]:
    table = pq.read_table(path)
    names = [str(name).strip().lower() for name in table.column_names]
    return names, table.rename_columns(names).to_pylist()


def _read_csv(path: Path) -> tuple[list[str], Iterable[dict[str, Any]]]:
    text = decode(path.read_bytes())[0]
    header = text.split("\n", 1)[0]
    delimiter = max("\t;,", key=header.count)
    rows = csv.DictReader(text.splitlines(), delimiter=delimiter)
    names = [name.strip().lower() for name in rows.fieldnames or ()]
    rows.fieldnames = names
    return names, list(rows)
