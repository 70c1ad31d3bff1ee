"""Updates on a schedule, in one process.

With a Prefect server (PREFECT_API_URL) the flow is served to it: its pages show the runs and its
scheduler starts them. Prefect's embedded server has no scheduler, so without a server the runs are
started here.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

from flows.clock import now
from flows.orphans import served_from_here
from flows.unchanged import end_early
from flows.update import run_update_flow, update
from tasks.errors import UserError
from tasks.ingest.places import is_url
from tasks.settings import Settings, as_options

Say = Callable[[str], None]


def serve_to_server(
    paths: list[str], settings: Settings, published: Path | None, minutes: int
) -> None:
    """Serve the update flow to the Prefect server of PREFECT_API_URL, until stopped."""
    options = as_options(settings)
    for name in ("warehouse", "actors", "models"):  # the runs may start in another folder
        if options[name]:
            options[name] = str(Path(str(options[name])).expanduser().resolve())
    served_from_here()
    update.serve(
        name="demarche-serve",
        interval=minutes * 60,
        parameters={
            "paths": [p if is_url(p) else str(Path(p).resolve()) for p in paths],
            "published": str(published.resolve()) if published else None,
            "settings": options,
        },
        pause_on_shutdown=False,
    )


def serve_alone(
    paths: list[str], settings: Settings, published: Path | None, minutes: int, say: Say
) -> None:
    """Run the update flow now and every so many minutes, until a signal stops it."""
    never = threading.Event()

    def work() -> None:
        if end_early(paths, settings, published, now(), say) is None:
            run_update_flow(paths, settings, published)

    repeat(work, minutes * 60, never, say)


def repeat(work: Callable[[], object], seconds: float, stop: threading.Event, say: Say) -> None:
    """Do the work now and then every so many seconds, until `stop` is set.

    A failure is told and does not end it: the next run may do better. A run that takes longer
    than the interval is followed by the next at once; runs never overlap.
    """
    start = time.monotonic()
    number = 0
    while not stop.is_set():
        try:
            work()
        except UserError as error:
            say(f"this run failed: {error}")
        except Exception as error:  # whatever it is, the schedule must go on
            say(f"this run failed: {type(error).__name__}: {error}")
        number = max(number + 1, int((time.monotonic() - start) // seconds))
        stop.wait(max(0.0, start + number * seconds - time.monotonic()))
