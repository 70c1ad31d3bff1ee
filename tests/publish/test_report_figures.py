"""The figures of the report page, counted again by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

import duckdb
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tasks.publish.report import figures
from tasks.publish.report.anomalies import anomalies
from tasks.publish.report.charts import leaning, period
from tasks.publish.report.layout import ROOM, lay_out
from tasks.publish.report.map import WORLD, home, shades
from tasks.publish.report.timeline import stacked
from tasks.warehouse import Release
from tests.publish.newsroom import World


@pytest.fixture(scope="module")
def connection(release: Release) -> Iterator[duckdb.DuckDBPyConnection]:
    with release.connect() as connection:
        yield connection


@pytest.fixture(scope="module")
def happened(world: World) -> list[dict[str, object]]:
    return [e for e in world.events if e["status"] == "actual"]


def test_the_time_line_accounts_for_every_event_that_happened(
    connection: duckdb.DuckDBPyConnection, happened: list[dict[str, object]]
) -> None:
    line = figures.timeline(connection)
    assert line.unit == "week"
    assert sum(r["n"] for r in line.rows) + line.n_undrawn == len(happened)
    to_the_day = sum(e["date_start"] is not None and e["date_start"] == e["date_end"] for e in happened)  # fmt: skip
    assert sum(r["n"] for r in line.rows) == to_the_day


def test_bars_of_a_period_stand_on_each_other(connection: duckdb.DuckDBPyConnection) -> None:
    bars = stacked(figures.timeline(connection).rows)
    for sign, quads in ((1, ("Verbal cooperation", "Material cooperation")), (-1, ("Verbal conflict", "Material conflict"))):  # fmt: skip
        for day in {b["first"] for b in bars}:
            column = [b for b in bars if b["first"] == day and b["quad"] in quads]
            assert [b["n_low"] for b in column[:1]] in ([], [0])
            assert all(low["n_high"] == high["n_low"] for low, high in pairwise(column))
            assert all(b["n_high"] - b["n_low"] == sign * b["n"] for b in column)


def test_dyads_count_both_directions_of_a_pair(
    connection: duckdb.DuckDBPyConnection, happened: list[dict[str, object]]
) -> None:
    pairs = Counter(
        tuple(sorted((str(e["source_country"]), str(e["target_country"]))))
        for e in happened
        if e["source_country"] != e["target_country"]
    )
    found = figures.dyads(connection)
    assert found.by == "country"
    assert {(d["a"], d["b"]): d["n"] for d in found.rows}.items() <= pairs.items()
    assert found.rows[0]["n"] == max(pairs.values())


def test_places_add_up_to_the_events_with_coordinates(
    connection: duckdb.DuckDBPyConnection, happened: list[dict[str, object]]
) -> None:
    found = figures.places(connection)
    assert sum(p["n"] for p in found) == sum(e["lat"] is not None for e in happened)
    assert sum(c["n"] for c in figures.countries(connection)) == len(happened)


def test_anomalies_are_those_of_the_mart_in_its_last_weeks(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    expected = connection.execute(
        """
        SELECT count(*) FROM escalation
        WHERE anomaly <> 'none' AND week > (SELECT max(week) FROM escalation) - 28
        """
    ).fetchall()[0][0]
    found = anomalies(connection)
    assert len(found) == expected
    assert all(len(a.bars) == 13 and all(w > 0 and h > 0 for _, _, w, h, _ in a.bars) for a in found)  # fmt: skip


@pytest.mark.parametrize(
    ("conflict", "says"),
    [(0, "cooperation"), (4, "cooperation"), (5, "mixed"), (6, "mixed"), (7, "conflict")],
)
def test_a_pair_leans_to_what_prevails(conflict: int, says: str) -> None:
    assert leaning({"n": 10, "n_conflict": conflict}) == says


@pytest.mark.parametrize(
    ("first", "last", "says"),
    [
        (date(2026, 11, 2), date(2026, 11, 2), "2 Nov 2026"),
        (date(2026, 11, 2), date(2026, 11, 8), "2–8 Nov 2026"),
        (date(2026, 10, 26), date(2026, 11, 1), "26 Oct – 1 Nov 2026"),
        (date(2026, 12, 28), date(2027, 1, 3), "28 Dec 2026 – 3 Jan 2027"),
    ],
)
def test_periods_are_written_as_people_do(first: date, last: date, says: str) -> None:
    assert period(first, last) == says


def test_the_map_begins_where_the_events_are() -> None:
    kyiv = {"lat": 50.45, "lon": 30.52, "n": 80}
    kharkiv = {"lat": 49.98, "lon": 36.25, "n": 40}
    zoom, lon, lat = home([kyiv, kharkiv, {"lat": 40.7, "lon": -74.0, "n": 1}])
    assert zoom > 10
    assert (lon, lat) == (33.4, 50.2)
    assert home([kyiv, {"lat": 34.05, "lon": -118.24, "n": 60}]) == WORLD
    assert home([]) == WORLD


@given(st.lists(st.integers(1, 10**7), min_size=1))
def test_the_shading_tells_few_events_from_most(counts: list[int]) -> None:
    steps = shades([{"n": n} for n in counts])
    assert steps[0] == 1
    assert all(a < b for a, b in pairwise(steps))
    assert steps[-1] <= max(counts) or max(counts) < 2**4


NODES = st.sampled_from([f"N{n:02}" for n in range(30)])
PAIRS = st.dictionaries(st.tuples(NODES, NODES), st.integers(1, 500), max_size=60)


@settings(max_examples=20, deadline=None)
@example(
    {("N00", "N06"): 4, ("N00", "N07"): 4, ("N01", "N05"): 3, ("N02", "N04"): 1, ("N03", "N06"): 2}
)
@given(PAIRS)
def test_nodes_stand_inside_the_drawing_and_apart(pairs: dict[tuple[str, str], int]) -> None:
    dyads = [{"a": a, "b": b, "n": n} for (a, b), n in pairs.items() if a < b]
    layout = lay_out(dyads)
    assert set(layout) == {d[s] for d in dyads for s in ("a", "b")}
    points = sorted(layout.values())
    assert all(-1 <= v <= 1 for point in points for v in point)
    for number, one in enumerate(points):
        for other in points[number + 1 :]:
            gap = [(a - b) / room for a, b, room in zip(one, other, ROOM, strict=True)]
            assert gap[0] ** 2 + gap[1] ** 2 > 0.2
    assert lay_out(list(reversed(dyads))) == layout
