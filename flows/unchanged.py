"""A run that finds nothing new ends at once: every input is as the current release took it in."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path

from flows.report import RunReport, remember
from tasks.ingest.batches import possible_days
from tasks.ingest.ledger import Ledger
from tasks.ingest.places import is_url
from tasks.ingest.walk import walk
from tasks.settings import PROJECT, Settings, as_options
from tasks.warehouse import Release, Warehouse, release_id

LEDGER = "taken.json"
# What never changes a result.
_IDLE = (
    "warehouse",
    "batch_size",
    "workers",
    "task_runner",
    "keep_releases",
    "max_reject_share",
    "settle_seconds",
)
_CODE = ("flows", "tasks", "sql", "seeds")
_LIBRARIES = ("duckdb", "pyarrow", "numpy", "trafilatura", "htmldate", "lxml", "ftfy", "py3langid")


def end_early(
    paths: Sequence[str],
    settings: Settings,
    published: Path | None,
    moment: datetime,
    say: Callable[[str], None],
) -> RunReport | None:
    """Return the account of a run that has nothing to do; None if there is, or may be, work.

    Raises:
        UserError: if a path does not exist, or another run holds the warehouse.
    """
    warehouse = Warehouse(settings.warehouse)
    if not (warehouse.state / LEDGER).is_file():
        return None
    with warehouse.lock("update"):
        return look(warehouse, paths, settings, published, moment, say)


def look(
    warehouse: Warehouse,
    paths: Sequence[str],
    settings: Settings,
    published: Path | None,
    moment: datetime,
    say: Callable[[str], None],
) -> RunReport | None:
    """As `end_early`, for who holds the lock."""
    release = warehouse.current()
    ledger = open_ledger(warehouse, release, settings, published)
    if release is None or not ledger.known or any(is_url(path) for path in paths):
        return None
    n_files = n_inputs = n_rejects = 0
    for found in walk(paths):
        entry = ledger.find(found)
        if entry is None:
            return None
        n_files += 1
        n_inputs, n_rejects = n_inputs + entry.n_inputs, n_rejects + entry.n_rejects
    if not release.is_whole():
        return None  # a run tells what is damaged
    told = release.manifest["report"]
    report = RunReport(
        run=release_id(moment),
        release=release.id,
        published=False,
        n_inputs=n_inputs,
        n_articles=0,
        n_rejects=n_rejects,
        n_repeats=n_inputs - n_rejects,
        n_changed=0,
        n_coded_again=0,
        rows=told["rows"],
        warnings=told["warnings"],
    )
    remember(report, warehouse.state / "runs.jsonl")
    say(f"{n_files:,} files, none of them new or changed: release {release.id} stays")
    return report


def open_ledger(
    warehouse: Warehouse, release: Release | None, settings: Settings, published: Path | None
) -> Ledger:
    """Return what is known of the files that the release has taken in."""
    if settings.coder == "llm" or ":" in settings.parser:  # a model that may be another by now
        return Ledger("", passes_over=False)
    about = _about(settings, published)
    return Ledger.load(warehouse.state / LEDGER, about, release.id if release else None)


def _about(settings: Settings, published: Path | None) -> str:
    """Return a digest of the settings, the user's tables and models, and the code."""
    options = {k: v for k, v in as_options(settings).items() if k not in _IDLE}
    digest = blake2b(json.dumps(options, sort_keys=True).encode(), digest_size=16)
    digest.update(f"{possible_days(settings.limits)} {sys.version}".encode())
    digest.update(" ".join(map(version, _LIBRARIES)).encode())
    actors = Path(settings.actors).expanduser() if settings.actors else None
    models = sorted(Path(settings.models).expanduser().rglob("*.sql")) if settings.models else []
    for path in filter(None, (published, actors, *models)):
        digest.update(f"{path} {path.stat().st_size}\n".encode("utf-8", "surrogateescape"))
        digest.update(path.read_bytes())
    for folder in _CODE:
        digest.update("".join(_states(PROJECT / folder)).encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def _states(root: Path) -> list[str]:
    """Return name, size and time of change of each file of the project's own."""
    found = []
    for folder, _, names in os.walk(root):
        for name in names:
            if not name.endswith(".pyc"):
                info = Path(folder, name).stat()
                found.append(f"{folder}/{name} {info.st_size} {info.st_mtime_ns}\n")
    return sorted(found)
