"""Lines that a publisher repeats from story to story: furniture of its pages that no table names.

A function of the set of articles: the text of an article stays as it is, and what is coded from
such a line is set aside, not deleted. Counted are stories, not articles: copies and versions of
one text are one story, or its every sentence would count as repeated.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb
import pyarrow as pa

from tasks import schemas
from tasks.identity import digest128
from tasks.ingest.lines import is_prose

Rows = Callable[[pa.Array, Sequence[str]], pa.Table]
"""Gives columns of ARTICLES for the articles with these ids."""

# What a story repeats while it is in the news (background, a denial) is gone after some weeks;
# furniture stays. On 12,000 articles of 13 and more publishers, what was repeated for shorter was
# prose of one story in almost every case.
LASTING_DAYS = 28
# A version of a text (`update`) counts as another story when it comes that much later: a bulletin
# that is filled in anew each week is no single story.
VERSION_DAYS = 7
# Longest and shortest line, in code points.
_CHARS = (3, 1000)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What it takes to call a line furniture.

    Attributes:
        stories: Stories that hold it.
        share: Share of the publisher's stories, from the first that holds it to the last.
    """

    stories: int
    share: float


LINE = Evidence(3, 0.02)
# A line that reads like a sentence may be background, which is repeated word for word as well.
PROSE = Evidence(5, 0.10)
# Of all the publisher's stories: then it is furniture, though no dates show that it lasts.
EVERYWHERE = Evidence(10, 0.50)


@dataclass(frozen=True, slots=True)
class Boilerplate:
    """What was found.

    Attributes:
        lines: The lines, as schemas.BOILERPLATE.
        mentions: The mentions that stand in them, as schemas.BOILERPLATE_MENTIONS.
    """

    lines: pa.Table
    mentions: pa.Table


# A story begins on the first day of its articles. Numbers stand for ids, to keep tables narrow.
_TEXTS = """
    CREATE TABLE texts AS
    WITH placed AS (
        SELECT a.article_id, a.publisher, a.published_date AS day,
            coalesce(c.cluster_id, a.article_id) AS cluster_id, c.relation
        FROM articles AS a LEFT JOIN copies AS c USING (article_id)
        WHERE a.publisher IS NOT NULL
    ), aged AS (
        SELECT *, CASE WHEN relation = 'update'
            THEN coalesce((day - min(day) OVER (PARTITION BY cluster_id)) // $version_days, 0)
            ELSE 0 END AS version
        FROM placed
    )
    SELECT row_number() OVER (ORDER BY article_id)::INTEGER AS art, article_id, publisher,
        dense_rank() OVER (ORDER BY publisher, cluster_id, version)::INTEGER AS story,
        min(day) OVER (PARTITION BY publisher, cluster_id, version) AS day
    FROM aged
"""
_LINES = """
    CREATE TABLE lines AS
    WITH cut AS (
        SELECT t.art, string_split(b.body, chr(10)) AS pieces
        FROM bodies AS b JOIN texts AS t USING (article_id)
    ), piece AS (
        SELECT art, unnest(pieces) AS line, generate_subscripts(pieces, 1)::INTEGER AS i FROM cut
    )
    SELECT art, i, length(line)::INTEGER AS n, hash(line) AS h FROM piece
"""
# The cheap count first: few lines are left to count the stories of.
_REPEATED = """
    CREATE TABLE repeated AS
    WITH held AS (
        SELECT DISTINCT t.publisher, t.art, t.story, t.day, l.h, l.n
        FROM lines AS l JOIN texts AS t USING (art)
        WHERE l.n BETWEEN $shortest AND $longest
    ), often AS (
        SELECT publisher, h, n FROM held GROUP BY ALL HAVING count(*) >= $stories
    )
    SELECT publisher, h, n, count(DISTINCT story) AS n_stories, count(*) AS n_articles,
        count(DISTINCT CASE WHEN day IS NOT NULL THEN story END) AS n_dated,
        min(day) AS first_seen, max(day) AS last_seen,
        arg_min(art, (coalesce(day, DATE '9999-12-31'), art)) AS art
    FROM held SEMI JOIN often USING (publisher, h, n)
    GROUP BY ALL
    HAVING count(DISTINCT story) >= $stories
"""
_SHARES = """
    WITH stories AS (SELECT DISTINCT publisher, story, day FROM texts),
    daily AS (
        SELECT publisher, day, count(*) AS n,
            sum(count(*)) OVER (PARTITION BY publisher ORDER BY day) AS up_to
        FROM stories WHERE day IS NOT NULL GROUP BY publisher, day
    ),
    totals AS (SELECT publisher, count(*) AS n_all FROM stories GROUP BY publisher),
    places AS (
        SELECT art, h, n, min(i) AS i FROM lines SEMI JOIN repeated USING (art, h, n)
        GROUP BY art, h, n
    )
    SELECT r.*, t.article_id AS example_id, totals.n_all,
        (u.up_to - f.up_to + f.n)::INTEGER AS n_meanwhile, r.last_seen - r.first_seen AS days, p.i
    FROM repeated AS r
    JOIN places AS p USING (art, h, n)
    JOIN texts AS t USING (art)
    JOIN totals ON totals.publisher = r.publisher
    LEFT JOIN daily AS f ON f.publisher = r.publisher AND f.day = r.first_seen
    LEFT JOIN daily AS u ON u.publisher = r.publisher AND u.day = r.last_seen
    ORDER BY r.publisher, r.h, r.n
"""
_MENTIONS = """
    WITH coded AS (
        SELECT t.art, t.publisher, m.mention_id, m.article_id, m.start, m."end"
        FROM mentions AS m JOIN texts AS t USING (article_id)
        WHERE t.publisher IN (SELECT publisher FROM furniture)
    ), cut AS (
        SELECT art, h, n,
            sum(n + 1) OVER (PARTITION BY art ORDER BY i ROWS UNBOUNDED PRECEDING) - n - 1 AS start
        FROM lines SEMI JOIN coded USING (art)
    )
    SELECT coded.mention_id, coded.article_id, furniture.line_id
    FROM coded
    JOIN cut ON cut.art = coded.art
        AND coded.start >= cut.start AND coded."end" <= cut.start + cut.n
    JOIN furniture ON furniture.publisher = coded.publisher
        AND furniture.h = cut.h AND furniture.n = cut.n
    ORDER BY coded.mention_id
"""


def find_boilerplate(
    articles: pa.Table,
    bodies: pa.RecordBatchReader,
    copies: pa.Table,
    mentions: pa.Table,
    rows: Rows,
) -> Boilerplate:
    """Return the lines that are furniture, and the mentions that stand in them.

    Args:
        articles: At least article_id, publisher and published_date of all articles.
        bodies: article_id and body of the same articles, in any order.
        copies: Place of each article among the copies of its text, as schemas.COPIES.
        mentions: At least mention_id, article_id, start and end of all mentions.
        rows: Gives the bodies of single articles once more.
    """
    with duckdb.connect() as con:
        con.execute("SET preserve_insertion_order = false")
        for name, table in (("articles", articles), ("copies", copies), ("mentions", mentions)):
            con.register(name, table)
        con.register("bodies", bodies)
        con.execute(_TEXTS, {"version_days": VERSION_DAYS})
        con.execute(_LINES)
        limits = {"shortest": _CHARS[0], "longest": _CHARS[1], "stories": LINE.stories}
        con.execute(_REPEATED, limits)
        found = [row for row in con.sql(_SHARES).to_arrow_table().to_pylist() if _is_lasting(row)]
        furniture = [row for row in _with_text(found, rows) if _is_furniture(row)]
        con.register("furniture", pa.Table.from_pylist(furniture, schema=_FURNITURE))
        set_aside = con.sql(_MENTIONS).to_arrow_table()
    return Boilerplate(
        _lines(furniture, set_aside), schemas.conform(set_aside, schemas.BOILERPLATE_MENTIONS)
    )


_FURNITURE = pa.schema(
    [("line_id", pa.string()), ("publisher", pa.string()), ("h", pa.uint64()), ("n", pa.int32())]
)


def _is_lasting(row: dict[str, Any]) -> bool:
    """Return whether a repeated line may be furniture; adds the share that decides."""
    if _fits(EVERYWHERE, row["n_stories"], row["n_all"]):
        row["share"], row["by"] = row["n_stories"] / row["n_all"], EVERYWHERE
        return True
    if row["days"] is None or row["days"] < LASTING_DAYS:
        return False
    row["share"], row["by"] = row["n_dated"] / row["n_meanwhile"], LINE
    return _fits(LINE, row["n_dated"], row["n_meanwhile"])


def _fits(evidence: Evidence, n: int, of: int) -> bool:
    return n >= evidence.stories and n >= evidence.share * of


def _is_furniture(row: dict[str, Any]) -> bool:
    """Return whether the line itself lets it be furniture: a sentence with a figure tells news."""
    if not is_prose(row["line"]):
        return True
    if any(c.isdigit() for c in row["line"]):
        return False
    if row["days"] is None:
        return True
    return row["days"] >= LASTING_DAYS and _fits(PROSE, row["n_dated"], row["n_meanwhile"])


def _with_text(found: list[dict[str, Any]], rows: Rows) -> Iterable[dict[str, Any]]:
    """Add text and id of each line, from the article that serves as its example."""
    ids = pa.array(sorted({row["example_id"] for row in found}), pa.string())
    texts = rows(ids, ["article_id", "body"])
    bodies = dict(zip(texts["article_id"].to_pylist(), texts["body"].to_pylist(), strict=True))
    for row in found:
        line = bodies[row["example_id"]].split("\n")[row["i"] - 1]
        yield {**row, "line": line, "line_id": digest128("line", row["publisher"], line)}


def _lines(furniture: list[dict[str, Any]], mentions: pa.Table) -> pa.Table:
    counted = mentions.group_by("line_id").aggregate([("mention_id", "count")]).to_pylist()
    counts = {row["line_id"]: row["mention_id_count"] for row in counted}
    names = schemas.BOILERPLATE.schema.names
    rows = [
        {name: row[name] for name in names if name in row}
        | {"share": round(row["share"], 4), "n_mentions": counts.get(row["line_id"], 0)}
        for row in furniture
    ]
    return schemas.sort(schemas.rows_to_table(rows, schemas.BOILERPLATE), schemas.BOILERPLATE)
