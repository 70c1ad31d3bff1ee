-- One row a mention, with what it was coded as. m numbers the mentions by first report
-- (publication, then id), so that every number made from it means the same in any run.
CREATE TABLE numbers AS
SELECT
    m.row,
    row_number() OVER (
        ORDER BY coalesce(a.published_date, m.published_date) NULLS LAST, m.mention_id
    )::INTEGER AS m
FROM mentions_in AS m
LEFT JOIN articles_in AS a USING (article_id);

CREATE TABLE texts AS
SELECT
    coalesce(a.article_id, c.article_id) AS article_id,
    c.cluster_id,
    a.published_date,
    -- A copy tells what was news when its original was published.
    CASE WHEN c.relation IN ('exact', 'near', 'excerpt') THEN o.published_date END AS original_date,
    a.lang, a.publisher
FROM articles_in AS a
FULL JOIN copies_in AS c USING (article_id)
LEFT JOIN articles_in AS o ON o.article_id = c.copy_of;

CREATE TABLE coded AS
SELECT
    n.m, m.row, m.article_id,
    coalesce(t.cluster_id, m.article_id) AS cluster_id,
    coalesce(t.published_date, m.published_date) AS published,
    -- The day that an undated report speaks of: that of writing where the text tells it (then it is
    -- the mention's date of basis `published`), else that of publication.
    least(
        CASE WHEN m.date_basis = 'published' THEN m.date_start END, t.published_date,
        CASE WHEN t.published_date IS NULL THEN m.published_date END, t.original_date
    ) AS reported,
    coalesce(t.lang, m.lang) AS language, t.publisher,
    m.mention_id, m.sentence_index, m.plover, m.mode, m.contexts, m.cameo, m.quad_class, m.goldstein,
    m.status, m.attribution.text AS origin_text, m.attribution.actor AS origin_actor,
    m.source_actor, m.source_country, m.source_role, m.source_text, m.source_entity,
    m.target_actor, m.target_country, m.target_role, m.target_text, m.target_entity,
    m.date_start, m.date_end, m.date_precision, m.date_basis,
    m.place_name, m.place_country, m.admin1, m.lat, m.lon, m.geoname_id, m.place_basis,
    m.quantities, m.is_reciprocal, m.confidence
FROM mentions_in AS m
JOIN numbers AS n USING (row)
LEFT JOIN texts AS t ON t.article_id = m.article_id;

-- A sentence repeated in a copy is the same report: it keeps the dates of its first appearance,
-- so that "on Sunday" in a late repost does not move to another Sunday.
CREATE TABLE repeated AS
WITH shared AS (
    SELECT cluster_id FROM coded GROUP BY cluster_id HAVING min(article_id) <> max(article_id)
),
candidates AS (
    SELECT k.m, k.cluster_id, i.sentence, k.cameo, k.status, k.source_actor, k.target_actor
    FROM coded AS k
    JOIN mentions_in AS i USING (row)
    WHERE k.cluster_id IN (SELECT cluster_id FROM shared)
),
firsts AS (
    SELECT cluster_id, sentence, cameo, status, source_actor, target_actor, min(m) AS first_m
    FROM candidates
    GROUP BY ALL
    HAVING count(*) > 1
)
SELECT c.m, k.reported, k.date_start, k.date_end, k.date_precision, k.date_basis
FROM candidates AS c
JOIN firsts AS f
    ON f.cluster_id = c.cluster_id AND f.sentence = c.sentence AND f.cameo = c.cameo
    AND f.status = c.status AND f.source_actor IS NOT DISTINCT FROM c.source_actor
    AND f.target_actor IS NOT DISTINCT FROM c.target_actor
JOIN coded AS k ON k.m = f.first_m
WHERE c.m <> f.first_m;

UPDATE coded SET reported = f.reported FROM repeated AS f WHERE coded.m = f.m;

UPDATE coded
SET
    date_start = f.date_start, date_end = f.date_end,
    date_precision = f.date_precision, date_basis = f.date_basis
FROM repeated AS f
WHERE coded.m = f.m AND coded.date_basis <> 'stated';
DROP TABLE repeated;
DROP TABLE texts;
DROP TABLE numbers;
