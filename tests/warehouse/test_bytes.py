"""Law 2 on disk: equal rows make equal bytes, however they arrive."""

from __future__ import annotations

import tempfile
from datetime import date
from itertools import pairwise
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks import schemas
from tasks.warehouse import parquet, partition_of

from .examples import FEBRUARY, JANUARY, Row, article, as_articles

texts = st.one_of(st.none(), st.text(st.characters(exclude_categories=["Cs"]), max_size=5))
days = st.sampled_from([None, JANUARY, FEBRUARY, date(2026, 1, 1)])
extras = st.fixed_dictionaries(
    {
        "title": texts,
        "lang": st.sampled_from([None, "en", "ru", "es"]),
        "lang_confidence": st.one_of(st.none(), st.floats(0, 1)),
        "tags": st.one_of(st.none(), st.lists(st.sampled_from("xyz"), max_size=2)),
        "repairs": st.sampled_from([None, [], [{"repair": "nbsp", "count": 1}]]),
    }
)


@st.composite
def shuffled_articles(draw: st.DrawFn) -> tuple[list[Row], list[Row], list[int]]:
    """Articles, the same in another order, and where to cut them into chunks."""
    drawn = draw(st.lists(st.tuples(days, extras), max_size=8))
    rows = [article(f"a{i}", day, **more) for i, (day, more) in enumerate(drawn)]
    cuts = draw(st.lists(st.integers(0, len(rows)), max_size=3))
    return rows, draw(st.permutations(rows)), sorted(cuts)


@settings(deadline=None, max_examples=25)
@given(shuffled_articles())
def test_neither_order_nor_batches_show_in_the_bytes(
    drawn: tuple[list[Row], list[Row], list[int]],
) -> None:
    rows, shuffled, cuts = drawn
    edges = [0, *cuts, len(rows)]
    batches = [as_articles(shuffled[a:b]) for a, b in pairwise(edges)]
    assert _files(as_articles(rows)) == _files(pa.concat_tables(batches))


@settings(deadline=None, max_examples=25)
@given(shuffled_articles())
def test_partitions_hold_every_row_once_and_read_in_table_order(
    drawn: tuple[list[Row], list[Row], list[int]],
) -> None:
    data = as_articles(drawn[1])
    with tempfile.TemporaryDirectory() as folder:
        read = [
            row
            for name, part in parquet.partitions(data, schemas.ARTICLES)
            for row in _roundtrip(Path(folder) / name, part).to_pylist()
        ]
    assert read == schemas.sort(data, schemas.ARTICLES).to_pylist()


def _files(data: pa.Table) -> dict[str, bytes]:
    with tempfile.TemporaryDirectory() as folder:
        for name, rows in parquet.partitions(data, schemas.ARTICLES):
            parquet.write(Path(folder) / name, rows, schemas.ARTICLES)
        return {p.name: p.read_bytes() for p in Path(folder).iterdir()}


def _roundtrip(path: Path, rows: pa.Table) -> pa.Table:
    parquet.write(path, rows, schemas.ARTICLES)
    return pq.ParquetFile(path).read()


def test_a_partition_is_the_month_of_the_date() -> None:
    dates = pa.chunked_array([[date(2026, 1, 31), None], [date(987, 12, 1)]], pa.date32())
    assert partition_of(dates).to_pylist() == ["2026-01", "none", "0987-12"]


@given(st.lists(st.integers(0, parquet.GROUP_BYTES * 2), max_size=20))
def test_row_groups_cover_all_rows_within_the_limit(sizes: list[int]) -> None:
    groups = list(parquet._groups(np.array(sizes, dtype=np.int64)))
    assert [i for start, length in groups for i in range(start, start + length)] == list(
        range(len(sizes))
    )
    for start, length in groups:
        assert length == 1 or sum(sizes[start : start + length]) <= parquet.GROUP_BYTES


def test_a_row_group_ends_where_duckdb_ends_its_own() -> None:
    groups = list(parquet._groups(np.zeros(300_000, dtype=np.int64)))
    assert groups == [(0, 122_880), (122_880, 122_880), (245_760, 54_240)]


def test_long_texts_end_a_row_group_early(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "GROUP_BYTES", 1000)
    rows = as_articles(article(f"a{i}", body="x" * 400) for i in range(4))
    read = _roundtrip(tmp_path / "part.parquet", rows)
    assert pq.ParquetFile(tmp_path / "part.parquet").num_row_groups == 2
    assert read.to_pylist() == schemas.sort(rows, schemas.ARTICLES).to_pylist()


def test_files_say_how_they_are_sorted(tmp_path: Path) -> None:
    _roundtrip(tmp_path / "part.parquet", as_articles([article("a")]))
    group = pq.ParquetFile(tmp_path / "part.parquet").metadata.row_group(0)
    sorted_by = [schemas.ARTICLES.schema.names.index(c) for c in ("published_date", "article_id")]
    assert [c.column_index for c in group.sorting_columns] == sorted_by


def test_a_mart_keeps_its_order_and_loses_its_dictionaries(tmp_path: Path) -> None:
    mart = pa.table({"lang": pa.array(["b", "a", "b"]).dictionary_encode(), "n": [1, 2, 3]})
    written = parquet.write_plain(tmp_path / "m.parquet", mart, "m")
    read = pq.ParquetFile(tmp_path / "m.parquet").read()
    assert written.rows == 3
    assert read.schema.field("lang").type == pa.string()
    assert read.to_pylist() == mart.to_pylist()
