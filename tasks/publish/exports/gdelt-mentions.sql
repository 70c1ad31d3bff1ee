-- GDELT 2.0 Mentions: 16 columns, tab separated, no header. Offsets count code points of the clean
-- text in `articles`.
SELECT
    e.event_number AS GlobalEventID,
    strftime(e.day, '%Y%m%d') || '000000' AS EventTimeDate,
    strftime(m.published_date, '%Y%m%d') || '000000' AS MentionTimeDate,
    1 AS MentionType,
    a.publisher AS MentionSourceName,
    coalesce(a.url, a.source_uri) AS MentionIdentifier,
    m.sentence_index + 1 AS SentenceID,
    coalesce(m.source_start, -1) AS Actor1CharOffset,
    coalesce(m.target_start, -1) AS Actor2CharOffset,
    coalesce(m.trigger_start, m."start") AS ActionCharOffset,
    1 AS InRawText,
    greatest(10, (round(m.confidence * 10) * 10)::INTEGER) AS Confidence,
    a.n_chars AS MentionDocLen,
    NULL AS MentionDocTone,
    CASE WHEN m.lang NOT LIKE 'en%' THEN 'srclc:' || m.lang END AS MentionDocTranslationInfo,
    NULL AS Extras
FROM export_events AS e
JOIN event_mentions AS l ON l.event_id = e.event_id
JOIN mentions AS m ON m.mention_id = l.mention_id
JOIN articles AS a ON a.article_id = m.article_id
ORDER BY e.day, e.event_id, m.mention_id
