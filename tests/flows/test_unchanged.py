"""What a release has taken in is not read again; what is being written waits."""

from __future__ import annotations

import json
import shutil
import threading
import time

import pytest

from tasks.ingest.ledger import Ledger
from tasks.settings import SAMPLE

from .running import checksums, current, run, tables

ACCOUNT = ("n_inputs", "n_articles", "n_rejects", "n_repeats")


def account(report):
    assert report.adds_up
    return tuple(getattr(report, name) for name in ACCOUNT)


@pytest.fixture(autouse=True)
def _no_wait_for_the_clock(monkeypatch):
    monkeypatch.setattr("tasks.ingest.ledger._TICK", 0)


@pytest.fixture
def inbox(tmp_path):
    folder = tmp_path / "inbox"
    folder.mkdir()
    for name in ("wire.jsonl", "newsapi.jsonl"):
        shutil.copy2(SAMPLE / name, folder)
    return folder


def lines(n, start=0):
    text = "The minister of country {} met the president of another country on Monday, he said."
    return "".join(json.dumps({"id": i, "text": text.format(i)}) + "\n" for i in range(start, n))


def test_a_run_that_finds_nothing_new_ends_with_the_same_account(inbox, tmp_path, monkeypatch):
    warehouse = tmp_path / "w"
    first = run(warehouse, inbox)
    monkeypatch.delattr("flows.steps.read_inputs")  # nothing is to be done
    again = run(warehouse, inbox, number=1)
    assert not again.published
    assert again.release == first.release
    repeats = first.n_inputs - first.n_rejects
    assert account(again) == (first.n_inputs, 0, first.n_rejects, repeats)
    assert again.rows == first.rows


def test_only_files_that_are_new_or_changed_are_read(inbox, tmp_path, monkeypatch):
    warehouse = tmp_path / "w"
    first = run(warehouse, inbox)
    (inbox / "more.jsonl").write_text(lines(2))
    read = []
    note = Ledger.note
    monkeypatch.setattr(
        Ledger, "note", lambda self, found, *more: (read.append(found), note(self, found, *more))
    )
    second = run(warehouse, inbox, number=1)
    assert [found.place.uri for found in read] == ["more.jsonl"]
    repeats = first.n_inputs - first.n_rejects
    assert account(second) == (first.n_inputs + 2, 2, first.n_rejects, repeats)
    (inbox / "more.jsonl").write_text(lines(3))
    third = run(warehouse, inbox, number=2)
    assert (third.n_articles, third.n_repeats) == (1, repeats + 2)


def test_a_lost_ledger_costs_time_and_no_result(inbox, tmp_path):
    warehouse = tmp_path / "w"
    run(warehouse, inbox)
    known = run(warehouse, inbox, number=1)
    taken = warehouse / "state" / "taken.json"
    for number, damaged in enumerate(('{"about": ', taken.read_text().replace(", 21,", ", 22,"))):
        taken.write_text(damaged)
        assert account(run(warehouse, inbox, number=number + 2)) == account(known)
    assert current(warehouse).id == known.release


def test_it_counts_only_for_the_release_and_the_settings_that_it_was_written_for(inbox, tmp_path):
    file = tmp_path / "taken.json"
    Ledger("settings").save(file, "20260101T000000Z")
    assert Ledger.load(file, "settings", "20260101T000000Z") is not None
    run(tmp_path / "w", inbox)
    taken = tmp_path / "w" / "state" / "taken.json"
    about, release = (json.loads(taken.read_text())[n] for n in ("about", "release"))
    assert len(Ledger.load(taken, about, release).known) == 2
    assert not Ledger.load(taken, about, "20250101T000000Z").known
    assert not Ledger.load(taken, "other settings", release).known


def test_a_file_that_goes_on_changing_is_left_to_the_next_run(inbox, tmp_path):
    slow = inbox / "slow.jsonl"
    slow.write_text(lines(1))
    done = threading.Event()

    def write():
        for n in range(1, 40):
            with slow.open("a") as file:
                file.write(lines(n + 1, n))
            if done.wait(0.2):
                return

    writing = threading.Thread(target=write)
    writing.start()
    report = run(tmp_path / "w", inbox, settle_seconds=1)
    done.set()
    writing.join()
    assert "slow.jsonl" not in (tmp_path / "w" / "state" / "taken.json").read_text()
    n = len(slow.read_text().splitlines())
    start = time.monotonic()
    later = run(tmp_path / "w", inbox, number=1, settle_seconds=1)
    assert time.monotonic() - start > 0.3  # it was looked at twice
    assert (later.n_inputs, later.n_articles) == (report.n_inputs + n, n)


def test_an_article_that_goes_on_in_another_of_its_source_was_half_written(tmp_path):
    text = (SAMPLE / "scholz-zelensky-call.txt").read_text(encoding="utf-8")
    cuts = [text[: len(text) * part // 4].rstrip() for part in (2, 3, 4)]
    orders = ((0, 1, 2), (2, 0, 1), (1, 2, 0), (2,))
    for order in orders:
        for number, version in enumerate(order):
            inbox = tmp_path / f"{order}-{number}"
            inbox.mkdir()
            (inbox / "call.txt").write_text(cuts[version], encoding="utf-8")
            report = run(tmp_path / f"w{order}", inbox, number=number)
            assert report.adds_up
    [row, *others] = [tables(tmp_path / f"w{order}")["articles"].to_pylist() for order in orders]
    assert len(row) == 1
    assert others == [row] * 3
    released = [checksums(tmp_path / f"w{order}") for order in orders]
    assert released == [released[0]] * 4


def test_a_whole_version_takes_the_place_of_a_half_written_one(tmp_path):
    inbox, warehouse = tmp_path / "inbox", tmp_path / "w"
    inbox.mkdir()
    half = lines(3)
    for name in ("a.jsonl", "b.jsonl", "c.jsonl"):
        (inbox / name).write_text("")
    (inbox / "a.jsonl").write_text(half[:-40])
    run(warehouse, inbox)
    assert sorted(tables(warehouse)["rejects"]["reason"].to_pylist()) == [
        "empty",
        "empty",
        "truncated",
    ]
    (inbox / "a.jsonl").write_text(half)
    (inbox / "b.jsonl").write_text(lines(5, 3))
    report = run(warehouse, inbox, number=1)
    assert report.adds_up
    assert tables(warehouse)["rejects"]["uri"].to_pylist() == ["c.jsonl"]
    assert tables(warehouse)["articles"].num_rows == 5
