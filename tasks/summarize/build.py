"""Builds the models in DuckDB: staging as views, marts as tables, each with its comments."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from tasks.errors import UserError
from tasks.schemas import TABLES
from tasks.summarize.model import Model, read_models
from tasks.summarize.references import find_references, order_models
from tasks.summarize.reproducible import Judge
from tasks.warehouse.bounded import Bounds, time_limit
from tasks.warehouse.database import identifier, quote
from tasks.warehouse.disk import is_trouble

Folders = Path | Sequence[Path]
NO_BOUNDS = Bounds()
SLOW = (
    "A recursive query needs an end. Raise `models_seconds` if it is only slow; nothing was "
    "published."
)


@dataclass(frozen=True, slots=True)
class Built:
    """A model as it was built.

    Attributes:
        model: The model.
        columns: Names and DuckDB types of its columns, in order.
        n_rows: Rows of a table; None for a view.
        reads: Names of the tables and models that it reads, sorted.
    """

    model: Model
    columns: tuple[tuple[str, str], ...]
    n_rows: int | None
    reads: tuple[str, ...]


def load_models(folder: Folders, con: duckdb.DuckDBPyConnection | None = None) -> list[Model]:
    """Return the models of one folder or several, each after those that it reads.

    Args:
        folder: sql/ or several such folders; files directly in a folder are marts.
        con: Connection whose tables the models may read; None takes the published tables.

    Raises:
        UserError: naming file and line of what is wrong.
    """
    models = read_models(*([folder] if isinstance(folder, Path) else folder))
    for model in models:
        if model.name in TABLES:
            raise UserError(
                f"{model.path}: {model.name} is a published table, no model may take its name",
                "Rename the file.",
            )
    if con is not None:
        return order_models(con, models, base_tables(con))
    with duckdb.connect() as scratch:
        return order_models(scratch, models, frozenset(TABLES))


def run_models(
    con: duckdb.DuckDBPyConnection, folder: Folders, bounds: Bounds = NO_BOUNDS
) -> list[Built]:
    """Make every model; a view or table that it made before is replaced.

    Args:
        con: Connection that holds the tables of tasks/schemas.py.
        folder: As for load_models.
        bounds: What the models may read, and for how long each may run.

    Raises:
        UserError: with file, line and DuckDB's message; what was built before it stays.
        Failed: if a model runs for too long.
    """
    judge = Judge(con)
    models = load_models(folder, con)
    for model in models:
        files = bool(bounds.may_read) and model.kind == "table"
        judge.check(model.sql, model.path, files=files)
    return [build_model(con, m, bounds) for m in models]


def build_model(con: duckdb.DuckDBPyConnection, model: Model, bounds: Bounds = NO_BOUNDS) -> Built:
    """Make one model, with its comments.

    Raises:
        UserError: if DuckDB refuses it, its key is not unique, or it describes a column it lacks.
        Failed: if it runs for too long.
        duckdb.Error: if disk or memory do not suffice.
    """
    kind = model.kind.upper()
    try:
        # The model begins on the first line, so that DuckDB's line numbers are the file's.
        with time_limit(con, bounds.seconds, str(model.path), SLOW):
            con.execute(f'CREATE OR REPLACE {kind} "{model.name}" AS {model.sql}')
        columns = con.execute(f'DESCRIBE "{model.name}"').fetchall()
    except duckdb.Error as error:
        if is_trouble(error):
            raise  # no fault of the SQL
        raise located(error, model.path) from error
    reads = tuple(sorted({r.name for r in find_references(con, model.sql, model.path)}))
    names = tuple((str(c[0]), str(c[1])) for c in columns)
    built = Built(model, names, _count(con, model), reads)
    _check_header(con, built)
    _comment(con, built)
    return built


def located(error: duckdb.Error, path: Path) -> UserError:
    """Return DuckDB's error as one that names file and line."""
    line = re.search(r"^LINE (\d+):", str(error), re.MULTILINE)
    where = f"{path}:{line[1]}" if line else str(path)
    return UserError(f"{where}: {error}", "Mend the SQL; nothing was published.")


def read_mart(con: duckdb.DuckDBPyConnection, name: str) -> pa.Table:
    """Return a mart with its rows in order of all columns, from the first on."""
    return con.sql(f'SELECT * FROM "{name}" ORDER BY ALL').to_arrow_table()  # noqa: S608


def _count(con: duckdb.DuckDBPyConnection, model: Model) -> int | None:
    if model.kind == "view":
        return None
    rows = con.execute(f'SELECT count(*) FROM "{model.name}"').fetchall()  # noqa: S608
    return int(rows[0][0])


def base_tables(con: duckdb.DuckDBPyConnection) -> frozenset[str]:
    """Tables that are there before the models: of any schema on the search path."""
    rows = con.execute(
        "SELECT table_name FROM duckdb_tables() UNION "
        "SELECT view_name FROM duckdb_views() WHERE NOT internal"
    ).fetchall()
    return frozenset(str(r[0]).lower() for r in rows)


def _check_header(con: duckdb.DuckDBPyConnection, built: Built) -> None:
    model, names = built.model, {c for c, _ in built.columns}
    for column in (*model.header.key, *model.header.columns):
        if column not in names:
            raise UserError(
                f"{model.path}: the header names a column {column!r} that the SELECT does not give",
                f"It gives: {', '.join(c for c, _ in built.columns)}.",
            )
    if model.header.key and model.kind == "table":
        _check_key(con, model)


def _check_key(con: duckdb.DuckDBPyConnection, model: Model) -> None:
    key = ", ".join(f'"{k}"' for k in model.header.key)
    twice = con.execute(
        f'SELECT {key}, count(*) FROM "{model.name}" GROUP BY {key} HAVING count(*) > 1 '  # noqa: S608
        f"ORDER BY ALL LIMIT 3"
    ).fetchall()
    if twice:
        raise UserError(
            f"{model.path}: its key ({', '.join(model.header.key)}) does not tell rows apart, "
            f"for example {twice[0][:-1]} stands {twice[0][-1]} times",
            "Name all columns of the key in `-- key:`, or group by them.",
        )


def _comment(con: duckdb.DuckDBPyConnection, built: Built) -> None:
    model = built.model
    about = f"{model.header.description} Grain: {model.header.grain or 'not stated'}."
    name = identifier(model.name)
    con.execute(f"COMMENT ON {model.kind.upper()} {name} IS {quote(about.strip())}")
    for column, text in model.header.columns.items():
        con.execute(f"COMMENT ON COLUMN {name}.{identifier(column)} IS {quote(text)}")
