"""Files that are really on the disk, and the trouble that disks make."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from tasks.errors import FULL, UserError
from tasks.warehouse.layout import EXPIRED

# A full disk shows as any of these, by whether DuckDB was writing, committing or checkpointing.
_DATABASE_TROUBLE = (
    duckdb.IOException,
    duckdb.TransactionException,
    duckdb.FatalException,
    duckdb.OutOfMemoryException,
)
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}
_NO_FOLDER = {errno.ENOTDIR, errno.ENOENT, errno.EEXIST}


# What the system says of a full disk or a spent quota, whichever of DuckDB's errors carries it.
_FULL_SAID = tuple(os.strerror(number) for number in sorted(FULL))


def is_trouble(error: duckdb.Error) -> bool:
    """Return whether DuckDB failed for want of disk or memory, not for what it was asked."""
    return isinstance(error, duckdb.OutOfMemoryException) or any(
        said in str(error) for said in _FULL_SAID
    )


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn a full disk or a missing permission under `path` into an error the user can act on.

    Raises:
        UserError: with what to do; the published release is untouched by it.
    """
    try:
        yield
    except OSError as error:
        if (told := explain(error, path)) is not None:
            raise told from error
        raise
    except _DATABASE_TROUBLE as error:
        raise UserError(
            f"The database in {path} could not be written: {error}",
            f"Look whether {path} has space left and may be written, and run again; the published "
            "release is untouched.",
        ) from error


def explain(error: BaseException, path: Path | None = None) -> UserError | None:
    """Return what tells the user of a disk that is full or must not be written; else None.

    Args:
        error: What was raised, by the system or by DuckDB.
        path: Where it was to be written; None: an output of the command.
    """
    if isinstance(error, duckdb.Error) and is_trouble(error):
        return UserError(f"No room left for the database: {error}", _make_room(path))
    if not isinstance(error, OSError):
        return None
    where, said = error.filename or path or "the output", error.strerror or str(error)
    if error.errno in FULL:
        return UserError(f"No room left to write {where}: {said}.", _make_room(path))
    if path is not None and error.errno in _NO_FOLDER and not path.is_dir():
        return UserError(
            f"{path} is no folder and none can be made there: {said}.",
            "Choose another --warehouse.",
        )
    inside = path is not None and Path(where).is_relative_to(path)
    if error.errno in _FORBIDDEN and (inside or error.errno == errno.EROFS):
        other = f"the right to write into {path}, or choose another --warehouse" if path else "it"
        return UserError(f"Not allowed to write {where}: {said}.", f"Give this user {other}.")
    return None


def _make_room(path: Path | None) -> str:
    if path is None:
        return "Free some space, and run again."
    return (
        "Free some space, or expire old releases with `demarche maintain`, and run again; "
        "the published release is untouched."
    )


def sync(path: Path) -> None:
    """Make a file's content, or a folder's list of names, survive a power cut."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_text(path: Path, text: str) -> None:
    """Replace a text file whole: a reader finds the old text or the new one."""
    fresh = path.with_name(f".{path.name}.new")
    try:
        fresh.write_text(text, encoding="utf-8")
        sync(fresh)
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file in hex."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def link(existing: Path, path: Path) -> None:
    """Give `existing` a second name; a copy where the file system has no hard links."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(existing, path)
    except OSError:
        shutil.copyfile(existing, path)
        sync(path)


def sync_tree(folder: Path) -> None:
    """Sync the lists of names of a folder and of all folders in it."""
    for path in sorted(p for p in folder.rglob("*") if p.is_dir()):
        sync(path)
    sync(folder)


def discard(folder: Path) -> None:
    """Remove a folder; renamed first, so that nobody meets it half removed."""
    hidden = folder.with_name(f"{EXPIRED}{folder.name}")
    remove(hidden)
    folder.rename(hidden)
    remove(hidden)


def remove(path: Path) -> None:
    """Remove a file or folder that nobody is shown, if it is there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
