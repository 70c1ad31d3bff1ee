"""What an update promises, whoever carries it out."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tasks.errors import Busy, UserError
from tasks.settings import SAMPLE, SAMPLE_PUBLISHED
from tasks.warehouse import Warehouse

from .running import as_jsonl, checksums, current, run, run_sample, tables

PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    warehouse = tmp_path_factory.mktemp("sample") / "warehouse"
    return warehouse, run_sample(warehouse)


@pytest.fixture(scope="module")
def records(sample):
    """The articles of the sample as records of their own, to be split over runs at will."""
    rows = tables(sample[0])["articles"].to_pylist()
    return [
        {
            "url": row["source_uri"],
            "title": row["title"],
            "text": row["body"],
            "published": row["published_date"].isoformat() if row["published_date"] else None,
            "publisher": row["publisher"],
        }
        for row in rows
    ]


def test_every_input_is_accounted_for(sample):
    warehouse, report = sample
    assert report.adds_up
    assert report.n_rejects == current(warehouse).read("rejects").num_rows
    assert report.n_articles == current(warehouse).read("articles").num_rows


def test_every_file_matches_its_checksum(sample):
    assert current(sample[0]).verify() == []


def test_every_span_is_what_stands_there(sample):
    found = tables(sample[0])
    bodies = {r["article_id"]: r["body"] for r in found["articles"].to_pylist()}
    assert found["mentions"].num_rows
    for row in found["mentions"].to_pylist():
        body = bodies[row["article_id"]]
        assert body[row["start"] : row["end"]] == row["sentence"]
        for side in ("source", "target"):
            if row[f"{side}_start"] is not None:
                assert body[row[f"{side}_start"] : row[f"{side}_end"]] == row[f"{side}_text"]


def test_every_event_reaches_an_article(sample):
    found = tables(sample[0])
    articles = set(found["articles"]["article_id"].to_pylist())
    linked = {r["event_id"]: r["article_id"] for r in found["event_mentions"].to_pylist()}
    events = found["events"]["event_id"].to_pylist()
    assert events
    assert all(linked[event] in articles for event in events)


def test_the_same_again_changes_nothing(sample, tmp_path):
    warehouse = tmp_path / "warehouse"
    shutil.copytree(sample[0], warehouse, symlinks=True)
    before = current(warehouse).id
    report = run(warehouse, SAMPLE, published=SAMPLE_PUBLISHED, number=1)
    assert not report.published
    assert report.adds_up
    assert (report.n_articles, current(warehouse).id) == (0, before)


def test_batches_and_workers_make_no_difference(sample, tmp_path):
    run_sample(tmp_path / "warehouse", batch_size=7, workers=2)
    assert checksums(tmp_path / "warehouse") == checksums(sample[0])


@pytest.mark.parametrize("seed", [1, 2])
def test_many_runs_in_any_order_equal_one_run(records, tmp_path, seed):
    one = tmp_path / "one"
    run(one, as_jsonl(records, tmp_path / "all.jsonl"))
    shuffled = random.Random(seed).sample(records, len(records))
    many = tmp_path / "many"
    size = 13 + seed * 4
    for number, start in enumerate(range(0, len(shuffled), size)):
        part = as_jsonl(shuffled[start : start + size], tmp_path / f"part-{number}.jsonl")
        run(many, part, number=number)
    assert checksums(many) == checksums(one)


def test_work_state_may_be_lost(records, tmp_path):
    half = len(records) // 2
    parts = records[:half], records[half:]
    for name in ("kept", "lost"):
        for number, part in enumerate(parts):
            file = as_jsonl(part, tmp_path / f"{number}.jsonl")
            run(tmp_path / name, file, number=number)
            if name == "lost":
                shutil.rmtree(Warehouse(tmp_path / name).state)
    assert checksums(tmp_path / "lost") == checksums(tmp_path / "kept")


def test_a_date_that_comes_later_is_taken_and_the_article_coded_anew(tmp_path):
    text = (
        "President Emmanuel Macron spoke by phone with Russian President Vladimir Putin on Sunday, "
        "the Elysee said. The two leaders discussed the situation in eastern Ukraine at length."
    )
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "call.txt").write_text(f"Macron and Putin speak\n\n{text}\n")
    dates = tmp_path / "dates.csv"
    dates.write_text("uri,published\ncall.txt,2022-02-21\n")
    late, soon = tmp_path / "late", tmp_path / "soon"
    first = run(late, tmp_path / "news")
    assert first.n_articles == 1
    second = run(late, tmp_path / "news", published=dates, number=1)
    assert (second.n_articles, second.n_repeats, second.n_changed) == (0, 1, 1)
    run(soon, tmp_path / "news", published=dates)
    assert checksums(late) == checksums(soon)


def test_a_changed_coder_codes_everything_again(records, tmp_path, monkeypatch):
    file = as_jsonl(records[:12], tmp_path / "some.jsonl")
    warehouse = tmp_path / "warehouse"
    run(warehouse, file)
    for module in ("flows.pipeline.coder_revision", "flows.jobs._revision"):
        monkeypatch.setattr(module, lambda coding: "another")
    again = run(warehouse, file, number=1)
    assert again.n_coded_again == current(warehouse).read("articles").num_rows
    assert run(warehouse, file, number=2).n_coded_again == 0


def test_an_article_that_the_coder_fails_on_is_told_and_does_not_stop_the_run(
    records, tmp_path, monkeypatch
):
    from tasks.events import code_text, coders

    english = [r for r in records if " the " in r["text"]]
    bad = english[0]["text"]

    def fail_on_one(text, **options):
        if text == bad:
            raise RuntimeError("cannot read this")
        return code_text(text, **options)

    monkeypatch.setattr(coders, "code_text", fail_on_one)
    report = run(tmp_path / "warehouse", as_jsonl(english[:6], tmp_path / "some.jsonl"))
    assert report.n_articles == 6
    assert [line for line in report.warnings if "RuntimeError: cannot read this" in line]


def test_an_empty_folder_makes_empty_tables(tmp_path):
    (tmp_path / "none").mkdir()
    report = run(tmp_path / "warehouse", tmp_path / "none")
    assert (report.n_inputs, report.n_articles) == (0, 0)
    assert all(t.num_rows == 0 for t in tables(tmp_path / "warehouse").values())


def test_only_bad_input_is_an_account_of_rejects(tmp_path):
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "empty.txt").write_bytes(b"")
    (tmp_path / "bad" / "binary.txt").write_bytes(bytes(range(256)) * 20)
    report = run(tmp_path / "warehouse", tmp_path / "bad")
    assert (report.n_inputs, report.n_rejects) == (2, 2)
    assert current(tmp_path / "warehouse").read("rejects").num_rows == 2


def test_a_wrong_path_is_the_users_to_mend(tmp_path):
    with pytest.raises(UserError, match="nowhere"):
        run(tmp_path / "warehouse", tmp_path / "nowhere")
    assert Warehouse(tmp_path / "warehouse").current() is None


def test_two_runs_at_once_are_one(tmp_path):
    warehouse = Warehouse(tmp_path / "warehouse")
    with warehouse.lock("another run"), pytest.raises(Busy):
        run(tmp_path / "warehouse", SAMPLE)


def test_a_model_that_fails_leaves_the_last_release(records, tmp_path):
    warehouse = tmp_path / "warehouse"
    run(warehouse, as_jsonl(records[:5], tmp_path / "a.jsonl"))
    before = current(warehouse).id
    models = tmp_path / "models" / "marts"
    models.mkdir(parents=True)
    (models / "wrong.sql").write_text("-- A mart.\n-- grain: none\nSELECT nothing FROM events\n")
    more = as_jsonl(records[5:9], tmp_path / "b.jsonl")
    with pytest.raises(UserError, match=r"wrong\.sql"):
        run(warehouse, more, number=1, models=str(tmp_path / "models"))
    assert current(warehouse).id == before


def test_a_killed_run_leaves_the_last_release_and_the_next_goes_on(records, tmp_path):
    warehouse = tmp_path / "warehouse"
    run(warehouse, as_jsonl(records[:10], tmp_path / "a.jsonl"))
    before = current(warehouse).id
    more = as_jsonl(records[10:], tmp_path / "b.jsonl")
    script = (
        "import os, signal\n"
        "from flows import steps\n"
        "steps.aggregate_events = lambda *args: os.kill(os.getpid(), signal.SIGKILL)\n"
        "from pathlib import Path\n"
        "from flows.calls import DirectCalls\n"
        "from flows.clock import now\n"
        "from flows.pipeline import update_warehouse\n"
        "from flows.workers import Workers\n"
        "from tasks.settings import Settings\n"
        f"settings = Settings(warehouse=Path({str(warehouse)!r}), workers=1)\n"
        f"update_warehouse([{str(more)!r}], settings, moment=now(),\n"
        "    calls=DirectCalls(Workers(1), 1), say=print)\n"
    )
    environ = {**os.environ, "PYTHONPATH": str(PROJECT)}
    killed = subprocess.run([sys.executable, "-c", script], env=environ, capture_output=True)
    assert killed.returncode == -9, killed.stderr.decode()
    assert current(warehouse).id == before
    assert current(warehouse).verify() == []
    run(warehouse, more, number=1)
    whole = tmp_path / "whole"
    run(whole, tmp_path / "a.jsonl", tmp_path / "b.jsonl")
    assert checksums(warehouse) == checksums(whole)


def test_a_users_actors_that_are_faulty_stop_a_run_before_it_starts(tmp_path):
    actors = tmp_path / "bad.csv"
    actors.write_text(
        "alias,lang,entity_id,kind,iso3,role,valid_from,valid_to\n"
        "Gardeners,,x/g,org,FRA,OPP,,\n"
        "Strikers,en,x/s,org,XXQ,LABOUR,2019-13-01,\n"
    )
    with pytest.raises(UserError, match=r"bad\.csv, line 3: .*2019-13-01.*and 2 more"):
        run_sample(tmp_path / "warehouse", actors=str(actors))
    assert not (tmp_path / "warehouse").exists()
