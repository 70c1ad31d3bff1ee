"""What the commands that hand data over say and write, in this process."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from flows.app import app
from tasks.errors import Failed, UserError
from tasks.warehouse import Release, Warehouse
from tests.summarize.test_reproducible import ENDLESS
from tests.warehouse import examples

Ask = Callable[..., Result]


@pytest.fixture
def ask(sample: Release) -> Ask:
    """Run a command on the sample's warehouse."""
    warehouse = str(sample.path.parents[1])

    def run(command: str, *args: str) -> Result:
        return CliRunner().invoke(app, [command, *args, "-w", warehouse])

    return run


def record(done: Result) -> dict[str, object]:
    assert done.exit_code == 0, done.output

    def refuse(constant: str) -> None:
        raise AssertionError(f"{constant} is no JSON")

    return json.loads(done.stdout, parse_constant=refuse)


def test_numbers_that_json_lacks_are_null(ask: Ask) -> None:
    said = "select 'nan'::double as a, '-inf'::double as b, ['nan'::double, 1] as c, 0.5 as d"
    assert record(ask("sql", said, "--json")) == {"a": None, "b": None, "c": [None, 1], "d": 0.5}


def test_columns_of_one_name_are_told_apart(ask: Ask) -> None:
    said = 'select 1 as n, 2 as n, 3 as n_1, 4 as "n"'
    assert record(ask("sql", said, "--json")) == {"n": 1, "n_1": 2, "n_1_1": 3, "n_2": 4}


def test_bytes_and_maps_are_text_as_duckdb_writes_it(ask: Ask) -> None:
    said = r"select '\x00a\x5C\xFF'::blob as b, map {date '2026-01-02': 'x'} as m"
    expected = {"b": r"\x00a\x5C\xFF", "m": {"2026-01-02": "x"}}
    assert record(ask("sql", said, "--json")) == expected


@pytest.mark.parametrize(
    "query",
    [
        "from read_csv('/etc/passwd')",
        "from read_text('https://example.org/')",
        "copy events to '{folder}/out.csv'",
        "export database '{folder}'",
        "attach '{folder}/other.duckdb'",
        "install httpfs",
        "load httpfs",
        "set threads = 1",
        "pragma enable_profiling = 'json'",
        "call enable_logging(storage = 'file', storage_path = '{folder}')",
        "from enable_logging(storage = 'file', storage_path = '{folder}')",
        "explain analyze copy events to '{folder}/out.csv'",
        "select 1; copy events to '{folder}/out.csv'",
        "delete from events",
    ],
)
def test_a_query_reaches_neither_files_nor_network_nor_settings(
    ask: Ask, tmp_path: Path, query: str
) -> None:
    done = ask("sql", query.replace("{folder}", str(tmp_path)))
    assert isinstance(done.exception, UserError), done.output
    assert list(tmp_path.iterdir()) == []


def test_with_files_a_query_reads_and_writes_them(ask: Ask, tmp_path: Path) -> None:
    file = tmp_path / "n.csv"
    assert ask("sql", f"copy (select 7 as n) to '{file}'", "--files").exit_code == 0
    assert record(ask("sql", f"from read_csv('{file}')", "--files", "--json")) == {"n": 7}
    for away in ("install httpfs", "from read_text('https://example.org/')", "set threads = 1"):
        assert isinstance(ask("sql", away, "--files").exception, UserError)


def test_a_query_without_end_is_stopped(ask: Ask) -> None:
    done = ask("sql", ENDLESS, "--seconds", "0.1")
    assert isinstance(done.exception, Failed)
    assert "did not end within 0.1 seconds" in str(done.exception)


def test_a_broken_release_is_listed_beside_the_others(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path / "w")
    broken = examples.publish(warehouse, [examples.article("a")])
    whole = examples.publish(warehouse, [examples.article("b")])
    (broken.path / "MANIFEST.json").write_text("[]")
    done = CliRunner().invoke(app, ["releases", "-w", str(warehouse.root), "--json"])
    first, second = map(json.loads, done.stdout.splitlines())
    assert (first["release"], first["current"]) == (whole.id, True)
    assert (second["release"], "cannot be read" in second["problem"]) == (broken.id, True)
    done = CliRunner().invoke(app, ["releases", "-w", str(warehouse.root)])
    assert "MANIFEST.json cannot be read" in done.stderr


def test_an_export_to_a_pipe_is_the_file(ask: Ask, tmp_path: Path) -> None:
    file = tmp_path / "events.csv"
    assert ask("export", "-f", "csv", "-o", str(file)).exit_code == 0
    piped = ask("export", "-f", "csv", "-o", "-")
    assert piped.stdout_bytes == file.read_bytes()
    assert "standard output" in piped.stderr


def test_a_package_is_a_folder(ask: Ask, tmp_path: Path) -> None:
    done = ask("export", "--format", "package", "--output", str(tmp_path / "handoff"))
    assert done.exit_code == 0, done.output
    assert (tmp_path / "handoff" / "events.parquet").is_file()
    done = ask("export", "--format", "package", "--output", "-")
    assert isinstance(done.exception, UserError)


def test_status_looks_cheaply_and_on_request_at_every_byte(ask: Ask, sample: Release) -> None:
    assert record(ask("status", "--json"))["problems"] == []
    file = sample.path / "codebook.md"
    whole, moment = file.read_bytes(), file.stat()
    try:
        file.write_bytes(whole[:-1] + b"!")
        assert "of their size" in ask("status").stdout
        done = ask("status", "--verify")
        assert (done.exit_code, "codebook.md: wrong sha256" in done.stdout) == (3, True)
        file.write_bytes(whole[:-1])
        done = ask("status")
        assert (done.exit_code, "bytes instead of" in done.stdout) == (3, True)
    finally:
        file.write_bytes(whole)
        os.utime(file, ns=(moment.st_atime_ns, moment.st_mtime_ns))
