"""Builds a release aside and publishes it in one step."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection
from datetime import datetime
from functools import partial
from pathlib import Path

import duckdb
import pyarrow as pa

from tasks import schemas
from tasks.warehouse import database, parquet, pointer
from tasks.warehouse.disk import explained, link, sha256, sync, sync_tree
from tasks.warehouse.layout import BUILDING, DATABASE, RELEASES, mart_file, table_file
from tasks.warehouse.manifest import Entry, write_manifest
from tasks.warehouse.release import Release


class ReleaseBuilder:
    """A release in the making, in a folder that no reader is shown.

    Write each table (or carry it over from the parent), take the `database`, run the SQL models
    in it, write the marts, publish. As a context manager it aborts what was not published.

    Attributes:
        release_id: The id that it will be published under.
        parent: The release that is current while it is made.
        path: The building folder.
        work: Scratch folder in it, gone before the release is published.
    """

    def __init__(self, root: Path, release_id: str, parent: Release | None) -> None:
        self.release_id = release_id
        self.parent = parent
        self.path = root / RELEASES / f"{BUILDING}{release_id}"
        self.work = self.path / "work"
        self._root = root
        self._files: dict[str, Entry] = {}
        self._fresh: set[str] = set()  # files that are not links to the parent's
        self._workshop = database.Workshop(self.path / DATABASE)
        self._connection: duckdb.DuckDBPyConnection | None = None
        with explained(root):
            self.work.mkdir(parents=True)

    def __enter__(self) -> ReleaseBuilder:
        return self

    def __exit__(self, *_: object) -> None:
        self.abort()

    def write_table(self, table: schemas.Table, data: pa.Table) -> None:
        """Write rows of a table, sorted, a file for each month.

        May be called again with rows of other months. A month whose bytes equal the parent's is
        hard-linked to the parent's file.

        Raises:
            schemas.SchemaError: when the rows do not fit the table.
            UserError: when the disk is full or must not be written.
        """
        for partition, rows in parquet.partitions(data, table):
            write = partial(parquet.write, data=rows, table=table)
            self._write(table_file(table.name, partition), write)

    def carry(self, table: schemas.Table, partitions: Collection[str] | None = None) -> None:
        """Link months of a table to the parent's files unread (all of them by default).

        Raises:
            Damaged: when the parent's file is damaged.
        """
        if self.parent is None:
            return
        names = self.parent.names(table.name, partitions)
        self.parent.require(names)
        for name in names:
            with explained(self._root):
                link(self.parent.at(name), self._claim(name))
            self._files[name] = self.parent.manifest["files"][name]

    def write_mart(self, name: str, data: pa.Table) -> None:
        """Write marts/<name>.parquet, its rows in the order that they come in.

        Raises:
            UserError: when the disk is full or must not be written.
        """
        self._write(mart_file(name), partial(parquet.write_plain, data=data, name=name))

    def write_document(self, name: str, text: str) -> None:
        """Write a text beside the tables, such as the codebook, in UTF-8.

        Raises:
            UserError: when the disk is full or must not be written.
        """

        def write(path: Path) -> parquet.Written:
            path.write_bytes(text.encode())
            return parquet.Written(None)

        self._write(name, write)

    @property
    def files(self) -> dict[str, Entry]:
        """What the manifest will say of each file that was written or carried over so far."""
        return dict(sorted(self._files.items()))

    def database(self) -> duckdb.DuckDBPyConnection:
        """Return the release's database; the first call fills it with all tables.

        Raises:
            schemas.SchemaError: when two rows of a table have the same key.
            UserError: when the disk is full or must not be written.
        """
        if self._connection is None:
            with explained(self._root):
                self._connection = database.create(self._workshop.path, self.work)
                database.load(self._connection, {t: self._paths(t) for t in schemas.TABLES})
        return self._connection

    def publish(self, *, report: dict[str, object], created: datetime) -> Release:
        """Make the release current, or return the parent when nothing has changed.

        Args:
            report: What the run did; kept in the manifest, as JSON.
            created: The moment of the run, with its time zone.

        Raises:
            UserError: when the disk is full or must not be written.
        """
        with explained(self._root):
            catalog = self._finish_database()
            if self.parent and self._is_unchanged(self.parent, catalog):
                self.abort()
                return self.parent
            parent = self.parent.id if self.parent else None
            write_manifest(
                self.path, self.release_id, parent, self._files, catalog, report, created
            )
            shutil.rmtree(self.work)
            self._sync()
            release = Release.open(pointer.reveal(self._root, self.path, self.release_id))
            release.note_whole(self._fresh)
            return release

    def abort(self) -> None:
        """Drop what was built; does nothing once it is published or dropped."""
        self._close()
        self._workshop.close()
        shutil.rmtree(self.path, ignore_errors=True)

    def _write(self, name: str, write: Callable[[Path], parquet.Written]) -> None:
        path = self._claim(name)
        with explained(self._root):
            written = write(path)
            self._files[name] = Entry(
                rows=written.rows,
                bytes=path.stat().st_size,
                sha256=sha256(path),
                first=written.first,
                last=written.last,
            )
            self._fresh.add(name)
            self._share(name, path)

    def _claim(self, name: str) -> Path:
        """Return the path of a file that must not be there yet."""
        if name in self._files:
            raise RuntimeError(f"{name} was written already")
        if self._connection is not None and name.split("/")[0] in schemas.TABLES:
            raise RuntimeError(f"{name}: write tables before the database is made from them")
        return self.path / name

    def _share(self, name: str, path: Path) -> None:
        """Replace a file that equals the parent's by a link to it."""
        if self.parent is None or not self.parent.intact(name):
            return
        if self.parent.manifest["files"][name]["sha256"] == self._files[name]["sha256"]:
            twin = path.with_name(".twin")
            link(self.parent.at(name), twin)
            twin.replace(path)
            self._fresh.discard(name)

    def _paths(self, table: str) -> list[Path]:
        return [self.path / n for n in sorted(self._files) if n.startswith(f"{table}/")]

    def _is_unchanged(self, parent: Release, catalog: str) -> bool:
        """Return whether the parent holds the same, and holds it undamaged."""
        return (
            set(self._files) == set(parent.manifest["files"])
            and self._fresh == {DATABASE}
            and parent.manifest["catalog"] == catalog
            and not parent.mended
            and parent.is_whole()
        )

    def _finish_database(self) -> str:
        connection = self.database()
        catalog = database.catalog_digest(connection)
        connection.execute("CHECKPOINT")
        self._close()
        self._workshop.finish()
        path = self.path / DATABASE
        self._files[DATABASE] = Entry(
            rows=None, bytes=path.stat().st_size, sha256=sha256(path), first=None, last=None
        )
        self._fresh.add(DATABASE)
        return catalog

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _sync(self) -> None:
        for name in sorted(self._fresh):
            sync(self.path / name)
        sync_tree(self.path)
