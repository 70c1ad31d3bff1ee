"""`report`: what users take away from a release."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flows.commands.common import AtOption, WarehouseOption, open_release
from flows.output import console

OutputOption = Annotated[
    Path, typer.Option("--output", "-o", help="The HTML file; replaced if it is there.")
]


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    app.command()(report)


def report(
    output: OutputOption = Path("report.html"),
    warehouse: WarehouseOption = None,
    at: AtOption = None,
) -> None:
    """Write a release as one HTML page that opens anywhere, offline.

    Intensity over time, who deals with whom, anomalies, a map, and a table of all events that
    unfold to their sentences. Needs the extra `report`.
    """
    from tasks.publish.report import write_report

    path = write_report(open_release(warehouse, at), output.expanduser())
    size = path.stat().st_size / 1_000_000
    console.print(f"{path} ({size:.1f} MB)", markup=False, soft_wrap=True)
