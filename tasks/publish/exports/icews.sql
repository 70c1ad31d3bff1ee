-- ICEWS events as on Dataverse: 20 columns, tab separated, with a header.
-- Columns have the types of the R package icews: the ids and the sentence number fit 32-bit integers.
SELECT
    event_number AS "Event ID",
    day AS "Event Date",
    coalesce(s_words, s_country_name, s_actor) AS "Source Name",
    export_sectors(s_roles) AS "Source Sectors",
    coalesce(s_country_name, s_country) AS "Source Country",
    c.label AS "Event Text",
    cameo AS "CAMEO Code",
    e.goldstein AS "Intensity",
    coalesce(t_words, t_country_name, t_actor) AS "Target Name",
    export_sectors(t_roles) AS "Target Sectors",
    coalesce(t_country_name, t_country) AS "Target Country",
    article_number AS "Story ID",
    sentence_index + 1 AS "Sentence Number",
    publisher AS "Publisher",
    CASE WHEN lat IS NOT NULL THEN place_name END AS "City",
    NULL AS "District",
    place_province AS "Province",
    coalesce(place_country_name, place_country) AS "Country",
    lat AS "Latitude",
    lon AS "Longitude"
FROM export_events AS e
LEFT JOIN export_cameo AS c ON c.code = e.cameo
ORDER BY day, event_id
