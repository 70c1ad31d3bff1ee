-- The counts of an event are those of its mentions.
-- severity: error
WITH counted AS (
    SELECT
        l.event_id, count(*) AS n_mentions, count(DISTINCT m.article_id) AS n_articles,
        count(*) FILTER (l.is_independent) AS n_independent, count(DISTINCT a.publisher) AS n_publishers
    FROM event_mentions AS l
    JOIN mentions AS m USING (mention_id)
    JOIN articles AS a ON a.article_id = m.article_id
    GROUP BY l.event_id
)
SELECT e.event_id, e.n_mentions, e.n_articles, e.n_independent, e.n_publishers, c.* EXCLUDE (event_id)
FROM events AS e
JOIN counted AS c USING (event_id)
WHERE (e.n_mentions, e.n_articles, e.n_independent, e.n_publishers)
    <> (c.n_mentions, c.n_articles, c.n_independent, c.n_publishers)
    OR NOT (1 <= e.n_independent AND e.n_independent <= e.n_articles AND e.n_articles <= e.n_mentions)
ORDER BY e.event_id
