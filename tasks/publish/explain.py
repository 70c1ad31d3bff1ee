"""Why an event, a mention or an article is as it is: the chain from row to sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import duckdb

from tasks.duplicates.explain import explain_copy
from tasks.errors import UserError

_KINDS = (("events", "event_id"), ("mentions", "mention_id"), ("articles", "article_id"))

_REPORTS = """
    SELECT a.source_uri, a.publisher, a.published_date, a.lang, c.relation, c.cluster_id,
        em.is_independent AS counts_as_independent, m.status,
        m.source_text || ' -> ' || coalesce(m.target_text, '?') AS actors,
        m.sentence, m.rule, m.confidence, m.mention_id
    FROM event_mentions em
    JOIN mentions m USING (mention_id)
    JOIN articles a ON a.article_id = em.article_id
    LEFT JOIN copies c ON c.article_id = em.article_id
    WHERE em.event_id = ?
    ORDER BY a.published_date, a.article_id, m.start, m.mention_id
"""
_MENTIONS_OF_ARTICLE = """
    SELECT mention_id, sentence_index, plover, cameo, source_actor, target_actor, status,
        date_start, sentence
    FROM mentions WHERE article_id = ? ORDER BY start, mention_id
"""
_SPANS = """
    SELECT kind, body[first + 1:last] AS text, first AS "start", last AS "end"
    FROM (
        SELECT a.body, unnest([
            {'kind': 'sentence', 'first': m."start", 'last': m."end"},
            {'kind': 'source', 'first': m.source_start, 'last': m.source_end},
            {'kind': 'target', 'first': m.target_start, 'last': m.target_end},
            {'kind': 'trigger', 'first': m.trigger_start, 'last': m.trigger_end},
            {'kind': 'date', 'first': m.date_text_start, 'last': m.date_text_end}
        ], recursive := true)
        FROM mentions m JOIN articles a USING (article_id) WHERE m.mention_id = ?
    )
    WHERE first IS NOT NULL ORDER BY first, kind
"""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its rows."""

    title: str
    rows: list[dict[str, Any]]


def explain(connection: duckdb.DuckDBPyConnection, wanted: str) -> list[Section]:
    """Return what is known about the event, mention or article whose id begins with `wanted`.

    Raises:
        UserError: when no id begins so, or more than one does.
    """
    found = [
        (table, key, row[0])
        for table, key in _KINDS
        for row in connection.execute(
            f"SELECT {key} FROM {table} WHERE starts_with({key}, ?) ORDER BY 1 LIMIT 3",  # noqa: S608
            [wanted],
        ).fetchall()
    ]
    if len(found) != 1:
        said = "no event, mention or article has" if not found else "more than one row has"
        raise UserError(f"{said} an id that begins with {wanted!r}", "Give more of the id.")
    table, key, whole = found[0]
    row = _rows(connection, f"SELECT * FROM {table} WHERE {key} = ?", whole)  # noqa: S608
    return [Section(f"{table[:-1]} {whole}", row), *_EXPLAINERS[table](connection, whole)]


def _explain_event(connection: duckdb.DuckDBPyConnection, event: str) -> list[Section]:
    return [Section("reports", _rows(connection, _REPORTS, event))]


def _explain_mention(connection: duckdb.DuckDBPyConnection, mention: str) -> list[Section]:
    links = "SELECT event_id, is_independent FROM event_mentions WHERE mention_id = ? ORDER BY 1"
    return [
        Section("words in the article", _rows(connection, _SPANS, mention)),
        Section("event", _rows(connection, links, mention)),
    ]


def _explain_article(connection: duckdb.DuckDBPyConnection, article: str) -> list[Section]:
    copies = "SELECT * EXCLUDE (article_id) FROM copies WHERE article_id = ?"
    cluster = """
        SELECT a.source_uri, a.published_date, c.relation, c.containment, c.contained, c.article_id
        FROM copies c JOIN articles a USING (article_id)
        WHERE c.cluster_id = (SELECT cluster_id FROM copies WHERE article_id = ?)
        ORDER BY a.published_date, c.article_id
    """
    return [
        Section("place among the copies", _rows(connection, copies, article)),
        *_side_by_side(connection, article),
        Section("articles with this text", _rows(connection, cluster, article)),
        Section("mentions", _rows(connection, _MENTIONS_OF_ARTICLE, article)),
    ]


def _side_by_side(connection: duckdb.DuckDBPyConnection, article: str) -> list[Section]:
    """Set a copy beside what it is a copy of: shared passages, and facts that differ."""
    both = """
        SELECT a.body, o.body AS other_body, o.source_uri AS other
        FROM copies c JOIN articles a USING (article_id) JOIN articles o ON o.article_id = c.copy_of
        WHERE c.article_id = ?
    """
    found = _rows(connection, both, article)
    if not found:
        return []
    pair = found[0]
    told = explain_copy({"body": pair["body"]}, {"body": pair["other_body"]})
    passages = [
        {"start": p.start, "here": p.text, "other_start": p.other_start, "there": p.other_text}
        for p in told.passages
    ]
    facts = {
        "shared of this text": round(told.shared, 3),
        "shared of the other": round(told.other_shared, 3),
        "names and numbers in both": told.facts,
        "only here": told.only_here,
        "only there": told.only_there,
    }
    return [
        Section(f"passages shared with {pair['other']}", passages),
        Section("facts", [facts]),
    ]


_EXPLAINERS = {
    "events": _explain_event,
    "mentions": _explain_mention,
    "articles": _explain_article,
}


def _rows(connection: duckdb.DuckDBPyConnection, query: str, wanted: str) -> list[dict[str, Any]]:
    result = connection.execute(query, [wanted])
    columns = [d[0] for d in result.description or []]
    return [dict(zip(columns, row, strict=True)) for row in result.fetchall()]
