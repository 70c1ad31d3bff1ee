"""Which of two readings of 03/04/2022 is meant: as the publisher's other dates of that form show.

A function of the set of articles. An article in doubt keeps both readings, so that a later run may
decide it, or, once the publisher turns out to write both orders, leave it undecided again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from tasks.ingest.merge import Merged
from tasks.ingest.published import AMBIGUOUS, BY_PUBLISHER, Window
from tasks.settings import SQL

# What `decide` reads of an article.
COLUMNS = (
    "article_id",
    "publisher",
    "published_date",
    "published_precision",
    "published_basis",
    "published_figures",
)

# One form of one publisher, all of whose proofs agree.
_DECIDE = """
    WITH orders AS (
        SELECT publisher, form, min(proves) AS proven
        FROM numeric_dates
        WHERE proves IS NOT NULL
        GROUP BY publisher, form
        HAVING min(proves) = max(proves)
    ), decided AS (
        SELECT article_id, CASE proven WHEN 'DMY' THEN day_first ELSE month_first END AS day
        FROM numeric_dates JOIN orders USING (publisher, form)
        SEMI JOIN doubtful USING (article_id)
    )
    SELECT article_id, day FROM decided
    WHERE day BETWEEN $first AND $last
    ORDER BY article_id
"""


@dataclass(frozen=True, slots=True)
class Settled:
    """What is new, with the days that the publishers' other dates decide.

    Attributes:
        merged: What the staged articles add and change.
        turned: Ids of other articles whose day is decided otherwise now than in the parent.
        decided: As `decide`.
    """

    merged: Merged
    turned: pa.Array
    decided: pa.Table


def settle_all(parent: pa.Table | None, merged: Merged, window: Window) -> Settled:
    """Decide the dates in doubt of all articles, known ones and new.

    Args:
        parent: `COLUMNS` of all known articles, as they were published.
        merged: What `merge.merge` made of the articles as read (`undecided`).
        window: Days that are possible as publication date.
    """
    fresh = pa.concat_tables([merged.added, merged.changed]).select(COLUMNS)
    before = fresh.slice(0, 0) if parent is None else parent.select(COLUMNS)
    before = before.filter(pc.invert(pc.is_in(before["article_id"], fresh["article_id"])))
    raw = undecided(before)
    decided = decide(pa.concat_tables([raw.cast(fresh.schema), fresh]), window)
    now = settle(raw, decided)
    differs = pc.not_equal(_day_number(now), _day_number(before))
    settled = replace(
        merged, added=settle(merged.added, decided), changed=settle(merged.changed, decided)
    )
    return Settled(settled, before["article_id"].filter(differs).combine_chunks(), decided)


def _day_number(articles: pa.Table) -> pa.ChunkedArray:
    return pc.fill_null(articles["published_date"].cast(pa.int32()), -(2**31))


def undecided(articles: pa.Table) -> pa.Table:
    """Return the articles as they were read: what `decide` had settled is in doubt again."""
    basis = articles["published_basis"].cast(pa.string())
    settled = pc.fill_null(pc.equal(basis, BY_PUBLISHER), False)
    return _with_days(articles, settled, pa.nulls(articles.num_rows, pa.date32()), AMBIGUOUS)


def decide(articles: pa.Table, window: Window) -> pa.Table:
    """Return the day of each article in doubt whose publisher writes dates in one order only.

    The order is proven by a date of the same form (place and mark) that has one reading only, or
    that is known from elsewhere, such as the page's metadata.

    Args:
        articles: `COLUMNS` of all articles, as read.
        window: Days that are possible as publication date.

    Returns:
        Columns article_id and day, sorted by id.
    """
    basis = articles["published_basis"].cast(pa.string())
    doubtful = articles.filter(pc.equal(basis, AMBIGUOUS)).select(["article_id"])
    if not doubtful.num_rows:
        return pa.table({"article_id": pa.array([], pa.string()), "day": pa.array([], pa.date32())})
    query = (SQL / "staging" / "stg_numeric_dates.sql").read_text(encoding="utf-8")
    with duckdb.connect() as con:
        con.register("articles", articles.select(COLUMNS))
        con.register("doubtful", doubtful)
        con.execute(f"CREATE TABLE numeric_dates AS {query}")
        days = {"first": window.first, "last": window.last}
        return con.sql(_DECIDE, params=days).to_arrow_table()


def settle(articles: pa.Table, decided: pa.Table) -> pa.Table:
    """Return the articles, each with the day that was decided for it."""
    at = pc.index_in(articles["article_id"], decided["article_id"].combine_chunks())
    days = decided["day"].combine_chunks().take(at.combine_chunks())
    return _with_days(articles, pc.is_valid(at), days, BY_PUBLISHER)


def _with_days(articles: pa.Table, where: pa.ChunkedArray, days: pa.Array, basis: str) -> pa.Table:
    """Return the articles with other days and this basis in some rows."""
    precision = pc.if_else(pc.is_valid(days), "day", "none")
    for name, other in (
        ("published_date", days),
        ("published_precision", precision),
        ("published_basis", pa.scalar(basis)),
    ):
        kind = articles.schema.field(name).type
        plain = articles[name].cast(pa.string()) if pa.types.is_dictionary(kind) else articles[name]
        column = pc.if_else(where, other, plain)
        column = column.dictionary_encode().cast(kind) if pa.types.is_dictionary(kind) else column
        at = articles.schema.get_field_index(name)
        articles = articles.set_column(at, articles.schema.field(name), column)
    return articles
