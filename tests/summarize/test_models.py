"""An analyst drops in a SQL file: it is ordered, built, documented and tested, or clearly refused."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from tasks.errors import UserError
from tasks.summarize import load_models, read_mart, run_models, run_tests
from tasks.summarize.model import parse_header
from tasks.warehouse.bounded import Bounds
from tasks.warehouse.disk import explained


@pytest.fixture
def con() -> duckdb.DuckDBPyConnection:
    con = duckdb.connect()
    con.execute("CREATE TABLE events AS SELECT * FROM (VALUES (2, 'b'), (1, 'a')) AS t(id, name)")
    return con


def write(folder: Path, **files: str) -> Path:
    """Write models; `marts__x="SELECT 1"` becomes marts/x.sql."""
    for name, sql in files.items():
        path = folder.joinpath(*name.split("__")).with_suffix(".sql")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(sql, encoding="utf-8")
    return folder


def test_models_are_built_after_those_they_read(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    write(
        tmp_path,
        staging__stg_events="SELECT id FROM events",
        marts__a="SELECT * FROM z WHERE id IN (SELECT id FROM stg_events)",
        marts__z="SELECT * FROM stg_events",
    )
    built = run_models(con, tmp_path)
    assert [(b.model.name, b.model.kind, b.n_rows) for b in built] == [
        ("stg_events", "view", None),
        ("z", "table", 2),
        ("a", "table", 2),
    ]


def test_a_folder_of_ones_own_may_read_the_marts_of_another(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    ours = write(tmp_path / "sql", marts__names="SELECT name FROM events")
    mine = write(tmp_path / "mine", shout="SELECT upper(name) AS name FROM names;")
    assert [m.name for m in load_models([ours, mine], con)] == ["names", "shout"]
    run_models(con, [ours, mine])
    assert read_mart(con, "shout").column("name").to_pylist() == ["A", "B"]


def test_a_name_made_by_with_is_no_reference_but_hides_nothing_inside_itself(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    write(tmp_path, marts__m="WITH events AS (SELECT id FROM events), x AS (FROM events) FROM x")
    (built,) = run_models(con, tmp_path)
    assert built.columns == (("id", "INTEGER"),)


def test_recursive_queries_are_understood(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    sql = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3) FROM n"
    (built,) = run_models(con, write(tmp_path, marts__m=sql))
    assert built.n_rows == 3


def test_the_header_becomes_the_comments(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    sql = (
        "-- The first sentence.\n-- The second, it's longer.\n-- grain: one row\n-- key: id\n"
        "-- column id: What is\n--   continued here\nSELECT id FROM events\n"
    )
    run_models(con, write(tmp_path, marts__m=sql))
    table = con.execute("SELECT comment FROM duckdb_tables() WHERE table_name = 'm'").fetchall()
    column = con.execute("SELECT comment FROM duckdb_columns() WHERE table_name = 'm'").fetchall()
    assert table == [("The first sentence. The second, it's longer. Grain: one row.",)]
    assert column == [("What is continued here",)]


def test_a_comment_further_down_is_not_the_header() -> None:
    header = parse_header("-- About.\nSELECT 1 -- grain: none\n-- key: x\n")
    assert (header.description, header.grain, header.key) == ("About.", "", ())


@pytest.mark.parametrize(
    ("sql", "says"),
    [
        ("SELECT id\nFROM events\nWHERE WHERE", "m.sql:3: syntax error"),
        ("SELECT id,\n  nme\nFROM events", "m.sql:2: Binder Error: Referenced column"),
        ("SELECT id\nFROM evnts", "m.sql:2: there is no table or model 'evnts'"),
        ("SELECT 1; SELECT 2", "m.sql: holds 2 statements"),
        ("DROP TABLE events", "m.sql:1: "),
        ("-- column nme: x\nSELECT id FROM events", "the header names a column 'nme'"),
        ("-- key: k\nSELECT 1 AS k FROM events", "(1,) stands 2 times"),
    ],
)
def test_an_error_says_file_line_and_what_is_wrong(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, sql: str, says: str
) -> None:
    with pytest.raises(UserError) as caught:
        run_models(con, write(tmp_path, marts__m=sql))
    assert says in str(caught.value)
    assert con.execute("SELECT count(*) FROM events").fetchall() == [(2,)]


def test_a_circle_is_named(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    write(tmp_path, marts__a="FROM b", marts__b="FROM c", marts__c="FROM a")
    with pytest.raises(UserError, match=r"in a circle: (a -> b -> c -> a|b -> c -> a -> b|c -> a)"):
        run_models(con, tmp_path)


def test_a_published_table_cannot_be_overwritten_nor_a_name_used_twice(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    with pytest.raises(UserError, match="events is a published table"):
        run_models(con, write(tmp_path / "one", marts__events="SELECT 1"))
    two = write(tmp_path / "two", marts__m="SELECT 1", m="SELECT 2")
    with pytest.raises(UserError, match="is also made by"):
        run_models(con, two)


@pytest.mark.parametrize("name", ["Weekly Talks", "1st", "a-b"])
def test_a_file_name_must_be_a_plain_sql_name(tmp_path: Path, name: str) -> None:
    with pytest.raises(UserError, match="not a plain one"):
        load_models(write(tmp_path, **{f"marts__{name}": "SELECT 1"}))


def test_a_missing_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no such folder"):
        load_models(tmp_path / "nowhere")


def test_building_again_replaces_what_was_built(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    write(tmp_path, staging__s="SELECT id FROM events", marts__m="SELECT id FROM s")
    run_models(con, tmp_path)
    con.execute("INSERT INTO events VALUES (3, 'c')")
    assert [b.n_rows for b in run_models(con, tmp_path)] == [None, 3]


def test_a_failing_test_shows_its_rows_and_stops(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    write(tmp_path, tests__no_b="-- No b.\nSELECT id, name FROM events WHERE name = 'b'")
    with pytest.raises(UserError) as caught:
        run_tests(con, tmp_path)
    assert str(caught.value).splitlines()[:3] == [
        "test no_b: 1 rows break it. No b.",
        "  id, name",
        "  2, b",
    ]


def test_a_warning_is_reported_and_does_not_stop(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    write(
        tmp_path,
        tests__a="-- severity: warn\nSELECT id FROM events ORDER BY id",
        tests__b="SELECT id FROM events WHERE id > 9",
    )
    first, second = run_tests(con, tmp_path)
    assert (first.n_failures, first.rows, first.passed) == (2, ((1,), (2,)), False)
    assert second.passed


@pytest.mark.parametrize(
    ("sql", "says"),
    [
        ("-- severity: fatal\nSELECT 1", "severity 'fatal'"),
        ("SELECT\n nope\nFROM events", "t.sql:2: "),
    ],
)
def test_a_wrong_test_is_an_error(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, sql: str, says: str
) -> None:
    with pytest.raises(UserError) as caught:
        run_tests(con, write(tmp_path, tests__t=sql))
    assert says in str(caught.value)


def test_a_file_that_a_model_reads_and_that_is_not_there_is_the_models_fault(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    write(tmp_path, own="\nSELECT * FROM read_csv('nowhere.csv')")
    with explained(tmp_path), pytest.raises(UserError, match=r"own\.sql:2: IO Error.*nowhere"):
        run_models(con, tmp_path, Bounds((tmp_path,)))


def test_a_want_of_memory_is_not_told_as_a_fault_of_the_sql(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    con.execute("SET memory_limit = '8MB'")
    con.execute("SET max_temp_directory_size = '1MB'")
    sql = "SELECT list(i ORDER BY hash(i)) AS all_of_them FROM range(3_000_000) AS r(i)"
    with pytest.raises(UserError, match="space left"), explained(tmp_path):
        run_models(con, write(tmp_path, big=sql))
