"""`maintain`, `lexicon check`: keeping a warehouse and the tables sound."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flows.commands.common import JsonOption, WarehouseOption, settings_of
from flows.output import console, print_json, print_lines, print_table

lexicon = typer.Typer(help="The tables that coding rests on.", no_args_is_help=True)


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    app.command()(maintain)
    app.add_typer(lexicon, name="lexicon")


def maintain(
    warehouse: WarehouseOption = None,
    keep: Annotated[int | None, typer.Option(help="Releases to keep.")] = None,
    json: JsonOption = False,
) -> None:
    """Check the current release and remove the oldest ones."""
    from flows.maintain import maintain_warehouse

    settings = settings_of(warehouse=warehouse, keep_releases=keep)
    result = maintain_warehouse(settings)
    if json:
        print_json({"expired": result.expired, "problems": result.problems})
    else:
        console.print(f"removed {len(result.expired)} old releases: {', '.join(result.expired)}")
        console.print("\n".join(result.problems) or "the current release is sound")
    if result.problems:
        raise typer.Exit(3)


@lexicon.command("check")
def lexicon_check(
    actors: Annotated[
        Path | None, typer.Option(help="CSV of your own actors, checked with the project's.")
    ] = None,
    json: JsonOption = False,
) -> None:
    """Check actors, places and lexicon: duplicates, unknown codes, examples that fail.

    Ends with 3 when there is something to mend.
    """
    from tasks.annotate.lint import lint_actors, lint_places
    from tasks.events.check import check_frames
    from tasks.events.lexicon import languages

    tables = [
        (f.table, f.line, f.problem, f.detail) for f in (*lint_actors(actors), *lint_places())
    ]
    frames = [(f.rule, None, f.problem, f.found) for x in languages() for f in check_frames(x)]
    columns = ("table", "line", "problem", "detail")
    rows = [dict(zip(columns, found, strict=True)) for found in (*tables, *frames)]
    if json:
        print_lines(rows)
    elif rows:
        print_table(list(rows[0]), [list(row.values()) for row in rows])
    else:
        console.print("nothing to find fault with")
    if rows:
        raise typer.Exit(3)
