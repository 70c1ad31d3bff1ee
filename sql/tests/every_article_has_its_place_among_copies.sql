-- Every article stands in copies, and the article that a cluster is named by is an original.
-- severity: error
SELECT a.article_id, 'not in copies' AS problem
FROM articles AS a ANTI JOIN copies AS c USING (article_id)
UNION ALL
SELECT c.article_id, 'an original that copies another'
FROM copies AS c WHERE (c.relation = 'original') <> (c.copy_of IS NULL)
ORDER BY article_id, problem
