"""Fingerprints kept between runs: what is not as it was written is made again, and only that."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from tasks.duplicates import fingerprint
from tasks.duplicates.store import fingerprints_of, keep

from .press import article, story, table

ALL = table([article(f"{n:02}", story(n), day=n) for n in range(20)])


def rows(ids: pa.Array, columns: Sequence[str]) -> pa.Table:
    return ALL.filter(pc.is_in(ALL["article_id"], ids)).select(columns)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two blocks, one for each half of the articles."""
    for part in (ALL.slice(0, 10), ALL.slice(10)):
        keep(fingerprint(part), tmp_path)
    return tmp_path


def test_what_is_stored_is_not_made_again(folder: Path) -> None:
    found = fingerprints_of(ALL, rows, folder)
    assert (found.all, found.fresh.num_rows) == (fingerprint(ALL), 0)


@pytest.mark.parametrize("damage", [1, 20, 2000, "cut", "empty", "garbage", "folder", "gone"])
def test_a_damaged_block_alone_is_made_again(folder: Path, damage: int | str) -> None:
    path = min(folder.glob("*.arrow"))
    content = bytearray(path.read_bytes())
    rng = random.Random(7)
    if isinstance(damage, int):
        for _ in range(damage):
            content[rng.randrange(len(content))] ^= 1 << rng.randrange(8)
    path.unlink()
    if damage == "folder":
        path.mkdir()
    elif damage != "gone":
        size = {"cut": len(content) - 9, "empty": 0}.get(str(damage), len(content))
        path.write_bytes(rng.randbytes(size) if damage == "garbage" else content[:size])
    found = fingerprints_of(ALL, rows, folder)
    assert (found.all, found.fresh.num_rows) == (fingerprint(ALL), 10)
    keep(found.fresh, folder)
    assert fingerprints_of(ALL, rows, folder).fresh.num_rows == 0
    assert len(list(folder.iterdir())) == 2, "what was damaged is gone"


def test_many_small_blocks_become_one(tmp_path: Path) -> None:
    for n in range(20):
        keep(fingerprint(ALL.slice(n, 1)), tmp_path)
    assert len(list(tmp_path.iterdir())) < 10
    assert fingerprints_of(ALL, rows, tmp_path).fresh.num_rows == 0


def test_a_file_in_the_place_of_the_folder_gives_way(tmp_path: Path) -> None:
    (tmp_path / "fingerprints").write_text("")
    found = fingerprints_of(ALL, rows, tmp_path / "fingerprints")
    keep(found.fresh, tmp_path / "fingerprints")
    assert fingerprints_of(ALL, rows, tmp_path / "fingerprints").fresh.num_rows == 0
