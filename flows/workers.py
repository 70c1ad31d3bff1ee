"""Work on batches in this process, or in several."""

from __future__ import annotations

import multiprocessing
import threading
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from types import TracebackType
from typing import Protocol, TypeVar

from flows import stopping
from flows.orphans import end_with_parent
from tasks.errors import Failed

R = TypeVar("R")
_TRIES = 3


class Pool(Protocol):
    """Where batches are worked on.

    Attributes:
        n: Batches at the same time.
        takes_one: Whether a batch that is the only one is handed on, too.
    """

    n: int
    takes_one: bool

    def run(self, function: Callable[..., R], *args: object) -> R:
        """Return what the function returns; the caller waits."""
        ...

    def __enter__(self) -> Pool: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...


class Workers:
    """Runs a function in a pool of processes, or here when one is enough.

    Event coding holds the interpreter lock, so threads would take turns; a pool is started at
    its first use, since starting one costs a second. Functions and arguments must pickle.

    Args:
        n: Processes; 1 runs everything in the caller.
    """

    takes_one = False  # it is not worth a process of its own

    def __init__(self, n: int) -> None:
        self.n = n
        self._pool: ProcessPoolExecutor | None = None
        self._starting = threading.Lock()

    def run(self, function: Callable[..., R], *args: object) -> R:
        """Return what the function returns; the caller waits.

        Raises:
            Failed: if one process after the other dies at it.
        """
        if self.n <= 1:
            return function(*args)
        for _ in range(_TRIES):
            with stopping.signals_held():  # also from the process that tracks semaphores
                pool = self._started()
            try:
                with stopping.signals_held():
                    future = pool.submit(function, *args)
                return future.result()
            except BrokenProcessPool:  # a process was killed, perhaps at another batch
                self._give_up(pool)
                time.sleep(0.5)  # a stop of the whole process group may reach them first
                if stopping.is_asked():
                    raise
        raise Failed(
            f"worker processes died, {_TRIES} times in a row",
            "Most often memory is too small: lower workers or batch_size.",
        )

    def _give_up(self, pool: ProcessPoolExecutor) -> None:
        with self._starting:
            if self._pool is pool:
                pool.shutdown(wait=False)
                self._pool = None

    def _started(self) -> ProcessPoolExecutor:
        with self._starting:
            if self._pool is None:
                # spawn: a fork would copy the locks of DuckDB's and Arrow's threads.
                context = multiprocessing.get_context("spawn")
                self._pool = ProcessPoolExecutor(
                    self.n, mp_context=context, initializer=end_with_parent
                )
            return self._pool

    def __enter__(self) -> Workers:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=kind is not KeyboardInterrupt, cancel_futures=True)
