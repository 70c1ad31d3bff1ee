"""Which files were found to be as their manifest promises, so that no byte is read twice for it.

A file is known by device, inode, size and time of change; a hard link is the same file. Work state:
without it, or with a broken one, files are read again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from contextlib import suppress
from pathlib import Path

from tasks.warehouse.disk import remove, write_text
from tasks.warehouse.layout import RELEASES, STATE

_FILE = "verified"
_GONE = "-"
_MOST_BYTES = 1 << 20


class Verified:
    """Files and the SHA-256 that they were found to have.

    Args:
        path: The file that remembers; None where there is no warehouse about.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._known: set[str] = set()
        self._as_of: str | None = None

    @classmethod
    def beside(cls, release: Path) -> Verified:
        """Return what is known of the files of the warehouse that a release lies in."""
        inside = release.parent.name == RELEASES
        return cls(release.parent.parent / STATE / _FILE if inside else None)

    def has(self, path: Path, sha256: str) -> bool:
        """Return whether the file was found to have this checksum since it was written."""
        self._load()
        return f"{_identity(path)} {sha256}" in self._known

    def add(self, files: Iterable[tuple[Path, str]]) -> None:
        """Remember files and the checksums that they have."""
        self._append([f"{_identity(path)} {sha256}" for path, sha256 in files])

    def forget(self, files: Iterable[tuple[Path, str]]) -> None:
        """Forget files that turned out not to have these checksums."""
        lines = (f"{_identity(path)} {sha256}" for path, sha256 in files if path.exists())
        self._append([f"{_GONE}{line}" for line in lines])

    def trim(self, sums: Collection[str]) -> None:
        """Keep only these checksums once the file has grown large; under the warehouse's lock."""
        path = self._path
        if path is None or not path.exists():
            return
        with suppress(OSError):
            if not path.is_file():
                remove(path)
            elif path.stat().st_size > _MOST_BYTES:
                self._load()
                kept = sorted(x for x in self._known if x.rpartition(" ")[2] in sums)
                write_text(path, "".join(f"{line}\n" for line in kept))

    def _append(self, lines: list[str]) -> None:
        """Add whole lines; a write that fails costs another reading."""
        if not lines or self._path is None:
            return
        with suppress(OSError):
            if self._path.is_file() or not self._path.exists():
                with self._path.open("a", encoding="utf-8") as file:
                    file.write("".join(f"\n{line}\n" for line in lines))

    def _load(self) -> None:
        """Read what is known, if anybody has written since."""
        known: set[str] = set()
        as_of = None
        with suppress(OSError):
            if self._path is not None and self._path.is_file():
                as_of = _identity(self._path)
                if as_of == self._as_of:
                    return
                text = self._path.read_text(encoding="utf-8", errors="replace")
                for line in text.split("\n"):
                    if line.startswith(_GONE):
                        known.discard(line.removeprefix(_GONE))
                    else:
                        known.add(line)
        self._known, self._as_of = known, as_of


def _identity(path: Path) -> str:
    info = path.stat()
    return f"{info.st_dev} {info.st_ino} {info.st_size} {info.st_mtime_ns}"
