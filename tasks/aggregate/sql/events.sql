-- Each event in the words of those who speak for its fields.
CREATE TABLE speakers AS
WITH wide AS (
    SELECT
        g,
        max(CASE field WHEN 'source' THEN speaker END) AS source_m,
        max(CASE field WHEN 'target' THEN speaker END) AS target_m,
        max(CASE field WHEN 'cameo' THEN speaker END) AS code_m,
        max(CASE field WHEN 'status' THEN speaker END) AS status_m,
        max(CASE field WHEN 'date' THEN speaker END) AS date_m,
        max(CASE field WHEN 'place' THEN speaker END) AS place_m
    FROM spoken
    GROUP BY g
)
SELECT g, source_m, target_m, code_m, status_m, date_m, place_m FROM wide
UNION ALL
SELECT m, m, m, m, m, m, m FROM sides WHERE g NOT IN (SELECT g FROM several);

CREATE TABLE events_out AS
SELECT
    n.g,
    f.mention_id AS first_mention_id,
    CASE WHEN u.g IS NULL THEN s.a_actor ELSE s.b_actor END AS source_actor,
    CASE WHEN u.g IS NULL THEN s.a_country ELSE s.b_country END AS source_country,
    CASE WHEN u.g IS NULL THEN s.a_role ELSE s.b_role END AS source_role,
    CASE WHEN u.g IS NULL THEN s.a_text ELSE s.b_text END AS source_text,
    CASE WHEN u.g IS NULL THEN t.b_actor ELSE t.a_actor END AS target_actor,
    CASE WHEN u.g IS NULL THEN t.b_country ELSE t.a_country END AS target_country,
    CASE WHEN u.g IS NULL THEN t.b_role ELSE t.a_role END AS target_role,
    CASE WHEN u.g IS NULL THEN t.b_text ELSE t.a_text END AS target_text,
    c.plover, c.mode, h.contexts, c.cameo, c.quad_class, c.goldstein, st.status, n.is_reciprocal,
    d.date_start, d.date_end, coalesce(d.date_precision, 'none') AS date_precision,
    coalesce(d.date_basis, 'none') AS date_basis,
    l.place_name, l.place_country, l.admin1, l.lat, l.lon, l.geoname_id, l.place_basis,
    q.quantities,
    n.n_mentions, n.n_articles, i.n_independent, n.n_publishers, n.languages,
    n.first_reported, n.last_reported, b.mention_id AS best_mention_id, b.confidence,
    x.disagreements
FROM counts AS n
JOIN speakers AS p USING (g)
JOIN coded AS f ON f.m = n.g
JOIN coded AS b ON b.m = n.best_m
JOIN coded AS c ON c.m = p.code_m
JOIN coded AS st ON st.m = p.status_m
JOIN (SELECT g, count(*)::INTEGER AS n_independent FROM independent GROUP BY g) AS i USING (g)
LEFT JOIN sides AS s ON s.m = p.source_m
LEFT JOIN sides AS t ON t.m = p.target_m
LEFT JOIN coded AS d ON d.m = p.date_m
LEFT JOIN coded AS l ON l.m = p.place_m
LEFT JOIN turned AS u USING (g)
LEFT JOIN themes AS h USING (g)
LEFT JOIN figures AS q USING (g)
LEFT JOIN disputes AS x USING (g);

CREATE TABLE event_mentions_out AS
SELECT e.g, k.mention_id, k.article_id, i.m IS NOT NULL AS is_independent
FROM members AS e
JOIN coded AS k USING (m)
LEFT JOIN independent AS i ON i.g = e.g AND i.m = e.m;
