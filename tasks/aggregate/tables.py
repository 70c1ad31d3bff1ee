"""Reads the tables of seeds/identity: what may be one and the same event."""

from __future__ import annotations

import csv
from pathlib import Path

import pyarrow as pa

from tasks.errors import UserError
from tasks.settings import SEEDS

FOLDER = SEEDS / "identity"

# What happened, and how long before or after the day of a report: first the day itself, then the
# days before, then the next (a report of the evening, by universal time, from east of the editor).
_PAST = (0, -1, -2, -3, 1)
# What is planned lies ahead, the nearest first.
_FUTURE = tuple(range(8))

# Codes that head an organisation's code and are no country: there the whole code is the actor.
HEADS = ("IGO", "NGO", "ISM", "IMG", "MNC", "INT")

_FLAGS = ("is_unordered", "is_localised", "is_state_act", "is_state_organ", "is_remote")


def read_seed(path: Path) -> pa.Table:
    """Return a seed table; columns named is_... are boolean, empty text is null.

    Raises:
        UserError: naming file and line, if the file is missing or a row has too many or few fields.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise UserError(f"{path}: cannot be read ({error.strerror})") from error
    numbered = [(n, x) for n, x in enumerate(lines, 1) if x.strip() and not x.startswith("#")]
    rows = list(csv.reader(x for _, x in numbered))
    names = rows[0] if rows else []
    for (line, _), row in zip(numbered, rows, strict=True):
        if len(row) != len(names):
            raise UserError(
                f"{path}:{line}: {len(row)} fields where the header has {len(names)}",
                "Put quotation marks around a value that holds a comma.",
            )
    return pa.table({name: _column(name, [r[i] for r in rows[1:]]) for i, name in enumerate(names)})


def _column(name: str, values: list[str]) -> pa.Array:
    if name in _FLAGS:
        return pa.array([v == "1" for v in values], pa.bool_())
    return pa.array([v or None for v in values], pa.string())


def seed_tables() -> dict[str, pa.Table]:
    """Return all tables that decide on identity, under the names that the SQL knows them by."""
    windows = [("happened", d, i) for i, d in enumerate(_PAST)]
    windows += [("did not happen", d, i) for i, d in enumerate(_PAST)]
    windows += [("may happen", d, i) for i, d in enumerate(_FUTURE)]
    realis, days, preference = zip(*windows, strict=True)
    return {
        "event_types": read_seed(FOLDER / "event_types.csv"),
        "mode_groups": read_seed(FOLDER / "mode_groups.csv"),
        "role_groups": read_seed(FOLDER / "roles.csv"),
        "roles": read_seed(SEEDS / "ontology" / "roles.csv"),
        "news_origins": read_seed(FOLDER / "news_origins.csv"),
        "heads": pa.table({"head": pa.array(HEADS)}),
        "windows": pa.table(
            {
                "realis": pa.array(realis),
                "days": pa.array(days, pa.int32()),
                "preference": pa.array(preference, pa.int32()),
            }
        ),
    }
