"""Inputs to staged Arrow files; what an interrupted run has staged of large files is taken up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from tasks.ingest.batches import Batch, Reading
from tasks.ingest.checkpoints import MIN_BYTES, Checkpoint, Checkpoints, Staged, save
from tasks.ingest.cursor import Cursor
from tasks.ingest.ledger import Ledger, state_of
from tasks.ingest.limits import Limits
from tasks.ingest.places import Found
from tasks.ingest.readers import Options
from tasks.ingest.record import Refusal
from tasks.ingest.rest import at_rest
from tasks.ingest.source import Source
from tasks.ingest.walk import GivenPath, walk
from tasks.settings import PROJECT

# All that a reading depends on, beside the file and the settings.
_CODE = ("tasks/ingest", "tasks/identity.py", "tasks/schemas.py", "seeds/ingest")
_LIBRARIES = (
    "trafilatura",
    "htmldate",
    "resiliparse",
    "ftfy",
    "lxml",
    "orjson",
    "pyarrow",
    "pycld2",
    "striprtf",
    "tld",
)


def stage_paths(
    paths: Sequence[GivenPath],
    work: Path,
    kept: Path,
    *,
    published: Path | None = None,
    batch_size: int = 5000,
    limits: Limits = Limits(),  # noqa: B008 - frozen
    options: Options = Options(),  # noqa: B008 - frozen
    resume_from: int = MIN_BYTES,
    ledger: Ledger | None = None,
    settle: float = 0,
) -> Iterator[Staged]:
    """Stage the articles and rejects of files and folders, batch by batch.

    A file of `resume_from` bytes or more has its batches staged in `kept`, where they outlive a
    run that is interrupted: the next one takes them up and reads on from there. What comes of it
    is the same, to the byte; only batches may be cut elsewhere.

    Args:
        paths: Files, folders, patterns and URLs.
        work: Folder of this run.
        kept: Folder of the checkpoints.
        published: Table of publication dates.
        batch_size: Most records in a batch.
        limits: Caps on sizes.
        options: Field names, HTML library.
        resume_from: Size in bytes from which a file has a checkpoint.
        ledger: Files that need not be read; those that are read are entered.
        settle: Seconds that a file must not have changed; what goes on changing is left.

    Raises:
        UserError: as `ingest_paths` does.
    """
    reading = Reading.of(published, limits, options)
    checkpoints = Checkpoints(kept, _revision(reading, published), resume_from)
    staging = _Staging(work, reading, batch_size)
    ledger = Ledger("", passes_over=False) if ledger is None else ledger
    unknown = (found for found in walk(paths, options.fetching) if not ledger.knows(found))
    for found in at_rest(unknown, settle, work, ledger.leave):
        state = state_of(found)
        checkpoint = checkpoints.of(found)
        counted = staging.n_inputs, staging.n_rejects
        if checkpoint is None:
            yield from staging.take(found)
        else:
            yield from staging.take_large(found, checkpoint)
        ledger.note(found, state, staging.n_inputs - counted[0], staging.n_rejects - counted[1])
    yield from staging.close()


class _Staging:
    """Batches on their way to files."""

    def __init__(self, work: Path, reading: Reading, batch_size: int) -> None:
        self._work, self._reading, self._batch_size = work, reading, batch_size
        self._batch, self._number = Batch(), 0
        self.n_inputs = self.n_rejects = 0  # of all files so far

    def take(self, found: Found) -> Iterator[Staged]:
        """Stage the records of a small file, together with those of others."""
        for outcome in self._reading.outcomes(found):
            self._batch.add(found.place, outcome)
            self.n_inputs += 1
            self.n_rejects += isinstance(outcome, Refusal)
            if self._batch.is_full(self._batch_size, self._reading.limits):
                yield from self.close()

    def close(self) -> Iterator[Staged]:
        """Stage what is left."""
        if self._batch.n_inputs:
            name = f"{self._number:06}.arrow"
            yield save(
                self._batch.close(), self._work / "read" / name, self._work / "rejects" / name
            )
            self._batch, self._number = Batch(), self._number + 1

    def take_large(self, found: Found, checkpoint: Checkpoint) -> Iterator[Staged]:
        """Stage the records of a large file by themselves, from where an earlier run stopped."""
        assert isinstance(found.content, Source)
        used = self._reading.overrides.apart()
        used.note_all(checkpoint.used)
        yield from list(checkpoint.staged)
        if not checkpoint.is_done:
            cursor = Cursor(checkpoint.position)
            source = replace(found.content, cursor=cursor)
            reading = replace(self._reading, overrides=used)
            yield from self._stage(replace(found, content=source), reading, cursor, checkpoint)
        self._reading.overrides.note_all(used.used)
        self.n_inputs += sum(staged.n_inputs for staged in checkpoint.staged)
        self.n_rejects += sum(staged.n_rejects for staged in checkpoint.staged)

    def _stage(
        self, found: Found, reading: Reading, cursor: Cursor, checkpoint: Checkpoint
    ) -> Iterator[Staged]:
        batch, at = Batch(), cursor.start
        for outcome in reading.outcomes(found):
            # A record may give several articles: only between two records can reading go on.
            is_between = cursor.at is None or cursor.at != at
            if is_between and batch.is_full(self._batch_size, reading.limits):
                yield checkpoint.add(batch.close(), cursor.at, reading.overrides.used)
                batch = Batch()
            at = cursor.at
            batch.add(found.place, outcome)
        yield checkpoint.finish(batch.close(), reading.overrides.used)


def _revision(reading: Reading, published: Path | None) -> str:
    """Return a digest of the readers, their libraries and all settings."""
    digest = blake2b(digest_size=16)
    options = (sorted(reading.options.mapping.items()), reading.options.html)
    digest.update(repr((reading.limits, reading.window, options)).encode())
    digest.update(published.read_bytes() if published else b"")
    for name in _LIBRARIES:
        digest.update(f"{name} {_version(name)}".encode())
    for path in _code():
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return ""


def _code() -> list[Path]:
    found = [PROJECT / name for name in _CODE]
    files = [p for path in found for p in ([path] if path.is_file() else path.rglob("*"))]
    return sorted(p for p in files if p.suffix in (".py", ".csv"))
