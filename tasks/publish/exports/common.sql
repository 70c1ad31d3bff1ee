-- Names and codes that several formats need, on the tables of a release.
CREATE OR REPLACE TEMP VIEW export_actors AS
SELECT
    e.event_id,
    side.side,
    side.actor,
    side.country,
    side.words,
    c.name AS country_name,
    f.fips,
    -- Groups of three letters behind the country: roles, general to specific.
    regexp_extract_all(substring(side.actor, len(coalesce(side.country, '---')) + 1), '[A-Z]{3}') AS roles
FROM events AS e,
    LATERAL (
        SELECT unnest([
            {side: 'source', actor: e.source_actor, country: e.source_country, words: e.source_text},
            {side: 'target', actor: e.target_actor, country: e.target_country, words: e.target_text}
        ], recursive := TRUE)
    ) AS side
LEFT JOIN export_countries AS c ON c.code = side.country
LEFT JOIN export_fips AS f ON f.code = side.country;

-- Roles as the sectors that ICEWS names, apart by commas.
CREATE OR REPLACE TEMP MACRO export_sectors(roles) AS (
    SELECT string_agg(s.sector, ',' ORDER BY r.at)
    FROM (SELECT unnest(roles) AS role, generate_subscripts(roles, 1) AS at) AS r
    JOIN export_sector_names AS s ON s.role = r.role
);

-- Formats that know no status hold only what happened, and only what has a day.
CREATE OR REPLACE TEMP VIEW export_events AS
SELECT
    e.*,
    k.number AS event_number,
    y.number AS article_number,
    d.name AS place_province,
    coalesce(e.date_start, e.first_reported) AS day,
    m.sentence_index, m.article_id, m.attribution,
    a.publisher, a.title, a.lang AS article_lang, a.published_date,
    coalesce(a.url, a.source_uri) AS url,
    n.name AS place_country_name, f.fips AS place_fips,
    s.actor AS s_actor, s.country AS s_country, s.country_name AS s_country_name, s.fips AS s_fips,
    s.roles AS s_roles, s.words AS s_words,
    t.actor AS t_actor, t.country AS t_country, t.country_name AS t_country_name, t.fips AS t_fips,
    t.roles AS t_roles, t.words AS t_words
FROM events AS e
JOIN mentions AS m ON m.mention_id = e.best_mention_id
JOIN export_event_numbers AS k ON k.id = e.event_id
LEFT JOIN export_article_numbers AS y ON y.id = m.article_id
LEFT JOIN export_provinces AS d ON d.country = e.place_country AND d.admin1 = e.admin1
LEFT JOIN articles AS a ON a.article_id = m.article_id
LEFT JOIN export_countries AS n ON n.code = e.place_country
LEFT JOIN export_fips AS f ON f.code = e.place_country
LEFT JOIN export_actors AS s ON s.event_id = e.event_id AND s.side = 'source'
LEFT JOIN export_actors AS t ON t.event_id = e.event_id AND t.side = 'target'
WHERE e.status = 'actual' AND coalesce(e.date_start, e.first_reported) IS NOT NULL;
