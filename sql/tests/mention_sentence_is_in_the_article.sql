-- The sentence of a mention is word for word the text that its offsets point at.
-- severity: error
SELECT m.mention_id, m.article_id, m."start", m."end", m.sentence
FROM mentions AS m
JOIN articles AS a USING (article_id)
WHERE m.sentence IS DISTINCT FROM substring(a.body, m."start" + 1, m."end" - m."start")
ORDER BY m.mention_id
