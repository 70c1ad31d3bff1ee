"""The marts that analysts read, on a small war of words."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from tasks.summarize import load_models, read_mart, run_tests
from tests.aggregate.story import Story, day

from .world import SQL, tables, warehouse


def rows(con: duckdb.DuckDBPyConnection, name: str, **where: object) -> list[dict[str, Any]]:
    found = read_mart(con, name).to_pylist()
    return [r for r in found if all(r[k] == v for k, v in where.items())]


def one(con: duckdb.DuckDBPyConnection, name: str, **where: object) -> dict[str, Any]:
    (row,) = rows(con, name, **where)
    return row


@pytest.fixture(scope="module")
def con() -> duckdb.DuckDBPyConnection:
    story = Story()
    story.article("a", "20", publisher="lemonde.fr", lang="fr")
    story.article("b", "21", publisher="tass.example", lang="ru")
    story.article("c", "21", publisher="lemonde.fr", lang="fr", copy_of="a")
    story.article("undated", publisher="blog.example")
    story.article("empty", "21", publisher="tass.example", lang="ru")
    for name in "abc":
        story.mention(name, "FRAGOV", "CONSULT", "RUSGOV", mode="phone", on="20")
    story.mention("a", "RUSGOV", "THREATEN", "UKRGOV", on="20")
    story.mention("b", "RUSGOV", "THREATEN", "UKRGOV", on="20", who="putin")
    story.mention("b", "RUSGOV", "THREATEN", "UKRGOV", on="20", who="lavrov")
    story.mention("b", "RUSOPP", "CONSULT", "RUSGOV", on="20")
    story.mention("b", "FRAGOV", "CONSULT", "RUSGOV", mode="visit", on="25", status="planned")
    story.mention("undated", "RUSMIL", "ASSAULT", None)
    return warehouse(tables(story))


def test_all_laws_hold(con: duckdb.DuckDBPyConnection) -> None:
    results = run_tests(con, SQL)
    assert len(results) >= 15
    assert all(r.passed for r in results)


def test_every_column_of_every_model_is_described(con: duckdb.DuckDBPyConnection) -> None:
    names = {m.name for m in load_models(SQL)}
    bare = con.execute(
        "SELECT table_name, column_name FROM duckdb_columns() WHERE comment IS NULL"
    ).fetchall()
    assert [b for b in bare if b[0] in names] == []
    assert all(m.header.description and m.header.grain for m in load_models(SQL))


def test_a_call_counts_in_both_directions_of_daily_dyads(con: duckdb.DuckDBPyConnection) -> None:
    for source, target in (("FRA", "RUS"), ("RUS", "FRA")):
        row = one(con, "daily_dyads", source_country=source, target_country=target)
        assert (row["event_date"], row["n_events"], row["n_reciprocal"]) == (day("20"), 1, 1)
        assert (row["n_mentions"], row["n_articles"], row["n_independent"]) == (3, 3, 2)


def test_talks_within_a_country_count_once(con: duckdb.DuckDBPyConnection) -> None:
    row = one(con, "daily_dyads", source_country="RUS", target_country="RUS")
    assert (row["n_events"], float(row["goldstein_sum"])) == (1, 1.0)


def test_the_one_a_day_filter_keeps_one_event_of_a_kind(con: duckdb.DuckDBPyConnection) -> None:
    row = one(con, "daily_dyads", source_country="RUS", target_country="UKR")
    assert (row["n_events"], row["n_one_a_day"], row["n_verbal_conflict"]) == (2, 1, 2)
    assert float(row["goldstein_sum"]) == pytest.approx(-8.8)
    assert one(con, "one_a_day", target_actor="UKRGOV")["n_events"] == 2


def test_planned_and_undated_events_stay_out_of_daily_counts_but_not_out_of_sight(
    con: duckdb.DuckDBPyConnection,
) -> None:
    assert rows(con, "daily_dyads", event_date=day("25")) == []
    assert one(con, "event_timeline", status="planned")["date_start"] == day("25")
    assert one(con, "event_timeline", plover="ASSAULT")["date_start"] is None
    assert one(con, "data_quality", measure="date none")["n"] == 1


def test_corroboration_shows_what_copies_add(con: duckdb.DuckDBPyConnection) -> None:
    row = one(con, "corroboration", plover="CONSULT", target_actor="RUSGOV", n_articles=3)
    assert (row["n_publishers"], row["n_languages"]) == (2, 2)
    assert (row["n_independent"], row["n_echoes"], row["level"]) == (2, 1, "double")
    assert row["days_to_second_report"] == 1


def test_coverage_tells_what_came_in_and_what_was_coded(con: duckdb.DuckDBPyConnection) -> None:
    row = one(con, "coverage", publisher="tass.example")
    assert (row["n_articles"], row["n_coded"], row["n_originals"], row["n_undated"]) == (2, 1, 2, 0)
    assert one(con, "coverage", publisher="lemonde.fr")["n_originals"] == 1
    assert one(con, "coverage", publisher="blog.example")["n_undated"] == 1


def test_actors_are_counted_on_both_sides(con: duckdb.DuckDBPyConnection) -> None:
    row = one(con, "actor_activity", actor="UKRGOV")
    assert (row["n_as_source"], row["n_as_target"], row["n_conflict_received"]) == (0, 2, 2)
    undated = one(con, "actor_activity", month=None)
    assert (undated["actor"], undated["n_conflict_given"]) == ("RUSMIL", 1)


def test_the_timeline_quotes_the_best_mention(con: duckdb.DuckDBPyConnection) -> None:
    row = one(con, "event_timeline", source_actor="RUSOPP")
    assert row["sentence"] == "RUSOPP did it to RUSGOV."
    assert (row["title"], row["url"], row["publisher"]) == ("Title of b", "b.txt", "tass.example")


def weeks_of_tension(attacks: list[int]) -> duckdb.DuckDBPyConnection:
    """One week after the other with so many attacks, each reported by two papers."""
    story = Story()
    for week, n in enumerate(attacks):
        monday = date(2022, 1, 3) + timedelta(days=7 * week)
        for name in (f"a{week}", f"b{week}"):
            story.article(name, monday.isoformat())
            story.mention(name, "UKRGOV", "CONSULT", "RUSGOV", on=monday.isoformat())
            for i in range(n):
                on = (monday + timedelta(days=i)).isoformat()
                story.mention(name, "RUSMIL", "ASSAULT", "UKRMIL", on=on)
    return warehouse(tables(story))


def test_a_week_unlike_the_weeks_before_is_flagged() -> None:
    con = weeks_of_tension([1, 1, 1, 1, 1, 5])
    found = rows(con, "escalation")
    assert [r["anomaly"] for r in found] == ["none"] * 5 + ["escalation"]
    last = found[-1]
    assert (last["country_a"], last["country_b"]) == ("RUS", "UKR")
    assert (last["n_conflict"], last["n_cooperation"], last["n_independent_conflict"]) == (5, 1, 10)
    assert (float(last["tension"]), last["baseline"], last["n_baseline_weeks"]) == (49.0, 9.0, 5)
    assert last["deviation"] == 8.0  # (49 - 9) / 5
    assert last["balance"] == pytest.approx(0.667)


def test_a_steady_war_is_no_anomaly_and_its_end_is_an_easing() -> None:
    con = weeks_of_tension([3, 3, 3, 3, 3, 3, 0])
    assert [r["anomaly"] for r in rows(con, "escalation")] == ["none"] * 6 + ["easing"]


def test_marts_do_not_depend_on_the_order_of_rows() -> None:
    story = Story()
    for i in range(30):
        story.article(f"a{i}", str(1 + i % 28))
        story.mention(
            f"a{i}", "RUSMIL", "ASSAULT", "UKR", on=str(1 + i % 9), confidence=0.1 + i / 50
        )
    made = tables(story)
    first = warehouse(made)
    shuffled = {}
    for name, data in made.items():
        order = list(range(data.num_rows))
        random.Random(name).shuffle(order)
        shuffled[name] = data.take(pa.array(order, pa.int64()))
    second = warehouse(shuffled)
    for model in load_models(SQL):
        if model.kind == "table":
            assert read_mart(first, model.name).equals(read_mart(second, model.name)), model.name
