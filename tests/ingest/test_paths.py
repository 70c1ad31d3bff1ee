"""What may be given as a path: files, folders, patterns, URLs of stores."""

from __future__ import annotations

import errno
import io
import os
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import fsspec
import pytest

from tasks.errors import UserError
from tasks.ingest import Place, Refused, ingest_paths
from tests.ingest.conftest import PROSE, Tree


def uris(*paths: str | Path | Place) -> list[str]:
    """Return the names of the articles that the paths hold."""
    (batch,) = ingest_paths(paths)
    assert batch.rejects.to_pylist() == []
    return [str(uri) for uri in batch.articles["source_uri"].to_pylist()]


@pytest.fixture
def news(tree: Tree) -> Path:
    for number, name in enumerate(("b.txt", "a.txt", "x/c.txt", "x/y/d.txt", "x/y/e.md", ".h.txt")):
        tree.add(name, f"{PROSE} {number}")
    return tree.root


@pytest.mark.parametrize(
    ("pattern", "names"),
    [
        ("?.txt", ["a.txt", "b.txt"]),
        ("[b-z].txt", ["b.txt"]),
        ("**/*.txt", ["a.txt", "b.txt", "x/c.txt", "x/y/d.txt"]),
        ("x/*", ["c.txt", "y/d.txt", "y/e.md"]),
        ("*/y", ["x/y/d.txt", "x/y/e.md"]),
        ("x/**", ["c.txt", "y/d.txt", "y/e.md"]),
        ("**/*", ["a.txt", "b.txt", "x/c.txt", "x/y/d.txt", "x/y/e.md"]),
    ],
)
def test_a_pattern_names_files_below_the_folder_it_begins_in(
    news: Path, pattern: str, names: list[str]
) -> None:
    assert uris(f"{news}/{pattern}") == names


def test_a_pattern_may_be_relative(news: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(news)
    assert uris("*.txt") == ["a.txt", "b.txt"]


def test_a_file_that_is_called_like_a_pattern_is_that_file(news: Path) -> None:
    (news / "[a].txt").write_text(PROSE)
    assert uris(news / "[a].txt") == ["[a].txt"]


def test_a_pattern_takes_sidecars_for_what_they_are(tree: Tree) -> None:
    tree.add("a.txt", PROSE)
    tree.add("a.txt.json", '{"title": "Ministers meet"}')
    (batch,) = ingest_paths([f"{tree.root}/*"])
    assert batch.articles["title"].to_pylist() == ["Ministers meet"]


def test_a_pattern_does_not_lead_out_of_its_folder(news: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.txt").write_text(PROSE)
    (news / "link.txt").symlink_to(outside / "secret.txt")
    (news / "door").symlink_to(outside)
    for pattern in ("link*", "door*", "doo?/*.txt"):
        (batch,) = ingest_paths([f"{news}/{pattern}"])
        assert batch.rejects["reason"].to_pylist() == ["unsafe_path"]


@pytest.mark.parametrize("pattern", ["*.csv", "none/*.txt", "**x/*.txt"])
def test_a_pattern_that_nothing_fits_is_the_users_to_mend(news: Path, pattern: str) -> None:
    if pattern.startswith("**x") and sys.version_info >= (3, 13):
        pytest.skip("`**x` is a pattern from Python 3.13 on")
    with pytest.raises(UserError):
        list(ingest_paths([f"{news}/{pattern}"]))


def test_a_wrong_path_is_told_before_anything_is_read(news: Path) -> None:
    with pytest.raises(UserError, match="nowhere"):
        next(ingest_paths([news, news / "nowhere"], batch_size=1))


def test_where_something_was_refused_is_told(tree: Tree) -> None:
    tree.add("good.txt", PROSE)
    empty = tree.add("x/empty.txt", "")
    lines = tree.add("lines.jsonl", '{"id": 1}\n{"id": 2}\n')
    (batch,) = ingest_paths([tree.root])
    assert batch.refused == tuple(
        Refused(uri, Place(uri, str(path)))
        for uri, path in (("lines.jsonl", lines), ("x/empty.txt", empty))
    )


def test_what_was_refused_in_a_file_belongs_to_the_file(tree: Tree) -> None:
    article = tree.add("a.txt", PROSE)
    tree.add("a.txt.json", "[1]")
    members = io.BytesIO()
    with zipfile.ZipFile(members, "w") as archive:
        archive.writestr("empty.txt", b"")
    packed = tree.add("b.zip", members.getvalue())
    (batch,) = ingest_paths([tree.root])
    assert batch.refused == (
        Refused("a.txt.json", Place("a.txt", str(article))),
        Refused("b.zip/empty.txt", Place("b.zip", str(packed))),
    )


def test_a_place_is_read_again_under_its_name(news: Path) -> None:
    assert uris(Place("old/name.txt", str(news / "a.txt"))) == ["old/name.txt"]


@pytest.fixture
def store(news: Path) -> str:
    """A store in memory with the same files as the folder."""
    memory = fsspec.filesystem("memory")
    memory.store.clear()
    memory.put(f"{news}/", "memory://news/", recursive=True)
    return "memory://news"


def test_a_store_holds_the_same_articles_as_a_folder(store: str, news: Path) -> None:
    of_folder, of_store = (
        sorted(b.articles["article_id"].to_pylist() for b in ingest_paths([path]))
        for path in (f"{news}", store)
    )
    assert of_store == of_folder


def test_urls_of_files_and_patterns(store: str) -> None:
    assert uris(f"{store}/x/c.txt") == ["c.txt"]
    assert uris(f"{store}/*.txt") == ["a.txt", "b.txt"]
    assert sorted(uris(f"{store}/**/*.txt")) == ["a.txt", "b.txt", "x/c.txt", "x/y/d.txt"]


def test_a_store_tells_where_something_was_refused(store: str) -> None:
    fsspec.filesystem("memory").pipe("/news/z.txt", b"")
    (batch,) = ingest_paths([f"{store}/z*"])
    assert batch.refused == (Refused("z.txt", Place("z.txt", "memory:///news/z.txt")),)
    fsspec.filesystem("memory").pipe("/news/z.txt", PROSE.encode())
    assert uris(*(refused.place for refused in batch.refused)) == ["z.txt"]


def test_a_parquet_file_in_a_store_is_read(tree: Tree) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    pq.write_table(pa.table({"id": ["r1"], "text": [PROSE]}), tree.root / "a.parquet")
    fsspec.filesystem("memory").put(f"{tree.root}/a.parquet", "memory://tables/a.parquet")
    assert uris("memory://tables/a.parquet") == ["r1"]


def test_a_file_url_is_a_path(news: Path) -> None:
    assert uris((news / "a.txt").as_uri()) == ["a.txt"]


@pytest.mark.parametrize("url", ["memory://nowhere/a.txt", "memory://nowhere/*", "nothing://a"])
def test_a_wrong_url_is_the_users_to_mend(url: str) -> None:
    with pytest.raises(UserError, match=r"nowhere|nothing"):
        list(ingest_paths([url]))


def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fsspec.core", None)
    with pytest.raises(UserError, match="remote"):
        list(ingest_paths(["s3://bucket/a.txt"]))


@pytest.fixture
def closed(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder that this user may not look into; root may look into all, so it is told no."""
    tree.add("open/a.txt", PROSE)
    tree.add("x/closed/b.txt", PROSE + " Again.")
    folder = tree.root / "x" / "closed"
    real = os.scandir

    def scandir(path: Any = ".") -> Any:
        if Path(path) == folder:
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    folder.chmod(0)
    yield folder
    folder.chmod(0o755)


def test_a_folder_that_may_not_be_read_is_a_reject(tree: Tree, closed: Path) -> None:
    (batch,) = ingest_paths([tree.root])
    assert batch.articles["source_uri"].to_pylist() == ["open/a.txt"]
    (row,) = batch.rejects.to_pylist()
    assert (row["uri"], row["reason"]) == ("x/closed", "unreadable")
    assert row["detail"] == "the folder: Permission denied"


def test_a_folder_is_read_again_once_it_is_open(
    tree: Tree, closed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (batch,) = ingest_paths([tree.root])
    monkeypatch.undo()
    closed.chmod(0o755)
    (again,) = ingest_paths([refused.place for refused in batch.refused])
    assert again.articles["source_uri"].to_pylist() == ["x/closed/b.txt"]


def test_the_given_folder_itself_may_be_closed(closed: Path) -> None:
    (batch,) = ingest_paths([closed])
    assert [(r["uri"], r["reason"]) for r in batch.rejects.to_pylist()] == [(".", "unreadable")]


@pytest.mark.parametrize("pattern", ["**/*.txt", "**/x/*", "x/**"])
def test_a_pattern_passes_no_folder_over_in_silence(tree: Tree, closed: Path, pattern: str) -> None:
    (batch,) = ingest_paths([f"{tree.root}/{pattern}"])
    ends = [r["uri"].rpartition("/")[-1] for r in batch.rejects.to_pylist()]
    assert ends == ["closed"]
