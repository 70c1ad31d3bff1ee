"""The scheduled flow: take what is new into the warehouse and publish a release."""

from __future__ import annotations

from pathlib import Path

from prefect import flow, get_run_logger
from prefect.artifacts import create_table_artifact
from prefect.runtime import flow_run
from prefect.states import Cancelled

from flows.artifacts import show_release
from flows.clock import now
from flows.orphans import end_with_server
from flows.pipeline import update_warehouse
from flows.prefect_calls import PrefectCalls
from flows.quiet import quieten
from flows.report import RunReport
from flows.runners import batches_at_once, open_pool
from flows.scheduled import end_dead_runs, this_run
from flows.server import prepare_server
from tasks.errors import Busy, UserError
from tasks.settings import SAMPLE, SAMPLE_PUBLISHED, Settings, as_options, load_settings
from tasks.warehouse import Warehouse


def _run_name() -> str:
    given = flow_run.parameters.get("paths") or ["the sample corpus"]
    rest = f" and {len(given) - 1} more" if len(given) > 1 else ""
    return f"update from {Path(str(given[0])).name}{rest}"


@flow(name="update", flow_run_name=_run_name, validate_parameters=True)
def update(
    paths: list[str] | None = None,
    warehouse: str | None = None,
    published: str | None = None,
    batch_size: int | None = None,
    workers: int | None = None,
    models: str | None = None,
    task_runner: str | None = None,
    settings: dict[str, str | int | float | bool] | None = None,
) -> RunReport:
    """Take new articles into the warehouse and publish a release.

    A scheduled run that finds another at work in the warehouse is cancelled: the other, or the
    next, takes what is new.

    Args:
        paths: Files, folders or globs of articles; none takes the sample corpus.
        warehouse: Folder of the releases.
        published: CSV or Parquet table of publication dates, with columns uri and published.
        batch_size: Articles in one batch.
        workers: Processes that work on batches at the same time.
        models: Folder of your own SQL models.
        task_runner: Where batches are worked on, such as threads:2 or tcp://scheduler:8786.
        settings: Any setting of demarche.toml, by name.
    """
    quieten()
    end_with_server()
    named = {
        "warehouse": warehouse,
        "batch_size": batch_size,
        "workers": workers,
        "models": models,
        "task_runner": task_runner,
    }
    options = {**(settings or {}), **{k: v for k, v in named.items() if v is not None}}
    chosen = load_settings(None, None, **options)
    try:
        return _carry_out(paths or [], chosen, Path(published) if published else None)
    except Busy as error:
        if this_run() is None:
            raise
        return Cancelled(message=error.message)  # type: ignore[return-value] # ends it so


def _carry_out(paths: list[str], settings: Settings, published: Path | None) -> RunReport:
    """Carry out an update inside the running flow; its figures become a table artifact."""
    if not paths:
        paths, published = [str(SAMPLE)], published or SAMPLE_PUBLISHED
    log = get_run_logger()
    with open_pool(settings) as pool:
        report = update_warehouse(
            paths,
            settings,
            moment=now(),
            calls=PrefectCalls(pool, batches_at_once(settings, pool)),
            say=log.info,
            published=published,
        )
    end_dead_runs()
    _show(report)
    if report.published:
        _show_figures(report, settings)
    return report


def _show_figures(report: RunReport, settings: Settings) -> None:
    """Show the figures of the new release; it is published, whether or not they can be shown."""
    try:
        show_release(Warehouse(settings.warehouse).release(report.release))
    except Exception as error:
        get_run_logger().warning("the figures cannot be shown as artifacts: %s", error)


def _show(report: RunReport) -> None:
    figures = {
        "inputs": report.n_inputs,
        "new articles": report.n_articles,
        "refused": report.n_rejects,
        "repeats": report.n_repeats,
        **report.rows,
    }
    create_table_artifact(
        [{"what": name, "number": number} for name, number in figures.items()],
        key="run-report",
        description=f"Release {report.release}",
    )


def run_update_flow(paths: list[str], settings: Settings, published: Path | None) -> RunReport:
    """Run the flow for the command line."""
    prepare_server()
    try:
        return update(
            paths=paths,
            published=str(published) if published else None,
            settings=as_options(settings),
        )
    except UserError as error:
        # Prefect keeps the error; without its frames it does not keep DuckDB's objects alive,
        # which would complain of it when the interpreter ends.
        error.__traceback__ = None
        raise type(error)(error.message, error.hint) from None


if __name__ == "__main__":
    update()
