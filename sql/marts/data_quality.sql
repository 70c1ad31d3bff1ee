-- How complete the data are: what is missing or uncertain, and how often.
-- grain: table x measure
-- key: about, measure
-- column about: articles, rejects, mentions or events
-- column measure: What is counted
-- column n: Rows that show it
-- column total: Rows of the table
-- column share: n / total to four decimals; null for an empty table
WITH measures AS (
    SELECT 'articles' AS about, 'no day of publication' AS measure,
        count(*) FILTER (NOT is_dated) AS n, count(*) AS total FROM stg_articles
    UNION ALL
    SELECT 'articles', 'day and month in doubt',
        count(*) FILTER (published_basis = 'ambiguous'), count(*) FROM stg_articles
    UNION ALL
    SELECT 'articles', 'day and month as the publisher writes them',
        count(*) FILTER (published_basis = 'publisher'), count(*) FROM stg_articles
    UNION ALL
    SELECT 'articles', 'no publisher', count(*) FILTER (publisher IS NULL), count(*) FROM stg_articles
    UNION ALL
    SELECT 'articles', 'language undetermined',
        count(*) FILTER (coalesce(lang, 'und') IN ('und', 'zxx')), count(*) FROM stg_articles
    UNION ALL
    SELECT 'articles', 'copy of another', count(*) FILTER (NOT is_original), count(*) FROM stg_copies
    UNION ALL
    SELECT 'articles', 'no event found',
        count(*) FILTER (article_id NOT IN (SELECT article_id FROM stg_mentions)), count(*)
    FROM stg_articles
    UNION ALL
    SELECT 'rejects', reason, count(*), (SELECT count(*) FROM stg_rejects) FROM stg_rejects GROUP BY reason
    UNION ALL
    SELECT 'mentions', 'no source actor', count(*) FILTER (NOT has_source), count(*) FROM stg_mentions
    UNION ALL
    SELECT 'mentions', 'no target actor', count(*) FILTER (NOT has_target), count(*) FROM stg_mentions
    UNION ALL
    SELECT 'mentions', 'no date told', count(*) FILTER (NOT has_date), count(*) FROM stg_mentions
    UNION ALL
    SELECT 'mentions', 'no place told', count(*) FILTER (NOT has_place), count(*) FROM stg_mentions
    UNION ALL
    SELECT 'mentions', 'attributed to somebody', count(attributed_to), count(*) FROM stg_mentions
    UNION ALL
    SELECT 'mentions', 'confidence below one half', count(*) FILTER (confidence < 0.5), count(*)
    FROM stg_mentions
    UNION ALL
    SELECT 'mentions', 'in a line of boilerplate: no event', count(*) FILTER (is_set_aside), count(*)
    FROM stg_mentions
    UNION ALL
    SELECT 'events', 'date ' || basis, count(e.event_id), (SELECT count(*) FROM stg_events)
    FROM (SELECT unnest(['stated', 'inferred', 'published', 'none']) AS basis) AS b
    LEFT JOIN stg_events AS e ON e.date_basis = b.basis
    GROUP BY basis
    UNION ALL
    SELECT 'events', 'status ' || s.status, count(e.event_id), (SELECT count(*) FROM stg_events)
    FROM (SELECT unnest(['actual', 'planned', 'hypothetical', 'negated', 'denied']) AS status) AS s
    LEFT JOIN stg_events AS e ON e.status = s.status
    GROUP BY s.status
    UNION ALL
    SELECT 'events', 'not known to the day', count(*) FILTER (event_date IS NULL), count(*) FROM stg_events
    UNION ALL
    SELECT 'events', 'an actor unknown',
        count(*) FILTER (source_actor IS NULL OR target_actor IS NULL), count(*) FROM stg_events
    UNION ALL
    SELECT 'events', 'single independent report', count(*) FILTER (n_independent = 1), count(*)
    FROM stg_events
    UNION ALL
    SELECT 'events', 'reports differ', count(*) FILTER (len(disagreements) > 0), count(*) FROM stg_events
)
SELECT
    about, measure, n::INTEGER AS n, total::INTEGER AS total,
    CASE WHEN total > 0 THEN round(n::DOUBLE / total, 4) END AS share
FROM measures
ORDER BY about, measure
