"""Carries out the steps as Prefect tasks: coarse ones, a batch of thousands of articles each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar, cast
from uuid import UUID

from prefect import Task
from prefect.artifacts import create_progress_artifact, update_progress_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.futures import PrefectFuture, as_completed

from flows.workers import Workers
from tasks.errors import UserError

R = TypeVar("R")

# Reading is the one step that touches the outside world, so the one that is worth trying again.
_OPTIONS: dict[str, dict[str, Any]] = {
    "read inputs": {
        "retries": 2,
        "retry_delay_seconds": [2, 10],
        "retry_condition_fn": lambda task, run, state: not _is_users_mistake(state),
    },
}
_STAGE = {
    "read inputs": "ingest",
    "take what is new": "ingest",
    "tell languages": "language",
    "relate copies": "duplicates",
    "code events": "events",
    "merge tables": "aggregate",
    "find boilerplate": "ingest",
    "aggregate events": "aggregate",
    "run models": "summarize",
}


def _is_users_mistake(state: State[Any]) -> bool:
    """Tell whether a step failed for something that trying again does not mend."""
    return isinstance(state.data, UserError)


class PrefectCalls:
    """Carries out steps as tasks of the flow that is running.

    Args:
        workers: Where threads hand their batches on to; None when the task runner has processes
            of its own.
    """

    def __init__(self, workers: Workers | None) -> None:
        self._workers = workers

    def one(self, name: str, step: Callable[..., R], *args: object, **kwargs: object) -> R:
        """Carry out a step that happens once a run, as a task in this process."""
        result = _as_task(name, step)(*args, **kwargs)
        return cast(R, result)

    def each(self, name: str, step: Callable[[Path], R], batches: Sequence[Path]) -> list[R]:
        """Map a task over the batches; progress shows as an artifact of the run."""
        if not batches:
            return []
        mapped = _as_task(name, self._in_worker(step, len(batches)))
        futures = mapped.map(list(batches))
        _show_progress(name, futures)
        return [future.result() for future in futures]

    def _in_worker(self, step: Callable[[Path], R], n: int) -> Callable[[Path], R]:
        workers = self._workers
        if workers is None or n == 1:
            return step

        def run(batch: Path) -> R:
            return workers.run(step, batch)

        return run


def _as_task(name: str, step: Callable[..., Any]) -> Task[..., Any]:
    # A cached result would be a path into a work folder that is gone: never cache.
    return Task(
        fn=step,
        name=name,
        task_run_name=name,
        description=(step.__doc__ or name).strip().splitlines()[0],
        tags=[_STAGE.get(name, "publish")],
        cache_policy=NO_CACHE,
        **_OPTIONS.get(name, {}),
    )


def _show_progress(name: str, futures: Sequence[PrefectFuture[Any]]) -> None:
    if len(futures) < 2:
        return
    key = create_progress_artifact(0.0, key=name.replace(" ", "-"), description=name)
    assert isinstance(key, UUID)  # a coroutine only where an event loop runs
    for done, _ in enumerate(as_completed(list(futures)), start=1):
        update_progress_artifact(key, 100.0 * done / len(futures))
