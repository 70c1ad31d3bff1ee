"""Finds which tables a SELECT reads, from DuckDB's own parse of it, and orders models by that."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import Any

import duckdb

from tasks.errors import UserError
from tasks.summarize.model import Model


@dataclass(frozen=True, slots=True)
class Reference:
    """A table named in a FROM clause.

    Attributes:
        name: Its name, lower case.
        line: Line of the file, from 1.
    """

    name: str
    line: int


def find_references(con: duckdb.DuckDBPyConnection, sql: str, path: object) -> list[Reference]:
    """Return the tables that a single SELECT reads; names made by WITH are not among them.

    Raises:
        UserError: with file, line and DuckDB's message, if the text is not one SELECT.
    """
    found = _tables(parse_select(con, sql, path), frozenset())
    return [Reference(name, line_of(sql, at)) for name, at in found]


def parse_select(con: duckdb.DuckDBPyConnection, sql: str, path: object) -> dict[str, Any]:
    """Return DuckDB's parse of a single SELECT, as `json_serialize_sql` gives it.

    Raises:
        UserError: with file, line and DuckDB's message, if the text is not one SELECT.
    """
    rows = con.execute("SELECT json_serialize_sql(?)", [sql]).fetchall()
    tree = json.loads(rows[0][0])
    if tree.get("error"):
        raise _not_a_select(tree, sql, path)
    if len(tree["statements"]) != 1:
        raise UserError(
            f"{path}: holds {len(tree['statements'])} statements",
            "Keep one SELECT a file; a second model gets a file of its own.",
        )
    statement: dict[str, Any] = tree["statements"][0]
    return statement


def line_of(sql: str, at: int) -> int:
    """Return the line, from 1, of a place in a text, in bytes."""
    return sql.encode()[:at].count(b"\n") + 1


def _not_a_select(tree: dict[str, Any], sql: str, path: object) -> UserError:
    at = int(tree.get("position") or 0)
    message = tree.get("error_message", "cannot be parsed")
    return UserError(
        f"{path}:{line_of(sql, at)}: {message}", "A model or test is one SELECT in DuckDB's SQL."
    )


def _tables(node: Any, hidden: frozenset[str]) -> Iterator[tuple[str, int]]:
    if isinstance(node, list):
        for item in node:
            yield from _tables(item, hidden)
    elif isinstance(node, dict):
        if node.get("type") == "BASE_TABLE":
            yield from _base_table(node, hidden)
        if node.get("type") == "RECURSIVE_CTE_NODE":
            hidden |= {str(node.get("cte_name", "")).lower()}
        for cte in (node.get("cte_map") or {}).get("map", []):
            # A WITH name is known to what follows; inside its own query it means the real table.
            yield from _tables(cte["value"], hidden)
            hidden |= {cte["key"].lower()}
        for key, value in node.items():
            if key != "cte_map":
                yield from _tables(value, hidden)


def _base_table(node: dict[str, Any], hidden: frozenset[str]) -> Iterator[tuple[str, int]]:
    path = (node.get("qualified_name") or {}).get("path") or [node.get("table_name", "")]
    schema, name = (path[-2] if len(path) > 1 else node.get("schema_name", "")), path[-1]
    if schema in ("", "main") and (schema or name.lower() not in hidden):
        yield name.lower(), int(node.get("query_location") or 0)


def order_models(
    con: duckdb.DuckDBPyConnection, models: list[Model], tables: frozenset[str]
) -> list[Model]:
    """Return the models so that each comes after those it reads; otherwise by layer and name.

    Args:
        con: Connection, used only to parse.
        models: All models.
        tables: Names of the tables that exist before any model.

    Raises:
        UserError: naming file and line of a reference to nothing, or the files of a cycle.
    """
    by_name = {m.name: m for m in models}
    needs = {m.name: _needs(con, m, by_name, tables) for m in models}
    sorter = TopologicalSorter(needs)
    try:
        sorter.prepare()
    except CycleError as error:
        chain = [by_name[n] for n in reversed(error.args[1])]
        raise UserError(
            "SQL models read each other in a circle: " + " -> ".join(m.name for m in chain),
            "Files: " + ", ".join(sorted({str(m.path) for m in chain})),
        ) from error
    return [by_name[n] for n in _levels(sorter)]


def _levels(sorter: TopologicalSorter[str]) -> Iterator[str]:
    while sorter.is_active():
        ready = sorted(sorter.get_ready())
        yield from ready
        sorter.done(*ready)


def _needs(
    con: duckdb.DuckDBPyConnection, model: Model, models: dict[str, Model], tables: frozenset[str]
) -> list[str]:
    read = read_tables(con, model.sql, model.path, tables | models.keys())
    return [name for name in read if name in models]


def read_tables(
    con: duckdb.DuckDBPyConnection, sql: str, path: object, known: Collection[str]
) -> list[str]:
    """Return the names of the tables that a single SELECT reads, all of which are known.

    Raises:
        UserError: naming file and line of a reference to nothing.
    """
    found = find_references(con, sql, path)
    for ref in found:
        if ref.name not in known:
            raise UserError(
                f"{path}:{ref.line}: there is no table or model {ref.name!r}",
                f"There are: {', '.join(sorted(known))}.",
            )
    return [ref.name for ref in found]
