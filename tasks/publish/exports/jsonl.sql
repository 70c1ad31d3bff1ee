-- All events, of every status, one JSON object a line, each with its mentions and their sources.
WITH told AS (
    SELECT
        l.event_id,
        list(
            struct_pack(
                mention_id := m.mention_id, article_id := m.article_id,
                is_independent := l.is_independent, published_date := m.published_date,
                publisher := a.publisher, source := coalesce(a.url, a.source_uri), lang := m.lang,
                "start" := m."start", "end" := m."end", sentence := m.sentence,
                attributed_to := m.attribution.text, confidence := m.confidence, rule := m.rule
            )
            ORDER BY m.mention_id
        ) AS mentions
    FROM event_mentions AS l
    JOIN mentions AS m ON m.mention_id = l.mention_id
    JOIN articles AS a ON a.article_id = m.article_id
    GROUP BY l.event_id
)
SELECT to_json(struct_insert(e, mentions := t.mentions))::VARCHAR AS line
FROM events AS e
JOIN told AS t USING (event_id)
ORDER BY e.date_start NULLS LAST, e.event_id
