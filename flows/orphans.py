"""Processes that end when the one that started them is gone, even by kill -9."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress

_SERVED_BY = "_DEMARCHE_SERVED_BY"


def end_with_parent() -> None:
    """Let this worker process end as soon as its parent does; called once, in the worker."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        # It waits for the end of a pipe that only the parent holds open.
        _end_after(parent.join)


def served_from_here() -> None:
    """Let the flow runs that this process has started for a Prefect server end with it."""
    os.environ[_SERVED_BY] = str(os.getpid())


def end_with_server() -> None:
    """Let this flow run end as soon as the process that serves the flow is gone."""
    server = int(os.environ.get(_SERVED_BY, 0))
    if server not in (0, os.getpid()):
        _end_after(lambda: _gone(server))


def _gone(pid: int) -> None:
    with suppress(ProcessLookupError):
        while True:
            os.kill(pid, 0)  # only looks whether it is there
            time.sleep(1)


def _end_after(wait: Callable[[], None]) -> None:
    def work() -> None:
        wait()
        os.kill(os.getpid(), signal.SIGKILL)

    threading.Thread(target=work, daemon=True).start()


def _end_of_input() -> None:
    while os.read(0, 1024):
        pass


def main() -> None:
    """Run the module that the arguments name, until nobody holds the standard input any more."""
    import runpy

    del sys.path[0]  # this file's folder: its modules are no top-level ones
    _end_after(_end_of_input)
    sys.argv = sys.argv[1:]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
