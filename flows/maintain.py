"""The flow that keeps a warehouse sound: verify the current release, expire old ones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from prefect import flow, get_run_logger

from flows.calls import DirectCalls
from flows.pipeline import Say, update_warehouse
from flows.report import RunReport
from flows.scheduled import end_dead_runs
from flows.workers import Workers
from tasks.settings import Settings, load_settings
from tasks.warehouse import Warehouse


@dataclass(frozen=True, slots=True)
class Maintained:
    """Releases that were removed, and what is wrong with the current one."""

    expired: list[str]
    problems: list[str]


def repair_warehouse(settings: Settings, *, moment: datetime, say: Say) -> RunReport | None:
    """Publish the current release anew without what is damaged in it; None if nothing is.

    What no other release has a whole copy of is made again from the articles.

    Args:
        settings: Warehouse and the like.
        moment: Now, in UTC; names the release.
        say: Takes what is damaged, what becomes of it, and one line a step.

    Raises:
        Damaged: when articles or rejects are lost, or the manifest.
    """
    warehouse = Warehouse(settings.warehouse)
    release = warehouse.need_current()
    problems = release.verify()
    for problem in problems:
        say(f"release {release.id}: {problem}")
    if not problems:
        return None
    for name, copy in warehouse.mended(release).mended.items():
        say(f"{name}: {'a whole copy is in ' + str(copy) if copy else 'to be made again'}")
    with Workers(settings.workers) as workers:
        calls = DirectCalls(workers, settings.workers)
        return update_warehouse([], settings, moment=moment, calls=calls, say=say, repair=True)


def maintain_warehouse(settings: Settings) -> Maintained:
    """Verify the current release by its checksums; then expire all but the newest releases.

    Nothing expires while the current release is damaged: an older one may be what saves the day.
    """
    warehouse = Warehouse(settings.warehouse)
    current = warehouse.need_current()
    with warehouse.lock("maintain"):
        problems = current.verify()
        expired = [] if problems else warehouse.expire(settings.keep_releases)
    return Maintained(expired, problems)


@flow(name="maintain", flow_run_name="maintain")
def maintain(warehouse: str | None = None, keep_releases: int | None = None) -> Maintained:
    """Verify the current release and remove the oldest ones.

    Args:
        warehouse: Folder of the releases.
        keep_releases: How many releases stay.
    """
    log = get_run_logger()
    result = maintain_warehouse(load_settings(warehouse=warehouse, keep_releases=keep_releases))
    end_dead_runs()
    log.info("removed %d old releases", len(result.expired))
    for problem in result.problems:
        log.error(problem)
    if result.problems:
        raise RuntimeError(f"the current release is damaged: {result.problems[0]}")
    return result
