-- POLECAT events as on Dataverse: 40 columns, tab separated, with a header. Wikipedia and COW ids
-- are not known and empty. Statements (CAMEO 01) have no PLOVER type and are left out.
SELECT
    event_id AS "Event ID",
    day AS "Event Date",
    plover AS "Event Type",
    mode AS "Event Mode",
    p.score AS "Intensity",
    CASE e.quad_class
        WHEN 1 THEN 'VERBAL COOPERATION' WHEN 2 THEN 'MATERIAL COOPERATION'
        WHEN 3 THEN 'VERBAL CONFLICT' WHEN 4 THEN 'MATERIAL CONFLICT'
    END AS "Quad Code",
    array_to_string(contexts, ';') AS "Contexts",
    coalesce(s_words, s_country_name, s_actor) AS "Actor Name",
    s_country AS "Actor Country",
    NULL AS "Actor COW",
    s_roles[1] AS "Primary Actor Sector",
    array_to_string(s_roles, ';') AS "Actor Sectors",
    NULL AS "Actor Title",
    s_words AS "Actor Name Raw",
    NULL AS "Wikipedia Actor ID",
    coalesce(t_words, t_country_name, t_actor) AS "Recipient Name",
    t_country AS "Recipient Country",
    NULL AS "Recipient COW",
    t_roles[1] AS "Primary Recipient Sector",
    array_to_string(t_roles, ';') AS "Recipient Sectors",
    NULL AS "Recipient Title",
    t_words AS "Recipient Name Raw",
    NULL AS "Wikipedia Recipient ID",
    concat_ws(', ', CASE WHEN lat IS NOT NULL THEN place_name END, place_country_name) AS "Placename",
    CASE WHEN lat IS NOT NULL THEN place_name END AS "City",
    NULL AS "District",
    place_province AS "Province",
    place_country AS "Country",
    lat AS "Latitude",
    lon AS "Longitude",
    geoname_id AS "GeoNames ID",
    place_name AS "Raw Placename",
    NULL AS "Feature Type",
    publisher AS "Source",
    published_date AS "Publication Date",
    NULL AS "Story People",
    NULL AS "Story Organizations",
    NULL AS "Story Locations",
    article_lang AS "Language",
    'demarche' AS "Version"
FROM export_events AS e
JOIN export_plover AS p ON p.type = e.plover
ORDER BY day, event_id
