"""Codes a table of articles into a table of mentions."""

from __future__ import annotations

from collections.abc import Callable

import pyarrow as pa

from tasks.errors import UserError
from tasks.events.coders import chosen_coder
from tasks.events.coding import RULES, Coding
from tasks.schemas import MENTIONS, conform, rows_to_table, sort

_NO_LANGUAGE = frozenset({"", "und", "zxx"})


def code_articles(
    articles: pa.Table,
    coding: Coding = RULES,
    on_failure: Callable[[str, Exception], None] | None = None,
) -> pa.Table:
    """Return the event mentions of the articles, a function of each article alone.

    An article in a language without a pack gives no rows, unless a language model codes.

    Args:
        articles: ARTICLES; needs article_id, body, lang and published_date.
        coding: How they are to be coded.
        on_failure: Takes the id of an article that the coder fails on, and the error, so that one
            article does not stop a run; None lets the error through.
    """
    code = chosen_coder(coding)
    columns = [
        articles.column(n).to_pylist() for n in ("article_id", "body", "lang", "published_date")
    ]
    rows: list[dict[str, object]] = []
    for article_id, body, lang, published in zip(*columns, strict=True):
        base = (lang or "").partition("-")[0]
        if base not in _NO_LANGUAGE and body:
            try:
                found = code(body, published=published, lang=base, article_id=article_id)
                rows.extend([m.row() for m in found])
            except UserError:
                raise
            except Exception as error:
                if on_failure is None:
                    raise
                on_failure(article_id, error)
    # Once more through conform: dictionaries follow the sorted rows, not the order of arrival.
    return conform(sort(rows_to_table(rows, MENTIONS), MENTIONS), MENTIONS)
