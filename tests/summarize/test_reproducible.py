"""SQL of one's own reads the release alone, changes nothing, and says the same each time."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from tasks.errors import Failed, UserError
from tasks.summarize import run_models, run_tests
from tasks.summarize.reproducible import Judge
from tasks.warehouse.bounded import Bounds, close_off
from tests.summarize.test_models import write

ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT 3 - i FROM n) SELECT max(i) FROM n"


@pytest.fixture(scope="module")
def con() -> duckdb.DuckDBPyConnection:
    con = duckdb.connect()
    con.execute("CREATE TABLE events AS SELECT 1 AS id, DATE '2026-01-02' AS day, 'a' AS name")
    return con


@pytest.fixture(scope="module")
def judge(con: duckdb.DuckDBPyConnection) -> Judge:
    return Judge(con)


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM events RETURNING id",
        "DROP TABLE events",
        "COPY events TO 'out.csv'",
        "SELECT 1; DROP TABLE events",
        "WITH gone AS (DELETE FROM events RETURNING *) SELECT * FROM gone",
        "PRAGMA version",
        "SET threads = 1",
        "ATTACH ':memory:' AS m",
        "INSTALL httpfs",
        "SELECT * FROM nowhere",
    ],
)
def test_a_test_is_one_select_of_what_there_is(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, sql: str
) -> None:
    with pytest.raises(UserError, match=r"t\.sql:?\d*: "):
        run_tests(con, write(tmp_path, tests__t=sql))
    assert con.execute("SELECT count(*) FROM events").fetchall() == [(1,)]


@pytest.mark.parametrize(
    ("sql", "named"),
    [
        ("SELECT random()", "random"),
        ("SELECT id FROM events ORDER BY RANDOM()", "random"),
        ("SELECT id FROM events WHERE day < today() - 3", "today"),
        ("SELECT main.now()", "now"),
        ("SELECT current_date", "current_date"),
        ("SELECT (SELECT max(Current_Timestamp)) FROM events", "Current_Timestamp"),
        ("SELECT get_current_time()", "get_current_time"),
        ("SELECT ago(INTERVAL 1 DAY)", "ago"),  # a macro of the clock
        ("SELECT pg_postmaster_start_time()", "pg_postmaster_start_time"),
        ("SELECT age(day) FROM events", "age"),
        ("SELECT uuid(), id FROM events", "uuid"),
        ("SELECT gen_random_uuid()", "gen_random_uuid"),
        ("SELECT setseed(0.5)", "setseed"),
        ("SELECT nextval('s')", "nextval"),
        ("SELECT current_setting('threads')", "current_setting"),
        ("SELECT getvariable('x')", "getvariable"),
        ("SELECT version()", "version"),
        ("SELECT txid_current()", "txid_current"),
        ("SELECT reservoir_quantile(id, 0.5) FROM events", "reservoir_quantile"),
        ("SELECT list_transform([1], lambda x: x + random())", "random"),
        ("WITH r AS (SELECT uuid() AS u) SELECT u FROM r", "uuid"),
        ("SELECT id FROM events USING SAMPLE 1", "sample"),
        ("SELECT id FROM events TABLESAMPLE reservoir(1) REPEATABLE (3)", "sample"),
        ("SELECT id FROM events LIMIT 1", "LIMIT"),
        ("SELECT id FROM (SELECT id FROM events LIMIT 10%) ORDER BY id", "LIMIT"),
        ("SELECT DISTINCT ON (name) id FROM events", "DISTINCT ON"),
        ("SELECT * FROM duckdb_settings()", "duckdb_settings"),
        ("SELECT * FROM pragma_version()", "pragma_version"),
        ("SELECT * FROM query('SELECT random()')", "query"),
        ("SELECT * FROM information_schema.tables", "information_schema"),
        ("SELECT * FROM pg_catalog.pg_class", "pg_catalog"),
        ("SELECT * FROM (DESCRIBE events)", "DESCRIBE"),
        ("SELECT * FROM (SUMMARIZE events)", "SUMMARIZE"),
        ("SELECT * FROM read_csv('/etc/passwd')", "read_csv"),
        ("SELECT * FROM read_text('https://example.org/')", "read_text"),
        ("SELECT * FROM glob('/etc/*')", "glob"),
        ("SELECT * FROM sniff_csv('/etc/passwd')", "sniff_csv"),
    ],
)
def test_what_may_say_something_else_is_named_with_its_line(
    judge: Judge, sql: str, named: str
) -> None:
    with pytest.raises(UserError) as caught:
        judge.check(f"-- About.\n{sql}\n", "m.sql")
    assert caught.value.message.startswith("m.sql:")
    assert named in caught.value.message


def test_the_line_is_that_of_the_call(judge: Judge) -> None:
    with pytest.raises(UserError, match=r"^m\.sql:3: now\(\)"):
        judge.check("SELECT id,\n  name,\n  now() AS moment\nFROM events\n", "m.sql")


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT 'now() and random()' AS words, \"name\" FROM events",
        "SELECT e.id, unnest([1, 2]) FROM events AS e ORDER BY ALL LIMIT 3",
        "SELECT * FROM range(3) AS r(i), generate_series(1, 2) AS g(j)",
        "SELECT DISTINCT ON (name) id FROM events ORDER BY name, id",
        "SELECT age(day, DATE '2026-02-01'), date_trunc('month', day) FROM events",
        "SELECT sum(id) OVER (ORDER BY day), list(name ORDER BY id) FROM events GROUP BY id, day",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3) FROM n",
        "SELECT CASE WHEN id > 2 THEN error('too many') ELSE id END FROM events",
        "FROM main.events",
        "VALUES (1), (2)",
    ],
)
def test_what_says_the_same_each_time_is_let_through(judge: Judge, sql: str) -> None:
    judge.check(sql, "m.sql")


def test_a_model_reads_files_of_the_folders_it_may_and_no_others(tmp_path: Path) -> None:
    for name in ("mine", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "codes.csv").write_text("code\n7\n")
    bounds = Bounds((tmp_path / "mine",))
    con = duckdb.connect(tmp_path / "release.duckdb")
    close_off(con, bounds.may_read)

    def read(name: str) -> str:
        return f"SELECT * FROM read_csv('{tmp_path}/{name}/codes.csv')"

    [built] = run_models(con, write(tmp_path / "a", own=read("mine")), bounds)
    assert built.n_rows == 1
    with pytest.raises(UserError, match=r"own\.sql:1: read_csv\(\) reads a file"):
        run_models(con, tmp_path / "a")
    for away in ("other", "mine/../other"):
        with pytest.raises(UserError, match=r"own\.sql:1: Permission Error"):
            run_models(con, write(tmp_path / "b", own=read(away)), bounds)
    with pytest.raises(UserError, match=r"v\.sql:1: read_csv\(\) reads a file"):
        run_models(con, write(tmp_path / "c", staging__v=read("mine")), bounds)


def test_a_query_without_end_is_stopped(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    bounds = Bounds(seconds=0.1)
    with pytest.raises(Failed, match=r"own\.sql did not end within 0.1 seconds"):
        run_models(con, write(tmp_path, own=ENDLESS), bounds)
    with pytest.raises(Failed, match=r"own\.sql did not end within 0.1 seconds"):
        run_tests(con, write(tmp_path, tests__own=ENDLESS), bounds)
    assert con.execute("SELECT count(*) FROM events").fetchall() == [(1,)]
