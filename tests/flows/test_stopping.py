"""Stops and kills: an end within seconds, one line, nothing left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
ENVIRON = {**os.environ, "PYTHONPATH": str(PROJECT), "NO_COLOR": "1"}
# A pool of two processes that are at work when it says so; with `install` it can be stopped.
_POOL = """
import os, threading, time
from flows import stopping
from flows.workers import Workers

stopping.install()
stopping.work_begins()
try:
    with Workers(2) as workers:
        print(*{workers.run(os.getpid) for _ in range(2)}, flush=True)
        threads = [threading.Thread(target=workers.run, args=(time.sleep, 60)) for _ in range(2)]
        [t.start() for t in threads]
        time.sleep(0.3)
        print("at work", flush=True)
        [t.join() for t in threads]
except KeyboardInterrupt:
    stopping.end()
"""


def started(*command: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, *command],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=ENVIRON,
        start_new_session=True,
        # What a shell starts in the background is told to ignore it.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )


def gone(pid: int, within: float = 10.0) -> bool:
    end = time.monotonic() + within
    while time.monotonic() < end:
        state = Path(f"/proc/{pid}/stat")
        try:
            if state.parent.parent.is_dir() and state.read_text().rsplit(")")[-1].split()[0] == "Z":
                return True
            os.kill(pid, 0)
        except (ProcessLookupError, FileNotFoundError):
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_the_workers_end_with_the_run(number):
    with started("-c", _POOL) as running:
        workers = [int(pid) for pid in running.stdout.readline().split()]
        assert running.stdout.readline() == "at work\n"
        (os.kill if number == signal.SIGKILL else os.killpg)(running.pid, number)
        assert running.wait(10) == (-9 if number == signal.SIGKILL else 3)
        assert all(gone(pid) for pid in workers)
        assert running.stderr.read() == ("" if number == signal.SIGKILL else "stopped\n")
