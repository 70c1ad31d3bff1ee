"""`retry`: what was refused is read again."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flows import stopping
from flows.commands.common import ConfigOption, JsonOption, WarehouseOption, settings_of
from flows.output import console, err, print_json
from tasks.errors import UserError


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    app.command()(retry)


def retry(
    paths: Annotated[
        list[str] | None,
        typer.Argument(help="Where to look for the files, should the work state be lost."),
    ] = None,
    warehouse: WarehouseOption = None,
    reason: Annotated[str | None, typer.Option(help="Only what was refused for this.")] = None,
    published: Annotated[Path | None, typer.Option(help="Publication dates, as for run.")] = None,
    config: ConfigOption = None,
    json: JsonOption = False,
) -> None:
    """Read again what was refused, once files are mended or demarche is newer.

    Whole files are read; articles that are known stay as they are. What passes leaves the table
    of rejects in the release that is published.

    Examples:
      demarche rejects                    what was refused, and why
      demarche retry                      read those files again
      demarche retry --reason malformed   only some
      demarche retry news/                where state/inputs.jsonl was lost: look in there
    """
    from flows.calls import DirectCalls
    from flows.clock import now
    from flows.progress import progress_bars
    from flows.retry import retry_refused
    from flows.runners import open_pool
    from tasks.ingest.reasons import REASONS

    if reason is not None and reason not in REASONS:
        raise UserError(f"there is no reason {reason!r}", f"Known: {', '.join(sorted(REASONS))}.")
    settings = settings_of(config, warehouse=warehouse)
    stopping.publishing_begins()
    with open_pool(settings) as pool, progress_bars() as on_progress:
        done = retry_refused(
            settings,
            moment=now(),
            calls=DirectCalls(pool, pool.n, on_progress),
            say=lambda line: err.print(line),
            published=published,
            reason=reason,
            paths=paths or (),
        )
    if json:
        counts = done.report.counts() | {"release": done.report.release} if done.report else None
        about = {"tried": done.n_tried, "passed": done.n_passed, "unknown": done.unknown}
        print_json({**about, "run": counts})
        return
    for uri in done.unknown:
        console.print(f"{uri}: the file is not there, or it is not known where", markup=False)
    if done.unknown:
        console.print("`demarche retry PATHS` looks for them in the inputs of the run")
    console.print(f"{done.n_passed:,} of {done.n_tried:,} refused records pass now")
