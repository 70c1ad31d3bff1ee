"""Publishes into a warehouse and dies of kill -9 while doing so, again and again.

Run as ``python -m warehouse.kills FOLDER SEED``; prints, for each death, a JSON object. Children
are forked from this small process, which itself never starts a thread.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path

from tasks.warehouse import Warehouse

from .examples import FEBRUARY, article, debris, publish

A = [article("a"), article("b", FEBRUARY)]
B = [*A, article("c", FEBRUARY)]
# What changes a folder. Opening for reading is no step: dying there differs in nothing.
STEPS = {"open", "os.rename", "os.remove", "os.link", "os.symlink", "os.mkdir", "os.rmdir"}


def publish_and_expire(root: Path) -> None:
    """Publish what the current release does not say, and drop the oldest."""
    warehouse = Warehouse(root)
    current = warehouse.current()
    february = "articles/month=2026-02/part.parquet"
    publish(warehouse, B if current and current.manifest["files"][february]["rows"] == 1 else A)
    with warehouse.lock("test"):
        warehouse.expire(keep=2)


def die_at_step(number: int, root: Path) -> None:
    """Kill this process before its n-th change of the folder."""
    left = iter(range(number, -1, -1))

    def hook(event: str, args: tuple[object, ...]) -> None:
        writes = event != "open" or (
            isinstance(args[2], int) and args[2] & (os.O_WRONLY | os.O_RDWR)
        )
        inside = any(isinstance(a, str | os.PathLike) and str(root) in str(a) for a in args)
        if event in STEPS and writes and inside and next(left) == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)


def in_child(work: Callable[[], None], kill_after: float | None = None) -> bool:
    """Fork, work, and return whether the child was killed."""
    if (pid := os.fork()) == 0:
        try:
            work()
            os._exit(0)
        except BaseException as error:
            say({"error": repr(error)})
            os._exit(1)
    if kill_after is not None:
        time.sleep(kill_after)
        os.kill(pid, signal.SIGKILL)
    return os.WIFSIGNALED(os.waitpid(pid, 0)[1])


def say(what: dict[str, object]) -> None:
    """Print a line of JSON."""
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def state(root: Path) -> dict[str, object]:
    """Say what a reader finds."""
    warehouse = Warehouse(root)
    current = warehouse.current()
    return {
        "current": current and current.id,
        "whole": all(r.verify() == [] for r in warehouse.releases()),
        "listed": [r.id for r in warehouse.releases()],
    }


def main() -> None:
    """Die at every step, then at random moments; finish with a run that is let live."""
    root, rng = Path(sys.argv[1]), random.Random(int(sys.argv[2]))

    def die(step: int) -> None:
        die_at_step(step, root)
        publish_and_expire(root)

    def publish_for_ever() -> None:
        for _ in count():
            publish_and_expire(root)

    for step in count():
        if not in_child(lambda step=step: die(step)):  # type: ignore[misc]
            break
        say({"step": step, **state(root)})
    for _ in range(10):
        in_child(publish_for_ever, kill_after=rng.uniform(0.02, 0.6))
        say({"step": None, **state(root)})
    in_child(lambda: publish_and_expire(root))
    say({"debris": debris(root), **state(root)})


if __name__ == "__main__":
    main()
