"""Decides which person a name means, and which role the person had on the day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from tasks.annotate.actors_languages import Title
from tasks.annotate.actors_table import Entry

OUT_OF_OFFICE = "ELI"
_OPEN_END = "9999"


def choose_office(entries: Iterable[Entry], on: date | None) -> tuple[Entry, str, str]:
    """Return the row that speaks for a person on a day, the roles then, and why.

    In office on the day: that office, the latest begun. Out of office: the last one held, and the
    role elite. Before the first: that office without a role. Without a day: the latest office.
    """
    rows = sorted(entries, key=_weight)
    if on is None:
        return rows[-1], rows[-1].roles, "latest office"
    day = on.isoformat()
    if holding := [e for e in rows if e.first <= day <= (e.last or _OPEN_END)]:
        return holding[-1], holding[-1].roles, "in office"
    if past := [e for e in rows if e.last and e.last < day]:
        latest = max(past, key=lambda e: (e.last, e.first, e.roles))
        return latest, OUT_OF_OFFICE, "out of office"
    return rows[0], "", "not yet in office"


def _weight(entry: Entry) -> tuple[int, bool, str, str, str]:
    """Civil offices before a supreme command that comes with them; then the latest."""
    return (
        entry.priority,
        entry.roles.startswith("GOV"),
        entry.first,
        entry.last or _OPEN_END,
        entry.roles,
    )


def by_person(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    """Group the rows of persons by their id, ids in order."""
    found: dict[str, list[Entry]] = {}
    for entry in sorted(e for e in entries if e.kind == "person"):
        found.setdefault(entry.entity, []).append(entry)
    return found


def bearers(
    entries: Iterable[Entry],
    title: Title | None,
    *,
    roles: str,
    country: str,
    former: bool,
    on: date | None,
) -> dict[str, list[Entry]]:
    """Return whom a title and a bare last name can mean: one person, or several of one country.

    The title must be that of the office which the person holds on the day; with a nation, "former",
    or a last name that no other person has, which the person has held by then. A user's own person
    without an office must have the role of the title.

    Args:
        entries: The rows of all persons of that last name.
        title: The title's row in titles.csv; None if it has none.
        roles: The title's roles.
        country: The nation in the phrase; empty if none.
        former: "former" stands before the title.
        on: Day of the article; None if not known.
    """
    persons = by_person(entries)
    alone = len(persons) == 1
    day = on.isoformat() if on else _OPEN_END
    current: set[str] = set()
    ever: set[str] = set()
    for entity, rows in persons.items():
        for e in rows:
            fits = title is not None and e.office in title.offices if e.office else e.roles == roles
            if not fits or country not in ("", e.country) or e.first > day:
                continue
            ever.add(entity)
            if on is None or day <= (e.last or _OPEN_END):
                current.add(entity)
    meant = current or (ever if alone or country or former else set())
    countries = {e.country for entity in meant for e in persons[entity]}
    if len(countries) > 1 or (title is not None and title.rare and not (alone or country)):
        return {}
    return {entity: persons[entity] for entity in meant}


def choose_person(
    candidates: dict[str, list[Entry]],
    *,
    named: set[str],
    country: str,
    roles: str,
    on: date | None,
) -> str:
    """Return the id of the likeliest person of several of the same name.

    Told apart by, in this order: the full name in the article, the nation and the title in the
    phrase, being in office on the day, the latest office; then by id.
    """
    day = on.isoformat() if on else _OPEN_END

    def score(entity: str) -> tuple[bool, bool, bool, bool, str, str]:
        rows = candidates[entity]
        begun = max((e.first for e in rows if e.first <= day), default="")
        return (
            entity in named,
            bool(country) and any(e.country == country for e in rows),
            bool(roles) and any(e.roles == roles for e in rows),
            any(e.first <= day <= (e.last or _OPEN_END) for e in rows),
            begun,
            entity,
        )

    return max(candidates, key=score)
