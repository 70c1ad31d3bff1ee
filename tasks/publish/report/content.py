"""What the page says in words and tables, ready for its template."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import duckdb

from tasks.publish.report import figures
from tasks.publish.report.anomalies import Anomaly
from tasks.publish.report.charts import period
from tasks.publish.report.figures import Dyads, Row, Timeline
from tasks.publish.report.names import (
    QUAD_CLASSES,
    cameo_labels,
    countries,
    label_of,
    name_of,
    plover_labels,
)
from tasks.publish.report.packing import embed_json

# Column of the event table, its heading, and a class for those that a narrow screen leaves out.
COLUMNS = (
    ("date", "Date", ""),
    ("who", "Who", ""),
    ("what", "Did what", ""),
    ("whom", "To whom", ""),
    ("where", "Where", "hide-narrow"),
    ("goldstein", "Goldstein", "hide-narrow number"),
    ("reports", "Reports", "hide-narrow number"),
)
MAP_ROWS = 100
# The rest unfold: a longer list would dwarf the network beside it.
ANOMALIES_SHOWN = 7


def describe(
    connection: duckdb.DuckDBPyConnection,
    timeline: Timeline,
    dyads: Dyads,
    places: list[Row],
    found: list[Anomaly] | None,
) -> dict[str, Any]:
    """Return the template's variables, embedded data and scripts apart.

    Args:
        connection: An open release.
        timeline: Events by period.
        dyads: Pairs of the network.
        places: Places of the map.
        found: Anomalies; None if the release has no such mart.
    """
    head = figures.headline(connection)
    return {
        "head": head,
        "period": _covered(head["first_published"], head["last_published"]),
        "headline": _headline(head),
        "shares": _shares(head),
        "timeline": timeline,
        "timeline_rows": _timeline_rows(timeline),
        "dyads": dyads,
        "network_rows": _network_rows(dyads),
        "map_rows": _map_rows(places),
        "most_shown": ANOMALIES_SHOWN,
        "anomalies": None if found is None else [_anomaly(a) for a in found],
        "sources": figures.sources(connection),
        "plover": plover_labels(),
        "quads": QUAD_CLASSES,
        "columns": COLUMNS,
        "labels": embed_json(_labels(connection, dyads)),
    }


def _covered(first: date | None, last: date | None) -> str:
    return period(first, last) if first and last else "on unknown days"


def _headline(head: Row) -> list[tuple[str, str]]:
    return [
        (f"{head['events']:,}", "events"),
        (f"{head['actual']:,}", "reported to have happened"),
        (_share(head["corroborated"], head["events"]), "rest on two or more independent reports"),
        (f"{head['articles']:,}", "articles"),
        (f"{head['publishers']:,}", "publisher" if head["publishers"] == 1 else "publishers"),
        (f"{head['languages']:,}", "language" if head["languages"] == 1 else "languages"),
    ]


def _shares(head: Row) -> list[tuple[str, str]]:
    return [
        ("Both sides", _share(head["with_both_sides"], head["events"])),
        ("The day", _share(head["dated"], head["events"])),
        ("A place with coordinates", _share(head["located"], head["events"])),
        ("Two independent reports or more", _share(head["corroborated"], head["events"])),
    ]


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.0%}" if whole else "–"


def _timeline_rows(timeline: Timeline) -> list[Row]:
    return [
        {
            "cells": [
                period(r["first"], r["last"]),
                QUAD_CLASSES[r["quad_class"]],
                r["n"],
                float(r["weight"] or 0),
            ],
            "ask": json.dumps({}),
            "first": r["first"],
            "last": r["last"],
        }
        for r in reversed(timeline.rows)
    ]


def _network_rows(dyads: Dyads) -> list[Row]:
    return [
        {
            "cells": [_between(dyads, d["a"], d["b"]), d["n"], d["n_conflict"], d["goldstein"]],
            "ask": json.dumps({"party": d["a"], "other": d["b"]}),
            "first": "",
            "last": "",
        }
        for d in dyads.rows
    ]


def _between(dyads: Dyads, a: str, b: str) -> str:
    return f"{label_of(dyads.by, a)} – {label_of(dyads.by, b)}"


def _map_rows(places: list[Row]) -> list[Row]:
    return [
        {
            "cells": [p["place"], name_of(p["country"] or ""), p["n"], p["n_conflict"]],
            "ask": json.dumps({"place": p["place"]}),
            "first": "",
            "last": "",
        }
        for p in places[:MAP_ROWS]
    ]


def _anomaly(anomaly: Anomaly) -> Row:
    a, b = anomaly.row["country_a"], anomaly.row["country_b"]
    return {
        "row": anomaly.row,
        "title": f"Within {anomaly.names[0]}" if a == b else " – ".join(anomaly.names),
        "period": period(anomaly.row["week"], anomaly.last_day),
        "last_day": anomaly.last_day,
        "bars": anomaly.bars,
        "ask": json.dumps({"party": a, "other": b, "by": "country"}),
    }


def _labels(connection: duckdb.DuckDBPyConnection, dyads: Dyads) -> dict[str, Any]:
    """Return the words behind the codes that the scripts show."""
    codes = connection.execute("SELECT DISTINCT cameo FROM events ORDER BY cameo").fetchall()
    return {
        "countries": countries(),
        "cameo": {code: cameo_labels().get(code, code) for (code,) in codes},
        "nodes": dyads.by,
    }
