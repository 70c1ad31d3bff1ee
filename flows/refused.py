"""Where refused files lie, kept beside the releases: `demarche retry` reads them again.

The table of rejects names a file by its path below the folder that was given; the absolute place
is work state. If it is lost, the next `demarche run` over the same inputs writes it anew, and
`demarche retry` takes the inputs to look in.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from tasks.ingest.places import Place, Refused
from tasks.ingest.walk import walk

_FILE = "inputs.jsonl"


def remember_refused(refused: Iterable[Refused], replaced: frozenset[str], state: Path) -> None:
    """Add what a run refused to what is known, in place of what it replaced.

    Args:
        refused: Rejects of the run, and the files that they belong to.
        replaced: `uri` of rejects whose files the run has read again.
        state: Work state of the warehouse.
    """
    kept = {known for known in known_refused(state) if known.uri not in replaced}
    lines = [_line(one) for one in sorted(kept | set(refused))]
    state.mkdir(parents=True, exist_ok=True)
    building = state / f"{_FILE}.part"
    building.write_text("".join(lines), encoding="utf-8", errors="surrogateescape")
    building.replace(state / _FILE)


def known_refused(state: Path) -> list[Refused]:
    """Return what is known, in order; lines that are damaged are passed over."""
    try:
        text = (state / _FILE).read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return []
    found = []
    for line in text.splitlines():
        try:
            row = json.loads(line)
            found.append(Refused(row["uri"], Place(row["file"], row["where"])))
        except (ValueError, KeyError, TypeError):
            continue
    return found


def find_refused(paths: Sequence[str], uris: set[str]) -> list[Refused]:
    """Look in paths for the files that rejects belong to, by their names; nothing is read.

    Args:
        paths: As given to the run that refused them.
        uris: `uri` of rejects: of a file, a member of an archive, or a folder.

    Raises:
        UserError: if a path does not exist.
    """
    owners: dict[str, set[str]] = defaultdict(set)
    for uri in uris:
        for name in (uri, *_folders_of(uri)):
            owners[name].add(uri)
    found = []
    for place in (one.place for one in walk(paths)):
        closed = uris.intersection(_folders_of(place.uri))
        found += [Refused(uri, place) for uri in sorted(owners[place.uri] | closed)]
    return found


def _folders_of(uri: str) -> list[str]:
    parts = uri.split("/")
    return ["/".join(parts[:n]) for n in range(1, len(parts))]


def _line(one: Refused) -> str:
    row = {"uri": one.uri, "file": one.place.uri, "where": one.place.where}
    return json.dumps(row) + "\n"
