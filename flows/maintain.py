"""The flow that keeps a warehouse sound: verify the current release, expire old ones."""

from __future__ import annotations

from dataclasses import dataclass

from prefect import flow, get_run_logger

from tasks.settings import Settings, load_settings
from tasks.warehouse import Warehouse


@dataclass(frozen=True, slots=True)
class Maintained:
    """Releases that were removed, and what is wrong with the current one."""

    expired: list[str]
    problems: list[str]


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
    log.info("removed %d old releases", len(result.expired))
    for problem in result.problems:
        log.error(problem)
    if result.problems:
        raise RuntimeError(f"the current release is damaged: {result.problems[0]}")
    return result
