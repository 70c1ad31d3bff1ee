"""`report`, `export`, `changes`: what users take away from a release."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.commands.common import AtOption, JsonOption, WarehouseOption, open_release
from flows.output import console, err, print_lines, print_table
from tasks.errors import UserError

if TYPE_CHECKING:
    from tasks.warehouse import Release

OutputOption = Annotated[
    Path, typer.Option("--output", "-o", help="The HTML file; replaced if it is there.")
]


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    app.command()(report)
    app.command()(export)
    app.command()(changes)


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


def export(
    format: Annotated[
        str,
        typer.Option(
            "--format", "-f", help="gdelt, gdelt-mentions, icews, polecat, csv, jsonl or package."
        ),
    ],
    output: Annotated[
        Path, typer.Option("--output", "-o", help="File to write, - for standard output.")
    ],
    warehouse: WarehouseOption = None,
    at: AtOption = None,
) -> None:
    """Write the events in a format that other tools read.

    The format `package` writes a folder to hand on: every table and mart as one Parquet file, the
    codebook, and a Frictionless datapackage.json.

    Examples:
      demarche export --format icews --output events.tab
      demarche export --format package --output handoff/
    """
    release = open_release(warehouse, at)
    if format == "package":
        _export_package(release, output.expanduser())
        return
    from tasks.publish.exports import export_events, write_events

    connection = release.connect()
    if str(output) == "-":
        done = write_events(connection, format, sys.stdout.buffer)
    else:
        done = export_events(connection, format, output.expanduser())
    left_out = f"; {done.n_left_out:,} events that it cannot hold" if done.n_left_out else ""
    # Standard output holds the data alone.
    tell = console if done.path else err
    said = f"{done.path or 'standard output'}: {done.n_rows:,} rows{left_out}"
    tell.print(said, markup=False, soft_wrap=True)


def _export_package(release: Release, folder: Path) -> None:
    from tasks.publish.handoff import write_handoff

    if str(folder) == "-":
        raise UserError("a package is a folder, no stream", "Name a folder with --output.")
    path = write_handoff(release, folder)
    n = len(list(path.glob("*.parquet")))
    console.print(f"{path}: {n} tables, codebook, datapackage.json", markup=False, soft_wrap=True)


def changes(
    since: Annotated[
        str | None, typer.Option(help="An earlier release; see `demarche releases`.")
    ] = None,
    warehouse: WarehouseOption = None,
    at: AtOption = None,
    json: JsonOption = False,
) -> None:
    """Tell which events were merged, split, moved to another date, recoded, renamed or withdrawn.

    Without --since: release by release, as the table `supersedes` has it. With --since: from that
    release straight to the current one, or to that of --at; both must still be there.

    Examples:
      demarche changes
      demarche changes --since 20261121T021500Z
    """
    release = open_release(warehouse, at)
    if since is None:
        rows = release.read("supersedes").to_pylist()
    else:
        from tasks.aggregate import compare_events
        from tasks.publish.supersedes import edition_of

        old = edition_of(open_release(warehouse, since))
        rows = compare_events(old, edition_of(release)).to_pylist()
    if json:
        print_lines(rows)
    elif rows:
        print_table(list(rows[0]), [list(row.values()) for row in rows])
    else:
        before = since or "every release before"
        console.print(f"every event of {before} is still there as it was", soft_wrap=True)
