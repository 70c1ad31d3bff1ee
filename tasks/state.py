"""Work state beside the releases: to lose it, or to find it broken, costs time and nothing else."""

from __future__ import annotations

import json
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Any


def read_json(path: Path) -> dict[str, Any]:
    """Return the object in a file; an empty one when there is none to be read."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def read_lines(path: Path) -> list[dict[str, Any]]:
    """Return the objects in a file, one a line; lines that are none are passed over."""
    found = []
    with suppress(OSError):
        for line in path.read_text(encoding="utf-8", errors="surrogateescape").splitlines():
            with suppress(ValueError, RecursionError):
                found.append(json.loads(line))
    return [one for one in found if isinstance(one, dict)]


def write(path: Path, text: str) -> None:
    """Replace a file whole, whatever is in its place.

    Raises:
        OSError: when the disk refuses; the file is as it was.
    """
    building = path.with_name(f"{path.name}.part")
    make_folder(path.parent)
    clear(building)
    building.write_text(text, encoding="utf-8", errors="surrogateescape")
    if path.is_dir():
        clear(path)
    building.replace(path)


def append(path: Path, line: str) -> None:
    """Add a line, as a line of its own though the last one were cut.

    Raises:
        OSError: when the disk refuses.
    """
    make_folder(path.parent)
    if path.is_dir() or (path.is_symlink() and not path.exists()):
        clear(path)
    with path.open("ab+") as file:
        if file.tell():
            file.seek(-1, 2)
            line = line if file.read(1) == b"\n" else f"\n{line}"
        file.write(f"{line}\n".encode())


def make_folder(folder: Path) -> None:
    """Make a folder of the work state; a file in its place is removed.

    Raises:
        OSError: when the disk refuses.
    """
    if not folder.is_dir():
        clear(folder)
    folder.mkdir(parents=True, exist_ok=True)


def clear(path: Path) -> None:
    """Remove a file or folder, if it is there and can be removed."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink(missing_ok=True)
