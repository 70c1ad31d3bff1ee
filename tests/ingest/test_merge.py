"""Repeats: the better metadata wins, whichever came first."""

from __future__ import annotations

from datetime import date
from typing import Any

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks import schemas
from tasks.ingest.merge import PARENT_COLUMNS, merge

DAYS = st.dates(date(2022, 1, 1), date(2022, 1, 3))
PUBLISHED = st.one_of(
    st.just((None, "none", "none", None)),
    st.tuples(
        DAYS,
        st.sampled_from(["day", "month"]),
        st.sampled_from(["metadata", "header", "dateline", "inferred"]),
        st.sampled_from(["table: x", "table: x, revision 2", "url: x", "x"]),
    ),
)


def row(
    name: str,
    published: tuple[Any, ...] = (None, "none", "none", None),
    author: str | None = None,
    tags: list[str] | None = None,
) -> dict[str, Any]:
    return {
        "article_id": name,
        "source_uri": name,
        "body": f"The text of {name}.",
        "published_date": published[0],
        "published_precision": published[1],
        "published_basis": published[2],
        "published_text": published[3],
        "author": author,
        "tags": tags,
        "content_hash": name,
        "n_chars": 10,
    }


def table(*rows: dict[str, Any]) -> pa.Table:
    return schemas.rows_to_table(list(rows), schemas.ARTICLES)


ROWS = st.builds(
    row,
    st.sampled_from("abc"),
    PUBLISHED,
    st.sampled_from([None, "Ann", "Bob"]),
    st.sampled_from([None, ["x"], ["x", "y"], ["z"]]),
)


def known(parent: pa.Table | None, *staged: pa.Table) -> pa.Table:
    """Return all articles after a run, as the warehouse would hold them."""
    merged = merge(parent, staged)
    parts = [merged.added, merged.changed]
    if parent is not None:
        gone = set(merged.changed["article_id"].to_pylist())
        keep = [i not in gone for i in parent["article_id"].to_pylist()]
        parts.append(parent.filter(pa.array(keep, pa.bool_())))
    return schemas.sort(pa.concat_tables(parts, promote_options="default"), schemas.ARTICLES)


@settings(deadline=None, max_examples=15)
@given(st.lists(ROWS, max_size=8), st.randoms(use_true_random=False), st.integers(0, 8))
def test_any_order_and_any_split_into_runs_give_the_same(
    rows: list[dict[str, Any]], random: Any, cut: int
) -> None:
    once = known(None, table(*rows))
    random.shuffle(rows)
    in_runs = known(known(None, table(*rows[:cut])), table(*rows[cut:]))
    assert in_runs.to_pylist() == once.to_pylist()
    again = known(once, table(*rows))
    assert again.to_pylist() == once.to_pylist()


@settings(deadline=None, max_examples=10)
@given(st.lists(ROWS, max_size=6), st.lists(ROWS, max_size=6))
def test_every_row_is_accounted_for(
    first: list[dict[str, Any]], then: list[dict[str, Any]]
) -> None:
    parent = merge(None, [table(*first)]).added
    merged = merge(parent, [table(*then)])
    assert merged.added.num_rows + merged.n_repeats == len(then)
    assert set(merged.changed["article_id"].to_pylist()) <= set(parent["article_id"].to_pylist())
    assert not set(merged.added["article_id"].to_pylist()) & set(parent["article_id"].to_pylist())


def winner(*rows: dict[str, Any]) -> dict[str, Any]:
    (best,) = merge(None, [table(*rows)]).added.to_pylist()
    return dict(best)


def test_the_users_table_beats_a_field_beats_the_url_beats_the_text() -> None:
    day = date(2022, 2, 1)
    order = [
        ("metadata", "table: 2022-02-01"),
        ("metadata", "published: 2022-02-01"),
        ("metadata", "url: /2022/02/01"),
        ("header", "Published 1 February 2022"),
        ("dateline", "PARIS, Feb 1, 2022"),
        ("inferred", "Tuesday, February 1"),
    ]
    rows = [row("a", (day, "day", basis, text)) for basis, text in order]
    for i, better in enumerate(rows):
        for worse in rows[i + 1 :]:
            assert winner(worse, better)["published_text"] == better["published_text"]


def test_a_day_beats_a_month_and_no_date() -> None:
    month = row("a", (date(2022, 2, 1), "month", "metadata", "x"))
    day = row("a", (date(2022, 2, 7), "day", "metadata", "x"))
    assert winner(row("a"), month, day)["published_date"] == date(2022, 2, 7)


def test_a_value_beats_none() -> None:
    assert winner(row("a"), row("a", author="Ann"))["author"] == "Ann"


def test_the_parent_needs_only_the_named_columns() -> None:
    parent = table(row("a"), row("b")).select(PARENT_COLUMNS)
    merged = merge(parent, [table(row("a", author="Ann"), row("b"), row("c"))])
    assert merged.added["article_id"].to_pylist() == ["c"]
    assert merged.changed["article_id"].to_pylist() == ["a"]
    assert merged.changed["body"].to_pylist() == ["The text of a."]
    assert merged.n_repeats == 2


def test_nothing_staged() -> None:
    merged = merge(None, [])
    assert (merged.added.num_rows, merged.changed.num_rows, merged.n_repeats) == (0, 0, 0)
