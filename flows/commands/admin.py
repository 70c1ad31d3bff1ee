"""`maintain`, `export`, `report`, `retry`, `lexicon check`: keeping and handing on."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flows.commands.common import JsonOption, WarehouseOption, settings_of
from flows.output import console, print_json, print_table

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
def lexicon_check(json: JsonOption = False) -> None:
    """Check ontology, lexicon, actors and places: duplicates, unknown codes, failing examples."""
    from tasks.events.lint import lint_lexicon

    findings = lint_lexicon()
    if json:
        print_json([{"file": f.file, "line": f.line, "message": f.message} for f in findings])
    elif findings:
        print_table(("file", "line", "message"), [(f.file, f.line, f.message) for f in findings])
    else:
        console.print("nothing to find fault with")
    if any(f.severity == "error" for f in findings):
        raise typer.Exit(3)


def _path(value: str) -> Path:
    return Path(value).expanduser()
