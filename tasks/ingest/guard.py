"""Work on one record in a process of its own, which is ended if it takes too long or too much.

What a library does with hostile input cannot be interrupted from inside of the process, so all that
parses documents runs in a child. It is started at the first need and used again as long as it is
healthy; a record costs a fraction of a millisecond more. Structural limits (elements, attributes,
ratio, sizes) decide first, since they do not depend on the machine; time and memory are the last
resort. Time is that of the processor, so that a busy machine refuses nothing that an idle one takes;
by the clock there is four times as much.
"""

from __future__ import annotations

import atexit
import os
import resource
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection, Pipe
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from tasks.ingest.limits import Limits

P = ParamSpec("P")
R = TypeVar("R")

_STATUS = Path("/proc/self/status")
_START_SECONDS = 120.0
# By the clock a record has this many times its seconds of processor time: the machine may be busy.
_BUSY = 4
# Above this share of the memory a library may have met the end of it without saying so.
_NEARLY = 0.9
# A child that has grown beyond this share of the memory is not used again.
_GROWN = 0.4
_RUN = "import sys; from tasks.ingest.guard import serve; serve(int(sys.argv[1]))"


class Failed(Exception):
    """A record could not be worked on.

    Attributes:
        reason: Why, as in the table of rejects.
        detail: What happened.
    """

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(reason, detail)
        self.reason, self.detail = reason, detail


def guarded(limits: Limits, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Return what the function returns; it runs in the child.

    Args:
        limits: `record_seconds` and `record_memory` hold for this call.
        function: At the top level of a module; pure.
        *args: Its arguments, which must pickle, as what it returns must.
        **kwargs: Likewise.

    Raises:
        Failed: if it takes longer or more memory, raises, or ends the child.
        OSError: if no child can be started.
    """
    with _LOCK:
        child = _healthy_child()
        try:
            kind, value = child.ask(limits, function, args, kwargs)
        except BaseException:  # an answer that comes later would be taken for the next one's
            _end_child()
            raise
        if child.is_worn:
            _end_child()
    if kind != "done":
        raise Failed(kind, value)
    return value  # type: ignore[no-any-return]


class _Child:
    """The process, seen from its parent."""

    def __init__(self) -> None:
        self.owner = os.getpid()
        self.is_worn = False
        self._limits: Limits | None = None
        self._too_long = ""
        here, there = Pipe()
        path = os.pathsep.join(p for p in sys.path if p)
        with there:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-c", _RUN, str(there.fileno())],
                pass_fds=[there.fileno()],
                env={**os.environ, "PYTHONPATH": path},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        self._pipe = here
        if not here.poll(_START_SECONDS) or self._answer()[0] != "ready":
            self.end()
            raise OSError("the process that reads documents could not be started")

    def ask(
        self, limits: Limits, function: Callable[..., object], args: Any, kwargs: Any
    ) -> tuple[str, Any]:
        """Return the kind of an answer (done, or the reason of a failure) and what it says."""
        self._too_long = f"it took longer than record_seconds = {limits.record_seconds}"
        changed = None if limits == self._limits else limits
        self._limits = limits
        try:
            self._pipe.send((function, args, kwargs, changed))
        except (BrokenPipeError, ConnectionResetError):
            return self._ended()
        if not self._pipe.poll(_BUSY * limits.record_seconds):
            self.is_worn = True
            return "too_costly", self._too_long
        kind, value, self.is_worn = self._answer()
        return kind, value

    def is_alive(self) -> bool:
        """Return True if it can be asked."""
        return self._process.poll() is None

    def end(self) -> None:
        """Kill it."""
        self._pipe.close()
        self._process.kill()
        self._process.wait()

    def _answer(self) -> tuple[str, Any, bool]:
        try:
            return self._pipe.recv()  # type: ignore[no-any-return]
        except (EOFError, ConnectionResetError):
            return *self._ended(), True

    def _ended(self) -> tuple[str, str]:
        self.is_worn = True
        try:
            code = self._process.wait(1)
        except subprocess.TimeoutExpired:
            code = 0
        if -code == signal.SIGXCPU:
            return "too_costly", self._too_long
        return "too_costly", f"the process that reads documents ended with {_name_of(code)}"


def _name_of(code: int) -> str:
    return signal.Signals(-code).name if code < 0 else f"code {code}"


_LOCK = threading.Lock()
_child: _Child | None = None


def _healthy_child() -> _Child:
    global _child
    if _child is not None and _child.owner != os.getpid():
        _child = None  # it belongs to the process that this one was forked from
    if _child is not None and not _child.is_alive():
        _end_child()
    if _child is None:
        _child = _Child()
    return _child


@atexit.register
def _end_child() -> None:
    global _child
    if _child is not None and _child.owner == os.getpid():
        _child.end()
    _child = None


def serve(fileno: int) -> None:
    """Answer what the parent asks, until it closes the pipe. This is the child's main function."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's; its end ends this
    import tasks.ingest.page  # noqa: F401 - so that no record pays for loading

    pipe, limits = Connection(fileno), Limits()
    pipe.send(("ready", None, False))
    with suppress(EOFError, OSError):
        while True:
            function, args, kwargs, changed = pipe.recv()
            if changed is not None:
                limits = changed
                _bound_memory(limits)
            _bound_time(limits)
            pipe.send(_outcome(function, args, kwargs, limits))


def _bound_memory(limits: Limits) -> None:
    """Let the system refuse more memory."""
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    allowed = limits.record_memory if hard < 0 else min(limits.record_memory, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (allowed, hard))


def _bound_time(limits: Limits) -> None:
    """Let the system end this process after so much more processor time."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime) + limits.record_seconds + 1
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds if hard < 0 else min(seconds, hard), hard))


def _outcome(
    function: Callable[..., object], args: Any, kwargs: Any, limits: Limits
) -> tuple[str, object, bool]:
    """Return the kind of the answer, the answer, and whether this process is worn by it."""
    too_much = f"it took more than record_memory = {limits.record_memory}"
    try:
        value = function(*args, **kwargs)
    except Failed as failed:
        return failed.reason, failed.detail, False
    except MemoryError:
        return "too_costly", too_much, True
    except RecursionError as error:
        return "bomb", f"it is nested too deep: {error}", False
    except BaseException as error:  # also those of libraries written in Rust
        value, kind = f"{type(error).__name__}: {error}", "malformed"
    else:
        kind = "done"
    peak = _peak(_GROWN * limits.record_memory)
    if peak > _NEARLY * limits.record_memory:
        return "too_costly", too_much, True
    return kind, value, peak > _GROWN * limits.record_memory


def _peak(enough: float) -> int:
    """Return the most bytes of memory that this process has held; below `enough`, at least that."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    if most < enough:
        return most
    try:  # getrusage counts what the parent held when it started this
        status = _STATUS.read_bytes()
        return int(status.partition(b"VmHWM:")[2].split(maxsplit=1)[0]) * 1024
    except (OSError, ValueError, IndexError):
        return 0
