"""Writes `supersedes`: what a release changes about the events of the one before it."""

from __future__ import annotations

from collections.abc import Callable

import pyarrow as pa

from tasks import schemas
from tasks.aggregate.changes import (
    EVENT_COLUMNS,
    LINK_COLUMNS,
    MENTION_COLUMNS,
    Edition,
    compare_events,
    keep,
)
from tasks.schemas import EVENT_MENTIONS, EVENTS, MENTIONS, SUPERSEDES, Table
from tasks.warehouse import Release, ReleaseBuilder


def edition_of(release: Release) -> Edition:
    """Return the events of a release, as `compare_events` takes them."""
    return Edition(
        release.id,
        release.read(EVENTS.name, EVENT_COLUMNS),
        release.read(EVENT_MENTIONS.name, LINK_COLUMNS),
        release.read(MENTIONS.name, MENTION_COLUMNS),
    )


def write_supersedes(builder: ReleaseBuilder, now: Callable[[], Edition]) -> list[str]:
    """Write SUPERSEDES of a release: its changes of the parent's events, then the parent's rows.

    Args:
        builder: The release; its events and event_mentions are written already.
        now: Gives its events. Not asked when they are the parent's.

    Returns:
        What the changes cannot be told of, in a sentence each: files of the parent are damaged.
    """
    parent, rows = builder.parent, schemas.empty(SUPERSEDES)
    warnings: list[str] = []
    if parent is not None:
        rows, warnings = _told_before(parent)
        if _differ(builder, parent):
            if damaged := _damaged(parent, EVENTS, EVENT_MENTIONS, MENTIONS):
                warnings.append(f"supersedes does not tell what has changed: {damaged}")
            else:
                rows = keep(rows, compare_events(edition_of(parent), now()))
    builder.write_table(SUPERSEDES, rows)
    return warnings


def _told_before(parent: Release) -> tuple[pa.Table, list[str]]:
    if damaged := _damaged(parent, SUPERSEDES):
        return schemas.empty(SUPERSEDES), [f"supersedes begins anew: {damaged}"]
    return parent.read(SUPERSEDES.name), []


def _differ(builder: ReleaseBuilder, parent: Release) -> bool:
    """Return whether the events, or the mentions that they are made of, are not the parent's."""

    def hashes(files: dict[str, dict[str, str]]) -> dict[str, str]:
        heads = (EVENTS.name, EVENT_MENTIONS.name)
        return {n: e["sha256"] for n, e in files.items() if n.split("/")[0] in heads}

    return hashes(builder.files) != hashes(parent.manifest["files"])  # type: ignore[arg-type]


def _damaged(release: Release, *tables: Table) -> str:
    """Name the files of these tables that are not as the manifest promises."""
    names = {t.name for t in tables}
    files = [n for n in sorted(release.manifest["files"]) if n.split("/")[0] in names]
    broken = [n for n in files if not release.intact(n)]
    return f"{', '.join(broken)} of release {release.id} damaged" if broken else ""
