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

import pyarrow as pa
import pyarrow.compute as pc

from tasks.ingest.places import Place, Refused
from tasks.ingest.walk import walk
from tasks.state import read_lines, write
from tasks.warehouse import Release

_FILE = "inputs.jsonl"
# What becomes of a file that is met before it was written to its end.
_HALF_WRITTEN = ("truncated", "empty")


def remember_refused(refused: Iterable[Refused], replaced: frozenset[str], state: Path) -> None:
    """Add what a run refused to what is known, in place of what it replaced.

    Args:
        refused: Rejects of the run, and the files that they belong to.
        replaced: `uri` of rejects whose files the run has read again.
        state: Work state of the warehouse.
    """
    kept = {known for known in known_refused(state) if known.uri not in replaced}
    lines = [_line(one) for one in sorted(kept | set(refused))]
    write(state / _FILE, "".join(lines))


def known_refused(state: Path) -> list[Refused]:
    """Return what is known, in order; lines that are damaged are passed over."""
    found = []
    for row in read_lines(state / _FILE):
        uri, file, where = (row.get(name) for name in ("uri", "file", "where"))
        if isinstance(uri, str) and isinstance(file, str) and isinstance(where, str):
            found.append(Refused(uri, Place(file, where)))
    return found


def whole_again(
    release: Release | None, known: Sequence[Refused], read: set[Place]
) -> frozenset[str]:
    """Return the rejects of files that were met half written and have now been read again.

    They fall away: should the file be cut off still, its reading has given them again. The name of
    a file that was met in another place, too, is kept.

    Args:
        release: The release before.
        known: Where refused files lie.
        read: The files of this run.
    """
    if release is None:
        return frozenset()
    rows = release.read("rejects", columns=["uri", "reason"])
    half = rows.filter(pc.is_in(rows["reason"].cast(pa.string()), pa.array(_HALF_WRITTEN)))
    uris = set(half["uri"].to_pylist())
    if not uris:
        return frozenset()
    here = {one.uri for one in known if one.place in read}
    elsewhere = {one.uri for one in known if one.place not in read}
    here |= {place.uri for place in read}
    return frozenset(uris & here - elsewhere)


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
