"""Progress bars on the terminal; nothing at all when the output is no terminal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from flows.calls import OnProgress
from flows.output import err


@contextmanager
def progress_bars() -> Iterator[OnProgress]:
    """Give a function that shows one bar a step."""
    columns = (TextColumn("{task.description:18}"), BarColumn(), MofNCompleteColumn())
    bars = Progress(*columns, TimeElapsedColumn(), console=err, transient=True)
    ids = {}

    def show(name: str, done: int, total: int) -> None:
        if name not in ids:
            ids[name] = bars.add_task(name, total=total)
        bars.update(ids[name], completed=done, total=total)

    with bars:
        yield show
