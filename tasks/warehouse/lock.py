"""One publisher at a time; the second learns who holds the warehouse."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from tasks.errors import Busy, UserError
from tasks.warehouse.disk import explained


@contextmanager
def exclusive(path: Path, what: str) -> Iterator[None]:
    """Hold the lock file while `what` is done; the kernel frees it when the process dies.

    Raises:
        Busy: naming the process that holds it, since when, and what it does.
        UserError: when something else than a file is in its place.
    """
    if (path.exists() or path.is_symlink()) and not path.is_file():
        raise UserError(f"{path} is no file, so it cannot be locked.", "Remove it and run again.")
    with explained(path.parent):
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise _busy(path) from error
        with explained(path.parent):
            os.ftruncate(handle, 0)
            os.write(handle, json.dumps({"pid": os.getpid(), "what": what}).encode())
        yield
        os.ftruncate(handle, 0)
    finally:
        os.close(handle)


def _busy(path: Path) -> Busy:
    """Say who holds the lock; the file's own time tells since when, so no clock is read here."""
    since = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    try:
        holder = json.loads(path.read_text(encoding="utf-8"))
        who = f"process {holder['pid']} ({holder['what']})"
    except (ValueError, KeyError, TypeError):
        who = "another process"
    return Busy(
        f"The warehouse {path.parent} is busy: {who} holds it since {since:%Y-%m-%d %H:%M:%S} UTC.",
        "Wait until it is done and run again. Reading needs no waiting.",
    )
