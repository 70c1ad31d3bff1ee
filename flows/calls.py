"""How steps are carried out: here and now, or as Prefect tasks.

The order of the steps is written once, in `flows/update.py`; it calls them through one of these.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Protocol, TypeVar

from flows.workers import Pool

R = TypeVar("R")
OnProgress = Callable[[str, int, int], None]


class Calls(Protocol):
    """Carries out steps."""

    def one(self, name: str, step: Callable[..., R], *args: object, **kwargs: object) -> R:
        """Carry out a step that happens once a run, in this process."""

    def each(self, name: str, step: Callable[[Path], R], batches: Sequence[Path]) -> list[R]:
        """Carry out a step for every batch, at the same time where that helps; keep the order."""


def no_progress(name: str, done: int, total: int) -> None:
    """Tell nobody."""


class DirectCalls:
    """Carries out steps without Prefect.

    Args:
        pool: Where the batches are worked on.
        n: How many batches at the same time.
        on_progress: Is told the step, and how many batches of how many are done.
    """

    def __init__(self, pool: Pool, n: int, on_progress: OnProgress = no_progress) -> None:
        self._pool = pool
        self._n = n
        self._on_progress = on_progress

    def one(self, name: str, step: Callable[..., R], *args: object, **kwargs: object) -> R:
        """Carry out a step that happens once a run."""
        self._on_progress(name, 0, 1)
        result = step(*args, **kwargs)
        self._on_progress(name, 1, 1)
        return result

    def each(self, name: str, step: Callable[[Path], R], batches: Sequence[Path]) -> list[R]:
        """Carry out a step for every batch."""
        run = hands_on(self._pool, len(batches))
        results: list[R] = []
        self._on_progress(name, 0, len(batches))
        threads = ThreadPoolExecutor(self._n)
        try:
            for result in threads.map(lambda batch: run(step, batch), batches):
                results.append(result)
                self._on_progress(name, len(results), len(batches))
        except KeyboardInterrupt:
            threads.shutdown(wait=False, cancel_futures=True)
            raise
        threads.shutdown()
        return results


def hands_on(pool: Pool, n: int) -> Callable[[Callable[[Path], R], Path], R]:
    """Return what carries out a step for each of `n` batches: the pool, or nobody else."""
    return pool.run if n > 1 or pool.takes_one else _here


def _here(step: Callable[[Path], R], batch: Path) -> R:
    return step(batch)
