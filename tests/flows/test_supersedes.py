"""What a release says about the events of the release before it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from flows.maintain import repair_warehouse
from tasks.aggregate import compare_events
from tasks.publish.supersedes import edition_of
from tasks.settings import Settings
from tasks.warehouse import Warehouse

from .running import START, as_jsonl, checksums, current, run

CALL = "French President Emmanuel Macron spoke by phone with Russian President Vladimir Putin"
FIRST, SECOND = f"{CALL} on Sunday, the Elysee said.", f"{CALL} in the night, the Kremlin said."
Rows = list[dict[str, Any]]
Late = tuple[Path, list[dict[str, object]]]


def article(name: str, published: str | None, text: str) -> dict[str, object]:
    return {"url": f"https://{name}.example/1", "text": text, "published": published}


def runs(folder: Path, *parts: list[dict[str, object]], start: int = 0) -> Path:
    """Carry out a run for each part."""
    for number, part in enumerate(parts, start):
        run(folder / "w", as_jsonl(part, folder / f"{number}.jsonl"), number=number)
    return folder / "w"


def rows(warehouse: Path) -> Rows:
    return current(warehouse).read("supersedes").to_pylist()


def events(warehouse: Path) -> Rows:
    return current(warehouse).read("events").to_pylist()


@pytest.fixture(scope="module")
def late(tmp_path_factory: pytest.TempPathFactory) -> Late:
    """Three runs; the second brings an earlier report, the third nothing about the call."""
    parts = [
        [article("b", "2022-02-22", FIRST)],
        [article("a", "2022-02-21", FIRST)],
        [article("c", "2022-02-23", "Spain imposed sanctions on Italy on Tuesday.")],
    ]
    return runs(tmp_path_factory.mktemp("late"), *parts), [a for part in parts for a in part]


def test_the_first_release_supersedes_nothing_and_says_so(late: Late) -> None:
    first = Warehouse(late[0]).releases()[0]
    assert first.read("supersedes").num_rows == 0
    assert "supersedes/part.parquet" in first.manifest["files"]


def test_an_earlier_report_is_told_and_stays_told(late: Late) -> None:
    first, second, third = Warehouse(late[0]).releases()
    (row,) = rows(late[0])
    assert (row["from_release"], row["to_release"]) == (first.id, second.id)
    assert row["old_event_id"] in first.read("events")["event_id"].to_pylist()
    assert row["new_event_id"] in third.read("events")["event_id"].to_pylist()
    assert row["change"] == "renamed"


def test_it_stands_in_the_database_the_codebook_and_the_data_package(late: Late) -> None:
    release = current(late[0])
    with release.connect() as connection:
        known = connection.sql(
            "SELECT e.plover FROM supersedes AS s JOIN events AS e ON e.event_id = s.new_event_id"
        ).fetchall()
    assert known == [("CONSULT",)]
    assert "### supersedes\n" in (release.path / "codebook.md").read_text(encoding="utf-8")
    package = json.loads((release.path / "datapackage.json").read_text(encoding="utf-8"))
    (resource,) = (r for r in package["resources"] if r["name"] == "supersedes")
    assert (resource["path"], resource["rows"]) == ("supersedes/part.parquet", 1)


def test_all_but_it_is_the_same_however_many_runs_there_were(late: Late, tmp_path: Path) -> None:
    many, articles = late
    one = runs(tmp_path / "one", articles)
    assert checksums(many) == checksums(one)
    assert (len(rows(many)), len(rows(one))) == (1, 0)
    packages = [json.loads((current(w).path / "datapackage.json").read_text()) for w in (many, one)]
    assert packages[0]["id"] == packages[1]["id"]


def test_the_same_articles_again_publish_nothing(late: Late, tmp_path: Path) -> None:
    warehouse, articles = late
    before = current(warehouse)
    report = run(warehouse, as_jsonl(articles, tmp_path / "all.jsonl"), number=3)
    assert not report.published
    assert current(warehouse) == before


def test_late_articles_merge_two_events_and_a_late_date_moves_one(tmp_path: Path) -> None:
    did, undated = "France imposed sanctions on Russia", article("e", None, FIRST)
    warehouse = runs(
        tmp_path,
        [
            article("b", "2022-02-25", f"{did} this week."),
            article("d", "2022-02-24", "Sanctions were imposed on Russia on Thursday."),
            undated,
        ],
        [article("c", "2022-02-24", f"{did} on Thursday."), {**undated, "published": "2022-02-22"}],
    )
    old, new = Warehouse(warehouse).releases()
    then = {e["event_id"]: e for e in old.read("events").to_pylist()}
    (sanctions,) = (e for e in events(warehouse) if e["plover"] == "COERCE")
    told = {r["old_event_id"]: r for r in rows(warehouse)}
    assert told.keys() == then.keys()
    for event, row in told.items():
        if then[event]["plover"] == "COERCE":
            assert (row["new_event_id"], row["change"]) == (sanctions["event_id"], "merged")
        else:
            assert (row["new_event_id"], row["change"]) == (event, "moved")
            assert {"date_start", "date_end"} <= set(row["fields"])
    assert compare_events(edition_of(old), edition_of(new)).to_pylist() == rows(warehouse)


def test_what_no_release_can_tell_again_is_a_gap_that_is_told(late: Late, tmp_path: Path) -> None:
    warehouse = tmp_path / "w"
    shutil.copytree(late[0], warehouse, symlinks=True)
    for release in Warehouse(warehouse).releases():
        for table in ("supersedes", "event_mentions"):
            (file,) = release.files(table)
            file.write_bytes(file.read_bytes()[:-1])
    sums = checksums(warehouse)
    settings = Settings(warehouse=warehouse, workers=1)
    report = repair_warehouse(settings, moment=START, say=lambda line: None)
    assert report is not None
    assert [w.split(":")[0] for w in report.warnings] == ["supersedes begins anew"]
    assert rows(warehouse) == []
    assert (checksums(warehouse), current(warehouse).verify()) == (sums, [])
