"""Ctrl-C, `kill` and a closed terminal: the program ends soon, in one line, and leaves nothing.

What a run has begun may be lost at any moment without harm (a killed run leaves the last release
whole), so a stop waits for nothing. While a command works it gets a short time to put away what it
has begun and to tell the Prefect server; before that it ends at once.
"""

from __future__ import annotations

# Small modules alone: until they are there, a signal finds the program unprepared.
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, NoReturn

EXIT = 3
_GRACE = 3.0  # seconds
_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_SHOW_CURSOR = b"\r\x1b[K\x1b[?25h"  # a progress bar hides it


class _Stop:
    """What is known of the stop; one a process."""

    asked = False
    works = False  # a command has begun
    publishes = False  # into a warehouse, of which the last line tells
    said = threading.Lock()


def install() -> None:
    """Take the signals over; one that is ignored (`nohup`, a job in the background) stays so."""
    taken = [n for n in _SIGNALS if signal.getsignal(n) is not signal.SIG_IGN]
    for number in taken:
        signal.signal(number, _on_signal)
    # What a killed worker leaves is removed by a process that would complain of it.
    sys.warnoptions.append("ignore:resource_tracker:UserWarning")
    # Python calls a handler between two of its own steps; a query may be a long one. The bytes
    # written to this pipe wake a thread meanwhile.
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
    threading.Thread(target=_watch, args=(reading, set(taken)), daemon=True).start()


def work_begins() -> None:
    """From now on a stop raises KeyboardInterrupt first, so that files are put away."""
    _Stop.works = True


def publishing_begins() -> None:
    """From now on the last line tells how the warehouse stands."""
    _Stop.publishes = True


def is_asked() -> bool:
    """Return whether a signal has asked for the end."""
    return _Stop.asked


def too_late() -> None:
    """All is done and told: while the interpreter clears up there is nothing to stop."""
    for number in _SIGNALS:
        signal.signal(number, signal.SIG_IGN)


def end() -> NoReturn:
    """Say so in one line and end with 3, now: no thread or process is waited for."""
    if not _Stop.said.acquire(blocking=False):
        time.sleep(60)  # another thread is about to end the process
    with suppress(Exception):
        if threading.current_thread() is threading.main_thread():
            sys.stdout.flush()
    with suppress(Exception):
        for child in _children():
            child.kill()
    with suppress(OSError):
        mark = _SHOW_CURSOR if os.isatty(2) else b""
        os.write(2, mark + f"stopped{_what_stands()}\n".encode())
    os._exit(EXIT)


@contextmanager
def signals_held() -> Iterator[None]:
    """Start processes that a Ctrl-C of the terminal does not reach: their parent ends them."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGHUP})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _on_signal(number: int, frame: object) -> None:
    if _Stop.asked or not _Stop.works:
        _Stop.asked = True
        end()
    _ask()
    threading.Thread(target=_end_later, daemon=True).start()
    raise KeyboardInterrupt


def _watch(reading: int, taken: set[int]) -> None:
    while byte := os.read(reading, 1):
        if byte[0] in taken:
            if _Stop.works:
                _mute()
            _end_later()


def _end_later() -> None:
    time.sleep(_GRACE if _Stop.works else 0.2)
    _Stop.asked = True
    end()


def _ask() -> None:
    _Stop.asked = True
    _mute()
    with suppress(Exception):
        for child in _children():
            child.kill()


def _mute() -> None:
    """From now on whatever breaks does so because of the stop: it is not worth a word."""
    if logging := sys.modules.get("logging"):
        logging.disable(logging.CRITICAL)
    if warnings := sys.modules.get("warnings"):
        warnings.simplefilter("ignore")
    threading.excepthook = lambda told: None
    sys.unraisablehook = lambda told: None


def _children() -> list[Any]:
    """Return the worker processes, if any were ever started."""
    module = sys.modules.get("multiprocessing")
    return module.active_children() if module else []


def _what_stands() -> str:
    """Tell of the last release, if its files can be checked in the time."""
    common = sys.modules.get("flows.commands.common")
    if common is None or not _Stop.publishes:
        return ""
    found: list[str] = []
    checking = threading.Thread(target=lambda: found.append(common.standing()), daemon=True)
    checking.start()
    checking.join(_GRACE)
    return f"; {found[0]}" if found else ""
