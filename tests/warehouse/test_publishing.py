"""What a publisher relies on: round trips, idempotence, sharing, healing."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tasks import schemas
from tasks.errors import UserError
from tasks.warehouse import Release, Warehouse, release_id

from .examples import (
    FEBRUARY,
    NOON,
    article,
    as_articles,
    debris,
    fill,
    models,
    parquet_bytes,
    publish,
)

BOTH = [article("a"), article("b", FEBRUARY), article("undated", None)]


def test_what_was_written_is_read_back_in_order(warehouse: Warehouse) -> None:
    release = publish(warehouse, reversed(BOTH))
    expected = schemas.sort(as_articles(BOTH), schemas.ARTICLES)
    assert release.read("articles").to_pylist() == expected.to_pylist()
    assert release.read("articles").schema.equals(schemas.ARTICLES.schema)
    assert release.read("coverage").to_pylist() == [{"lang": "en", "n": 3}]
    assert release.verify() == []
    assert debris(warehouse.root) == []


def test_a_month_is_a_file_and_undated_rows_have_their_own(warehouse: Warehouse) -> None:
    release = publish(warehouse, BOTH)
    assert [p.relative_to(release.path).as_posix() for p in release.files("articles")] == [
        "articles/month=2026-01/part.parquet",
        "articles/month=2026-02/part.parquet",
        "articles/month=none/part.parquet",
    ]
    assert release.read("articles", ["source_uri"], ["none"]).to_pylist() == [
        {"source_uri": "undated"}
    ]


def test_a_table_that_nothing_was_written_to_is_empty(warehouse: Warehouse) -> None:
    release = publish(warehouse, [])
    assert release.read("articles").num_rows == 0
    assert release.read("events").schema.equals(schemas.EVENTS.schema)
    with release.connect() as connection:
        assert connection.sql("SELECT count(*) FROM events").fetchall() == [(0,)]


def test_an_unknown_table_is_named_with_those_there_are(warehouse: Warehouse) -> None:
    with pytest.raises(UserError, match=r"(?s)'evnts'.*events.*coverage"):
        publish(warehouse, BOTH).read("evnts")


def test_publishing_the_same_again_changes_nothing(warehouse: Warehouse) -> None:
    first = publish(warehouse, BOTH, {"inputs": 3})
    again = publish(warehouse, reversed(BOTH), {"inputs": 3, "repeats": 3})
    assert again == first
    assert [r.id for r in warehouse.releases()] == [first.id]
    assert debris(warehouse.root) == []


def test_a_change_is_a_new_release_beside_the_old_one(warehouse: Warehouse) -> None:
    old = publish(warehouse, BOTH[:1])
    new = publish(warehouse, BOTH)
    assert (new.id, new.manifest["parent"]) == (f"{old.id}-2", old.id)
    assert warehouse.current() == new
    assert warehouse.release(old.id).read("articles").num_rows == 1
    assert old.verify() == new.verify() == []


def test_rows_that_went_away_take_their_month_with_them(warehouse: Warehouse) -> None:
    publish(warehouse, BOTH)
    release = publish(warehouse, BOTH[1:])
    assert release.read("articles").column("source_uri").to_pylist() == ["b", "undated"]
    assert not (release.path / "articles/month=2026-01").exists()


def test_untouched_months_are_the_same_file_on_disk(warehouse: Warehouse) -> None:
    old = publish(warehouse, BOTH)
    new = publish(warehouse, [*BOTH, article("c", FEBRUARY)])
    shared = [
        a.samefile(b) for a, b in zip(old.files("articles"), new.files("articles"), strict=True)
    ]
    assert shared == [True, False, True]
    assert new.files("rejects")[0].samefile(old.files("rejects")[0])


def test_history_leaves_no_trace_in_the_tables(tmp_path: Path) -> None:
    at_once, step_by_step = Warehouse(tmp_path / "one"), Warehouse(tmp_path / "many")
    for n in range(1, len(BOTH) + 1):
        publish(step_by_step, BOTH[:n])
    assert parquet_bytes(publish(at_once, BOTH).path) == parquet_bytes(
        publish(step_by_step, BOTH).path
    )


def test_a_changed_view_is_published_though_no_row_changed(warehouse: Warehouse) -> None:
    old = publish(warehouse, BOTH)
    with warehouse.lock("test"), warehouse.builder("later") as builder:
        fill(builder, BOTH)
        builder.database().execute("CREATE VIEW titles AS SELECT title FROM articles")
        new = builder.publish(report={}, created=NOON)
    assert new.id != old.id
    with new.connect() as connection:
        assert connection.sql("FROM titles").fetchall() == [(None,)] * 3


def test_months_can_be_written_one_by_one_or_carried_over(warehouse: Warehouse) -> None:
    old = publish(warehouse, BOTH)
    with warehouse.lock("test"), warehouse.builder("later") as builder:
        builder.carry(schemas.ARTICLES, ["2026-01", "none"])
        builder.write_table(schemas.ARTICLES, as_articles([article("new", FEBRUARY)]))
        builder.carry(schemas.REJECTS)
        builder.write_mart("coverage", models(builder.database()))
        new = builder.publish(report={}, created=NOON)
    assert new.read("articles").column("source_uri").to_pylist() == ["a", "new", "undated"]
    assert new.files("rejects")[0].samefile(old.files("rejects")[0])
    assert new.verify() == []


def test_nothing_is_written_twice_or_too_late(warehouse: Warehouse) -> None:
    publish(warehouse, BOTH)
    with warehouse.lock("test"), warehouse.builder("later") as builder:
        builder.carry(schemas.ARTICLES, ["2026-01"])
        with pytest.raises(RuntimeError, match=r"month=2026-01.* already"):
            builder.write_table(schemas.ARTICLES, as_articles(BOTH[:1]))
        builder.database()
        with pytest.raises(RuntimeError, match="before the database"):
            builder.write_table(schemas.ARTICLES, as_articles(BOTH[1:2]))


def test_two_rows_with_one_key_are_refused_and_the_old_release_stays(warehouse: Warehouse) -> None:
    old = publish(warehouse, BOTH)
    with pytest.raises(schemas.SchemaError, match=f"articles.*{article('a')['article_id']}"):
        publish(warehouse, [article("a"), article("a", FEBRUARY)])
    assert warehouse.current() == old
    assert debris(warehouse.root) == []


def test_a_document_is_a_file_like_the_others(warehouse: Warehouse) -> None:
    def with_text(text: str) -> Release:
        with warehouse.lock("test"), warehouse.builder(release_id(NOON)) as builder:
            fill(builder, BOTH)
            builder.write_document("about.md", text)
            return builder.publish(report={}, created=NOON)

    first = with_text("What it is.")
    assert with_text("What it is.") == first
    second = with_text("What it is now.")
    assert second != first
    (second.path / "about.md").write_text("Something else.")
    assert second.verify() == ["about.md: wrong sha256"]
    assert publish(warehouse, BOTH).manifest["files"].keys() == first.manifest["files"].keys() - {
        "about.md"
    }


def test_scratch_files_are_not_published(warehouse: Warehouse) -> None:
    with warehouse.lock("test"), warehouse.builder("r1") as builder:
        (builder.work / "spill.bin").write_bytes(b"x")
        fill(builder, BOTH)
        release = builder.publish(report={}, created=NOON)
    on_disk = {
        p.relative_to(release.path).as_posix() for p in release.path.rglob("*") if p.is_file()
    }
    assert on_disk == {*release.manifest["files"], "MANIFEST.json"}


def test_publishing_needs_the_lock(warehouse: Warehouse) -> None:
    for act in (lambda: warehouse.builder("r1"), lambda: warehouse.expire(1)):
        with pytest.raises(RuntimeError, match="lock"):
            act()


@pytest.mark.parametrize("name", ["articles/month=2026-01/part.parquet", "demarche.duckdb"])
@pytest.mark.parametrize("damage", ["bit", "cut", "gone"])
def test_damage_is_found_and_mended_by_the_next_run(
    warehouse: Warehouse, name: str, damage: str
) -> None:
    old = publish(warehouse, BOTH)
    _damage(old.path / name, damage)
    (problem,) = old.verify()
    assert problem.startswith(f"{name}: ")
    new = publish(warehouse, BOTH)
    assert new.id != old.id
    assert new.verify() == []


def test_a_damaged_month_is_not_carried_over(warehouse: Warehouse) -> None:
    old = publish(warehouse, BOTH)
    _damage(old.files("articles")[0], "bit")
    with (
        warehouse.lock("test"),
        warehouse.builder("later") as builder,
        pytest.raises(UserError, match=rf"{old.id} is damaged in articles: .*month=2026-01"),
    ):
        builder.carry(schemas.ARTICLES)


def _damage(path: Path, how: str) -> None:
    content = bytearray(path.read_bytes())
    if how == "gone":
        path.unlink()
    elif how == "cut":
        path.write_bytes(content[:-1])
    else:
        content[len(content) // 2] ^= 1
        path.write_bytes(content)


def test_the_manifest_says_what_is_there_and_where_it_came_from(warehouse: Warehouse) -> None:
    release = publish(warehouse, BOTH, {"rejects": 1, "inputs": 4})
    text = (release.path / "MANIFEST.json").read_text(encoding="utf-8")
    manifest = json.loads(text)
    assert list(manifest) == [
        "release", "parent", "schema_version", "code", "created", "catalog", "report", "files", "digest",
    ]  # fmt: skip
    assert manifest["created"] == "2026-11-21T12:00:00Z"
    assert list(manifest["report"].items()) == [("inputs", 4), ("rejects", 1)]
    assert list(manifest["files"]) == sorted(manifest["files"])
    january = manifest["files"]["articles/month=2026-01/part.parquet"]
    assert (january["rows"], january["first"], january["last"]) == (1, "2026-01-15", "2026-01-15")


def test_files_tell_what_they_are_but_not_when_they_were_made(warehouse: Warehouse) -> None:
    schema = pq.read_schema(publish(warehouse, BOTH).files("articles")[0])
    assert set(schema.metadata) == {b"title", b"schema_version", b"licence"}
    assert schema.metadata[b"title"] == b"articles: one fetched article"
    assert b"offset" in schema.field("body").metadata[b"description"]
    assert not schema.field("body").nullable


def test_the_moment_needs_a_time_zone(warehouse: Warehouse) -> None:
    with (
        pytest.raises(ValueError, match="time zone"),
        warehouse.lock("test"),
        warehouse.builder("r1") as builder,
    ):
        builder.publish(report={}, created=datetime(2026, 1, 1))


def test_an_id_is_the_moment_in_utc() -> None:
    assert release_id(datetime.fromisoformat("2026-11-21T03:15:00+01:00")) == "20261121T021500Z"
