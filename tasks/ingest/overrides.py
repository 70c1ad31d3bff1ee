"""The user's table of publication dates (`--published`): CSV or Parquet with uri and published."""

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

_HINT = "It needs a column `uri` (a URL, path or file name) and a column `published` (2022-02-20)."


@dataclass(slots=True)
class Overrides:
    """Publication dates by the end of a URI.

    Attributes:
        path: The table, for messages.
        rows: Date and its text by URI.
        used: Source that each URI of the table has matched so far.
    """

    path: Path | None = None
    rows: dict[str, tuple[Moment, str]] = field(default_factory=dict)
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
        moment, text = self.rows[best]
        return Published(moment.at, moment.day, moment.precision, "metadata", f"{TABLE}{text}")

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
    for number, uri, value in _rows(path):
        moment = parse_value(value)
        if moment is None or not window.holds(moment):
            raise UserError(
                f"{path}, row {number}: {value!r} is no possible date of publication",
                "Write it as 2022-02-20 or 2022-02-20T17:30:00Z.",
            )
        key = uri.strip().replace("\\", "/").rstrip("/").removeprefix("./")
        if overrides.rows.setdefault(key, (moment, str(value).strip()))[0] != moment:
            raise UserError(
                f"{path}, row {number}: a second date for {key}", "Keep the one that is right."
            )
    for key in overrides.rows:
        overrides.by_name.setdefault(key.rsplit("/", 1)[-1], []).append(key)
    return overrides


def _rows(path: Path) -> Iterator[tuple[int, str, Any]]:
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
            yield number, str(uri), value.strip() if isinstance(value, str) else value


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
