"""Refuses SQL that changes tables, reads beside the release, or need not say the same twice.

It is read from DuckDB's own parse of the text and from what DuckDB says of its functions, macros
included, so that no spelling gets around it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import duckdb

from tasks.errors import UserError
from tasks.summarize.references import line_of, parse_select

# Names without brackets that DuckDB takes for the clock where no column has them.
_CLOCK = frozenset(
    ("current_date", "current_time", "current_timestamp", "localtime", "localtimestamp")
)
_CLOCK_FUNCTIONS = frozenset(("current_localtime", "current_localtimestamp"))
# What depends on the order in which threads end, or on the version of DuckDB.
_LOOSE = frozenset(("approx_quantile", "approx_top_k", "reservoir_quantile", "version"))
# Table functions that make their rows from their arguments alone.
_PURE_TABLES = frozenset(
    ("generate_series", "json_each", "json_tree", "range", "repeat", "repeat_row", "unnest")
)
_FILE_READERS = (
    *("read_blob", "read_csv", "read_csv_auto", "read_json", "read_json_auto", "read_parquet"),
    *("parquet_scan", "read_json_objects", "read_json_objects_auto", "read_ndjson", "read_text"),
    *("read_ndjson_auto", "read_ndjson_objects"),
)
_STABLE = ("CONSISTENT", None)  # macros have none of their own

_SAME = "The same articles must give the same tables: use the columns, such as dates, instead."
_RELEASE = "It may read the tables and models of the release."
_SELECT = "A model or test is one SELECT that reads tables."
_ORDER = "Add an ORDER BY that tells the rows apart."
_FILES = (
    "Name the folder that it may read files from with `models_may_read` in demarche.toml; "
    "a view (staging/) reads none, since the release would not hold its rows."
)


@dataclass(frozen=True, slots=True)
class _Function:
    """What DuckDB knows of a name: whether it says the same twice, and the texts of its macros."""

    stable: bool
    macros: tuple[str, ...]


class Judge:
    """Knows the functions of a DuckDB connection, and refuses SQL by them."""

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        self._con = con
        rows = con.execute(
            "SELECT lower(function_name), list(DISTINCT coalesce(stability, 'CONSISTENT')), "
            "list(DISTINCT macro_definition) FILTER (macro_definition IS NOT NULL) "
            "FROM duckdb_functions() GROUP BY 1"
        ).fetchall()
        self._functions = {
            str(name): _Function(set(said) <= set(_STABLE), tuple(macros or ()))
            for name, said, macros in rows
        }

    def check(self, sql: str, path: object, *, files: bool = False) -> None:
        """Refuse a SELECT that may say something else for the same tables.

        Args:
            sql: One SELECT.
            path: Its file, for the message.
            files: Whether it may read files; DuckDB itself holds it to the folders that it may.

        Raises:
            UserError: with file, line, what is refused, and what to do.
        """
        statement = parse_select(self._con, sql, path)
        for at, what, remedy in self._faults(statement, files, frozenset()):
            raise UserError(f"{path}:{line_of(sql, at)}: {what}", remedy)

    def _faults(
        self, node: Any, files: bool, inside: frozenset[str], at: int = 0
    ) -> Iterator[tuple[int, str, str]]:
        """Yield place, fault and remedy of what is refused below a node of the parse."""
        if isinstance(node, list):
            for item in node:
                yield from self._faults(item, files, inside, at)
        elif isinstance(node, dict):
            at = _place(node, at)
            for what, remedy in self._wrong(node, files, inside):
                yield at, what, remedy
            for value in node.values():
                yield from self._faults(value, files, inside, at)

    def _wrong(
        self, node: dict[str, Any], files: bool, inside: frozenset[str]
    ) -> Iterator[tuple[str, str]]:
        kind = str(node.get("type", ""))
        if kind.endswith("_QUERY_NODE"):
            yield f"{kind.removesuffix('_QUERY_NODE')} changes a table", _SELECT
        elif kind == "SHOW_REF":
            yield "DESCRIBE, SHOW and SUMMARIZE are no SELECT", _SELECT
        elif kind == "BASE_TABLE" and (schema := _schema(node)) not in ("", "main"):
            yield f"the schema {schema} is no part of the release", _RELEASE
        elif kind == "TABLE_FUNCTION":
            yield from _table_function(_name(node["function"]), files)
        elif kind == "COLUMN_REF" and _is_clock(node["column_names"]):
            yield f"{node['column_names'][0]} says something else each time", _SAME
        elif node.get("class") == "FUNCTION" and self._is_loose(node, inside):
            yield f"{_name(node)}() says something else each time", _SAME
        if node.get("sample"):
            yield "a sample is of other rows each time", _SAME
        yield from _unordered(node.get("modifiers") or [])

    def _is_loose(self, node: dict[str, Any], inside: frozenset[str]) -> bool:
        name = _name(node)
        if name in _LOOSE | _CLOCK_FUNCTIONS or (name == "age" and len(node["arguments"]) == 1):
            return True
        function = self._functions.get(name)
        if function is None or name == "error":  # which only ends the run
            return False
        return not function.stable or any(
            self._is_loose_macro(text, inside | {name})
            for text in function.macros
            if name not in inside
        )

    def _is_loose_macro(self, text: str, inside: frozenset[str]) -> bool:
        # A macro of tables is a query itself.
        rows = self._con.execute(
            "SELECT json_serialize_sql(?), json_serialize_sql(?)", [f"SELECT {text}", text]
        ).fetchall()
        trees = [json.loads(t) for t in rows[0]]
        return any(
            any(self._faults(tree["statements"], False, inside))
            for tree in trees
            if not tree.get("error")
        )


def _place(node: dict[str, Any], otherwise: int) -> int:
    at = int(node.get("query_location") or 0)
    return at if 0 < at < 2**63 else otherwise  # 2^64 - 1 is nowhere


def _name(function: dict[str, Any]) -> str:
    path = (function.get("qualified_name") or {}).get("path") or [function["function_name"]]
    return str(path[-1]).lower()


def _is_clock(column: list[str]) -> bool:
    return len(column) == 1 and column[0].lower() in _CLOCK


def _schema(table: dict[str, Any]) -> str:
    path = (table.get("qualified_name") or {}).get("path") or []
    return str(path[-2] if len(path) > 1 else table.get("schema_name", "")).lower()


def _table_function(name: str, files: bool) -> Iterator[tuple[str, str]]:
    if name in _FILE_READERS:
        if not files:
            yield f"{name}() reads a file", _FILES
    elif name not in _PURE_TABLES:
        yield f"{name}() reads what is no part of the release", _RELEASE


def _unordered(modifiers: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    kinds = {str(m["type"]) for m in modifiers}
    if "ORDER_MODIFIER" in kinds:
        return
    if kinds & {"LIMIT_MODIFIER", "LIMIT_PERCENT_MODIFIER"}:
        yield "LIMIT without ORDER BY takes any rows", _ORDER
    if any(m.get("distinct_on_targets") for m in modifiers):
        yield "DISTINCT ON without ORDER BY takes any row", _ORDER
