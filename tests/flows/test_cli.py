"""The command line, as a user meets it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from flows.app import app

from .running import run_sample

PROJECT = Path(__file__).resolve().parents[2]


def demarche(*args: str, stdin: str = "", cwd: Path | None = None) -> subprocess.CompletedProcess:
    """Run the command in a process of its own."""
    environ = {**os.environ, "PYTHONPATH": str(PROJECT), "COLUMNS": "200", "NO_COLOR": "1"}
    command = [sys.executable, "-m", "flows.cli", *args]
    return subprocess.run(
        command, input=stdin, capture_output=True, text=True, env=environ, cwd=cwd or PROJECT
    )


def lines(done: subprocess.CompletedProcess) -> list[dict]:
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory):
    folder = tmp_path_factory.mktemp("cli") / "warehouse"
    run_sample(folder)
    return folder


def test_a_direct_run_says_what_it_made_and_how_to_look_at_it(tmp_path):
    done = demarche("run", "--direct", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "published" in done.stdout
    assert "inputs = " in done.stdout
    assert "demarche sql" in done.stdout
    assert (tmp_path / "warehouse" / "current" / "demarche.duckdb").is_file()


def test_a_run_for_programs_is_one_json_object(tmp_path):
    source = PROJECT / "seeds" / "articles" / "inbox" / "wire.jsonl"
    [report] = lines(demarche("run", str(source), "--direct", "--json", "-w", str(tmp_path / "w")))
    counted = report["n_articles"] + report["n_rejects"] + report["n_repeats"]
    assert report["n_inputs"] == counted


def test_too_many_rejects_end_with_1(tmp_path):
    for number in range(3):
        (tmp_path / f"{number}.txt").write_bytes(b"")
    done = demarche("run", str(tmp_path), "--direct", "-w", str(tmp_path / "w"))
    assert done.returncode == 1
    assert "demarche rejects" in done.stderr


def test_status_accounts_for_the_inputs(warehouse):
    done = demarche("status", "-w", str(warehouse))
    assert done.returncode == 0
    assert "all files are there" in done.stdout
    assert "rejects" in done.stdout
    [status] = lines(demarche("status", "-w", str(warehouse), "--json"))
    last = status["last_run"]
    assert last["n_inputs"] == last["n_articles"] + last["n_rejects"] + last["n_repeats"]


def test_sql_answers_from_any_folder(warehouse, tmp_path):
    query = "select count(*) as n from articles"
    [row] = lines(demarche("sql", query, "-w", str(warehouse), "--json", cwd=tmp_path))
    assert row["n"] > 50


def test_sql_cannot_write(warehouse):
    done = demarche("sql", "delete from events", "-w", str(warehouse))
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_explain_finds_an_event_by_the_beginning_of_its_id(warehouse):
    [row] = lines(
        demarche("sql", "select min(event_id) as id from events", "-w", str(warehouse), "--json")
    )
    done = demarche("explain", row["id"][:16], "-w", str(warehouse))
    assert done.returncode == 0, done.stderr
    assert row["id"] in done.stdout
    assert "reports" in done.stdout


def test_explain_sets_a_copy_beside_its_original(warehouse):
    query = "select article_id as id from copies where relation = 'near' order by 1 limit 1"
    [row] = lines(demarche("sql", query, "-w", str(warehouse), "--json"))
    [sections] = lines(demarche("explain", row["id"], "-w", str(warehouse), "--json"))
    passages = next(s["rows"] for s in sections if s["title"].startswith("passages shared with"))
    assert passages
    assert all(p["here"].split()[0].lower() == p["there"].split()[0].lower() for p in passages)


def test_rejects_say_why_and_what_to_do(warehouse):
    rows = lines(demarche("rejects", "-w", str(warehouse), "--json"))
    assert rows
    done = demarche("rejects", "-w", str(warehouse))
    assert all(row["reason"] in done.stdout for row in rows)
    one = lines(demarche("rejects", "--reason", rows[0]["reason"], "-w", str(warehouse), "--json"))
    assert {row["reason"] for row in one} == {rows[0]["reason"]}


def test_releases_are_listed(warehouse):
    [release] = lines(demarche("releases", "-w", str(warehouse), "--json"))
    assert release["current"] is True
    done = demarche("sql", "select 1 as one", "--at", "20000101T000000Z", "-w", str(warehouse))
    assert done.returncode == 2
    assert release["release"] in done.stderr


def test_the_filters_work_in_a_pipe():
    sample = str(PROJECT / "seeds" / "articles" / "inbox" / "wire.jsonl")
    articles = demarche("extract", sample)
    extracted = lines(articles)
    assert {"id", "uri", "url", "title", "text", "published", "publisher"} <= set(extracted[0])
    found = lines(demarche("copies", "-", stdin=articles.stdout))
    assert [r["id"] for r in found] == [r["id"] for r in extracted]
    record = {
        "id": 7,
        "text": "French President Emmanuel Macron met Russian President Vladimir Putin in Moscow "
        "on Monday.",
        "date": "2022-02-08",
    }
    stdin = json.dumps(record) + "\n"
    [annotated] = lines(demarche("annotate", "-", stdin=stdin))
    assert annotated["id"] == 7
    assert {"FRAGOV", "RUSGOV"} <= {a["code"] for a in annotated["actors"]}
    [coded] = lines(demarche("code", "-", stdin=stdin))
    pairs = {(e["source"], e["target"]) for e in coded["events"] if e["plover"] == "CONSULT"}
    assert {("FRAGOV", "RUSGOV"), ("RUSGOV", "FRAGOV")} <= pairs


def test_code_shows_the_derivation_of_a_sentence():
    done = demarche(
        "code", "--text", "Macron met Putin in Moscow on Monday.", "--date", "2022-02-08"
    )
    assert done.returncode == 0, done.stderr
    assert "CONSULT" in done.stdout


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["sql", "select 1", "-w", "nowhere"], "nothing was published here yet"),
        (["status", "-w", "nowhere"], "nothing was published here yet"),
        (["run", "nowhere.txt", "--direct"], "nowhere.txt"),
        (["annotate", "nowhere.jsonl"], "there is no such file"),
        (["code", "--text", "x", "--date", "yesterday"], "is not a day"),
        (["run", "--config", "nowhere.toml"], "there is no such settings file"),
        (["explode"], "explode"),
    ],
)
def test_wrong_use_ends_with_2_and_says_what_was_wrong(args, said, tmp_path):
    done = demarche(*args, cwd=tmp_path)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_line_that_is_no_json_is_named():
    done = demarche("annotate", "-", stdin='{"id": 1, "text": "fine"}\n{broken\n')
    assert done.returncode == 2
    assert "line 2" in done.stderr


def test_every_command_teaches():
    from typer.main import get_command

    commands = get_command(app).commands  # type: ignore[attr-defined]
    assert {"run", "status", "sql", "explain", "rejects", "serve", "doctor"} <= set(commands)
    for name, command in commands.items():
        assert command.help, name
        for parameter in command.params:
            assert getattr(parameter, "help", None) or parameter.name == "help", (name, parameter)


@pytest.mark.parametrize("name", ["gdelt", "icews", "polecat", "csv", "jsonl"])
def test_events_are_exported(warehouse, tmp_path, name):
    file = tmp_path / "events.out"
    done = demarche("export", "--format", name, "-o", str(file), "-w", str(warehouse))
    assert done.returncode == 0, done.stderr
    assert len(file.read_text(encoding="utf-8").splitlines()) > 10


def test_an_unknown_format_names_the_known_ones(warehouse, tmp_path):
    file = str(tmp_path / "x")
    done = demarche("export", "--format", "excel", "-o", file, "-w", str(warehouse))
    assert done.returncode == 2
    assert "icews" in done.stderr


def test_changes_since_the_same_release_are_none(warehouse):
    [release] = lines(demarche("releases", "-w", str(warehouse), "--json"))
    done = demarche("changes", "--since", release["release"], "-w", str(warehouse))
    assert "every event" in done.stdout


def test_doctor_finds_this_set_up_sound(tmp_path):
    checks = lines(demarche("doctor", "--json", "-w", str(tmp_path / "w")))
    assert [c for c in checks if not c["ok"]] == []


def test_a_misspelt_variable_is_told_by_doctor_and_run(tmp_path, monkeypatch):
    monkeypatch.setenv("DEMARCHE_WORKER", "2")
    said = "DEMARCHE_WORKER is not known and has no effect; DEMARCHE_WORKERS was meant?"
    checks = lines(demarche("doctor", "--json", "-w", str(tmp_path / "w")))
    assert [c["said"] for c in checks if c["warning"]] == [said]
    assert said in demarche("run", "nowhere.txt", cwd=tmp_path).stderr


def test_ctrl_c_ends_with_3_and_says_that_the_last_release_is_whole(tmp_path):
    environ = {**os.environ, "PYTHONPATH": str(PROJECT)}
    command = [sys.executable, "-m", "flows.cli", "run", "--direct", "--workers", "1"]
    with subprocess.Popen(
        command,
        stderr=subprocess.PIPE,
        text=True,
        env=environ,
        cwd=tmp_path,
        # What a shell starts in the background is told to ignore it.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as running:
        assert running.stderr.readline().startswith("read ")  # it is at work
        running.send_signal(signal.SIGINT)
        said = running.stderr.read()
    assert running.returncode == 3
    assert said.splitlines()[-1] == "stopped; nothing was published yet"
    assert "Traceback" not in said
    assert not (tmp_path / "warehouse" / "current").exists()


def test_values_of_articles_cannot_steer_the_terminal(warehouse):
    query = (
        "select chr(27) || '[31m[red]x[/red] :warning:' as value, 2022 as year, 0.00001 as share"
    )
    done = demarche("sql", query, "-w", str(warehouse))
    assert "\x1b" not in done.stdout
    assert "[red]x[/red] :warning:" in done.stdout
    assert "2022" in done.stdout
    assert "0.00001" in done.stdout


def test_what_is_refused_is_told_beside_the_output(tmp_path):
    (tmp_path / "empty.txt").write_bytes(b"")
    done = demarche("extract", str(tmp_path))
    assert done.stdout == ""
    assert "empty.txt" in done.stderr


def test_a_busy_warehouse_has_failed_not_misused(tmp_path):
    from tasks.warehouse import Warehouse

    with Warehouse(tmp_path / "w").lock("another run"):
        done = demarche("run", "--direct", "-w", str(tmp_path / "w"))
    assert done.returncode == 3
    assert "another run" in done.stderr


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["sql", " "], "there is no query"),
        (["maintain", "-w", "nowhere"], "nothing was published here yet"),
        (["releases", "-w", "nowhere"], "nothing was published here yet"),
        (["run", "nowhere.txt"], "nowhere.txt"),
        (["run", "--direct", "-w", "/dev/null"], "no folder"),
        (["run", "--direct", "--actors", "nowhere.csv"], "nowhere.csv"),
    ],
)
def test_wrong_use_is_found_before_work_starts(warehouse, args, said, tmp_path):
    options = [] if "-w" in args else ["-w", str(warehouse)]
    done = demarche(*args, *options, cwd=tmp_path)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


FULL_DISK = Path("/dev/full")


@pytest.mark.skipif(not FULL_DISK.is_char_device(), reason="there is no /dev/full here")
@pytest.mark.parametrize("command", ["sql", "export", "report"])
def test_a_full_disk_is_told_in_plain_words(warehouse, command):
    into = {
        "sql": ["select * from articles", "--json"],
        "export": ["--format", "csv", "-o", "/dev/full"],
        "report": ["-o", "/dev/full"],
    }[command]
    environ = {**os.environ, "PYTHONPATH": str(PROJECT), "NO_COLOR": "1"}
    with FULL_DISK.open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "flows.cli", command, *into, "-w", str(warehouse)],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            env=environ,
        )
    assert done.returncode == 2
    assert "No space left on device" in done.stderr
    assert "Traceback" not in done.stderr
    assert FULL_DISK.is_char_device()
