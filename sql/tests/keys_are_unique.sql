-- No two rows of a table have the same key.
-- severity: error
SELECT 'articles' AS name, article_id AS key, count(*) AS n FROM articles GROUP BY ALL HAVING count(*) > 1
UNION ALL
SELECT 'copies', article_id, count(*) FROM copies GROUP BY ALL HAVING count(*) > 1
UNION ALL
SELECT 'mentions', mention_id, count(*) FROM mentions GROUP BY ALL HAVING count(*) > 1
UNION ALL
SELECT 'events', event_id, count(*) FROM events GROUP BY ALL HAVING count(*) > 1
UNION ALL
SELECT 'event_mentions', event_id || ' ' || mention_id, count(*)
FROM event_mentions GROUP BY ALL HAVING count(*) > 1
ORDER BY name, key
