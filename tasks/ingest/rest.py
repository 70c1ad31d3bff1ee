"""Files that are still being written are told from those at rest: each young one is looked at twice."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from tasks.ingest.ledger import state_of
from tasks.ingest.places import Found
from tasks.ingest.source import Source


def at_rest(
    walked: Iterable[Found], settle: float, scratch: Path, leave: Callable[[Found], None]
) -> Iterator[Found]:
    """Yield the files that are at rest; those that changed just now after all others.

    Args:
        walked: Files.
        settle: Seconds that must have passed since a file last changed.
        scratch: Folder to ask the file system for its time in: that of this machine may differ.
        leave: Is given each file that has changed again, or gone, in the meantime.
    """
    young = []
    for found in walked:
        changed = _changed(found) if settle > 0 else None
        # A time far ahead is no clock's: such a file is as old as any other.
        if changed is not None and abs(_now(scratch) - changed) < settle:
            young.append((found, state_of(found), changed))
        else:
            yield found
    for found, state, changed in young:
        time.sleep(min(max(changed + settle - _now(scratch), 0), 2 * settle))
        if state is not None and state_of(found) == state:
            yield found
        else:
            leave(found)


def _changed(found: Found) -> float | None:
    """Return when a file on disk, or the one with its metadata, was last changed."""
    content = found.content
    if not isinstance(content, Source) or content.path is None:
        return None
    try:
        return max(p.stat().st_mtime for p in (content.path, content.sidecar) if p)
    except OSError:
        return None


def _now(folder: Path) -> float:
    folder.mkdir(parents=True, exist_ok=True)
    clock = folder / ".clock"
    clock.touch()
    return clock.stat().st_mtime
