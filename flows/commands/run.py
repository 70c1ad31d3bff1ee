"""`run`, `status`, `serve`: making releases."""

from __future__ import annotations

import shlex
import time
from pathlib import Path
from typing import Annotated

import typer

from flows import stopping
from flows.commands.common import ConfigOption, JsonOption, WarehouseOption, settings_of
from flows.commands.languages import language_account
from flows.output import console, err, print_json, print_table
from flows.report import RunReport, last_report
from tasks.errors import UserError
from tasks.settings import SAMPLE, SAMPLE_PUBLISHED, Settings, unknown_variables


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    app.command()(run)
    app.command()(status)
    app.command()(serve)


def run(
    paths: Annotated[
        list[str] | None,
        typer.Argument(help="Files, folders or globs of articles; none = the sample corpus."),
    ] = None,
    warehouse: WarehouseOption = None,
    published: Annotated[
        Path | None,
        typer.Option(help="Publication dates: CSV or Parquet with columns uri and published."),
    ] = None,
    direct: Annotated[
        bool, typer.Option("--direct", help="Run the same steps without Prefect.")
    ] = False,
    batch_size: Annotated[int | None, typer.Option(help="Articles in one batch.")] = None,
    workers: Annotated[int | None, typer.Option(help="Processes at the same time.")] = None,
    actors: Annotated[
        str | None, typer.Option(help="CSV of your own actors, laid over the project's.")
    ] = None,
    config: ConfigOption = None,
    json: JsonOption = False,
) -> None:
    """Read articles, code their events and publish a release.

    Only what is new is worked on. The last release stays whole whatever happens.

    Examples:
      demarche run                                    the sample corpus
      demarche run news/ --published dates.csv        a folder, with dates from a table
      demarche run crawl-*.jsonl -w /data/warehouse   files, into a warehouse elsewhere
    """
    options = {"batch_size": batch_size, "workers": workers, "actors": actors}
    settings = settings_of(config, warehouse=warehouse, **options)
    if unknown := unknown_variables():
        err.print(f"note: {'; '.join(unknown)}", markup=False, soft_wrap=True)
    _must_exist([*(paths or []), *([str(published)] if published else [])])
    if settings.actors:
        from tasks.annotate.lint import refuse_faulty

        refuse_faulty(Path(settings.actors).expanduser())  # before Prefect's server is started
    if not paths:
        paths, published = [str(SAMPLE)], published or SAMPLE_PUBLISHED
    stopping.publishing_begins()
    start = time.perf_counter()
    report = _run(paths, settings, published, direct=direct)
    seconds = time.perf_counter() - start
    if json:
        print_json({**report.counts(), "release": report.release, "seconds": round(seconds, 2)})
    else:
        _tell(report, settings, seconds)
    if report.reject_share > settings.max_reject_share:
        err.print(
            f"{report.n_rejects} of {report.n_inputs} inputs were refused, more than the limit "
            f"of {settings.max_reject_share:.0%}: see `demarche rejects`"
        )
        raise typer.Exit(1)


def _must_exist(paths: list[str]) -> None:
    """Find a misspelt path before Prefect's server is started for it."""
    from tasks.ingest.places import is_pattern, is_url

    for path in paths:
        if not (is_url(path) or is_pattern(path) or Path(path).exists()):
            raise UserError(f"{path}: no such file or folder", "Check the path.")


def _run(
    paths: list[str], settings: Settings, published: Path | None, *, direct: bool
) -> RunReport:
    from flows.clock import now
    from flows.unchanged import end_early

    # Before Prefect's server is started for nothing.
    early = end_early(paths, settings, published, now(), lambda line: err.print(line))
    carry_out = _run_direct if direct else _run_flow
    return early or carry_out(paths, settings, published)


def _run_direct(paths: list[str], settings: Settings, published: Path | None) -> RunReport:
    from flows.calls import DirectCalls
    from flows.clock import now
    from flows.pipeline import update_warehouse
    from flows.progress import progress_bars
    from flows.runners import open_pool

    with open_pool(settings) as pool, progress_bars() as on_progress:
        return update_warehouse(
            paths,
            settings,
            moment=now(),
            calls=DirectCalls(pool, pool.n, on_progress),
            say=lambda line: err.print(line),
            published=published,
        )


def _run_flow(paths: list[str], settings: Settings, published: Path | None) -> RunReport:
    from flows.update import run_update_flow

    return run_update_flow(paths, settings, published)


def _tell(report: RunReport, settings: Settings, seconds: float) -> None:
    from tasks.warehouse import Warehouse

    made = "published" if report.published else "nothing new; current is still"
    console.print(f"\n[bold]{made} {report.release}[/] in {settings.warehouse} ({seconds:.1f} s)")
    console.print(
        f"{report.n_inputs:,} inputs = {report.n_articles:,} articles + "
        f"{report.n_rejects:,} rejects + {report.n_repeats:,} repeats\n"
    )
    print_table(("table", "rows"), report.rows.items())
    release = Warehouse(settings.warehouse).current()
    if release is not None and report.published:
        console.print(language_account(release), markup=False)
    for warning in report.warnings:
        console.print(f"[yellow]note:[/] {warning}", markup=True)
    quoted = shlex.quote(str(settings.warehouse))
    where = "" if settings.warehouse == Path("warehouse") else f" -w {quoted}"
    console.print(
        f"\nLook at it:\n"  # noqa: S608 - printed, never run
        f'  demarche sql{where} "select date_start, plover, source_actor, target_actor, '
        f'n_independent from events order by date_start"\n'
        f"  demarche status{where}\n"
        f"  demarche rejects{where}\n"
        f"  {settings.warehouse}/current/demarche.duckdb   (DuckDB)\n"
        f"  {settings.warehouse}/current/events/           (Parquet)",
        markup=False,
        soft_wrap=True,
    )


def status(
    warehouse: WarehouseOption = None,
    verify: Annotated[
        bool, typer.Option("--verify", help="Read every file and check its checksum.")
    ] = False,
    json: JsonOption = False,
) -> None:
    """Show the current release and the account of the last run.

    Ends with 3 when a file of the release is missing or, with --verify, damaged.
    """
    from tasks.warehouse import Warehouse

    settings = settings_of(warehouse=warehouse)
    store = Warehouse(settings.warehouse)
    release = store.need_current()
    report = last_report(store.state / "runs.jsonl")
    problems = release.verify() if verify else release.missing()
    if json:
        counts = report.counts() if report else None
        about = {"release": release.id, "manifest": release.manifest, "last_run": counts}
        print_json(about | {"problems": problems})
        raise typer.Exit(3 if problems else 0)
    console.print(f"[bold]{settings.warehouse}[/], release [bold]{release.id}[/]")
    if report is not None:
        console.print(
            f"last run {report.run}: {report.n_inputs:,} inputs = {report.n_articles:,} articles"
            f" + {report.n_rejects:,} rejects + {report.n_repeats:,} repeats"
        )
        print_table(("table", "rows"), report.rows.items())
    if not problems:
        console.print(language_account(release), markup=False)
    sound = "all files match their checksums" if verify else "all files are there, of their size"
    console.print("\n".join(problems) or sound, markup=False)
    if problems:
        raise typer.Exit(3)


def serve(
    paths: Annotated[list[str], typer.Argument(help="Files, folders or globs to watch.")],
    warehouse: WarehouseOption = None,
    every: Annotated[int, typer.Option(min=1, help="Minutes between updates.")] = 60,
    published: Annotated[Path | None, typer.Option(help="Publication dates.")] = None,
    config: ConfigOption = None,
) -> None:
    """Run the update now and on a schedule, in this one process, until stopped.

    With PREFECT_API_URL set, that server schedules the runs and shows them on its pages.
    """
    from prefect.settings import get_current_settings

    from flows.serve import serve_alone, serve_to_server

    settings = settings_of(config, warehouse=warehouse)
    stopping.publishing_begins()
    err.print(f"updating {settings.warehouse} every {every} minutes; Ctrl-C stops")
    if get_current_settings().api.url:
        serve_to_server(paths, settings, published, every)
    else:
        serve_alone(paths, settings, published, every, err.print)
