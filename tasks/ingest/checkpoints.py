"""What was read of large files is kept until a release holds it: no run reads it twice.

For each such file there is a folder with the batches that were staged and a journal, which says
where reading goes on. A journal counts only if the file, the readers and all settings are the
same as when it was written, and the staged files are whole; else it is as if there were none.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict, dataclass, field
from hashlib import blake2b, file_digest
from pathlib import Path
from typing import Any

from tasks import staging
from tasks.ingest.batches import IngestBatch
from tasks.ingest.cursor import Position
from tasks.ingest.places import Found, Place, Refused
from tasks.ingest.source import Source
from tasks.state import clear, make_folder, read_json, write

# Smaller files are read again sooner than a batch of 5,000 records is filled.
MIN_BYTES = 4 * 2**20
_EDGE = 1 << 20
_JOURNAL = "journal.json"


@dataclass(frozen=True, slots=True)
class Staged:
    """A batch that was saved: files of articles and rejects, and what is in them.

    Attributes:
        articles: Fits `schemas.ARTICLES`.
        rejects: Fits `schemas.REJECTS`.
        n_inputs: Records read.
        n_rejects: Records refused.
        refused: Files to which the rejects belong, in order.
    """

    articles: Path
    rejects: Path
    n_inputs: int
    n_rejects: int
    refused: tuple[Refused, ...]


def save(batch: IngestBatch, articles: Path, rejects: Path) -> Staged:
    """Write a batch as two Arrow files."""
    return Staged(
        staging.save(batch.articles, articles),
        staging.save(batch.rejects, rejects),
        batch.n_inputs,
        batch.rejects.num_rows,
        batch.refused,
    )


@dataclass(slots=True)
class Checkpoint:
    """How far one file was read.

    Attributes:
        folder: Where its batches are staged.
        about: Digest of the file and of all that decides what becomes of it.
        staged: Batches, in order.
        position: Where reading goes on; None is the beginning.
        is_done: Whether the whole file was read.
        used: Rows of the table of dates that were used, and for which article.
    """

    folder: Path
    about: str
    staged: list[Staged] = field(default_factory=list)
    position: Position | None = None
    is_done: bool = False
    used: dict[str, str] = field(default_factory=dict)
    _rows: list[dict[str, Any]] = field(default_factory=list)

    def add(self, batch: IngestBatch, position: Position | None, used: dict[str, str]) -> Staged:
        """Stage a batch; reading goes on at `position`, or at no place that can be told (None)."""
        staged = self._save(batch)
        if position is not None:
            self._write(position, used, is_done=False)
        return staged

    def finish(self, batch: IngestBatch, used: dict[str, str]) -> Staged:
        """Stage the last batch.

        A disk that failed may do better next time: then the file is not done.
        """
        staged = self._save(batch)
        if "unreadable" not in batch.rejects["reason"].to_pylist():
            self._write(None, used, is_done=True)
        return staged

    def _save(self, batch: IngestBatch) -> Staged:
        make_folder(self.folder.parent)
        number = f"{len(self.staged):06}"
        names = (self.folder / f"{number}.{kind}.arrow" for kind in ("articles", "rejects"))
        self.staged.append(save(batch, *names))
        self._rows.append(_to_json(self.staged[-1]))
        return self.staged[-1]

    def _write(self, position: Position | None, used: dict[str, str], *, is_done: bool) -> None:
        self.position, self.used, self.is_done = position, dict(used), is_done
        journal = {
            "about": self.about,
            "position": asdict(position) if position else None,
            "is_done": is_done,
            "used": self.used,
            "staged": self._rows,
        }
        journal["digest"] = _digest(json.dumps(journal))
        write(self.folder / _JOURNAL, json.dumps(journal))

    def restore(self) -> None:
        """Take up what an earlier run has left, if it is whole; else remove it."""
        try:
            journal = read_json(self.folder / _JOURNAL)
            digest = journal.pop("digest")
            if journal["about"] != self.about or digest != _digest(json.dumps(journal)):
                raise ValueError("of another file, or read otherwise")
            self._rows = list(journal["staged"])
            self.staged = [_from_json(self.folder, row) for row in self._rows]
            self.position = Position(**journal["position"]) if journal["position"] else None
            self.is_done, self.used = bool(journal["is_done"]), dict(journal["used"])
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            clear(self.folder)
            self.staged, self._rows, self.used = [], [], {}
            self.position, self.is_done = None, False


@dataclass(frozen=True, slots=True)
class Checkpoints:
    """The checkpoints of a warehouse.

    Attributes:
        folder: Where they lie; each has a folder in it.
        revision: Digest of readers and settings.
        min_bytes: Smaller files have none.
    """

    folder: Path
    revision: str
    min_bytes: int = MIN_BYTES

    def of(self, found: Found) -> Checkpoint | None:
        """Return the checkpoint of a large file on disk; None of anything else."""
        source = found.content
        if not isinstance(source, Source) or source.path is None or source.sidecar is not None:
            return None
        if (source.size or 0) < self.min_bytes:
            return None
        name = _digest(found.place.uri, found.place.where)
        try:
            about = _digest(self.revision, *_state_of(source.path))
        except OSError:
            return None  # its reader will say what is wrong
        checkpoint = Checkpoint(self.folder / name, about)
        checkpoint.restore()
        return checkpoint


def forget(staged: list[Path], kept: Path) -> None:
    """Remove the checkpoints in `kept` that staged files belong to: a release holds them now."""
    for folder in {path.parent for path in staged}:
        if folder.parent == kept:
            shutil.rmtree(folder, ignore_errors=True)


def _state_of(path: Path) -> tuple[str, ...]:
    """Return size, time of change, and a digest of both ends of a file."""
    info = path.stat()
    digest = blake2b(digest_size=16)
    with path.open("rb") as stream:
        digest.update(stream.read(_EDGE))
        stream.seek(max(0, info.st_size - _EDGE))
        digest.update(stream.read(_EDGE))
    return str(info.st_size), str(info.st_mtime_ns), digest.hexdigest()


def _digest(*parts: str) -> str:
    text = "\0".join(parts).encode("utf-8", "surrogateescape")
    return blake2b(text, digest_size=16).hexdigest()


def _to_json(one: Staged) -> dict[str, Any]:
    files = {kind: _file_to_json(getattr(one, kind)) for kind in ("articles", "rejects")}
    refused = [(r.uri, r.place.uri, r.place.where) for r in one.refused]
    return {**files, "n_inputs": one.n_inputs, "n_rejects": one.n_rejects, "refused": refused}


def _from_json(folder: Path, row: dict[str, Any]) -> Staged:
    articles, rejects = (_whole(folder, row[kind]) for kind in ("articles", "rejects"))
    refused = tuple(Refused(uri, Place(file, where)) for uri, file, where in row["refused"])
    return Staged(articles, rejects, int(row["n_inputs"]), int(row["n_rejects"]), refused)


def _file_to_json(path: Path) -> dict[str, str]:
    return {"name": path.name, "digest": _file_digest(path)}


def _whole(folder: Path, row: dict[str, str]) -> Path:
    """Return a staged file that is as it was written.

    Raises:
        ValueError: if it is not.
    """
    path = folder / Path(row["name"]).name
    if _file_digest(path) != row["digest"]:
        raise ValueError(f"{path} is damaged")
    return path


def _file_digest(path: Path) -> str:
    with path.open("rb") as stream:
        return file_digest(stream, "blake2b").hexdigest()
