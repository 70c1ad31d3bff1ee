"""Paths to sources: folders are walked in a fixed order, links may not leave the tree."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from tasks.errors import UserError
from tasks.ingest.record import Refusal, refuse
from tasks.ingest.sidecar import sidecar_of, sidecars_in
from tasks.ingest.source import Source, file_source

_SKIPPED = frozenset({"__pycache__", "node_modules", "__MACOSX", "Thumbs.db", "desktop.ini"})


def walk(paths: Sequence[str | Path]) -> Iterator[Source | Refusal]:
    """Yield the files that the paths name, each folder's in the order of their names.

    Hidden files and folders are skipped. A link is followed only if it leads to a file of the
    same tree.

    Raises:
        UserError: if a path does not exist.
    """
    roots = [Path(p) for p in paths]
    for root in roots:
        if not root.exists():
            raise UserError(f"{root}: no such file or folder", "Check the path.")
    for root in roots:
        if root.is_dir():
            yield from _walk_folder(root)
        else:
            yield _look_at(root, root.name, None, sidecar_of(root))


def _walk_folder(root: Path) -> Iterator[Source | Refusal]:
    top = root.resolve()
    for folder, folders, names in os.walk(root, onerror=None, followlinks=False):
        here = Path(folder)
        links = [n for n in folders if (here / n).is_symlink()]
        folders[:] = sorted(n for n in folders if not _is_hidden(n) and n not in links)
        names = sorted(n for n in (*names, *links) if not _is_hidden(n))
        sidecars = sidecars_in(here, names)
        taken = {path.name for path in sidecars.values()}
        for name in names:
            if name not in taken:
                path = here / name
                yield _look_at(path, path.relative_to(root).as_posix(), top, sidecars.get(name))


def _is_hidden(name: str) -> bool:
    return name.startswith(".") or name in _SKIPPED


def _look_at(path: Path, uri: str, top: Path | None, sidecar: Path | None) -> Source | Refusal:
    """Return the file as a source, unless it is none or lies outside of `top`."""
    try:
        if top is not None and path.is_symlink() and not path.resolve().is_relative_to(top):
            return refuse(uri, 0, "unsafe_path", "a link that leads out of the folder")
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            return refuse(uri, 0, "unsafe_path", "a link to a folder")
        if not stat.S_ISREG(mode):
            return refuse(uri, 0, "unreadable", "a pipe, socket or device")
        return file_source(path, uri, sidecar)
    except (OSError, RuntimeError) as error:
        return refuse(uri, 0, "unreadable", f"{getattr(error, 'strerror', None) or error}")
