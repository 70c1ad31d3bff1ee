"""The user's table of publication dates."""

from __future__ import annotations

import json
from datetime import date
from itertools import permutations
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tasks.errors import UserError
from tasks.ingest import merge
from tests.ingest.conftest import PROSE, Tree


@pytest.mark.parametrize(
    "uri",
    ["a.txt", "b/a.txt", "./b/a.txt", "/home/me/in/b/a.txt", "in\\b\\a.txt"],
)
def test_a_file_is_matched_by_the_end_of_its_path(tree: Tree, tmp_path: Path, uri: str) -> None:
    tree.add("b/a.txt", f"Published: 1 January 2021\n{PROSE}")
    table = tmp_path / "t.csv"
    table.write_text(f"uri,published\n{uri},2022-02-20\n")
    (article,) = tree.read(published=table).articles.to_pylist()
    assert (article["published_date"], article["published_basis"]) == (
        date(2022, 2, 20),
        "metadata",
    )
    assert article["published_text"] == "table: 2022-02-20"


def test_a_record_is_matched_by_its_url_or_its_end(tree: Tree, tmp_path: Path) -> None:
    urls = ["https://example.org/news/talks", "https://example.org/news/other"]
    tree.add("a.jsonl", "\n".join(json.dumps({"text": PROSE, "url": u}) for u in urls))
    table = tmp_path / "t.parquet"
    pq.write_table(
        pa.table({"uri": ["talks", urls[1]], "published": [date(2022, 2, 20)] * 2}), table
    )
    dates = tree.read(published=table).articles["published_date"].to_pylist()
    assert dates == [date(2022, 2, 20)] * 2


def test_half_a_name_is_no_match(tree: Tree, tmp_path: Path) -> None:
    tree.add("ba.txt", PROSE)
    table = tmp_path / "t.csv"
    table.write_text("uri;published\na.txt;2022-02-20\n")
    assert tree.read(published=table).articles["published_date"].null_count == 1


def test_the_longest_match_counts(tree: Tree, tmp_path: Path) -> None:
    tree.add("b/a.txt", PROSE)
    table = tmp_path / "t.csv"
    table.write_text("uri,published\na.txt,2021-01-01\nb/a.txt,2022-02-20\n")
    (article,) = tree.read(published=table).articles.to_pylist()
    assert article["published_date"] == date(2022, 2, 20)


def test_a_row_that_matches_two_articles_is_an_error(tree: Tree, tmp_path: Path) -> None:
    tree.add("b/a.txt", PROSE)
    tree.add("c/a.txt", PROSE)
    table = tmp_path / "t.csv"
    table.write_text("uri,published\na.txt,2022-02-20\n")
    with pytest.raises(UserError, match="matches both"):
        tree.read(published=table)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("file,published\na.txt,2022-02-20\n", "no column uri"),
        ("uri,when\na.txt,2022-02-20\n", "no column published"),
        ("uri,published\na.txt,soon\n", "row 1: 'soon'"),
        ("uri,published\na.txt,02/05/2022\n", "no possible date"),
        ("uri,published\na.txt,2999-01-01\n", "no possible date"),
        ("uri,published\na.txt,2022-02-20\na.txt,2022-02-21\n", "a second date"),
        ("", "no column uri"),
    ],
)
def test_a_table_that_is_amiss(tree: Tree, tmp_path: Path, content: str, message: str) -> None:
    tree.add("a.txt", PROSE)
    table = tmp_path / "t.csv"
    table.write_text(content)
    with pytest.raises(UserError, match=message):
        tree.read(published=table)


def test_a_table_that_is_not_there(tree: Tree, tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"t\.csv"):
        tree.read(published=tmp_path / "t.csv")


def dated(tree: Tree, *tables: str) -> list[tuple[str, str]]:
    """Return date and quoted text of the article after runs with these tables, in any order."""
    outcomes = []
    for order in permutations(tables):
        articles = None
        for content in order:
            path = tree.root.parent / "t.csv"
            path.write_text(content)
            found = merge(articles, [tree.read(published=path).articles])
            rows = [t for t in (found.added, found.changed) if t.num_rows]
            articles = rows[0] if rows else articles
        assert articles is not None
        (row,) = articles.to_pylist()
        outcomes.append((str(row["published_date"]), row["published_text"]))
    assert len(set(outcomes)) == 1
    return outcomes[0]


def test_a_later_date_corrects_an_earlier_one_by_its_revision(tree: Tree) -> None:
    tree.add("a.txt", PROSE)
    first = "uri,published\na.txt,2022-02-20\n"
    second = "uri,published,revision\na.txt,2022-02-23,1\n"
    third = "uri,published,revision\na.txt,2022-02-21T08:00:00Z,10\n"
    assert dated(tree, first, second) == ("2022-02-23", "table: 2022-02-23, revision 1")
    assert dated(tree, first, second, third) == (
        "2022-02-21",
        "table: 2022-02-21T08:00:00Z, revision 10",
    )


def test_one_table_may_hold_all_revisions(tree: Tree) -> None:
    tree.add("a.txt", PROSE)
    rows = ["a.txt,2022-02-23,2", "a.txt,2022-02-20,", "a.txt,2022-02-21,1"]
    for order in permutations(rows):
        found = dated(tree, "\n".join(["uri,published,revision", *order]))
        assert found == ("2022-02-23", "table: 2022-02-23, revision 2")


@pytest.mark.parametrize("revision", ["-1", "1.5", "two", "²"])
def test_a_revision_is_a_whole_number(tree: Tree, tmp_path: Path, revision: str) -> None:
    tree.add("a.txt", PROSE)
    table = tmp_path / "t.csv"
    table.write_text(f"uri,published,revision\na.txt,2022-02-20,{revision}\n")
    with pytest.raises(UserError, match="row 1: revision"):
        tree.read(published=table)


def test_two_dates_of_one_revision_are_an_error(tree: Tree, tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text("uri,published,revision\na.txt,2022-02-20,1\na.txt,2022-02-21,1\n")
    with pytest.raises(UserError, match="a second date"):
        tree.read(published=table)
