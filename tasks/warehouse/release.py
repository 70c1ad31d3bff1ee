"""A published release: immutable, whole, readable by anyone."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.dataset as ds
from pyarrow.fs import LocalFileSystem

from tasks import schemas
from tasks.errors import Damaged, UserError
from tasks.warehouse import database
from tasks.warehouse.disk import sha256
from tasks.warehouse.layout import DATABASE, MANIFEST, MARTS, RELEASES, mart_file, partition_in
from tasks.warehouse.manifest import digest_of, read_manifest
from tasks.warehouse.verified import Verified

MEND = (
    "`demarche maintain --repair` rebuilds what can be rebuilt; `demarche releases` tells which "
    "releases are whole, and `demarche releases --use ID` goes back to one of them."
)


@dataclass(frozen=True)
class Release:
    """A release.

    Attributes:
        path: Its folder, with links resolved: it stays the same release while others are
            published.
        manifest: MANIFEST.json: `release`, `parent`, `schema_version`, `code`, `created`,
            `catalog`, `report`, `files` by path with `rows`, `bytes`, `sha256`, `first`, `last`,
            and the `digest` of all this.
        mended: Where a copy of a damaged file lies, by its name; None where there is none.
    """

    path: Path
    manifest: dict[str, Any]
    mended: dict[str, Path | None] = field(default_factory=dict, compare=False)

    @classmethod
    def open(cls, path: Path) -> Release:
        """Open the release in a folder.

        Raises:
            Damaged: when its manifest cannot be read, is not as it was written, or is that of
                another release.
            UserError: when a version of demarche with other tables made it.
        """
        try:
            manifest = read_manifest(path)
        except (OSError, ValueError) as error:
            raise Damaged(f"{path / MANIFEST} cannot be read: {error}", MEND) from error
        version = manifest["schema_version"]
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
        if "digest" not in manifest:
            raise Damaged(
                f"{path / MANIFEST} has no digest: an earlier version of demarche wrote it, or it was "
                "changed since",
                "Go back to a whole release (`demarche releases --use ID`), or run your inputs into "
                "a new --warehouse.",
            )
        if manifest["digest"] != digest_of(manifest):
            raise Damaged(f"{path / MANIFEST} was changed after it was written", MEND)
        if path.parent.name == RELEASES and manifest["release"] != path.name:
            raise Damaged(
                f"{path} holds release {manifest['release']}",
                f"Rename the folder {manifest['release']}, or go back to a whole release with "
                "`demarche releases --use ID`.",
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
        """Return the Parquet files of a table or mart, in the order of its rows; all are whole.

        Args:
            table: A table of the registry, or a mart.
            partitions: Only these months (YYYY-MM, or `none` for undated rows).

        Raises:
            Damaged: when one of them is not as the manifest promises.
            UserError: when there is no such table.
        """
        names = [n for n in self.names(table, partitions) if self._at(n)]
        self.require(names)
        return [self.at(n) for n in names]

    def names(self, table: str, partitions: Collection[str] | None = None) -> list[str]:
        """Return the names of a table's or mart's files, in the order of its rows, unchecked.

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
            return [mart_file(table)]
        names = sorted(f for f in known if f.startswith(f"{table}/"))
        return [f for f in names if partitions is None or partition_in(f) in partitions]

    def dataset(self, table: str, partitions: Collection[str] | None = None) -> ds.Dataset:
        """Return the table as an Arrow dataset, for batches and filters."""
        files = self.files(table, partitions)
        if not files:
            return ds.dataset(schemas.empty(schemas.TABLES[table]))
        return ds.dataset(
            [str(f) for f in files],
            format="parquet",
            partitioning=None,
            filesystem=LocalFileSystem(),
        )

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
            Damaged: when the file is missing or not as the manifest promises.
        """
        self.require([DATABASE])
        if (self.path / f"{DATABASE}.wal").exists():  # DuckDB would read on there
            raise Damaged(
                f"{self.path / DATABASE} was opened for writing: {DATABASE}.wal lies beside it",
                f"Remove {DATABASE}.wal, and open a copy to write into.",
            )
        try:
            return database.open_readonly(self.path / DATABASE)
        except duckdb.Error as error:
            raise UserError(
                f"{self.path / DATABASE} cannot be opened: {error}",
                "Read another release (`demarche releases` lists them), or run again.",
            ) from error

    def require(self, names: Iterable[str]) -> None:
        """Make sure that files are whole; those that were found so since are not read again.

        Raises:
            Damaged: naming each that is not.
        """
        if broken := self.broken(names):
            where = ", ".join(sorted({name.split("/")[0] for name in broken}))
            said = "; ".join(broken.values())
            raise Damaged(f"release {self.id} is damaged in {where}: {said}", MEND)

    def verify(self) -> list[str]:
        """Return what is wrong with the release's files; an empty list when it is whole.

        Reads every byte; `missing` does not.
        """
        return [*self.broken(self.manifest["files"], anew=True).values(), *self._unlisted()]

    def missing(self) -> list[str]:
        """Return which files are gone, of another size or too many: a cheap look at names."""
        sizes = [self._wrong_size(name) for name in self.manifest["files"]]
        return [*(p for p in sizes if p), *self._unlisted()]

    def is_whole(self) -> bool:
        """Return whether `verify` finds nothing; what it found before is not read again."""
        return not self.broken(self.manifest["files"]) and not self._unlisted()

    def intact(self, name: str) -> bool:
        """Return whether one file is there with the bytes that the manifest promises."""
        return name in self.manifest["files"] and not self.broken([name])

    def broken(self, names: Iterable[str], *, anew: bool = False) -> dict[str, str]:
        """Return what is wrong with files, by their names.

        Args:
            names: Files of the manifest.
            anew: True to read those, too, that were found whole since they were written.
        """
        problems: dict[str, str] = {}
        sound: list[tuple[Path, str]] = []
        other: list[tuple[Path, str]] = []
        for name in names:
            path, expected = self._at(name), self.manifest["files"][name]["sha256"]
            try:
                problem = self._wrong_size(name) if path else f"{name}: lost"
                if path and not problem and (anew or not self._verified.has(path, expected)):
                    right = sha256(path) == expected
                    (sound if right else other).append((path, expected))
                    problem = "" if right else f"{name}: wrong sha256"
            except OSError as error:
                problem = f"{name}: unreadable ({error.strerror})"
            if problem:
                problems[name] = problem
        self._verified.add(sound)
        self._verified.forget(other)
        return problems

    def note_whole(self, names: Iterable[str]) -> None:
        """Note that files were found whole, such as those that were just written."""
        files = self.manifest["files"]
        self._verified.add((self.path / n, files[n]["sha256"]) for n in names)

    def forget_others(self) -> None:
        """Forget what was found of the files of other releases, once that is much."""
        self._verified.trim({entry["sha256"] for entry in self.manifest["files"].values()})

    def with_mended(self, places: dict[str, Path | None]) -> Release:
        """Return the release with other places for some files, or none: those are left out."""
        return replace(self, mended=places)

    def lost(self, table: str) -> set[str]:
        """Return the months of a table that are left out since nothing was left of them."""
        return {partition_in(n) for n in self.names(table) if not self._at(n)}

    def at(self, name: str) -> Path:
        """Return where a file lies."""
        return self._at(name) or self.path / name

    def _at(self, name: str) -> Path | None:
        return self.mended.get(name, self.path / name)

    @cached_property
    def _verified(self) -> Verified:
        return Verified.beside(self.path)

    def _unlisted(self) -> list[str]:
        """Return the files that the manifest knows nothing of; hidden ones are nobody's business."""
        found = []
        for folder, folders, files in os.walk(self.path):
            here = Path(folder)
            links = [name for name in folders if (here / name).is_symlink()]
            found += [here.relative_to(self.path) / n for n in (*links, *files) if n[0] != "."]
        known = {*self.manifest["files"], MANIFEST}
        names = sorted(path.as_posix() for path in found)
        return [f"{name}: not in the manifest" for name in names if name not in known]

    def _wrong_size(self, name: str) -> str:
        entry = self.manifest["files"][name]
        try:
            size = self.at(name).stat().st_size
        except FileNotFoundError:
            return f"{name}: missing"
        except OSError as error:
            return f"{name}: unreadable ({error.strerror})"
        return "" if size == entry["bytes"] else f"{name}: {size} bytes instead of {entry['bytes']}"
