"""The steps from mentions to events: which SQL runs, in which order, with which parameters."""

from __future__ import annotations

from pathlib import Path
from string import Template

import duckdb

FOLDER = Path(__file__).parent / "sql"

# Widths of a stated time in days: a weekend, a week, a month. What is vaguer stands for itself.
INTERVALS = ((2, 3), (4, 7), (8, 31))

# What tells two events of one block and day apart, in the order in which it is settled.
FACETS = ("mode", "root", "place", "a_person", "b_person", "a_role", "b_role")

# Sentences that a report may run on without naming the day again.
NEAR = 2

# A mention may belong to an event that has its mode and persons, as far as both say.
_COMPATIBLE = " AND ".join(
    f"(p.{x} IS NULL OR s.{x} IS NULL OR p.{x} = s.{x})" for x in ("mode", "a_person", "b_person")
)
_AGREES = " AND ".join(
    f"(l.{x} IS NULL OR w.{x} IS NULL OR l.{x} = w.{x})" for x in ("mode", "person", "role", "other_role")
)


def run_steps(con: duckdb.DuckDBPyConnection) -> None:
    """Make events_out and event_mentions_out from mentions_in, copies_in and articles_in."""
    _run(con, "reports")
    _run(con, "facets")
    for shortest, longest in INTERVALS:
        _run(con, "intervals", shortest=shortest, longest=longest, compatible=_COMPATIBLE)
    _run(con, "undated", near=NEAR, compatible=_COMPATIBLE)
    for facet in FACETS:
        _run(con, "split", facet=facet)
    _run(con, "incomplete", agrees=_AGREES)
    for step in ("corroborate", "claims", "settle", "events"):
        _run(con, step)


def _run(con: duckdb.DuckDBPyConnection, step: str, **values: object) -> None:
    sql = (FOLDER / f"{step}.sql").read_text(encoding="utf-8")
    con.execute(Template(sql).substitute({k: str(v) for k, v in values.items()}))
