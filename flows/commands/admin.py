"""`maintain`, `lexicon check`: keeping a warehouse and the tables sound."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from flows.commands.common import JsonOption, WarehouseOption, settings_of
from flows.output import console, err, print_json, print_lines, print_table
from tasks.errors import UserError

lexicon = typer.Typer(help="The tables that coding rests on.", no_args_is_help=True)


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    app.command()(maintain)
    app.add_typer(lexicon, name="lexicon")


def maintain(
    warehouse: WarehouseOption = None,
    keep: Annotated[int | None, typer.Option(help="Releases to keep.")] = None,
    repair: Annotated[
        bool, typer.Option("--repair", help="Rebuild what is damaged from what is not.")
    ] = False,
    json: JsonOption = False,
) -> None:
    """Check the current release and remove the oldest ones.

    --repair publishes a whole release first: damaged files come from a release that has them whole,
    tables that follow from the articles are made again. Lost articles and rejects are named.
    """
    from flows.clock import now
    from flows.maintain import maintain_warehouse, repair_warehouse
    from tasks.warehouse.release import MEND

    settings = settings_of(warehouse=warehouse, keep_releases=keep)
    if repair:
        report = repair_warehouse(
            settings, moment=now(), say=lambda line: err.print(line, markup=False, soft_wrap=True)
        )
        for warning in report.warnings if report else ():
            err.print(f"note: {warning}", markup=False, soft_wrap=True)
    result = maintain_warehouse(settings)
    if json:
        print_json({"expired": result.expired, "problems": result.problems})
    else:
        console.print(f"removed {len(result.expired)} old releases: {', '.join(result.expired)}")
        console.print("\n".join(result.problems) or "the current release is sound", markup=False)
    if result.problems:
        err.print(MEND, markup=False, soft_wrap=True)
        raise typer.Exit(3)


@lexicon.command("check")
def lexicon_check(
    actors: Annotated[
        Path | None, typer.Option(help="CSV of your own actors, checked with the project's.")
    ] = None,
    on: Annotated[
        list[str] | None,
        typer.Option(
            help="Articles to show the effect of --actors on: files, folders; repeatable."
        ),
    ] = None,
    json: JsonOption = False,
) -> None:
    """Check actors, places and lexicon: duplicates, unknown codes, examples that fail.

    With --on also shows which actors of those articles your table codes otherwise than the
    project's own, how often, and a sentence of each. Ends with 3 when there is something to mend.

    Example: demarche lexicon check --actors mine.csv --on articles/
    """
    if on and actors is None:
        raise UserError("--on shows the effect of a table", "Name it with --actors mine.csv.")
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
    if on and actors is not None:
        _show_effect(actors, on, json=json)
    if rows:
        raise typer.Exit(3)


def _show_effect(actors: Path, on: list[str], *, json: bool) -> None:
    """Print what the user's actors change in the articles, the most frequent first."""
    from tasks.annotate.overlay import compare_overlay
    from tasks.ingest import extract_records

    records = ({**r, "id": r["uri"]} for r in extract_records(on))
    found = compare_overlay(records, actors)
    if json:
        print_lines(asdict(change) for change in found.changes)
        return
    if found.changes:
        columns = ["count", "words", "before", "after", "article", "sentence"]
        print_table(
            columns, [(c.count, c.text, c.before, c.after, c.id, c.sentence) for c in found.changes]
        )
    console.print(
        f"articles read: {found.n_texts}; actors coded without your table: {found.n_actors}; "
        f"coded otherwise with it: {found.n_changed}"
    )
