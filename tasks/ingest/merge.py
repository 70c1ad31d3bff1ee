"""The same article met again: counted as a repeat, and its better metadata kept.

Which metadata is better is a fixed order (commutative, associative, idempotent), so the outcome
does not depend on which was met first, or in which run.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from tasks import schemas

_PUBLISHED = (
    "published_at",
    "published_date",
    "published_precision",
    "published_basis",
    "published_text",
)
# Each of these is chosen by itself: a value beats none, then the smallest.
_SINGLE = ("url", "publisher", "author", "tags", "set_aside", "repairs", "published_figures")
# What `merge` reads of the parent; an article's id fixes its source, title and body.
PARENT_COLUMNS = ("article_id", *_PUBLISHED, *_SINGLE)

# Rows taken at a time: a column of text may hold at most 2 GiB in one piece.
_TAKE = 10_000


@dataclass(frozen=True, slots=True)
class Merged:
    """What staged articles add to those that are known.

    Attributes:
        added: Articles not known before, one row each, sorted by id; fits `schemas.ARTICLES`.
        changed: Articles known before whose metadata got better: whole rows with null language
            columns, to be taken through the stages anew and put in place of the old ones.
        n_repeats: Staged rows that add no article: all of them less `added`.
    """

    added: pa.Table
    changed: pa.Table
    n_repeats: int


# published_*: the user's table, the record's own field, the URL, then the text; within one basis
# the finer, then the smallest; of two tables first the higher revision. The prefixes are `published.TABLE` and `published.URL`. Of dates
# with two readings the one is quoted whose readings are kept.
_MERGE = """
    WITH known AS (
        SELECT parent.* FROM parent SEMI JOIN staged USING (article_id)
    ), every AS (
        SELECT * FROM known
        UNION ALL
        SELECT * EXCLUDE (position) FROM staged
    ), dated AS (
        SELECT article_id, published_at, published_date, published_precision, published_basis,
               published_text
        FROM every
        QUALIFY 1 = row_number() OVER (
            PARTITION BY article_id
            ORDER BY
                CASE WHEN published_basis <> 'metadata'
                     THEN 3 + coalesce(
                         list_position(
                             ['header', 'dateline', 'inferred', 'ambiguous'], published_basis), 9)
                     WHEN starts_with(published_text, 'table: ') THEN 0
                     WHEN starts_with(published_text, 'url: ') THEN 2
                     ELSE 1
                END,
                CASE WHEN starts_with(published_text, 'table: ')
                     THEN -coalesce(TRY_CAST(
                         regexp_extract(published_text, ', revision ([0-9]+)$', 1) AS BIGINT), 0)
                     ELSE 0
                END,
                coalesce(list_position(['second', 'minute', 'day', 'month'], published_precision), 9),
                published_at NULLS LAST, published_date NULLS LAST,
                CASE WHEN published_basis = 'ambiguous' THEN published_figures END NULLS LAST,
                published_text NULLS LAST
        )
    ), single AS (
        SELECT article_id, min(url) AS url, min(publisher) AS publisher, min(author) AS author,
               min(tags) AS tags, min(set_aside) AS set_aside, min(repairs) AS repairs,
               min(published_figures) AS published_figures
        FROM every
        GROUP BY article_id
    ), first_staged AS (
        SELECT article_id, min(position) AS position FROM staged GROUP BY article_id
    ), best AS (
        SELECT dated.*, single.* EXCLUDE (article_id)
        FROM dated JOIN single USING (article_id)
    )
    SELECT first_staged.position, best.*, known.article_id IS NOT NULL AS is_known,
           known.article_id IS NOT NULL AND best IS DISTINCT FROM known AS is_changed
    FROM best
    JOIN first_staged USING (article_id)
    LEFT JOIN known USING (article_id)
    ORDER BY article_id
"""


def merge(parent: pa.Table | None, staged: Sequence[pa.Table]) -> Merged:
    """Return what the staged articles add to the parent and change in it.

    Args:
        parent: Articles known so far; the columns `PARENT_COLUMNS` are enough. None: none.
        staged: Tables that fit `schemas.ARTICLES`.
    """
    rows = pa.concat_tables([schemas.empty(schemas.ARTICLES), *staged], promote_options="default")
    best = _best(schemas.empty(schemas.ARTICLES) if parent is None else parent, rows)
    added = best.filter(pc.invert(best["is_known"]))
    changed = best.filter(best["is_changed"])
    return Merged(_rows(rows, added), _rows(rows, changed), rows.num_rows - added.num_rows)


def _best(parent: pa.Table, rows: pa.Table) -> pa.Table:
    """Return one row an article: its best metadata, and where its text stands in `rows`."""
    numbers = pa.array(range(rows.num_rows), pa.int64())
    with duckdb.connect() as con:
        con.execute("SET TimeZone = 'UTC'")
        con.register("parent", parent.select(PARENT_COLUMNS))
        con.register("staged", rows.select(PARENT_COLUMNS).append_column("position", numbers))
        return con.sql(_MERGE).to_arrow_table()


def _rows(rows: pa.Table, best: pa.Table) -> pa.Table:
    """Return whole rows: the text from `rows`, the metadata from `best`, the language unknown."""
    fixed = ("article_id", "source_uri", "title", "body", "content_hash", "n_chars")
    pieces = [
        rows.select(fixed).take(best["position"].slice(start, _TAKE))
        for start in range(0, best.num_rows, _TAKE)
    ]
    table = pa.concat_tables(pieces) if pieces else rows.select(fixed).slice(0, 0)
    for name in (*_PUBLISHED, *_SINGLE):
        table = table.append_column(name, best[name])
    return schemas.conform(table, schemas.ARTICLES)
