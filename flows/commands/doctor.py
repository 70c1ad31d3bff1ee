"""`doctor`: checks the set-up."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import typer

from flows.commands.common import JsonOption, WarehouseOption, settings_of
from flows.output import console, print_lines

if TYPE_CHECKING:
    from flows.checks import Check


def add_to(app: typer.Typer) -> None:
    """Add this command."""
    app.command()(doctor)


def _mark(check: Check) -> str:
    if check.warning:
        return "[yellow]note[/] "
    return "[green]ok[/]   " if check.ok else "[red]wrong[/]"


def doctor(warehouse: WarehouseOption = None, json: JsonOption = False) -> None:
    """Check the set-up, and say in plain words what is wrong and what to do."""
    from flows.checks import all_checks

    checks = []
    for check in all_checks(settings_of(warehouse=warehouse)):
        checks.append(check)
        if not json:
            console.print(f"{_mark(check)} {check.what}: ", end="")
            console.print(check.said, markup=False)
            if not check.ok:
                console.print(f"      {check.remedy}", markup=False)
    if json:
        print_lines(asdict(c) for c in checks)
    if not all(c.ok for c in checks):
        raise typer.Exit(3)
