"""What SQL of others may do in DuckDB: which files it reads, and for how long it runs."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from tasks.errors import Failed
from tasks.warehouse.database import quote


@dataclass(frozen=True, slots=True)
class Bounds:
    """What the SQL of models and tests may do.

    Attributes:
        may_read: Folders that it may read files from.
        seconds: How long one model or test may run; None is without end.
    """

    may_read: tuple[Path, ...] = ()
    seconds: float | None = None


def close_off(connection: duckdb.DuckDBPyConnection, may_read: Sequence[Path] = ()) -> None:
    """Let a connection reach no file, network, extension or setting any more.

    Its own database and its scratch folder stay. There is no way back: close the connection.

    Args:
        connection: The connection; all others to the same database in this process follow.
        may_read: Folders that stay within reach.
    """
    folders = ", ".join(quote(str(f.resolve())) for f in may_read)
    connection.execute(f"SET allowed_directories = [{folders}]")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")


def keep_local(connection: duckdb.DuckDBPyConnection) -> None:
    """Let a connection reach files, but neither network nor extensions nor settings."""
    connection.execute("SET autoload_known_extensions = false")
    connection.execute("SET lock_configuration = true")


@contextmanager
def time_limit(
    connection: duckdb.DuckDBPyConnection, seconds: float | None, what: str, remedy: str
) -> Iterator[None]:
    """Stop what runs on a connection after some time.

    Args:
        connection: The connection.
        seconds: How long it may run; None is without end.
        what: What runs, for the message.
        remedy: What to do about it.

    Raises:
        Failed: when it was stopped.
    """
    if seconds is None:
        yield
        return
    done = threading.Event()
    watch = threading.Thread(target=_interrupt, args=(connection, seconds, done), daemon=True)
    watch.start()
    try:
        yield
    except duckdb.InterruptException as error:
        raise Failed(
            f"{what} did not end within {seconds:g} seconds and was stopped", remedy
        ) from (error)
    finally:
        done.set()
        watch.join()


def _interrupt(
    connection: duckdb.DuckDBPyConnection, seconds: float, done: threading.Event
) -> None:
    """Interrupt until it is heard: between two statements nobody listens."""
    wait = seconds
    while not done.wait(wait):
        connection.interrupt()
        wait = 0.1
