"""demarche.duckdb: complete, commented, readable by older DuckDB, and safe to hand on."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from tasks import schemas
from tasks.errors import UserError
from tasks.warehouse import Warehouse
from tasks.warehouse.database import quote, sql_type

from .examples import FEBRUARY, article, publish

ROWS = [article("b", FEBRUARY), article("a"), article("undated", None)]
# Magic bytes, then the storage version as a little-endian number: 65 is DuckDB 1.2.
HEADER = slice(12, 20)


def test_it_holds_every_table_with_its_types_and_comments(warehouse: Warehouse) -> None:
    with publish(warehouse, ROWS).connect() as connection:
        found = connection.sql(
            "SELECT table_name, column_name, data_type, is_nullable, comment "
            "FROM duckdb_columns() WHERE NOT internal AND table_name NOT IN ('coverage', 'english') "
            "ORDER BY table_name, column_index"
        ).fetchall()
    assert found == [
        (t.name, f.name, _duckdb_name(f.type), f.nullable, f.metadata[b"description"].decode())
        for _, t in sorted(schemas.TABLES.items())
        for f in t.schema
    ]


def _duckdb_name(kind: pa.DataType) -> str:
    return str(duckdb.sql(f"SELECT typeof(NULL::{sql_type(kind)})").fetchall()[0][0])


def test_a_table_says_what_a_row_is(warehouse: Warehouse) -> None:
    with publish(warehouse, ROWS).connect() as connection:
        comments = connection.sql("SELECT table_name, comment FROM duckdb_tables()").fetchall()
    assert dict(comments) == {t.name: t.grain for t in schemas.TABLES.values()} | {"coverage": None}


def test_its_rows_are_those_of_the_parquet_files_in_their_order(warehouse: Warehouse) -> None:
    release = publish(warehouse, ROWS)
    with release.connect() as connection:
        names = connection.sql("SELECT source_uri FROM articles").fetchall()
    assert [n for (n,) in names] == release.read("articles").column("source_uri").to_pylist()
    assert names == [("a",), ("b",), ("undated",)]


def test_older_duckdb_can_read_it(warehouse: Warehouse) -> None:
    release = publish(warehouse, ROWS)
    header = (release.path / "demarche.duckdb").read_bytes()[HEADER]
    assert int.from_bytes(header, "little") == 65
    with release.connect() as connection:
        tags = connection.sql("SELECT tags FROM duckdb_databases() WHERE NOT internal").fetchall()
    assert tags == [({"storage_version": "v1.2.0+"},)]


def test_readers_cannot_change_it(warehouse: Warehouse) -> None:
    release = publish(warehouse, ROWS)
    with release.connect() as connection, pytest.raises(duckdb.Error, match="read-only"):
        connection.execute("DELETE FROM articles")
    assert release.verify() == []


def test_views_work_in_the_file_alone_from_anywhere(
    warehouse: Warehouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailed = tmp_path / "mailed.duckdb"
    shutil.copy(publish(warehouse, ROWS).path / "demarche.duckdb", mailed)
    shutil.rmtree(warehouse.root)
    monkeypatch.chdir("/")
    with duckdb.connect(mailed, read_only=True) as connection:
        assert connection.sql("SELECT count(*) FROM english").fetchall() == [(3,)]


def test_a_missing_database_is_explained(warehouse: Warehouse) -> None:
    release = publish(warehouse, ROWS)
    (release.path / "demarche.duckdb").unlink()
    with pytest.raises(UserError, match=r"(?s)demarche\.duckdb: missing.*releases --use"):
        release.connect()


def test_a_folder_with_a_quote_in_its_name_is_fine(tmp_path: Path) -> None:
    release = publish(Warehouse(tmp_path / "analyst's $HOME; --"), ROWS)
    with release.connect() as connection:
        assert connection.sql("SELECT count(*) FROM articles").fetchall() == [(3,)]


def test_a_quoted_text_is_itself() -> None:
    text = "it's ''quoted''"
    assert duckdb.sql(f"SELECT {quote(text)}").fetchall() == [(text,)]
