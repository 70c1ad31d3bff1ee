-- What a row points at is there.
-- severity: error
SELECT 'mentions.article_id' AS reference, m.mention_id AS id, m.article_id AS missing
FROM mentions AS m ANTI JOIN articles AS a USING (article_id)
UNION ALL
SELECT 'copies.article_id', c.article_id, c.article_id
FROM copies AS c ANTI JOIN articles AS a USING (article_id)
UNION ALL
SELECT 'copies.canonical_id', c.article_id, c.canonical_id
FROM copies AS c ANTI JOIN articles AS a ON a.article_id = c.canonical_id
UNION ALL
SELECT 'event_mentions.event_id', l.mention_id, l.event_id
FROM event_mentions AS l ANTI JOIN events AS e USING (event_id)
UNION ALL
SELECT 'event_mentions.mention_id', l.event_id, l.mention_id
FROM event_mentions AS l ANTI JOIN mentions AS m USING (mention_id)
UNION ALL
SELECT 'boilerplate_mentions.mention_id', b.line_id, b.mention_id
FROM boilerplate_mentions AS b ANTI JOIN mentions AS m USING (mention_id)
UNION ALL
SELECT 'boilerplate_mentions.line_id', b.mention_id, b.line_id
FROM boilerplate_mentions AS b ANTI JOIN boilerplate AS x USING (line_id)
UNION ALL
SELECT 'boilerplate.example_id', b.line_id, b.example_id
FROM boilerplate AS b ANTI JOIN articles AS a ON a.article_id = b.example_id
UNION ALL
SELECT 'events.best_mention_id', e.event_id, e.best_mention_id
FROM events AS e
ANTI JOIN event_mentions AS l ON l.event_id = e.event_id AND l.mention_id = e.best_mention_id
ORDER BY reference, id, missing
