"""The warehouse as a whole: its releases, its lock, and which release is current."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from tasks.errors import Damaged, UserError
from tasks.warehouse import pointer
from tasks.warehouse.builder import ReleaseBuilder
from tasks.warehouse.database import refuse_path
from tasks.warehouse.disk import discard, explained
from tasks.warehouse.layout import LOCK, MANIFEST, RELEASES, STATE
from tasks.warehouse.lock import exclusive
from tasks.warehouse.manifest import read_manifest
from tasks.warehouse.release import Release

_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]*")


def release_id(moment: datetime) -> str:
    """Return the id of a release that is made at `moment`: 20261121T021500Z."""
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def nothing_published(root: Path) -> UserError:
    """Return what tells the user that a warehouse has no release yet."""
    return UserError(
        f"{root}: nothing was published here yet",
        "Run `demarche run` first, or name the folder with --warehouse.",
    )


class Warehouse:
    """A folder of immutable releases.

    Args:
        root: The folder; made by the first lock.
    """

    def __init__(self, root: Path) -> None:
        self.root = root.absolute()
        self._locked = False

    @property
    def state(self) -> Path:
        """Folder for work state that is no product: use it under the lock, rebuild it if lost."""
        return self.root / STATE

    def current(self) -> Release | None:
        """Return the release that is current now, or None before the first one.

        The pointer is resolved once: what is returned stays the same while others publish.

        Raises:
            Damaged: when the pointer is lost or leads to no release.
        """
        name = pointer.read(self.root)
        if name in (known := self._ids()):
            return Release.open(self._path(name))
        if name is None and not known:
            return None
        said = f"names release {name!r}, which is not in {self.root}" if name else "is lost"
        raise Damaged(
            f"The pointer of the warehouse {said}. It has: {', '.join(known) or 'none'}.",
            "`demarche releases` tells which releases are whole; `demarche releases --use ID` makes "
            "one of them current.",
        )

    def need_current(self) -> Release:
        """Return the release that is current now.

        Raises:
            UserError: when nothing was published yet, or the pointer leads to no release.
        """
        release = self.current()
        if release is None:
            raise nothing_published(self.root)
        return release

    def current_id(self) -> str | None:
        """Return the id of the release that is current, whether or not it can be read."""
        return pointer.read(self.root)

    def release(self, release_id: str) -> Release:
        """Return a release by its id.

        Raises:
            UserError: with the known ids, when there is no such release.
        """
        if release_id not in (known := self._ids()):
            raise UserError(
                f"You asked for release {release_id!r}, which is not in {self.root}.",
                f"It has: {', '.join(known) or 'none'}. See `demarche releases`.",
            )
        return Release.open(self._path(release_id))

    def releases(self) -> list[Release]:
        """Return all releases that can be read, each after its parent.

        `unreadable` tells of the others.
        """
        return [r for r in map(self._try, self._history()) if isinstance(r, Release)]

    def unreadable(self) -> dict[str, str]:
        """Return why a release cannot be read, by its id, each after its parent."""
        found = {name: self._try(name) for name in self._history()}
        return {name: r.message for name, r in found.items() if isinstance(r, UserError)}

    def _try(self, name: str) -> Release | UserError:
        try:
            return Release.open(self._path(name))
        except UserError as error:
            return error

    @contextmanager
    def lock(self, what: str) -> Iterator[None]:
        """Be the only one who publishes or expires; not reentrant.

        Args:
            what: What the lock is held for, shown to those who find it taken.

        Raises:
            Busy: naming who holds it.
            UserError: when the folder must not be written, or DuckDB could not.
        """
        refuse_path(self.root)
        folders = (self.root / RELEASES, self.state)
        for folder in folders:
            if (folder.exists() or folder.is_symlink()) and not folder.is_dir():
                raise UserError(f"{folder} is no folder.", "Move it away and run again.")
        with explained(self.root):
            for folder in folders:
                folder.mkdir(parents=True, exist_ok=True)
        with exclusive(self.root / LOCK, what):
            self._locked = True
            try:
                yield
            finally:
                self._locked = False

    def builder(self, release_id: str, parent: Release | None = None) -> ReleaseBuilder:
        """Sweep what dead runs left, then start a release; call it under the lock.

        Args:
            release_id: Its id; where it is taken, -2, -3 and so on is added.
            parent: What it adds to, if not the current release as it is: that one `mended`.
        """
        self._need_lock()
        if not _ID.fullmatch(release_id):
            raise ValueError(f"{release_id!r} is not a release id")
        with explained(self.root):
            pointer.sweep(self.root)
        parent = parent or self.current()
        if parent is not None:
            parent.forget_others()
        return ReleaseBuilder(self.root, self._free(release_id), parent)

    def use(self, release_id: str) -> Release:
        """Make a release current, once all its files were read and found whole; under the lock.

        Raises:
            Damaged: naming what is wrong with it.
            UserError: when there is no such release.
        """
        self._need_lock()
        release = self.release(release_id)
        if problems := release.verify():
            raise Damaged(
                f"release {release_id} is damaged: {'; '.join(problems)}",
                "`demarche releases` tells which releases are whole.",
            )
        with explained(self.root):
            pointer.point(self.root, release_id)
        return release

    def last_whole(self) -> Release | None:
        """Return the newest release of which no file is damaged."""
        return next((r for r in reversed(self.releases()) if r.is_whole()), None)

    def mended(self, release: Release) -> Release:
        """Return a release with intact copies in other releases in place of what is damaged.

        Files that share their bytes with the damaged one, as hard links do, are none.
        """
        others = [r for r in self.releases() if r.id != release.id]
        places: dict[str, Path | None] = {}
        for name in release.broken(release.manifest["files"], anew=True):
            places[name] = None
            expected = release.manifest["files"][name]["sha256"]
            for other in others:
                entry = other.manifest["files"].get(name, {"sha256": None})
                if entry["sha256"] == expected and other.intact(name):
                    places[name] = other.path / name
        return release.with_mended(places)

    def expire(self, keep: int) -> list[str]:
        """Remove all but the newest `keep` releases, never the current one; under the lock.

        The newest are the current one, its parent, and so on; those that it does not come from go
        first.

        Returns:
            The ids that were removed, oldest first.
        """
        self._need_lock()
        if keep < 1:
            raise UserError(f"Cannot keep {keep} releases.", "Keep at least 1.")
        with explained(self.root):
            pointer.sweep(self.root)
            gone = self._by_descent()[:-keep]
            for name in gone:
                discard(self._path(name))
        return gone

    def _need_lock(self) -> None:
        if not self._locked:
            raise RuntimeError("publishing and expiring need the warehouse's lock")

    def _path(self, release_id: str) -> Path:
        return self.root / RELEASES / release_id

    def _ids(self) -> list[str]:
        """Return the ids of whole releases; a clash's -10 comes after its -9."""
        unfinished = pointer.unfinished(self.root)
        found = [path.parent.name for path in (self.root / RELEASES).glob(f"[!.]*/{MANIFEST}")]
        return sorted((n for n in found if n != unfinished), key=_age)

    def _parents(self) -> dict[str, str | None]:
        """Return the parent of each release, oldest first by their names; None if it is not there."""
        found: dict[str, str | None] = {}
        for name in self._ids():
            try:
                found[name] = read_manifest(self._path(name)).get("parent")
            except (OSError, ValueError):
                found[name] = None
        return {name: parent if parent in found else None for name, parent in found.items()}

    def _history(self) -> list[str]:
        """Return the ids, each after its parent; clocks decide only between the others."""
        parents, ordered = self._parents(), dict[str, None]()
        for name in parents:
            ordered |= dict.fromkeys(reversed(_line_of(name, parents, ordered)))
        return list(ordered)

    def _by_descent(self) -> list[str]:
        """Return the ids, those that the current release comes from last, itself at the end."""
        line = _line_of(pointer.read(self.root), self._parents())
        return [*(name for name in self._history() if name not in line), *reversed(line)]

    def _free(self, release_id: str) -> str:
        """Return an id that is free, and newer than all of the same moment."""
        moment, number = _age(release_id)
        taken = [n for other, n in map(_age, self._ids()) if other == moment]
        if not taken or number > max(taken):
            return release_id
        return f"{moment}-{max(1, *taken) + 1}"


def _line_of(
    name: str | None, parents: dict[str, str | None], told: Collection[str] = ()
) -> list[str]:
    """Return a release, its parent, the parent of that, and so on, up to one that was told."""
    line: dict[str, None] = {}
    while name in parents and name not in line and name not in told:
        line[name] = None
        name = parents[name]
    return list(line)


def _age(release_id: str) -> tuple[str, int]:
    moment, _, number = release_id.partition("-")
    return moment, int(number) if number.isdigit() else 0
