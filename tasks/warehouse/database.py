"""demarche.duckdb: all tables of a release in one file that can be mailed."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

import duckdb
import pyarrow as pa

from tasks import schemas
from tasks.errors import UserError
from tasks.schemas import SchemaError, Table

# The oldest format that still knows all our types: DuckDB 1.2 and everything since reads it.
STORAGE_VERSION = "v1.2.0"

_SQL_TYPES = {
    pa.string(): "VARCHAR",
    pa.bool_(): "BOOLEAN",
    pa.int8(): "TINYINT",
    pa.int32(): "INTEGER",
    pa.int64(): "BIGINT",
    pa.float64(): "DOUBLE",
    pa.date32(): "DATE",
    schemas.TIMESTAMP: "TIMESTAMP WITH TIME ZONE",
}


def refuse_path(folder: Path) -> None:
    """Refuse a folder in which DuckDB finds no file: it takes a backslash for a slash.

    Raises:
        UserError: naming the folder.
    """
    try:
        known = "\\" not in str(folder) and str(folder).encode()
    except UnicodeEncodeError:
        known = False
    if not known:
        raise UserError(
            f"DuckDB cannot read a folder whose name has a backslash or is no UTF-8: {folder!r}.",
            "Choose another --warehouse.",
        )


class Workshop:
    """Where a database is made: in place, or elsewhere where DuckDB could not write there.

    It looks for the log of a database in "a?b" below "a.wal?b".
    """

    def __init__(self, path: Path) -> None:
        self._final = path
        self._folder = Path(tempfile.mkdtemp(prefix="demarche-")) if "?" in str(path) else None
        self.path = self._folder / path.name if self._folder else path

    def finish(self) -> None:
        """Move the database to where it belongs."""
        if self._folder:
            shutil.move(self.path, self._final)
            self.close()

    def close(self) -> None:
        """Remove what is left elsewhere."""
        if self._folder:
            shutil.rmtree(self._folder, ignore_errors=True)


def create(path: Path, scratch: Path) -> duckdb.DuckDBPyConnection:
    """Create an empty database that older DuckDB can read; it spills into `scratch`."""
    connection = duckdb.connect(path, config={"storage_compatibility_version": STORAGE_VERSION})
    connection.execute(f"SET temp_directory = {quote(str(scratch))}")
    connection.execute("SET TimeZone = 'UTC'")  # a day of a moment is the same on every machine
    return _offline(connection)


def open_readonly(path: Path) -> duckdb.DuckDBPyConnection:
    """Open a finished database; any number of readers may."""
    return _offline(duckdb.connect(path, read_only=True))


def _offline(connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """Never try to fetch an extension over the network."""
    connection.execute("SET autoinstall_known_extensions = false")
    return connection


def load(connection: duckdb.DuckDBPyConnection, files: dict[str, list[Path]]) -> None:
    """Create all tables with their comments and fill them from Parquet.

    Args:
        connection: A new database.
        files: The Parquet files of each table, in the order of its rows.

    Raises:
        SchemaError: when two rows of a table have the same key.
    """
    connection.execute("BEGIN")  # one commit instead of hundreds, each of which waits for the disk
    for table in schemas.TABLES.values():
        _create(connection, table)
        if files[table.name]:
            _insert(connection, table, files[table.name])
            _check_key(connection, table)
    connection.execute("COMMIT")


def catalog_digest(connection: duckdb.DuckDBPyConnection) -> str:
    """Return a hash of all definitions in the database, so that a changed view is noticed."""
    rows = connection.sql(
        "SELECT sql, comment FROM duckdb_tables() WHERE NOT internal "
        "UNION ALL SELECT sql, comment FROM duckdb_views() WHERE NOT internal ORDER BY ALL"
    ).fetchall()
    return hashlib.sha256(json.dumps(rows).encode()).hexdigest()


def identifier(name: str) -> str:
    """Return a name quoted for SQL."""
    return '"' + name.replace('"', '""') + '"'


def quote(text: str) -> str:
    """Return a text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def sql_type(kind: pa.DataType) -> str:
    """Return the SQL type of an Arrow type; dictionaries become plain text.

    Raises:
        KeyError: for a type that the registry does not use.
    """
    if pa.types.is_dictionary(kind):
        return sql_type(kind.value_type)
    if pa.types.is_list(kind):
        return f"{sql_type(kind.value_type)}[]"
    if pa.types.is_struct(kind):
        return f"STRUCT({', '.join(f'{identifier(f.name)} {sql_type(f.type)}' for f in kind)})"
    return _SQL_TYPES[kind]


def _column(field: pa.Field) -> str:
    required = "" if field.nullable else " NOT NULL"
    return f"{identifier(field.name)} {sql_type(field.type)}{required}"


def _create(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    name = identifier(table.name)
    connection.execute(f"CREATE TABLE {name} ({', '.join(map(_column, table.schema))})")
    connection.execute(f"COMMENT ON TABLE {name} IS {quote(table.grain)}")
    for field in table.schema:
        text = (field.metadata or {}).get(b"description", b"").decode()
        connection.execute(f"COMMENT ON COLUMN {name}.{identifier(field.name)} IS {quote(text)}")


def _insert(connection: duckdb.DuckDBPyConnection, table: Table, files: list[Path]) -> None:
    # A name is no pattern: what would be one is put into brackets.
    paths = ", ".join(quote(re.sub(r"([*?[])", r"[\1]", str(f))) for f in files)
    columns = ", ".join(identifier(c) for c in table.schema.names)
    connection.execute(
        f"INSERT INTO {identifier(table.name)} SELECT {columns} "  # noqa: S608 (registry names)
        f"FROM read_parquet([{paths}], hive_partitioning = false)"
    ).fetchall()


def _check_key(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    key = ", ".join(identifier(c) for c in table.key)
    repeated: Iterable[tuple[object, ...]] = connection.sql(
        f"SELECT {key} FROM {identifier(table.name)} "  # noqa: S608 (names are the registry's)
        "GROUP BY ALL HAVING count(*) > 1 ORDER BY ALL LIMIT 3"
    ).fetchall()
    if repeated:
        raise SchemaError(f"{table.name}: several rows have the same {table.key}: {repeated}")
