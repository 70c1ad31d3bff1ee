"""The folder as a whole: the pointer, old releases, moving, odd file systems, full disks."""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tasks.errors import Damaged, UserError
from tasks.schemas import SCHEMA_VERSION
from tasks.warehouse import Release, ReleaseBuilder, Warehouse

from .examples import FEBRUARY, NOON, article, debris, fill, publish

ROWS = [article("a"), article("b", FEBRUARY), article("undated", None)]


def names(release: Release | None) -> list[str]:
    assert release is not None
    return release.read("articles").column("source_uri").to_pylist()  # type: ignore[no-any-return]


def test_a_new_warehouse_has_no_release(warehouse: Warehouse) -> None:
    assert warehouse.current() is None
    assert warehouse.releases() == []
    assert not warehouse.root.exists(), "looking makes nothing"


def test_releases_are_listed_by_age(warehouse: Warehouse) -> None:
    ids = [publish(warehouse, [article(f"a{n}")]).id for n in range(11)]
    assert [i.removeprefix("20261121T120000Z") for i in ids] == [
        "", *(f"-{n}" for n in range(2, 12)),
    ]  # fmt: skip
    assert [r.id for r in warehouse.releases()] == ids


def test_an_unknown_release_is_answered_with_the_known_ones(warehouse: Warehouse) -> None:
    known = publish(warehouse, ROWS).id
    with pytest.raises(UserError, match=rf"(?s)'20200101T000000Z'.*{known}"):
        warehouse.release("20200101T000000Z")


def test_an_id_that_is_no_name_is_refused(warehouse: Warehouse) -> None:
    with warehouse.lock("test"), pytest.raises(ValueError, match="release id"):
        warehouse.builder("../elsewhere")


def test_expiring_keeps_the_current_one_and_those_it_comes_from(warehouse: Warehouse) -> None:
    ids = [publish(warehouse, ROWS[:n]).id for n in (1, 2, 3)]
    with warehouse.lock("test"):
        warehouse.use(ids[1])
        assert warehouse.expire(keep=2) == [ids[2]]
    assert [r.id for r in warehouse.releases()] == ids[:2]
    assert names(warehouse.current()) == ["a", "b"]
    assert [r.verify() for r in warehouse.releases()] == [[], []], "shared files outlive a name"
    assert debris(warehouse.root) == []


def test_what_is_newest_is_no_matter_of_the_clock(warehouse: Warehouse) -> None:
    old = publish(warehouse, ROWS[:1])
    with warehouse.lock("test"), warehouse.builder("20200101T000000Z") as builder:
        fill(builder, ROWS)
        new = builder.publish(report={}, created=NOON)
    assert [r.id for r in warehouse.releases()] == [old.id, new.id]
    with warehouse.lock("test"):
        assert warehouse.expire(keep=1) == [old.id]
    assert warehouse.current() == new


def test_expiring_everything_is_refused(warehouse: Warehouse) -> None:
    with warehouse.lock("test"), pytest.raises(UserError, match="at least 1"):
        warehouse.expire(keep=0)


def test_a_relative_root_does_not_follow_a_change_of_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    warehouse = Warehouse(Path("here"))
    monkeypatch.chdir("/")
    publish(warehouse, ROWS)
    assert names(Warehouse(tmp_path / "here").current()) == ["a", "b", "undated"]


@pytest.mark.parametrize("symlinks", [True, False], ids=["links kept", "links followed"])
def test_a_copy_can_be_read_and_published_into(
    warehouse: Warehouse, tmp_path: Path, symlinks: bool
) -> None:
    """zip and cp -L turn `current` into a folder of its own."""
    publish(warehouse, ROWS[:2])
    copy = Warehouse(tmp_path / "copy")
    shutil.copytree(warehouse.root, copy.root, symlinks=symlinks)
    shutil.rmtree(warehouse.root)
    assert names(copy.current()) == ["a", "b"]
    new = publish(copy, ROWS)
    assert copy.current() == new
    assert (copy.root / "current").resolve() == new.path
    assert [r.verify() for r in copy.releases()] == [[], []]


def test_a_link_that_became_a_text_file_does_no_harm(warehouse: Warehouse) -> None:
    release = publish(warehouse, ROWS)
    (warehouse.root / "current").unlink()
    (warehouse.root / "current").write_text(f"releases/{release.id}")
    assert warehouse.current() == release


@pytest.fixture
def no_symlinks(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(os, "symlink", refuse)


@pytest.mark.usefixtures("no_symlinks")
def test_without_links_the_text_file_is_enough(warehouse: Warehouse) -> None:
    publish(warehouse, ROWS[:1])
    release = publish(warehouse, ROWS)
    assert not (warehouse.root / "current").exists()
    assert (warehouse.root / "CURRENT").read_text() == f"releases/{release.id}\n"
    assert warehouse.current() == release
    assert debris(warehouse.root) == []


def test_a_link_from_elsewhere_does_not_outlive_the_next_release(
    warehouse: Warehouse, request: pytest.FixtureRequest
) -> None:
    publish(warehouse, ROWS[:1])
    request.getfixturevalue("no_symlinks")
    assert publish(warehouse, ROWS) == warehouse.current()


def test_without_hard_links_files_are_written_anew(
    warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise OSError(95, "Operation not supported")

    old = publish(warehouse, ROWS)
    monkeypatch.setattr(os, "link", refuse)
    new = publish(warehouse, [*ROWS, article("c")])
    assert not new.files("articles")[1].samefile(old.files("articles")[1])
    assert new.verify() == []
    assert publish(warehouse, [*ROWS, article("c")]) == new


@pytest.mark.parametrize("lost", ["release", "both pointers"])
def test_a_pointer_to_nowhere_is_explained_and_can_be_set(warehouse: Warehouse, lost: str) -> None:
    old, new = publish(warehouse, ROWS[:1]), publish(warehouse, ROWS)
    if lost == "release":
        shutil.rmtree(new.path)
    else:
        for name in ("current", "CURRENT"):
            (warehouse.root / name).unlink()
    with pytest.raises(Damaged, match=rf"(?s)It has: {old.id}.*releases --use ID"):
        warehouse.current()
    with warehouse.lock("test"):
        assert warehouse.use(old.id) == old
    assert warehouse.current() == old
    assert names(publish(warehouse, ROWS)) == ["a", "b", "undated"]


def test_a_broken_manifest_is_explained(warehouse: Warehouse) -> None:
    release = publish(warehouse, ROWS)
    (release.path / "MANIFEST.json").write_text("{")
    with pytest.raises(UserError, match=r"(?s)MANIFEST\.json cannot be read.*releases"):
        warehouse.current()


def test_a_release_that_cannot_be_read_does_not_hide_the_others(warehouse: Warehouse) -> None:
    old, new = publish(warehouse, ROWS[:1]), publish(warehouse, ROWS)
    (old.path / "MANIFEST.json").write_text("{}")
    assert warehouse.releases() == [new]
    assert list(warehouse.unreadable()) == [old.id]
    assert "'schema_version' is missing" in warehouse.unreadable()[old.id]


def test_a_release_of_a_newer_version_is_not_misread(warehouse: Warehouse) -> None:
    _of_version(publish(warehouse, ROWS), 99)
    with pytest.raises(UserError, match=r"(?s)newer version.*version 99.*Update demarche"):
        warehouse.current()


def test_a_release_of_an_earlier_version_is_neither_read_nor_added_to(warehouse: Warehouse) -> None:
    old = publish(warehouse, ROWS)
    _of_version(old, SCHEMA_VERSION - 1)
    said = r"(?s)earlier version.*new warehouse folder.*articles are read again"
    with pytest.raises(UserError, match=said):
        warehouse.current()
    with pytest.raises(UserError, match=said):
        publish(warehouse, ROWS[:1])
    assert list(warehouse.unreadable()) == [old.id]


def _of_version(release: Release, version: int) -> None:
    manifest = release.path / "MANIFEST.json"
    content = json.loads(manifest.read_text())
    manifest.write_text(json.dumps({**content, "schema_version": version}))


@contextmanager
def no_file_larger_than(size: int) -> Iterator[None]:
    """The kernel refuses to let a file grow: as near to a full disk as a test gets.

    Lifted within the test: what pytest itself writes to may be a long file already.
    """
    old = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, old[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, old)


@pytest.mark.parametrize("room", [1_000, 100_000], ids=["no table fits", "no database fits"])
def test_no_room_is_explained_and_leaves_the_old_release(warehouse: Warehouse, room: int) -> None:
    def finish(builder: ReleaseBuilder) -> None:
        fill(builder, ROWS)
        builder.publish(report={}, created=NOON)

    said = r"(?s)(room|space).*published release is untouched"
    old = publish(warehouse, ROWS[:1])
    with (
        warehouse.lock("test"),
        warehouse.builder("later") as builder,
        no_file_larger_than(room),
        pytest.raises(UserError, match=said),
    ):
        finish(builder)
    assert warehouse.current() == old
    assert old.verify() == []
    assert debris(warehouse.root) == []


READ = """
import os, sys
from pathlib import Path
from tasks.errors import UserError
from tasks.warehouse import Warehouse
if os.geteuid() == 0:
    os.setuid(65534)  # nobody: no permission stops root
warehouse = Warehouse(Path(sys.argv[1]))
release = warehouse.current()
print(release.read("articles").num_rows, release.verify())
print(release.connect().sql("SELECT count(*) FROM english").fetchall())
try:
    with warehouse.lock("write"): pass
except UserError as error:
    print(error)
"""


def test_a_folder_that_may_not_be_written_can_be_read() -> None:
    # Not below tmp_path, whose parents only their owner may enter.
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "warehouse"
        publish(Warehouse(root), ROWS)
        for path in [Path(folder), *Path(folder).rglob("*")]:
            path.chmod(0o555 if path.is_dir() else 0o444)
        done = subprocess.run(
            [sys.executable, "-c", READ, str(root)], capture_output=True, text=True
        )
        for path in [Path(folder), *Path(folder).rglob("*")]:
            path.chmod(0o755)
    output = done.stdout.splitlines()
    assert output[:2] == ["3 []", "[(3,)]"], done.stderr
    assert output[2].startswith(f"Not allowed to write {root}")


def test_a_release_that_is_not_there_leads_to_the_list_of_those_that_are(
    warehouse: Warehouse,
) -> None:
    publish(warehouse, ROWS)
    with pytest.raises(UserError, match="'nope'") as error:
        warehouse.release("nope")
    assert "demarche releases" in error.value.hint
    assert "CURRENT" not in error.value.hint


def test_a_warehouse_without_a_release_says_what_to_do(warehouse: Warehouse) -> None:
    with pytest.raises(UserError, match=r"nothing was published here yet\n.*demarche run"):
        warehouse.need_current()
