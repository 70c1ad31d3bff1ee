"""Runs the SQL tests: each selects the rows that break a rule, so no rows means that it holds."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import duckdb

from tasks.errors import UserError
from tasks.summarize.build import NO_BOUNDS, SLOW, Folders, base_tables, located
from tasks.summarize.model import parse_header, read_sql
from tasks.summarize.references import read_tables
from tasks.summarize.reproducible import Judge
from tasks.warehouse.bounded import Bounds, time_limit
from tasks.warehouse.disk import is_trouble

# Rows shown of a test that fails.
SHOWN = 5


@dataclass(frozen=True, slots=True)
class TestResult:
    """What a SQL test found.

    Attributes:
        name: The file's name without .sql.
        severity: error stops publication, warn is reported.
        description: The rule, in words.
        n_failures: Rows that break it.
        columns: Names of the columns of `rows`.
        rows: The first of them, in order.
    """

    __test__: ClassVar[bool] = False  # its name does not make it a pytest class

    name: str
    severity: str
    description: str
    n_failures: int
    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]

    @property
    def passed(self) -> bool:
        """True if no row breaks the rule."""
        return self.n_failures == 0


def run_tests(
    con: duckdb.DuckDBPyConnection, folder: Folders, bounds: Bounds = NO_BOUNDS
) -> list[TestResult]:
    """Run the tests in each folder's tests/, by name, and return what they found.

    Args:
        con: Connection that holds the tables and models.
        folder: As for run_models.
        bounds: What the tests may read, and for how long each may run.

    Raises:
        UserError: after all have run, if one of severity error found rows: it shows them. Also if
            DuckDB refuses a test, with file and line.
        Failed: if a test runs for too long.
    """
    folders = [folder] if isinstance(folder, Path) else folder
    paths = [p for f in folders for p in sorted((f / "tests").glob("*.sql"))]
    judge, known = Judge(con), base_tables(con)
    for path in paths:
        sql = read_sql(path)
        read_tables(con, sql, path, known)
        judge.check(sql, path, files=bool(bounds.may_read))
    results = [run_test(con, p, bounds) for p in paths]
    failed = [r for r in results if r.severity == "error" and not r.passed]
    if failed:
        raise UserError(
            "\n".join(describe(r) for r in failed),
            "Nothing was published; the last release stays.",
        )
    return results


def run_test(con: duckdb.DuckDBPyConnection, path: Path, bounds: Bounds = NO_BOUNDS) -> TestResult:
    """Run one test.

    Raises:
        UserError: if it is no SELECT that DuckDB can run, or its severity is unknown.
        Failed: if it runs for too long.
        duckdb.Error: if disk or memory do not suffice.
    """
    sql = read_sql(path)
    header = parse_header(sql)
    if header.severity not in ("error", "warn"):
        raise UserError(
            f"{path}: the severity {header.severity!r} is unknown", "Use error or warn."
        )
    try:
        # execute(), not sql(): only its errors tell the line.
        with time_limit(con, bounds.seconds, str(path), SLOW):
            result = con.execute(sql)
            columns = tuple(str(c[0]) for c in result.description or ())
            rows = result.fetchall()
    except duckdb.Error as error:
        if is_trouble(error):
            raise  # no fault of the SQL
        raise located(error, path) from error
    return TestResult(
        name=path.stem,
        severity=header.severity,
        description=header.description,
        n_failures=len(rows),
        columns=columns,
        rows=tuple(rows[:SHOWN]),
    )


def describe(result: TestResult) -> str:
    """Return a failed test in words, with the rows that it shows."""
    shown = [", ".join(result.columns), *(", ".join(str(v) for v in r) for r in result.rows)]
    more = result.n_failures - len(result.rows)
    tail = [f"  ... and {more} more"] if more > 0 else []
    head = f"test {result.name}: {result.n_failures} rows break it. {result.description}"
    return "\n".join([head, *(f"  {line}" for line in shown), *tail])
