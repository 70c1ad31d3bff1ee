"""Which files a release has taken in whole: no run reads them again as long as they are the same.

The ledger is work state. It counts only for the release and the settings that it was written for;
without it every file is read, and its articles are counted as repeats: the account is the same.
"""

from __future__ import annotations

import json
import os
import time
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path

from tasks.ingest.places import Found, Place
from tasks.ingest.record import Refusal
from tasks.ingest.source import Source

# A file that changed so shortly before it was read may change once more within one tick of the
# file system's clock, unseen.
_TICK = 10**9


@dataclass(frozen=True, slots=True)
class Entry:
    """A file that was read.

    Attributes:
        state: As `state_of` gave it.
        n_inputs: Records in it.
        n_rejects: Those of them that were refused.
    """

    state: str
    n_inputs: int
    n_rejects: int


@dataclass(slots=True)
class Ledger:
    """The files that the current release has taken in.

    Attributes:
        about: Digest of all that decides what becomes of a file, beside the file.
        known: Entries of earlier runs, by place.
        fresh: Entries of this run, by place.
        passes_over: Whether known files need not be read.
        n_passed: Records of files that were passed over.
        n_refused: Those of them that were refused.
        read: Files that were read, whether or not they are entered.
        left: Files that were left to a later run, since they are being written.
    """

    about: str
    known: dict[Place, Entry] = field(default_factory=dict)
    fresh: dict[Place, Entry] = field(default_factory=dict)
    passes_over: bool = True
    n_passed: int = 0
    n_refused: int = 0
    read: set[Place] = field(default_factory=set)
    left: list[Place] = field(default_factory=list)

    @classmethod
    def load(cls, file: Path, about: str, release: str | None) -> Ledger:
        """Return the ledger that was written for this release and `about`; else an empty one."""
        try:
            data = json.loads(file.read_text(encoding="utf-8", errors="surrogateescape"))
            if (data["about"], data["release"]) != (about, release):
                return cls(about)
            if data["digest"] != _digest(data["files"]):
                return cls(about)  # damaged
            rows = {Place(*row[:2]): Entry(*row[2:]) for row in data["files"]}
        except (OSError, ValueError, KeyError, TypeError):
            return cls(about)
        return cls(about, rows)

    def find(self, found: Found) -> Entry | None:
        """Return the entry of a file that is as it was when it was read."""
        entry = self.known.get(found.place)
        return entry if entry is not None and entry.state == state_of(found) else None

    def knows(self, found: Found) -> bool:
        """Return True, and count its records, for a file that need not be read."""
        entry = self.find(found) if self.passes_over else None
        if entry is None:
            return False
        self.n_passed += entry.n_inputs
        self.n_refused += entry.n_rejects
        return True

    def leave(self, found: Found) -> None:
        """Note a file that is being written."""
        self.left.append(found.place)

    def note(self, found: Found, state: str | None, n_inputs: int, n_rejects: int) -> None:
        """Enter a file that was read from its beginning to its end.

        Args:
            found: The file.
            state: What `state_of` gave before it was read.
            n_inputs: Records in it.
            n_rejects: Those of them that were refused.
        """
        self.read.add(found.place)
        if state is not None and state == state_of(found) and not _may_change_unseen(found):
            self.fresh[found.place] = Entry(state, n_inputs, n_rejects)

    def save(self, file: Path, release: str) -> None:
        """Write what is known now, for the release that holds it."""
        files = self.known | self.fresh
        rows = [[p.uri, p.where, e.state, e.n_inputs, e.n_rejects] for p, e in files.items()]
        about = {"about": self.about, "release": release, "digest": _digest(rows)}
        text = json.dumps({**about, "files": rows})
        file.parent.mkdir(parents=True, exist_ok=True)
        aside = file.with_name(f"{file.name}.part")
        aside.write_text(text, encoding="utf-8", errors="surrogateescape")
        aside.replace(file)


def _digest(rows: object) -> str:
    return blake2b(json.dumps(rows).encode(), digest_size=16).hexdigest()


def state_of(found: Found) -> str | None:
    """Return what changes when a file does; None where that cannot be told, as on the web."""
    content = found.content
    if isinstance(content, Refusal):  # of the place, not of what it holds
        return f"{content.reason}: {content.detail}"
    if content.path is None:
        return None
    try:
        return " ".join(map(_state, filter(None, (content.path, content.sidecar))))
    except OSError:
        return None


def _state(path: Path) -> str:
    info = os.stat(path)  # noqa: PTH116 - a third of the time
    return f"{info.st_size} {info.st_mtime_ns} {info.st_ctime_ns} {info.st_ino}"


def _may_change_unseen(found: Found) -> bool:
    content = found.content
    if not isinstance(content, Source) or content.path is None:
        return False
    return abs(time.time_ns() - content.path.stat().st_ctime_ns) < _TICK
