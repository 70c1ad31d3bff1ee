"""Paths to sources: folders are walked in a fixed order, links may not leave the tree."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from tasks.errors import UserError
from tasks.ingest.fetching import Fetching
from tasks.ingest.patterns import expand, is_hidden
from tasks.ingest.places import Found, Place, is_pattern, is_url
from tasks.ingest.record import Refusal, refuse
from tasks.ingest.remote import find_again, find_remote
from tasks.ingest.sidecar import sidecar_of, sidecars_in
from tasks.ingest.source import Source, file_source
from tasks.ingest.web import Web, is_web

GivenPath = str | Path | Place


def walk(paths: Sequence[GivenPath], fetching: Fetching = Fetching()) -> Iterator[Found]:  # noqa: B008 - frozen
    """Yield the files that the paths name, each folder's in the order of their names.

    Hidden files and folders are skipped. A link is followed only if it leads to a file of the
    same tree.

    Args:
        paths: Files, folders, patterns (`*`, `?`, `[a-z]`, `**`), URLs, or places of an earlier
            run. A file that is called like a pattern is taken for the file.
        fetching: How http(s) addresses are asked.

    Raises:
        UserError: if a path does not exist or nothing fits a pattern; before anything is read.
    """
    web = Web(fetching)
    for files in [_files_of(path, web) for path in paths]:
        yield from files


def _files_of(path: GivenPath, web: Web) -> Iterator[Found]:
    """Return the files of one path, once it is known that there are some."""
    if isinstance(path, Place):
        return _again(path, web)
    name = str(path)
    if name.startswith("file://"):
        name = url2pathname(urlsplit(name).path)
    if is_web(name):
        return (web.find(place) for place in [Place(name, name)])
    if is_url(name):
        return find_remote(name, allow_private=web.allow_private)
    root = Path(name)
    if root.is_dir():
        return _walk_folder(root, root)
    if root.exists():
        return iter([_look_at(root, root.name, None, sidecar_of(root))])
    if is_pattern(name):
        return _walk_matches(name, *expand(name))
    raise UserError(f"{root}: no such file or folder", "Check the path.")


def _again(place: Place, web: Web) -> Iterator[Found]:
    """Yield what a place of an earlier run holds, under the names that it had there."""
    path = Path(place.where)
    if is_web(place.where):
        yield web.find(place)
    elif is_url(place.where):
        yield find_again(place, allow_private=web.allow_private)
    elif path.is_dir():
        base = path if place.uri == "." else path.parents[place.uri.count("/")]
        yield from _walk_folder(path, base)
    else:
        yield _look_at(path, place.uri, None, sidecar_of(path))


def _walk_matches(pattern: str, base: Path, matches: Sequence[Path]) -> Iterator[Found]:
    """Yield the files that fit a pattern and those of the folders that fit, named from `base`.

    What `**` stands for is looked through for folders that may not be read: the search for matches
    passes them over without a word.
    """
    top = base.resolve()
    taken = {sidecar_of(path) for path in matches}
    for path in matches:
        uri = path.relative_to(base).as_posix()
        between = list(path.parents)[: uri.count("/")]
        if any(folder.is_symlink() for folder in between):
            refusal = refuse(uri, 0, "unsafe_path", "it lies behind a link to a folder")
            yield Found(Place(uri, str(path.absolute())), refusal)
        elif path.is_dir() and not path.is_symlink():
            yield from _walk_folder(path, base)
        elif path not in taken:
            yield _look_at(path, uri, top, sidecar_of(path))
    if "**" in pattern and base not in matches:
        yield from _closed_below(base, set(matches))


def _closed_below(base: Path, walked: set[Path]) -> Iterator[Found]:
    """Yield the folders that may not be read, but for those in folders that were walked."""
    closed: list[OSError] = []
    for folder, folders, _ in os.walk(base, onerror=closed.append, followlinks=False):
        folders[:] = sorted(
            n for n in folders if not is_hidden(n) and Path(folder, n) not in walked
        )
    yield from (_closed(error, base) for error in closed)


def _walk_folder(root: Path, base: Path) -> Iterator[Found]:
    top = root.resolve()
    closed: list[OSError] = []
    for folder, folders, names in os.walk(root, onerror=closed.append, followlinks=False):
        here = Path(folder)
        links = [n for n in folders if (here / n).is_symlink()]
        folders[:] = sorted(n for n in folders if not is_hidden(n) and n not in links)
        names = sorted(n for n in (*names, *links) if not is_hidden(n))
        sidecars = sidecars_in(here, names)
        taken = {path.name for path in sidecars.values()}
        for name in names:
            if name not in taken:
                path = here / name
                yield _look_at(path, path.relative_to(base).as_posix(), top, sidecars.get(name))
    yield from (_closed(error, base) for error in closed)


def _closed(error: OSError, base: Path) -> Found:
    """Return a folder whose list of files could not be read."""
    path = Path(os.fsdecode(error.filename))
    uri = path.relative_to(base).as_posix()
    refusal = refuse(uri, 0, "unreadable", f"the folder: {error.strerror or error}")
    return Found(Place(uri, str(path.absolute())), refusal)


def _look_at(path: Path, uri: str, top: Path | None, sidecar: Path | None) -> Found:
    return Found(Place(uri, str(path.absolute())), _content(path, uri, top, sidecar))


def _content(path: Path, uri: str, top: Path | None, sidecar: Path | None) -> Source | Refusal:
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
