"""Reading again what was refused, after it was mended or a limit was raised."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from flows.calls import Calls
from flows.pipeline import Say, update_warehouse
from flows.refused import find_refused, known_refused
from flows.report import RunReport
from tasks.ingest.places import Place, Refused, is_url
from tasks.settings import Settings
from tasks.warehouse import Release, Warehouse

# The uri of the reject and the number of its record: what was wrong may change, not these.
_Record = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Retried:
    """What a retry came to.

    Attributes:
        report: The account of the run; None if there was no file to read.
        n_tried: Refused records that were read again.
        n_passed: Those of them that are not refused any more.
        unknown: `uri` of rejects whose file is not there, or not known.
    """

    report: RunReport | None
    n_tried: int
    n_passed: int
    unknown: list[str]


def retry_refused(
    settings: Settings,
    *,
    moment: datetime,
    calls: Calls,
    say: Say,
    published: Path | None = None,
    reason: str | None = None,
    paths: Sequence[str] = (),
) -> Retried:
    """Read the files of the current rejects again; those that pass leave the table of rejects.

    A reject is only replaced when every file that is known under its name was read again, so that
    a file elsewhere of the same name takes nothing away.

    Args:
        settings: Warehouse and the like.
        moment: When the run started, in UTC.
        calls: Carries out the steps.
        say: Takes one line a step.
        published: Table of publication dates.
        reason: Only what was refused for this reason; None takes everything.
        paths: Files and folders, as given to the runs, in which to look for what was refused, by
            its name. Needed only where the work state was lost.

    Raises:
        UserError: when a path does not exist, when nothing was published yet, or as a run does.
    """
    warehouse = Warehouse(settings.warehouse)
    release = warehouse.need_current()
    wanted = {uri for uri, _ in _rejects(release, reason)}
    known = [*known_refused(warehouse.state), *find_refused(paths, wanted)]
    readable = _readable(known, wanted)
    places = sorted({place for found in readable.values() for place in found})
    unknown = sorted(wanted - set(readable))
    if not places:
        return Retried(None, 0, 0, unknown)
    replaced = _all_of(places, readable, known)
    before = {record for record in _rejects(release, None) if record[0] in replaced}
    report = update_warehouse(
        places,
        settings,
        moment=moment,
        calls=calls,
        say=say,
        published=published,
        replaced=replaced,
    )
    after = _rejects(warehouse.release(report.release), None)
    return Retried(report, len(before), len(before - after), unknown)


def _rejects(release: Release, reason: str | None) -> set[_Record]:
    rows = release.read("rejects", columns=["uri", "record", "reason"]).to_pylist()
    return {(r["uri"], r["record"]) for r in rows if reason in (None, r["reason"])}


def _readable(known: Sequence[Refused], wanted: set[str]) -> dict[str, list[Place]]:
    """Return the places of each wanted uri, if all of them are there."""
    places: dict[str, list[Place]] = defaultdict(list)
    for one in known:
        places[one.uri].append(one.place)
    return {
        uri: found for uri, found in places.items() if uri in wanted and all(map(_is_there, found))
    }


def _is_there(place: Place) -> bool:
    return is_url(place.where) or Path(place.where).exists()


def _all_of(
    places: list[Place], readable: dict[str, list[Place]], known: Sequence[Refused]
) -> frozenset[str]:
    """Return the rejects that a reading of these places replaces: those of no other place."""
    elsewhere = {one.uri for one in known if one.place not in set(places)}
    here = {one.uri for one in known} | set(readable)
    return frozenset(here - elsewhere)
