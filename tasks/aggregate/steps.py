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

# Sentences that a report may run on without naming the day again, and days that it may lie back.
NEAR = 2
RECENT = 31

# A mention may belong to an event that agrees with it in all of these, as far as both say.
_COMPATIBLE = ("mode", "a_person", "b_person")
_AGREES = ("mode", "root", "place", "person", "role", "other_role")
_AGREES_NAMELESS = ("mode", "root", "place", "a_role", "b_role")


def _agree(a: str, b: str, columns: tuple[str, ...]) -> str:
    return " AND ".join(
        f"({a}.{x} IS NULL OR {b}.{x} IS NULL OR {a}.{x} = {b}.{x})" for x in columns
    )


def run_steps(con: duckdb.DuckDBPyConnection) -> None:
    """Make events_out and event_mentions_out from mentions_in, copies_in and articles_in."""
    _group(con)
    _settle(con)
    _run(con, "events")


def run_claims(con: duckdb.DuckDBPyConnection) -> None:
    """Make claims, tallies and disputes from mentions_in that are known to be one event."""
    _group(con, "UPDATE grouped SET g = (SELECT min(m) FROM grouped)")
    _settle(con)


def _group(con: duckdb.DuckDBPyConnection, regroup: str = "") -> None:
    """Make members: which mentions are one event."""
    _run(con, "reports")
    _run(con, "facets")
    same = _agree("p", "s", _COMPATIBLE)
    for shortest, longest in INTERVALS:
        _run(con, "intervals", shortest=shortest, longest=longest, compatible=same)
    _run(con, "undated", near=NEAR, recent=RECENT, compatible=same)
    for facet in FACETS:
        _run(con, "split", facet=facet)
    _run(con, "incomplete", agrees=_agree("l", "w", _AGREES))
    if regroup:
        con.execute(regroup)
    _run(con, "members", agrees=_agree("l", "w", _AGREES_NAMELESS))


def _settle(con: duckdb.DuckDBPyConnection) -> None:
    """Make claims, tallies and what they come to."""
    for step in ("corroborate", "claims", "settle"):
        _run(con, step)


def _run(con: duckdb.DuckDBPyConnection, step: str, **values: object) -> None:
    sql = (FOLDER / f"{step}.sql").read_text(encoding="utf-8")
    con.execute(Template(sql).substitute({k: str(v) for k, v in values.items()}))
