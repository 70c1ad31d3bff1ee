"""`sql`, `explain`, `rejects`, `releases`: looking at what was made."""

from __future__ import annotations

import json as jsonlib
from contextlib import closing
from typing import TYPE_CHECKING, Annotated

import typer

from flows.commands.common import AtOption, JsonOption, WarehouseOption, open_release, settings_of
from flows.output import console, err, print_json, print_lines, print_table
from tasks.errors import UserError

if TYPE_CHECKING:
    import duckdb


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    app.command()(sql)
    app.command()(explain)
    app.command()(rejects)
    app.command()(releases)


def sql(
    query: Annotated[str, typer.Argument(help='Such as "select * from events limit 5".')],
    warehouse: WarehouseOption = None,
    at: AtOption = None,
    json: JsonOption = False,
    files: Annotated[
        bool, typer.Option("--files", help="Let it read and write files: read_csv, COPY.")
    ] = False,
    seconds: Annotated[
        float | None, typer.Option(min=0.001, help="Stop it after so long.", show_default="never")
    ] = None,
) -> None:
    """Ask the current release a question in SQL (DuckDB, read only).

    Tables: articles, rejects, copies, mentions, events, event_mentions, and the marts.
    `demarche sql "show tables"` lists them; `describe events` shows the columns. The query reaches
    no files (but for --files), no network and no settings.
    """
    release = open_release(warehouse, at)
    if not query.strip():
        raise UserError("there is no query", 'Such as "select * from events limit 5".')
    with closing(release.connect()) as connection:
        columns, rows = _answer(connection, query, files, seconds)
    if json:
        print_lines(dict(zip(columns, row, strict=True)) for row in rows)
    else:
        print_table(columns, rows)


def _answer(
    connection: duckdb.DuckDBPyConnection, query: str, files: bool, seconds: float | None
) -> tuple[list[str], list[tuple[object, ...]]]:
    """Return the names of the columns of a query's last statement, and its rows."""
    import duckdb

    from tasks.warehouse.bounded import close_off, keep_local, time_limit

    try:
        if any(s.type.name == "LOAD" for s in connection.extract_statements(query)):
            raise UserError("a query installs and loads no extensions")
        (keep_local if files else close_off)(connection)
        with time_limit(connection, seconds, "the query", "Give more --seconds, or ask for less."):
            result = connection.execute(query)
            columns = _distinct([d[0] for d in result.description or []])
            return columns, result.fetchall()
    except duckdb.PermissionException as error:
        hint = "" if files else "With --files, a query may read and write files."
        raise UserError(f"the query does not run: {error}", hint) from error
    except duckdb.Error as error:
        raise UserError(f"the query does not run: {error}") from error


def _distinct(names: list[str]) -> list[str]:
    """Tell columns of one name apart, as DuckDB does in a table: n, n_1, n_2."""
    given: list[str] = []
    for name in names:
        number, fresh = 0, name
        while fresh in given:
            number += 1
            fresh = f"{name}_{number}"
        given.append(fresh)
    return given


def explain(
    id: Annotated[str, typer.Argument(help="Id of an event, a mention or an article.")],
    warehouse: WarehouseOption = None,
    at: AtOption = None,
    json: JsonOption = False,
) -> None:
    """Show why an event, a mention or an article is as it is.

    The first characters of an id will do. For an event: its reports, which of them count as
    independent and why the others do not, the sentences with actors, trigger, date and place
    marked, the lexicon rows that fired, how each field was settled and what was overruled, and
    the ids that it had in earlier releases. The id of an event of an earlier release leads to what
    has become of it.
    """
    from tasks.publish.explain import explain as explain_id

    sections = explain_id(open_release(warehouse, at).connect(), id)
    if json:
        print_json([{"title": s.title, "rows": s.rows} for s in sections])
        return
    for section in sections:
        console.print(f"\n[bold]{section.title}[/]")
        if len(section.rows) == 1:
            print_table(("field", "value"), section.rows[0].items())
        elif section.rows:
            print_table(list(section.rows[0]), [list(r.values()) for r in section.rows])


def rejects(
    warehouse: WarehouseOption = None,
    reason: Annotated[str | None, typer.Option(help="Only this reason.")] = None,
    at: AtOption = None,
    json: JsonOption = False,
) -> None:
    """List what was refused, why, and what to do about it."""
    from tasks.ingest.reasons import REASONS

    table = open_release(warehouse, at).read("rejects")
    rows = [r for r in table.to_pylist() if reason in (None, r["reason"])]
    if reason is not None and reason not in REASONS:
        raise UserError(f"there is no reason {reason!r}", f"Known: {', '.join(sorted(REASONS))}.")
    if json:
        print_lines(rows)
        return
    columns = ("uri", "record", "reason", "detail", "n_bytes")
    print_table(columns, [[r[c] for c in columns] for r in rows])
    for name in sorted({r["reason"] for r in rows}):
        console.print(f"{name}: {REASONS[name].remedy}", markup=False)


def releases(
    warehouse: WarehouseOption = None,
    use: Annotated[
        str | None, typer.Option("--use", help="Make this release current, if it is whole.")
    ] = None,
    json: JsonOption = False,
) -> None:
    """List the releases, each after its parent, and tell which are whole; read one with --at.

    --use ID goes back to a release: all its files are read and checked, then readers find it.
    """
    from tasks.warehouse import Warehouse, nothing_published

    store = Warehouse(settings_of(warehouse=warehouse).warehouse)
    if use is not None:
        if not store.root.is_dir():
            raise nothing_published(store.root)
        with store.lock("use a release"):
            store.use(use)
        err.print(f"release {use} is whole, and is current now")
    readable, broken = store.releases(), store.unreadable()
    if not readable and not broken:
        raise nothing_published(store.root)
    current = store.current_id()
    rows = [
        {
            "release": r.id,
            "current": r.id == current,
            "whole": r.is_whole(),
            "parent": r.manifest.get("parent"),
            "articles": _rows(r.manifest, "articles"),
            "events": _rows(r.manifest, "events"),
        }
        for r in readable
    ]
    if json:
        print_lines([*rows, *({"release": r, "problem": p} for r, p in broken.items())])
        return
    if rows:
        print_table(list(rows[0]), [list(r.values()) for r in rows])
    for problem in broken.values():
        err.print(problem, markup=False, soft_wrap=True)


def _rows(manifest: dict[str, object], table: str) -> int | None:
    report = jsonlib.loads(jsonlib.dumps(manifest.get("report") or {}))
    count = report.get("rows", {}).get(table)
    return int(count) if count is not None else None
