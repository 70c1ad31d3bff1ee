"""Where batches are worked on, as a setting: threads:N, processes:N, dask:N, tcp://scheduler:port."""

from __future__ import annotations

from flows.workers import Pool, Workers
from tasks.setting_values import check_task_runner
from tasks.settings import Settings


def open_pool(settings: Settings) -> Pool:
    """Return what works on the batches of a run; to be used in a `with` block.

    Raises:
        UserError: for an unknown runner, a bad number, or dask without the extra installed.
        Failed: if a Dask cluster cannot be used.
    """
    check_task_runner(settings.task_runner)
    kind, _, number = settings.task_runner.partition(":")
    if kind == "threads":
        return Workers(settings.workers)
    if kind == "processes":
        return Workers(int(number))
    from flows.cluster import Cluster

    return Cluster("", int(number)) if kind == "dask" else Cluster(settings.task_runner)


def batches_at_once(settings: Settings, pool: Pool) -> int:
    """Return how many batches a flow has out at the same time: threads:N may be more than workers."""
    kind, _, number = settings.task_runner.partition(":")
    return max(pool.n, int(number) if kind == "threads" else 1)
