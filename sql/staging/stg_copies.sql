-- Place of each article among the copies of its text.
-- grain: one article
-- key: article_id
-- column article_id: The article
-- column cluster_id: The group of articles that share their text
-- column relation: original, exact, near, excerpt, embeds or update
-- column is_original: True if it copies no other article
SELECT
    article_id, cluster_id, relation,
    relation = 'original' AS is_original
FROM copies
