-- Spans of actors, trigger, date and place lie within the article, and actor words are what they point at.
-- severity: error
WITH spans AS (
    SELECT mention_id, article_id, 'source' AS what, source_start AS s, source_end AS e, source_text AS words
    FROM mentions WHERE source_text IS NOT NULL AND source_start IS NOT NULL
    UNION ALL
    SELECT mention_id, article_id, 'target', target_start, target_end, target_text
    FROM mentions WHERE target_text IS NOT NULL AND target_start IS NOT NULL
    UNION ALL
    SELECT mention_id, article_id, 'trigger', trigger_start, trigger_end, NULL
    FROM mentions WHERE trigger_start IS NOT NULL
    UNION ALL
    SELECT mention_id, article_id, 'date', date_text_start, date_text_end, NULL
    FROM mentions WHERE date_text_start IS NOT NULL
    UNION ALL
    SELECT mention_id, article_id, 'place', place_text_start, place_text_end, NULL
    FROM mentions WHERE place_text_start IS NOT NULL
    UNION ALL
    SELECT mention_id, article_id, 'attribution', attribution."start", attribution."end", attribution.text
    FROM mentions WHERE attribution."start" IS NOT NULL
    UNION ALL
    SELECT mention_id, article_id, 'quantity', q."start", q."end", NULL
    FROM (SELECT mention_id, article_id, unnest(quantities) AS q FROM mentions)
)
SELECT s.mention_id, s.what, s.s AS span_start, s.e AS span_end, s.words
FROM spans AS s
JOIN articles AS a USING (article_id)
WHERE s.s < 0 OR s.e IS NULL OR s.e <= s.s OR s.e > a.n_chars
    OR (s.words IS NOT NULL AND s.words <> substring(a.body, s.s + 1, s.e - s.s))
ORDER BY s.mention_id, s.what, s.s
