"""A published release: immutable, whole, readable by anyone."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.dataset as ds

from tasks import schemas
from tasks.errors import UserError
from tasks.warehouse import database
from tasks.warehouse.disk import sha256
from tasks.warehouse.layout import DATABASE, MANIFEST, MARTS, mart_file, partition_in


@dataclass(frozen=True)
class Release:
    """A release.

    Attributes:
        path: Its folder, with links resolved: it stays the same release while others are
            published.
        manifest: MANIFEST.json: `release`, `parent`, `schema_version`, `code`, `created`,
            `catalog`, `report`, and `files` by path with `rows`, `bytes`, `sha256`, `first`, `last`.
    """

    path: Path
    manifest: dict[str, Any]

    @classmethod
    def open(cls, path: Path) -> Release:
        """Open the release in a folder.

        Raises:
            UserError: when its manifest cannot be read, or a version of demarche with other tables
                made it.
        """
        try:
            manifest = json.loads((path / MANIFEST).read_text(encoding="utf-8"))
            version, _ = int(manifest["schema_version"]), manifest["files"].items()
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            said = f"{error} is missing" if isinstance(error, KeyError) else error
            raise UserError(
                f"{path / MANIFEST} cannot be read: {said}",
                "Read another release (`demarche releases` lists them).",
            ) from error
        if version > schemas.SCHEMA_VERSION:
            raise UserError(
                f"release {path.name} was made by a newer version of demarche: its tables are of "
                f"version {version}, this one knows version {schemas.SCHEMA_VERSION}",
                "Update demarche, or read its Parquet files and demarche.duckdb without it.",
            )
        if version < schemas.SCHEMA_VERSION:
            raise UserError(
                f"release {path.name} was made by an earlier version of demarche: its tables are of "
                f"version {version}, this one makes version {schemas.SCHEMA_VERSION}",
                "Run your inputs into a new warehouse folder (`demarche run ... --warehouse NEW`): "
                "the articles are read again. Its Parquet files and demarche.duckdb stay readable "
                "without demarche.",
            )
        return cls(path, manifest)

    @property
    def id(self) -> str:
        """Name of the release: the moment it was made, such as 20261121T021500Z."""
        return self.path.name

    @property
    def tables(self) -> list[str]:
        """Names of the tables and marts that can be read."""
        marts = [Path(f).stem for f in self.manifest["files"] if f.startswith(f"{MARTS}/")]
        return [*schemas.TABLES, *sorted(marts)]

    def files(self, table: str, partitions: Collection[str] | None = None) -> list[Path]:
        """Return the Parquet files of a table or mart, in the order of its rows.

        Args:
            table: A table of the registry, or a mart.
            partitions: Only these months (YYYY-MM, or `none` for undated rows).

        Raises:
            UserError: when there is no such table.
        """
        if table not in self.tables:
            raise UserError(
                f"There is no table {table!r} in release {self.id}.",
                f"It has: {', '.join(self.tables)}.",
            )
        known = self.manifest["files"]
        if table not in schemas.TABLES:
            return [self.path / mart_file(table)]
        names = sorted(f for f in known if f.startswith(f"{table}/"))
        return [self.path / f for f in names if partitions is None or partition_in(f) in partitions]

    def dataset(self, table: str, partitions: Collection[str] | None = None) -> ds.Dataset:
        """Return the table as an Arrow dataset, for batches and filters."""
        files = self.files(table, partitions)
        if not files:
            return ds.dataset(schemas.empty(schemas.TABLES[table]))
        return ds.dataset([str(f) for f in files], format="parquet", partitioning=None)

    def read(
        self,
        table: str,
        columns: Sequence[str] | None = None,
        partitions: Collection[str] | None = None,
    ) -> pa.Table:
        """Return a table or mart, its rows in the table's order; without rows if there are none."""
        wanted = None if columns is None else list(columns)
        return self.dataset(table, partitions).to_table(columns=wanted)

    def connect(self) -> duckdb.DuckDBPyConnection:
        """Open demarche.duckdb for reading; close it yourself.

        Raises:
            UserError: when the file is missing or damaged.
        """
        try:
            return database.open_readonly(self.path / DATABASE)
        except duckdb.Error as error:
            raise UserError(
                f"{self.path / DATABASE} cannot be opened: {error}",
                "Read another release (`demarche releases` lists them), or run again.",
            ) from error

    def verify(self) -> list[str]:
        """Return what is wrong with the release's files; an empty list when it is whole.

        Reads every byte; `missing` does not.
        """
        problems = [self._problem(name, entry) for name, entry in self.manifest["files"].items()]
        return [p for p in problems if p]

    def missing(self) -> list[str]:
        """Return which files are gone or of another size: a cheap look, as no file is read."""
        sizes = [self._wrong_size(name, entry) for name, entry in self.manifest["files"].items()]
        return [p for p in sizes if p]

    def intact(self, name: str) -> bool:
        """Return whether one file is there with the bytes that the manifest promises."""
        entry = self.manifest["files"].get(name)
        return entry is not None and not self._problem(name, entry)

    def _problem(self, name: str, entry: dict[str, Any]) -> str:
        if wrong := self._wrong_size(name, entry):
            return wrong
        try:
            return "" if sha256(self.path / name) == entry["sha256"] else f"{name}: wrong sha256"
        except OSError as error:
            return f"{name}: unreadable ({error.strerror})"

    def _wrong_size(self, name: str, entry: dict[str, Any]) -> str:
        try:
            size = (self.path / name).stat().st_size
        except FileNotFoundError:
            return f"{name}: missing"
        except OSError as error:
            return f"{name}: unreadable ({error.strerror})"
        return "" if size == entry["bytes"] else f"{name}: {size} bytes instead of {entry['bytes']}"
