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
from prefect.task_runners import ThreadPoolTaskRunner

from flows.calls import hands_on
from flows.workers import Pool
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
        pool: Where the tasks hand their batches on to.
        n: How many batches at the same time.
    """

    def __init__(self, pool: Pool, n: int) -> None:
        self._pool = pool
        self._n = n

    def one(self, name: str, step: Callable[..., R], *args: object, **kwargs: object) -> R:
        """Carry out a step that happens once a run, as a task in this process."""
        result = _as_task(name, step)(*args, **kwargs)
        return cast(R, result)

    def each(self, name: str, step: Callable[[Path], R], batches: Sequence[Path]) -> list[R]:
        """Make a task of each batch; progress shows as an artifact of the run."""
        run = hands_on(self._pool, len(batches))

        def hand_on(batch: Path) -> R:
            return run(step, batch)

        task = _as_task(name, hand_on)
        runner: ThreadPoolTaskRunner[Any] = ThreadPoolTaskRunner(max_workers=self._n)
        with runner:
            futures = [runner.submit(task, {"batch": batch}) for batch in batches]
            _show_progress(name, futures)
            return [future.result() for future in futures]


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
