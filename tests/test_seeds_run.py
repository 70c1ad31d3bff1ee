"""The five real articles that the project began from: three contacts, three events."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from .flows.running import run, tables

SEEDS = Path(__file__).resolve().parents[2] / "shared" / "seeds"

pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="../shared/seeds is not here")

# Not in the files; given with them.
DATES = "uri,published\n002_f0503a066b21c723.txt,2022-01-28\n003_3f4178c1660e3f37.txt,2022-02-20\n004_c14de4e8ffe1b554.txt,2022-02-07\n"


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    folder = tmp_path_factory.mktemp("seeds")
    (folder / "dates.csv").write_text(DATES, encoding="utf-8")
    report = run(folder / "warehouse", SEEDS, published=folder / "dates.csv")
    assert (report.n_articles, report.n_rejects) == (5, 0)
    return {name: table.to_pylist() for name, table in tables(folder / "warehouse").items()}


@pytest.fixture(scope="module")
def contacts(found):
    return [
        event
        for event in found["events"]
        if event["plover"] == "CONSULT"
        and event["status"] == "actual"
        and {event["source_country"], event["target_country"]} == {"FRA", "RUS"}
        and {event["source_role"], event["target_role"]} == {"GOV"}
        and date(2022, 1, 1) <= event["date_start"] <= date(2022, 2, 20)
    ]


def test_the_three_contacts_are_three_events(contacts):
    days = [str(event["date_start"]) for event in contacts]
    assert days == ["2022-01-28", "2022-02-07", "2022-02-20"]
    assert all(event["is_reciprocal"] for event in contacts)


def test_two_are_calls_and_one_is_a_meeting_in_moscow(contacts):
    first, second, third = contacts
    assert (first["mode"], third["mode"]) == ("phone", "phone")
    assert second["mode"] != "phone"
    assert second["place_name"] == "Moscow"


def test_the_last_rests_on_three_independent_articles(contacts):
    assert contacts[-1]["n_independent"] == 3


def test_tails_and_headers_are_not_in_the_bodies(found):
    for row in found["articles"]:
        for line in ("Source link", "Date Created", "With international agencies", "Tyler Durden"):
            assert line not in row["body"]


def test_without_the_table_nothing_is_guessed(tmp_path):
    run(tmp_path / "warehouse", SEEDS)
    rows = {r["source_uri"][:3]: r for r in tables(tmp_path / "warehouse")["articles"].to_pylist()}
    assert str(rows["000"]["published_date"]) == "2022-02-21"
    assert str(rows["001"]["published_date"]) == "2022-02-22"
    for number, row in rows.items():
        if row["published_date"] is None:
            assert (row["published_basis"], row["published_precision"]) == ("none", "none")
        elif number in ("002", "003", "004"):
            assert row["published_basis"] == "inferred"
            assert row["published_text"]
