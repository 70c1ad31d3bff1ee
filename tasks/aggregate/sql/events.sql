-- Each event in the words of those who speak for its fields. An event of one mention is that
-- mention. Figures of an event stand in no one text, so they have no offsets.
CREATE TABLE events_out AS
WITH speakers AS (
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
),
independents AS (SELECT g, count(*)::INTEGER AS n_independent FROM independent GROUP BY g),
agreed AS (
    SELECT
        n.g,
        CASE WHEN u.is_turned THEN s.b_actor ELSE s.a_actor END AS source_actor,
        CASE WHEN u.is_turned THEN s.b_country ELSE s.a_country END AS source_country,
        CASE WHEN u.is_turned THEN s.b_role ELSE s.a_role END AS source_role,
        CASE WHEN u.is_turned THEN s.b_text ELSE s.a_text END AS source_text,
        CASE WHEN u.is_turned THEN t.a_actor ELSE t.b_actor END AS target_actor,
        CASE WHEN u.is_turned THEN t.a_country ELSE t.b_country END AS target_country,
        CASE WHEN u.is_turned THEN t.a_role ELSE t.b_role END AS target_role,
        CASE WHEN u.is_turned THEN t.a_text ELSE t.b_text END AS target_text,
        c.plover, c.mode, h.contexts, c.cameo, c.quad_class, c.goldstein, st.status, n.is_reciprocal,
        d.date_start, d.date_end, coalesce(d.date_precision, 'none') AS date_precision,
        coalesce(d.date_basis, 'none') AS date_basis,
        l.place_name, l.place_country, l.admin1, l.lat, l.lon, l.geoname_id, l.place_basis,
        q.quantities, n.n_mentions, n.n_articles, n.n_publishers, n.languages,
        n.first_reported, n.last_reported, b.mention_id AS best_mention_id, b.confidence,
        x.disagreements
    FROM counts AS n
    JOIN speakers AS p USING (g)
    JOIN turned AS u USING (g)
    JOIN several AS b ON b.m = n.best_m
    JOIN several AS c ON c.m = p.code_m
    JOIN several AS st ON st.m = p.status_m
    LEFT JOIN several AS s ON s.m = p.source_m
    LEFT JOIN several AS t ON t.m = p.target_m
    LEFT JOIN several AS d ON d.m = p.date_m
    LEFT JOIN several AS l ON l.m = p.place_m
    LEFT JOIN themes AS h USING (g)
    LEFT JOIN figures AS q USING (g)
    LEFT JOIN disputes AS x USING (g)
),
single AS (
    SELECT
        k.m, k.source_actor, k.source_country, k.source_role, k.source_text,
        k.target_actor, k.target_country, k.target_role, k.target_text,
        k.plover, k.mode, k.contexts, k.cameo, k.quad_class, k.goldstein, k.status, k.is_reciprocal,
        k.date_start, k.date_end, k.date_precision, k.date_basis,
        k.place_name, k.place_country, k.admin1, k.lat, k.lon, k.geoname_id, k.place_basis,
        k.quantities, 1, 1, (k.publisher IS NOT NULL)::INTEGER, [k.language],
        k.published, k.published, k.mention_id, k.confidence, NULL
    FROM coded AS k
    SEMI JOIN members AS e ON e.m = k.m AND e.n = 1
)
SELECT
    f.mention_id AS first_mention_id, i.n_independent,
    e.* REPLACE (
        list_sort(e.contexts) AS contexts,
        CASE WHEN w.is_remote IS NULL THEN e.place_name END AS place_name,
        CASE WHEN w.is_remote IS NULL THEN e.place_country END AS place_country,
        CASE WHEN w.is_remote IS NULL THEN e.admin1 END AS admin1,
        CASE WHEN w.is_remote IS NULL THEN e.lat END AS lat,
        CASE WHEN w.is_remote IS NULL THEN e.lon END AS lon,
        CASE WHEN w.is_remote IS NULL THEN e.geoname_id END AS geoname_id,
        CASE WHEN w.is_remote IS NULL THEN e.place_basis END AS place_basis,
        list_sort(
            list_transform(
                e.quantities,
                lambda q: struct_pack(
                    kind := q.kind, low := q.low, high := q.high, unit := q.unit,
                    "start" := NULL::INTEGER, "end" := NULL::INTEGER
                )
            )
        ) AS quantities
    )
FROM (FROM agreed UNION ALL FROM single) AS e
JOIN coded AS f ON f.m = e.g
JOIN independents AS i USING (g)
-- A call has no place.
LEFT JOIN mode_groups AS w ON w.is_remote AND w.plover = e.plover AND w.mode = e.mode;

CREATE TABLE event_mentions_out AS
SELECT e.g, k.mention_id, k.article_id, i.m IS NOT NULL AS is_independent
FROM members AS e
JOIN coded AS k USING (m)
LEFT JOIN independent AS i ON i.g = e.g AND i.m = e.m;
