"""The warehouse as a whole: its releases, its lock, and which release is current."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from tasks.errors import UserError
from tasks.warehouse import pointer
from tasks.warehouse.builder import ReleaseBuilder
from tasks.warehouse.disk import discard, explained
from tasks.warehouse.layout import LOCK, MANIFEST, RELEASES, STATE
from tasks.warehouse.lock import exclusive
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
            UserError: when the pointer leads to no release.
        """
        name = pointer.read(self.root)
        if name is None:
            return None
        return self._open(
            name,
            "The warehouse's pointer names",
            f"The file {pointer.TEXT} may be edited to name one of them.",
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
        return self._open(release_id, "You asked for", "See `demarche releases`.")

    def releases(self) -> list[Release]:
        """Return all releases that can be read, oldest first; `unreadable` tells of the others."""
        return [r for r in map(self._try, self._ids()) if isinstance(r, Release)]

    def unreadable(self) -> dict[str, str]:
        """Return why a release cannot be read, by its id, oldest first."""
        found = {name: self._try(name) for name in self._ids()}
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
            UserError: when the folder must not be written.
        """
        with explained(self.root):
            (self.root / RELEASES).mkdir(parents=True, exist_ok=True)
            self.state.mkdir(exist_ok=True)
        with exclusive(self.root / LOCK, what):
            self._locked = True
            try:
                yield
            finally:
                self._locked = False

    def builder(self, release_id: str) -> ReleaseBuilder:
        """Sweep what dead runs left, then start a release; call it under the lock.

        Args:
            release_id: Its id; where it is taken, -2, -3 and so on is added.
        """
        self._need_lock()
        if not _ID.fullmatch(release_id):
            raise ValueError(f"{release_id!r} is not a release id")
        with explained(self.root):
            pointer.sweep(self.root)
        return ReleaseBuilder(self.root, self._free(release_id), self.current())

    def expire(self, keep: int) -> list[str]:
        """Remove all but the newest `keep` releases, never the current one; under the lock.

        Returns:
            The ids that were removed, oldest first.
        """
        self._need_lock()
        if keep < 1:
            raise UserError(f"Cannot keep {keep} releases.", "Keep at least 1.")
        with explained(self.root):
            pointer.sweep(self.root)
            current = pointer.read(self.root)
            gone = [name for name in self._ids()[:-keep] if name != current]
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

    def _free(self, release_id: str) -> str:
        """Return an id that is free, and newer than all of the same moment."""
        moment, number = _age(release_id)
        taken = [n for other, n in map(_age, self._ids()) if other == moment]
        if not taken or number > max(taken):
            return release_id
        return f"{moment}-{max(1, *taken) + 1}"

    def _open(self, name: str, who: str, hint: str) -> Release:
        if name not in (known := self._ids()):
            raise UserError(
                f"{who} release {name!r}, which is not in {self.root}.",
                f"It has: {', '.join(known) or 'none'}. {hint}",
            )
        return Release.open(self._path(name))


def _age(release_id: str) -> tuple[str, int]:
    moment, _, number = release_id.partition("-")
    return moment, int(number) if number.isdigit() else 0
