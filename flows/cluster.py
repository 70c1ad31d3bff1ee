"""Work on batches on the workers of a Dask cluster, on this machine or on others."""

from __future__ import annotations

import logging
import pickle
import socket
import threading
import time
from collections.abc import Callable
from importlib import import_module
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import Any, TypeVar
from urllib.parse import urlsplit

from tasks.errors import Failed, UserError

R = TypeVar("R")
PATIENCE = 15.0  # seconds that a cluster may be without any worker
_CONNECT = 10.0  # seconds until a scheduler must have answered
_LOOK = 2.0  # seconds between two looks at the cluster while a batch is out
_MOST = 64  # batches that are out at the same time


class _Call:
    """Pickles as a call: who unpickles it calls the function, and has its result.

    So a worker takes up our modules in the task; one that lacks them fails there and can say so.
    """

    def __init__(self, function: Callable[..., object], args: tuple[object, ...]) -> None:
        self._function, self._args = function, args

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        return self._function, self._args


class Cluster:
    """Runs functions on a Dask cluster; those of a worker that dies are run by another.

    Args:
        address: Address of the scheduler; empty starts a cluster on this machine.
        n: Processes of a cluster on this machine.

    Raises:
        UserError: if the `dask` extra is not installed.
        Failed: if no scheduler answers there, or it has no workers.
    """

    takes_one = True

    def __init__(self, address: str, n: int = 0) -> None:
        try:
            dask: Any = import_module("distributed")
        except ImportError as error:
            raise UserError(
                "Dask is not installed", 'Install it: pip install "demarche[dask]"'
            ) from error
        for name in [n for n in logging.root.manager.loggerDict if n.startswith("distributed")]:
            logging.getLogger(name).setLevel(logging.CRITICAL)  # what matters is told here
        self._dask = dask
        self._where = address or "on this machine"
        self._local: Any = None
        if not address:
            self._local = dask.LocalCluster(
                n_workers=n, threads_per_worker=1, dashboard_address=None
            )
        self._client = _connected(dask, self._local or address, self._where)
        self._seen = time.monotonic()  # when a worker was there
        try:
            self.n = min(2 * sum(self._wait_for_workers().values()), _MOST)
        except BaseException:
            self._close()
            raise

    def run(self, function: Callable[..., R], *args: object) -> R:
        """Return what the function returns on a worker; the caller waits.

        Raises:
            Failed: if no worker is there any more, or one after the other dies at it.
        """
        try:
            call = pickle.dumps(_Call(function, args))
            future = self._client.submit(pickle.loads, call, pure=False)
            while True:
                try:
                    result: R = future.result(timeout=_LOOK)
                except TimeoutError:
                    if future.status == "error":  # the function's own
                        raise
                else:
                    return result
                self._look()
        except self._dask.KilledWorker as error:
            raise Failed(
                f"one worker after the other died at the same batch (Dask cluster {self._where})",
                "Most often their memory is too small: lower batch_size, or give them more.",
            ) from error
        except (self._dask.CancelledError, self._dask.comm.CommClosedError) as error:
            raise self._went_away() from error
        except (ImportError, AttributeError) as error:
            if isinstance(error, AttributeError) and "get attribute" not in str(error):
                raise
            raise Failed(
                f"a worker of the Dask cluster {self._where} has no demarche, or another: {error}",
                "Install there what runs here, and start it anew.",
            ) from error

    def _wait_for_workers(self) -> dict[str, int]:
        while not (found := self._look()):
            time.sleep(0.2)
        return found

    def _look(self) -> dict[str, int]:
        """Return the threads of each worker; once there has been none for too long, say so."""
        try:
            found: dict[str, int] = self._client.nthreads()
        except OSError as error:
            raise self._went_away() from error
        now = time.monotonic()
        if found:
            self._seen = now
        elif now - self._seen > PATIENCE:
            raise Failed(
                f"the Dask cluster {self._where} has no workers",
                "They died, or none was started: `dask worker ADDRESS` in an environment with "
                "demarche. Then run again.",
            )
        return found

    def _went_away(self) -> Failed:
        return Failed(
            f"the Dask scheduler {self._where} went away during the run",
            "Start it and its workers again, and run again.",
        )

    def _close(self) -> None:
        self._client.close(timeout=2)
        if self._local is not None:
            self._local.close(timeout=5)

    def __enter__(self) -> Cluster:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._close()


def _connected(dask: Any, cluster: Any, where: str) -> Any:
    """Return a client of the cluster, or give up in time: Dask itself waits for long.

    Whoever never says a word, such as a server of another kind, is waited for by a thread alone.
    """
    answers: SimpleQueue[Any] = SimpleQueue()

    def connect() -> None:
        try:
            if isinstance(cluster, str):
                found = urlsplit(cluster)
                socket.create_connection((found.hostname, found.port), _CONNECT).close()
            answers.put(dask.Client(cluster, timeout=_CONNECT, set_as_default=False))
        except Exception as error:  # told by the one who waits
            answers.put(error)

    threading.Thread(target=connect, daemon=True).start()
    try:
        answer = answers.get(timeout=2 * _CONNECT)
    except Empty:
        answer = TimeoutError("it says nothing")
    if isinstance(answer, Exception):
        raise Failed(
            f"no Dask scheduler answers at {where}: {answer}",
            "Check task_runner, and that `dask scheduler` runs there and can be reached.",
        ) from answer
    return answer
