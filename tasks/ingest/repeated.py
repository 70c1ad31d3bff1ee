"""Lines that a publisher repeats from article to article: furniture that no table names yet.

Nothing is taken out here: what an article is may not depend on its neighbours, or the same
article would change as others arrive. The lines are a proposal for seeds/ingest/lines.csv, to be
read by a person: a refrain or an agency's opening words repeat too.
"""

from __future__ import annotations

import duckdb
import pyarrow as pa

# A line counts if it is short, and stands in that many articles of a publisher: measured on
# news of thirteen publishers, this finds "sign up for our newsletter", "advertisement", ...
_QUERY = """
    WITH lines AS (
        SELECT publisher, article_id, unnest(string_split(body, chr(10) || chr(10))) AS line
        FROM articles
        WHERE publisher IS NOT NULL
    ), short AS (
        SELECT DISTINCT publisher, article_id, regexp_replace(lower(line), '[0-9]+', '0', 'g') AS line
        FROM lines
        WHERE length(line) BETWEEN 3 AND $max_chars
    ), sizes AS (
        SELECT publisher, count(DISTINCT article_id) AS n_articles FROM articles GROUP BY publisher
    )
    SELECT publisher, line, count(*) AS n_with, any_value(n_articles) AS n_articles,
           count(*) / any_value(n_articles) AS share
    FROM short JOIN sizes USING (publisher)
    WHERE n_articles >= $min_articles
    GROUP BY publisher, line
    HAVING count(*) >= greatest(5, 0.005 * any_value(n_articles))
    ORDER BY n_with DESC, publisher, line
"""


def repeated_lines(articles: pa.Table, *, min_articles: int = 20, max_chars: int = 160) -> pa.Table:
    """Return the short lines that stand in at least 5 articles and 0.5 % of a publisher's.

    Args:
        articles: At least the columns article_id, publisher and body.
        min_articles: Publishers with fewer articles are left out.
        max_chars: Longest line, in code points.

    Returns:
        Table of publisher, line (lower case, numbers as 0), n_with (articles that have it),
        n_articles (articles of the publisher), share; the most frequent first.
    """
    with duckdb.connect() as con:
        con.register("articles", articles.select(["article_id", "publisher", "body"]))
        params = {"min_articles": min_articles, "max_chars": max_chars}
        return con.sql(_QUERY, params=params).to_arrow_table()
