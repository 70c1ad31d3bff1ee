"""The task runner as a setting: threads:N, processes:N, dask:N or tcp://scheduler:port."""

from __future__ import annotations

from typing import Any

from prefect.task_runners import ProcessPoolTaskRunner, TaskRunner, ThreadPoolTaskRunner

from tasks.errors import UserError
from tasks.setting_values import check_task_runner


def task_runner(spec: str) -> TaskRunner[Any]:
    """Return the Prefect task runner that `spec` names.

    Raises:
        UserError: for an unknown runner, a bad number, or dask without the extra installed.
    """
    check_task_runner(spec)
    if "://" in spec:
        return _dask(address=spec)
    kind, _, number = spec.partition(":")
    n = int(number)
    if kind == "threads":
        return ThreadPoolTaskRunner(max_workers=n)
    if kind == "processes":
        return ProcessPoolTaskRunner(max_workers=n)
    return _dask(cluster_kwargs={"n_workers": n, "threads_per_worker": 1})


def has_own_processes(spec: str) -> bool:
    """Tell whether the runner's tasks run outside this process."""
    return not spec.startswith("threads:")


def _dask(**options: Any) -> TaskRunner[Any]:
    try:
        from prefect_dask.task_runners import DaskTaskRunner
    except ImportError as error:
        raise UserError(
            "the Dask task runner is not installed", 'Install it: pip install "demarche[dask]"'
        ) from error
    runner: TaskRunner[Any] = DaskTaskRunner(**options)
    return runner
