"""The flow for large history: many inputs, taken in one portion after the other.

Each portion ends in a release of its own, so that an interrupted backfill goes on where it
stopped: what was published is known, and is passed over. The tables are the same as if all had
come in one run.
"""

from __future__ import annotations

from pathlib import Path

from prefect import flow, get_run_logger

from flows.report import RunReport
from flows.update import update


@flow(name="backfill", flow_run_name="backfill")
def backfill(
    paths: list[str],
    warehouse: str | None = None,
    inputs_per_release: int = 1,
    published: str | None = None,
) -> list[RunReport]:
    """Take a large history into the warehouse, portion by portion, as runs of the update flow.

    Args:
        paths: Files, folders or globs, such as one folder a month; taken in the order given.
        warehouse: Folder of the releases.
        inputs_per_release: How many of the paths go into one release.
        published: CSV or Parquet table of publication dates.
    """
    log = get_run_logger()
    reports: list[RunReport] = []
    for start in range(0, len(paths), inputs_per_release):
        portion = paths[start : start + inputs_per_release]
        log.info("%d of %d inputs are in; next: %s", start, len(paths), Path(portion[0]).name)
        reports.append(update(paths=portion, warehouse=warehouse, published=published))
    return reports
