"""Why an event, a mention or an article is as it is: the chain from row to sentence."""

from __future__ import annotations

import duckdb

from tasks.duplicates.explain import explain_copy
from tasks.errors import UserError
from tasks.publish.explain_event import explain_event
from tasks.publish.history import explain_former, former_ids
from tasks.publish.rules import explain_rule
from tasks.publish.shown import Row, Section, rows_of

_KINDS = (("events", "event_id"), ("mentions", "mention_id"), ("articles", "article_id"))

_MENTIONS_OF_ARTICLE = """
    SELECT mention_id, sentence_index, plover, cameo, source_actor, target_actor, status,
        date_start, line_id IS NOT NULL AS is_set_aside, sentence
    FROM mentions LEFT JOIN boilerplate_mentions USING (mention_id, article_id)
    WHERE article_id = ? ORDER BY start, mention_id
"""
_SET_ASIDE = """
    SELECT b.publisher, b.line, b.n_stories, b.share, b.first_seen, b.last_seen
    FROM boilerplate_mentions JOIN boilerplate AS b USING (line_id) WHERE mention_id = ?
"""
_DATE_ORDERS = """
    SELECT d.form, d.proves, count(*) AS n_articles, min(o.published_text) AS "for example"
    FROM stg_numeric_dates AS mine
    JOIN stg_numeric_dates AS d USING (publisher, form)
    JOIN articles AS a ON a.article_id = mine.article_id
    JOIN articles AS o ON o.article_id = d.article_id
    WHERE mine.article_id = ? AND a.published_basis IN ('ambiguous', 'publisher')
    GROUP BY ALL ORDER BY d.proves NULLS LAST
"""
_SPANS = """
    SELECT kind, body[first + 1:last] AS text, first AS "start", last AS "end"
    FROM (
        SELECT a.body, unnest([
            {'kind': 'sentence', 'first': m."start", 'last': m."end"},
            {'kind': 'source', 'first': m.source_start, 'last': m.source_end},
            {'kind': 'target', 'first': m.target_start, 'last': m.target_end},
            {'kind': 'trigger', 'first': m.trigger_start, 'last': m.trigger_end},
            {'kind': 'date', 'first': m.date_text_start, 'last': m.date_text_end},
            {'kind': 'place', 'first': m.place_text_start, 'last': m.place_text_end}
        ], recursive := true)
        FROM mentions m JOIN articles a USING (article_id) WHERE m.mention_id = ?
    )
    WHERE first IS NOT NULL ORDER BY first, kind
"""


def explain(connection: duckdb.DuckDBPyConnection, wanted: str) -> list[Section]:
    """Return what is known about the event, mention or article whose id begins with `wanted`.

    Args:
        connection: The release to explain.
        wanted: The beginning of an id; that of an event of an earlier release leads to what it
            has become.

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
    if not found and len(former := former_ids(connection, wanted)) == 1:
        told, now = explain_former(connection, former[0])
        return told + (explain(connection, now) if now else [])
    if len(found) != 1:
        said = "no event, mention or article has" if not found else "more than one row has"
        raise UserError(f"{said} an id that begins with {wanted!r}", "Give more of the id.")
    table, key, whole = found[0]
    row = rows_of(connection, f"SELECT * FROM {table} WHERE {key} = ?", whole)  # noqa: S608
    about = [Section(f"{table[:-1]} {whole}", row)]
    if table == "events":
        return about + explain_event(connection, whole)
    explainer = _explain_mention if table == "mentions" else _explain_article
    return about + explainer(connection, whole)


def _explain_mention(connection: duckdb.DuckDBPyConnection, mention: str) -> list[Section]:
    links = "SELECT event_id, is_independent FROM event_mentions WHERE mention_id = ? ORDER BY 1"
    rule = rows_of(connection, "SELECT rule, lang FROM mentions WHERE mention_id = ?", mention)[0]
    return [
        Section("words in the article", rows_of(connection, _SPANS, mention)),
        Section("rules that fired", [dict(r) for r in explain_rule(rule["rule"], rule["lang"])]),
        Section("event", rows_of(connection, links, mention)),
        *_if_any(
            "set aside: a line that the publisher repeats, so no event is made of it",
            rows_of(connection, _SET_ASIDE, mention),
        ),
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
        *_if_any(
            "the publisher's dates of this form, by the order that they prove",
            rows_of(connection, _DATE_ORDERS, article),
        ),
        Section("place among the copies", rows_of(connection, copies, article)),
        *_side_by_side(connection, article),
        Section("articles with this text", rows_of(connection, cluster, article)),
        Section("mentions", rows_of(connection, _MENTIONS_OF_ARTICLE, article)),
    ]


def _if_any(title: str, rows: list[Row]) -> list[Section]:
    return [Section(title, rows)] if rows else []


def _side_by_side(connection: duckdb.DuckDBPyConnection, article: str) -> list[Section]:
    """Set a copy beside what it is a copy of: shared passages, and facts that differ."""
    both = """
        SELECT a.body, o.body AS other_body, o.source_uri AS other
        FROM copies c JOIN articles a USING (article_id) JOIN articles o ON o.article_id = c.copy_of
        WHERE c.article_id = ?
    """
    found = rows_of(connection, both, article)
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
