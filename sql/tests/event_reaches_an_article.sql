-- Every event is traced to at least one mention in an article that is there.
-- severity: error
SELECT e.event_id
FROM events AS e
WHERE NOT EXISTS (
    SELECT 1
    FROM event_mentions AS l
    JOIN mentions AS m ON m.mention_id = l.mention_id
    JOIN articles AS a ON a.article_id = m.article_id
    WHERE l.event_id = e.event_id
)
ORDER BY e.event_id
