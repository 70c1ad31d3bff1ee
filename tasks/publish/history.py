"""Under which ids an event stood in earlier releases."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyarrow.dataset as ds

from tasks.warehouse import Release

LINKS = "event_mentions"


def earlier_ids(
    event: str, mentions: Sequence[str], releases: Sequence[Release]
) -> list[dict[str, Any]]:
    """Return where an event's mentions were in earlier releases, wherever that differs.

    Args:
        event: The event's id now.
        mentions: Ids of its mentions.
        releases: Earlier releases, oldest first.

    Returns:
        A row a release and event: `release` (the last in which it was so), `event_id` then,
        `n_mentions` of today's, and `change`. Releases in which nothing differs are left out.
    """
    rows: list[dict[str, Any]] = []
    before: list[tuple[str, int]] = []
    for number, release in enumerate(releases, start=1):
        # Neighbours often share the file: then the later one says the same.
        if number < len(releases) and _fingerprint(release) == _fingerprint(releases[number]):
            continue
        found = _events_of(release, mentions)
        if found != before:
            rows += [{"release": release.id, **_change(event, r, len(found))} for r in found]
        before = found
    return [r for r in rows if r["change"]]


def _fingerprint(release: Release) -> list[str]:
    files = release.manifest["files"]
    return [files[name]["sha256"] for name in sorted(files) if name.startswith(f"{LINKS}/")]


def _events_of(release: Release, mentions: Sequence[str]) -> list[tuple[str, int]]:
    wanted = ds.field("mention_id").isin(list(mentions))
    table = release.dataset(LINKS).to_table(columns=["event_id"], filter=wanted)
    counted = table.group_by("event_id").aggregate([([], "count_all")]).to_pylist()
    return sorted((r["event_id"], r["count_all"]) for r in counted)


def _change(event: str, found: tuple[str, int], n_events: int) -> dict[str, object]:
    then, n = found
    if then == event:
        change = "it had these mentions" if n_events > 1 else ""
    else:
        change = "merged into this one" if n_events > 1 else "renamed to this one"
    return {"event_id": then, "n_mentions": n, "change": change}
