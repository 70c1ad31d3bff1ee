"""Nothing damaged is carried on: it is named, nothing is published, and what can be is rebuilt."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from flows.app import app
from flows.maintain import repair_warehouse
from tasks import schemas
from tasks.errors import Damaged, Failed
from tasks.settings import Settings
from tasks.warehouse import Release, Warehouse

from .running import START, as_jsonl, checksums, current, run

NAMES = ["Angola", "Peru", "Kenya", "Nepal"]


def records(*numbers: int) -> list[dict[str, object]]:
    """Stories of two months, one of them told twice."""
    return [
        {
            "url": f"https://{'b' if n == 3 else 'a'}.example/{n}",
            "published": f"2024-0{1 + n % 2}-1{n}T08:00:00Z",
            "title": f"Police arrest protesters in {NAMES[min(n, 1)]}",
            "text": f"Police in {NAMES[min(n, 1)]} arrested {20 + min(n, 1)} protesters on Monday. "
            "The government rejected talks with the opposition. "
            f"Rebels attacked a village near the border and killed {3 + min(n, 1)} people.",
        }
        for n in numbers
    ]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse of two releases and the file of a third; copy it, do not touch it."""
    folder = tmp_path_factory.mktemp("made")
    run(folder / "w", as_jsonl([*records(0, 1), {"text": "?"}], folder / "1.jsonl"), number=0)
    run(folder / "w", as_jsonl(records(2), folder / "2.jsonl"), number=1)
    as_jsonl(records(3), folder / "3.jsonl")
    return folder


@pytest.fixture
def warehouse(made: Path, tmp_path: Path) -> Path:
    """The same in a folder of its own, hard links and all."""
    shutil.copytree(made / "w", tmp_path / "w", symlinks=True)
    old, new = Warehouse(tmp_path / "w").releases()
    for name, entry in new.manifest["files"].items():
        if old.manifest["files"][name]["sha256"] == entry["sha256"]:
            (new.path / name).unlink()
            os.link(old.path / name, new.path / name)
    return tmp_path / "w"


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def demarche(*words: object, warehouse: Path) -> tuple[int, str]:
    done = CliRunner().invoke(app, [*map(str, words), "-w", str(warehouse)])
    if isinstance(done.exception, Failed):  # main() would end with 3
        return 3, f"{done.exception}"
    return done.exit_code, done.output


def of_table(release: Release, table: str) -> list[str]:
    return [n for n in release.manifest["files"] if n.split("/")[0] == table]


def test_a_run_takes_nothing_from_a_damaged_table_whichever_it_is(
    made: Path, warehouse: Path
) -> None:
    release = current(warehouse)
    for table in schemas.TABLES:
        for name in of_table(release, table):
            whole = (release.path / name).read_bytes()
            flip(release.path / name)
            with pytest.raises(Damaged, match=rf"{release.id} is damaged in {table}: {name}"):
                run(warehouse, made / "3.jsonl", number=2)
            (release.path / name).write_bytes(whole)
    assert current(warehouse) == release
    run(warehouse, made / "3.jsonl", number=2)
    assert current(warehouse).verify() == []


def test_what_follows_from_the_articles_is_rebuilt_to_the_byte(made: Path, warehouse: Path) -> None:
    release, sums = current(warehouse), checksums(warehouse)
    names = [n for n in release.manifest["files"] if n.split("/")[0] not in ("articles", "rejects")]
    for name in names:
        flip(release.path / name)
    said: list[str] = []
    settings = Settings(warehouse=warehouse, workers=1)
    report = repair_warehouse(settings, moment=START, say=said.append)
    mended = current(warehouse)
    assert report is not None
    assert mended.id == report.release != release.id
    assert mended.verify() == []
    assert checksums(warehouse) == sums
    assert f"release {release.id}: copies/part.parquet: wrong sha256" in said
    assert "copies/part.parquet: to be made again" in said
    assert repair_warehouse(settings, moment=START, say=said.append) is None
    run(warehouse, made / "3.jsonl", number=3)
    together = as_jsonl([*records(0, 1), {"text": "?"}], warehouse.parent / "1.jsonl")
    run(warehouse.parent / "fresh", together, made / "2.jsonl", made / "3.jsonl")
    assert checksums(warehouse) == checksums(warehouse.parent / "fresh")


def test_what_does_not_is_taken_from_a_release_that_has_it_whole_or_named(warehouse: Path) -> None:
    old, new = Warehouse(warehouse).releases()
    settings = Settings(warehouse=warehouse, workers=1)
    (name,) = [n for n in of_table(new, "articles") if (new.path / n).samefile(old.path / n)]
    whole = (new.path / name).read_bytes()
    flip(new.path / name)  # and with it the old one's, which is the same file
    with pytest.raises(Damaged, match=rf"(?s)no other release .*{name}.*releases --use"):
        repair_warehouse(settings, moment=START, say=lambda line: None)
    assert current(warehouse) == new
    (old.path / name).unlink()
    (old.path / name).write_bytes(whole)
    repair_warehouse(settings, moment=START, say=lambda line: None)
    assert current(warehouse).verify() == []
    assert current(warehouse).id != new.id


def _without_an_entry(release: Release) -> None:
    manifest = json.loads((release.path / "MANIFEST.json").read_text())
    name = of_table(release, "mentions")[0]
    del manifest["files"][name]
    (release.path / name).unlink()
    (release.path / "MANIFEST.json").write_text(json.dumps(manifest))


def _cut(release: Release) -> None:
    path = release.path / "MANIFEST.json"
    path.write_bytes(path.read_bytes()[:100])


def _twice(release: Release) -> None:
    path = release.path / "MANIFEST.json"
    path.write_text(path.read_text().replace('"release":', '"release": "", "release":', 1))


def _loop(release: Release) -> None:
    path = release.path / "MANIFEST.json"
    path.unlink()
    path.symlink_to(path.name)


DAMAGE: dict[str, Callable[[Release], object]] = {
    "an entry gone": _without_an_entry,
    "cut": _cut,
    "empty": lambda r: (r.path / "MANIFEST.json").write_bytes(b""),
    "gone": lambda r: (r.path / "MANIFEST.json").unlink(),
    "a name twice": _twice,
    "nested": lambda r: (r.path / "MANIFEST.json").write_text("[" * 100_000),
    "a loop of links": _loop,
    "of another release": lambda r: shutil.copy(
        next(p for p in r.path.parent.glob("*/MANIFEST.json") if p.parent != r.path), r.path
    ),
    "folder renamed": lambda r: r.path.rename(r.path.with_name("20300101T000000Z")),
    "a file missing": lambda r: (r.path / of_table(r, "events")[0]).unlink(),
    "a file empty": lambda r: (r.path / "copies/part.parquet").write_bytes(b""),
    "a file that is none": lambda r: (
        (r.path / "rejects/part.parquet").unlink(), (r.path / "rejects/part.parquet").mkdir()
    ),
}  # fmt: skip


@pytest.mark.parametrize("how", DAMAGE)
def test_one_command_leads_back_to_the_last_release_that_is_whole(
    made: Path, warehouse: Path, how: str
) -> None:
    old, new = Warehouse(warehouse).releases()
    for name in new.manifest["files"]:  # no hard links: the old one stays as it is
        whole = (old.path / name).read_bytes()
        (old.path / name).unlink()
        (old.path / name).write_bytes(whole)
    DAMAGE[how](new)
    with pytest.raises(Failed, match="demarche releases --use ID"):
        run(warehouse, made / "3.jsonl", number=2)
    assert demarche("status", "--verify", warehouse=warehouse)[0] == 3
    assert demarche("maintain", warehouse=warehouse)[0] == 3
    code, said = demarche("releases", "--use", new.id, warehouse=warehouse)
    assert code != 0, said
    assert demarche("releases", "--use", old.id, warehouse=warehouse)[0] == 0
    assert current(warehouse) == old
    assert (warehouse / "CURRENT").read_text() == f"releases/{old.id}\n"
    assert demarche("status", "--verify", warehouse=warehouse)[0] == 0
    assert demarche("sql", "select count(*) from events", warehouse=warehouse)[0] == 0


def test_a_file_beside_those_of_the_manifest_is_told(warehouse: Path) -> None:
    release = current(warehouse)
    (release.path / "events" / "more.parquet").write_bytes(b"")
    (release.path / ".DS_Store").write_bytes(b"")
    code, said = demarche("status", warehouse=warehouse)
    assert (code, "events/more.parquet: not in the manifest" in said) == (3, True)
    repair_warehouse(Settings(warehouse=warehouse), moment=START, say=lambda line: None)
    assert demarche("status", "--verify", warehouse=warehouse)[0] == 0


def test_damage_that_keeps_size_and_time_is_found_by_maintain_and_not_carried_on_after(
    made: Path, warehouse: Path
) -> None:
    path = current(warehouse).path / "copies" / "part.parquet"
    assert current(warehouse).is_whole()
    before = path.stat()
    flip(path)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert demarche("maintain", warehouse=warehouse)[0] == 3
    with pytest.raises(Damaged, match="copies"):
        run(warehouse, made / "3.jsonl", number=2)


def test_sql_reads_no_damaged_database(warehouse: Path) -> None:
    database = current(warehouse).path / "demarche.duckdb"
    flip(database)
    code, said = demarche("sql", "select 1", warehouse=warehouse)
    assert (code, "damaged in demarche.duckdb" in said) == (3, True)
    flip(database)
    database.with_suffix(".duckdb.wal").write_bytes(b"")
    code, said = demarche("sql", "select 1", warehouse=warehouse)
    assert (code, "opened for writing" in said) == (3, True)


STATE: dict[str, Callable[[Path], object]] = {
    "files": lambda path: path.write_bytes(b"\0\xff{[\n1\n" + b"[" * 100_000),
    "odd objects": lambda path: path.write_text('{"release": [1]}\n'),
    "folders": lambda path: (path / "in it").mkdir(parents=True),
    "dead links": lambda path: path.symlink_to("nowhere"),
}
OF_STATE = (
    "coder.json",
    "runs.jsonl",
    "inputs.jsonl",
    "verified",
    "fingerprints",
    "reading",
    "fetched",
)


def _each(warehouse: Path, make: Callable[[Path], object]) -> None:
    for name in OF_STATE:
        path = warehouse / "state" / name
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
        make(path)


@pytest.fixture(scope="module")
def expected(made: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("expected")
    shutil.copytree(made / "w", folder / "w", symlinks=True)
    run(folder / "w", made / "3.jsonl", number=2)
    return checksums(folder / "w")


@pytest.mark.parametrize("how", STATE)
def test_broken_work_state_costs_time_and_nothing_else(
    made: Path, warehouse: Path, expected: dict[str, str], how: str
) -> None:
    _each(warehouse, STATE[how])
    assert demarche("status", "--verify", warehouse=warehouse)[0] == 0
    run(warehouse, made / "3.jsonl", number=2)
    assert checksums(warehouse) == expected
    assert demarche("status", warehouse=warehouse)[0] == 0
    blocks = list((warehouse / "state" / "fingerprints").iterdir())
    assert all(path.is_file() and path.suffix == ".arrow" for path in blocks)


@pytest.mark.parametrize("name", ["state", "releases", ".lock"])
def test_what_stands_in_the_way_is_told_in_a_line(tmp_path: Path, made: Path, name: str) -> None:
    (tmp_path / "w").mkdir()
    if name == ".lock":
        (tmp_path / "w" / name).mkdir()
    else:
        (tmp_path / "w" / name).write_text("")
    code, said = demarche("run", made / "3.jsonl", "--direct", warehouse=tmp_path / "w")
    assert code != 0, said
