-- What each mention of an event says on each field, for events with several mentions.
-- preference orders the values before their support does (lower is better); a claim that was not
-- told (a publication date, a place from the context) is never counted as disagreement.
CREATE TABLE sides AS
SELECT
    e.g, k.*, e.art, e.clu, e.best, e.flipped,
    round(k.confidence * 1000)::BIGINT AS weight,
    CASE WHEN e.flipped THEN k.target_actor ELSE k.source_actor END AS a_actor,
    CASE WHEN e.flipped THEN k.target_country ELSE k.source_country END AS a_country,
    CASE WHEN e.flipped THEN k.target_role ELSE k.source_role END AS a_role,
    CASE WHEN e.flipped THEN k.target_text ELSE k.source_text END AS a_text,
    CASE WHEN e.flipped THEN k.source_actor ELSE k.target_actor END AS b_actor,
    CASE WHEN e.flipped THEN k.source_country ELSE k.target_country END AS b_country,
    CASE WHEN e.flipped THEN k.source_role ELSE k.target_role END AS b_role,
    CASE WHEN e.flipped THEN k.source_text ELSE k.target_text END AS b_text
FROM members AS e
JOIN coded AS k USING (m)
WHERE e.n > 1;

-- A visit has a direction, a meeting has not: the directed mentions decide, by weight; where they
-- do not, the best mention does.
CREATE TABLE turned AS
WITH votes AS (
    SELECT g, clu, flipped, max(weight) AS weight FROM sides WHERE NOT is_reciprocal GROUP BY ALL
),
balance AS (
    SELECT g, sum(CASE WHEN flipped THEN weight ELSE -weight END) AS balance FROM votes GROUP BY g
),
best AS (SELECT g, arg_min(flipped, best) AS flipped FROM sides GROUP BY g)
SELECT b.g, CASE WHEN v.balance <> 0 THEN v.balance > 0 ELSE b.flipped END AS is_turned
FROM best AS b
LEFT JOIN balance AS v USING (g);

CREATE TABLE several AS
SELECT s.*, t.is_turned
FROM sides AS s
JOIN turned AS t USING (g);

CREATE TABLE remote AS
SELECT DISTINCT g FROM several JOIN mode_groups USING (plover, mode) WHERE is_remote;

CREATE TABLE countries AS
WITH votes AS (
    SELECT g, clu, place_country AS country, max(weight) AS weight, min(place_basis <> 'stated') AS implied
    FROM several
    WHERE place_country IS NOT NULL
    GROUP BY ALL
)
SELECT
    g, country,
    row_number() OVER (PARTITION BY g ORDER BY min(implied), sum(weight) DESC, country) AS nth
FROM votes
GROUP BY g, country;

CREATE TABLE claims AS
-- Who: an actor with a role is more specific than a bare country, a role alone names nobody.
SELECT
    g, m, art, clu, best, weight, CASE WHEN is_turned THEN 'target' ELSE 'source' END AS field, a_actor AS value,
    (a_actor LIKE '-%')::BIGINT * 2 + (a_role IS NULL)::BIGINT AS preference, 0 AS late,
    a_actor NOT LIKE '-%' AS is_told
FROM several WHERE a_actor IS NOT NULL
UNION ALL
SELECT
    g, m, art, clu, best, weight, CASE WHEN is_turned THEN 'source' ELSE 'target' END, b_actor,
    (b_actor LIKE '-%')::BIGINT * 2 + (b_role IS NULL)::BIGINT, 0, b_actor NOT LIKE '-%'
FROM several WHERE b_actor IS NOT NULL
-- What: a code of the event's direction, with a mode, and not the general one of its root.
UNION ALL
SELECT
    g, m, art, clu, best, weight, 'cameo', cameo,
    (NOT is_reciprocal AND flipped <> is_turned)::BIGINT * 4 + (mode IS NULL)::BIGINT * 2
    + (cameo[3:3] IN ('', '0'))::BIGINT,
    0, TRUE
FROM several
UNION ALL
SELECT g, m, art, clu, best, weight, 'mode', mode, 0, 0, TRUE FROM several WHERE mode IS NOT NULL
UNION ALL
SELECT g, m, art, clu, best, weight, 'status', status,
    0, CASE WHEN status IN ('actual', 'planned', 'negated') THEN 0 ELSE 1 END, TRUE
FROM several
-- When: a date told in the text, the narrowest, stated before inferred; else the first publication.
UNION ALL
SELECT
    g, m, art, clu, best, weight, 'date',
    coalesce(date_start::VARCHAR, '..') || CASE WHEN date_start IS NOT DISTINCT FROM date_end THEN '' ELSE '/' || coalesce(date_end::VARCHAR, '..') END,
    CASE
        WHEN date_basis IN ('stated', 'inferred')
            THEN coalesce(least(abs(date_end - date_start), 99999), 99999) * 2 + (date_basis = 'inferred')::BIGINT
        ELSE 1000000 + coalesce(date_diff('day', DATE '1900-01-01', date_start), 0)
    END,
    0, date_basis IN ('stated', 'inferred')
FROM several WHERE date_start IS NOT NULL OR date_end IS NOT NULL
-- Where: the country that most texts name, in it a place in the sentence before one from its
-- context, and a specific one before the country. A call has no place.
UNION ALL
SELECT
    s.g, m, art, clu, best, weight, 'place',
    coalesce(place_name || ', ', '') || coalesce(place_country, '') || coalesce(' ' || geoname_id, ''),
    coalesce(c.nth, 99) * 4
    + CASE
        WHEN place_basis = 'stated' AND lat IS NOT NULL THEN 0
        WHEN lat IS NOT NULL THEN 1
        WHEN place_basis = 'stated' THEN 2
        ELSE 3
    END,
    0, place_basis = 'stated'
FROM several AS s
LEFT JOIN countries AS c ON c.g = s.g AND c.country = s.place_country
WHERE (place_name IS NOT NULL OR place_country IS NOT NULL) AND s.g NOT IN (FROM remote);

-- How many: the figures of one kind in one mention stand or fall together; of equally supported
-- ones the latest counts, for tolls are corrected as time passes.
INSERT INTO claims
WITH figures AS (
    SELECT m, unnest(quantities) AS q FROM several
),
kinds AS (
    SELECT
        m, q.kind AS kind,
        string_agg(
            coalesce(q.low::VARCHAR, '..')
            || CASE WHEN q.low IS NOT DISTINCT FROM q.high THEN '' ELSE '-' || coalesce(q.high::VARCHAR, '..') END
            || coalesce(' ' || q.unit, ''),
            ', ' ORDER BY q.low, q.high, q.unit
        ) AS value
    FROM figures
    GROUP BY m, q.kind
)
SELECT
    s.g, m, s.art, s.clu, s.best, s.weight, k.kind, k.value, 0,
    -coalesce(date_diff('day', DATE '1900-01-01', s.published), 0), TRUE
FROM kinds AS k
JOIN several AS s USING (m);
