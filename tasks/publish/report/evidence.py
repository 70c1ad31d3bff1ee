"""The reports of events: the sentence of each, with what was recognised in it."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import pyarrow as pa

# Reports shown of one event, the one that speaks for it first, then those that count.
MAX_REPORTS = 3

# Spans become offsets into the sentence. What stands in another sentence (the name that a pronoun
# refers to) is left out.
# Only http and https addresses with a host are links: anything else may be a script.
_REPORTS = r"""
    WITH linked AS (
        SELECT l.event_id, l.mention_id, l.article_id, l.is_independent,
            l.mention_id = e.best_mention_id AS is_best
        FROM wanted JOIN events AS e USING (event_id) JOIN event_mentions AS l USING (event_id)
    ),
    ranked AS (
        SELECT l.event_id, l.mention_id, l.article_id, l.is_independent,
            row_number() OVER (
                PARTITION BY l.event_id
                ORDER BY l.is_best DESC, l.is_independent DESC, m.published_date, l.article_id,
                    m."start", l.mention_id
            ) AS rank
        FROM linked AS l JOIN mentions AS m USING (mention_id)
        QUALIFY rank <= $most
    ),
    chosen AS (
        SELECT r.event_id, r.is_independent, r.rank, m.*, a.title, a.publisher, a.url,
            a.source_uri, c.relation, m."start" AS base, length(m.sentence) AS size
        FROM ranked AS r
        JOIN mentions AS m USING (mention_id)
        LEFT JOIN articles AS a ON a.article_id = r.article_id
        LEFT JOIN copies AS c ON c.article_id = r.article_id
    ),
    spanned AS (
        SELECT *,
            list_filter(
                list_concat(
                    [
                        {'kind': 'source', 'first': source_start - base,
                            'last': source_end - base, 'means': source_actor::VARCHAR},
                        {'kind': 'target', 'first': target_start - base,
                            'last': target_end - base, 'means': target_actor::VARCHAR},
                        {'kind': 'trigger', 'first': trigger_start - base,
                            'last': trigger_end - base, 'means': cameo::VARCHAR},
                        {'kind': 'date', 'first': date_text_start - base,
                            'last': date_text_end - base,
                            'means': CASE WHEN date_start = date_end THEN date_start::VARCHAR
                                ELSE concat_ws(' to ', date_start, date_end) END},
                        {'kind': 'place', 'first': place_text_start - base,
                            'last': place_text_end - base, 'means': place_name}
                    ],
                    list_transform(coalesce(quantities, []), lambda q: {
                        'kind': 'number', 'first': q.start - base, 'last': q.end - base,
                        'means': concat_ws(' ', CASE WHEN q.low = q.high THEN q.low::BIGINT::VARCHAR
                            ELSE concat(q.low::BIGINT, '–', q.high::BIGINT) END, q.kind)
                    })
                ),
                lambda s: s.first >= 0 AND s.first < s.last AND s.last <= size
            ) AS spans
        FROM chosen
    ),
    reported AS (
        SELECT event_id, list({
            'sentence': sentence, 'spans': spans, 'title': title, 'publisher': publisher,
            'published': published_date,
            'link': CASE WHEN regexp_matches(url, '(?i)^https?://[^/?#\s]') THEN url
                WHEN regexp_matches(source_uri, '(?i)^https?://[^/?#\s]') THEN source_uri END,
            'origin': source_uri, 'lang': lang, 'relation': relation, 'counts': is_independent,
            'status': status, 'coding': concat_ws(' ', plover, mode, cameo), 'rule': rule,
            'confidence': confidence, 'says': concat_ws(' ', attribution.text, attribution.verb)
        } ORDER BY rank) AS reports
        FROM spanned GROUP BY event_id
    )
    SELECT to_json({
        'id': w.event_id, 'confidence': e.confidence, 'date_basis': e.date_basis,
        'place_basis': e.place_basis, 'disagreements': coalesce(e.disagreements, []),
        'reports': coalesce(r.reports, [])
    })::VARCHAR
    FROM wanted AS w JOIN events AS e USING (event_id) LEFT JOIN reported AS r USING (event_id)
    ORDER BY w.place_in_table
"""


def evidence(connection: duckdb.DuckDBPyConnection, events: Sequence[str]) -> list[str]:
    """Return for each event, in the order given, its evidence as a JSON object.

    The object holds `id`, `confidence`, `disagreements` and up to MAX_REPORTS `reports`, each with
    its `sentence` and `spans` of `kind` source, target, trigger, date, number or place, whose
    `first` and `last` count code points of the sentence.

    Args:
        connection: An open release.
        events: Ids of events.
    """
    wanted = pa.table(
        {"event_id": pa.array(events, pa.string()), "place_in_table": range(len(events))}
    )
    connection.register("wanted", wanted)
    found = connection.execute(_REPORTS, {"most": MAX_REPORTS}).fetchall()
    connection.unregister("wanted")
    return [text for (text,) in found]
