"""Work on batches in this process, or in several."""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from types import TracebackType
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


class Workers:
    """Runs a function in a pool of processes, or here when one is enough.

    Event coding holds the interpreter lock, so threads would take turns; a pool is started at
    its first use, since starting one costs a second. Functions and arguments must pickle.

    Args:
        n: Processes; 1 runs everything in the caller.
    """

    def __init__(self, n: int) -> None:
        self._n = n
        self._pool: ProcessPoolExecutor | None = None
        self._starting = threading.Lock()

    def run(self, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Return what the function returns; the caller waits."""
        if self._n <= 1:
            return function(*args, **kwargs)
        return self._started().submit(function, *args, **kwargs).result()

    def _started(self) -> ProcessPoolExecutor:
        with self._starting:
            if self._pool is None:
                # spawn: a fork would copy the locks of DuckDB's and Arrow's threads.
                context = multiprocessing.get_context("spawn")
                self._pool = ProcessPoolExecutor(self._n, mp_context=context)
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
            self._pool.shutdown(cancel_futures=True)
