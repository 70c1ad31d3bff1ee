-- What tells one event from another, as far as a mention says so; null = it does not say.

-- Who: IGO, NGO and the like are no countries; there the second group of letters names the body
-- (IGONAT), or, where that is a role or missing, its row in the actor tables does. A role alone
-- (---GOV, "the head of state") does not say who.
-- A bare country is its government, but an attack on a country may be one on anybody in it.
CREATE TABLE named AS
SELECT
    k.m, k.article_id, k.cluster_id, k.status, k.sentence_index, k.reported,
    coalesce(k.plover, 'CAMEO ' || k.cameo[:2]) AS kind,
    coalesce(t.is_unordered, FALSE) OR k.is_reciprocal AS unordered,
    CASE
        WHEN k.source_country IN (SELECT head FROM heads)
            AND k.source_actor[4:6] NOT IN (SELECT role FROM roles UNION ALL SELECT '')
            THEN k.source_actor[:6]
        WHEN k.source_country IN (SELECT head FROM heads)
            THEN coalesce(k.source_entity, k.source_actor)
        ELSE coalesce(k.source_country, CASE WHEN k.source_actor NOT LIKE '-%' THEN k.source_actor END)
    END AS source_key,
    CASE
        WHEN k.target_country IN (SELECT head FROM heads)
            AND k.target_actor[4:6] NOT IN (SELECT role FROM roles UNION ALL SELECT '')
            THEN k.target_actor[:6]
        WHEN k.target_country IN (SELECT head FROM heads)
            THEN coalesce(k.target_entity, k.target_actor)
        ELSE coalesce(k.target_country, CASE WHEN k.target_actor NOT LIKE '-%' THEN k.target_actor END)
    END AS target_key,
    CASE
        WHEN k.source_actor IS NULL THEN NULL
        WHEN t.is_state_act AND s.is_state_organ THEN 'GOV'
        ELSE coalesce(s.role_group, k.source_role, 'GOV')
    END AS source_group,
    CASE
        WHEN k.target_actor IS NULL THEN NULL
        WHEN t.is_state_act AND r.is_state_organ AND t.is_unordered THEN 'GOV'
        ELSE coalesce(r.role_group, k.target_role, CASE WHEN t.is_localised THEN NULL ELSE 'GOV' END)
    END AS target_group,
    CASE WHEN k.source_entity LIKE 'person/%' THEN k.source_entity END AS source_person,
    CASE WHEN k.target_entity LIKE 'person/%' THEN k.target_entity END AS target_person,
    coalesce(g.mode_group, k.mode) AS mode,
    -- A code that ends in 0 is the general one of its root: it fits any other of the type.
    CASE WHEN k.cameo[3:3] NOT IN ('', '0') THEN k.cameo[:2] END AS root,
    CASE WHEN k.place_basis = 'stated' AND k.lat IS NOT NULL THEN k.geoname_id END AS city,
    coalesce(t.is_localised, FALSE) AS localised,
    -- "Since 2014" and "until Friday" leave the day open: such a mention counts as undated.
    k.date_basis IN ('stated', 'inferred') AND k.date_start <= k.date_end AS is_dated,
    CASE WHEN is_dated THEN k.date_start END AS lo,
    CASE WHEN is_dated THEN k.date_end END AS hi,
    -- The better of two mentions: by status, confidence, a stated date, first report. Lower wins.
    (
        (
            list_position(['actual', 'planned', 'hypothetical', 'negated', 'denied'], k.status)::BIGINT
            * 1000001 - round(k.confidence * 1000000)::BIGINT
        ) * 2 + (k.date_basis <> 'stated')::BIGINT
    ) * 2147483648 + k.m AS best
FROM coded AS k
LEFT JOIN event_types AS t USING (plover)
LEFT JOIN role_groups AS s ON s.role = k.source_role
LEFT JOIN role_groups AS r ON r.role = k.target_role
LEFT JOIN mode_groups AS g ON g.plover = k.plover AND g.mode = k.mode;

-- Side a and b are source and target, or, where direction does not matter, the two in order.
CREATE TABLE sided AS
SELECT
    *,
    unordered AND (
        coalesce(target_key, '') || ' ' || coalesce(target_group, 'GOV')
        < coalesce(source_key, '') || ' ' || coalesce(source_group, 'GOV')
    ) AS flipped,
    CASE status
        WHEN 'actual' THEN 'happened'
        WHEN 'planned' THEN 'may happen' WHEN 'hypothetical' THEN 'may happen'
        ELSE 'did not happen'
    END AS realis
FROM named;

-- Mentions in one block agree on type, realis and actors; the block is its first mention. Without
-- any actor only a named place, or the story itself, can join two mentions; with one side only it
-- takes the person, too, or for deeds that have a place that place or the mode.
CREATE TABLE keyed AS
SELECT
    *,
    CASE WHEN flipped THEN target_key ELSE source_key END AS a_key,
    CASE WHEN flipped THEN source_key ELSE target_key END AS b_key,
    CASE
        WHEN a_key IS NULL AND b_key IS NULL THEN coalesce(city::VARCHAR, cluster_id)
        WHEN (a_key IS NULL OR b_key IS NULL) AND NOT (localised AND coalesce(city::VARCHAR, mode) IS NOT NULL)
            THEN coalesce(source_person, target_person, cluster_id)
    END AS anchor
FROM sided;

CREATE TABLE reports AS
WITH blocks AS (
    SELECT kind, realis, unordered, a_key, b_key, anchor, min(m) AS block FROM keyed GROUP BY ALL
),
articles AS (SELECT article_id, min(m) AS art FROM keyed GROUP BY article_id),
clusters AS (SELECT cluster_id, min(m) AS clu FROM keyed GROUP BY cluster_id)
SELECT
    k.m, k.best, k.kind, k.realis, k.unordered, k.flipped, k.sentence_index AS sentence,
    k.reported, k.lo, k.hi, k.mode, k.root, k.city, k.a_key, k.b_key,
    CASE WHEN k.localised THEN k.city END AS place,
    CASE WHEN k.flipped THEN k.target_person ELSE k.source_person END AS a_person,
    CASE WHEN k.flipped THEN k.source_person ELSE k.target_person END AS b_person,
    CASE WHEN k.flipped THEN k.target_group ELSE k.source_group END AS a_role,
    CASE WHEN k.flipped THEN k.source_group ELSE k.target_group END AS b_role,
    a.art, c.clu, b.block
FROM keyed AS k
JOIN articles AS a USING (article_id)
JOIN clusters AS c USING (cluster_id)
JOIN blocks AS b
    ON b.kind = k.kind AND b.realis = k.realis AND b.unordered = k.unordered
    AND b.a_key IS NOT DISTINCT FROM k.a_key AND b.b_key IS NOT DISTINCT FROM k.b_key
    AND b.anchor IS NOT DISTINCT FROM k.anchor;
DROP TABLE keyed;
DROP TABLE named;
DROP TABLE sided;

-- Days are settled first by those who name one. A day stands for itself: events are never chained
-- over neighbouring days.
CREATE TABLE settled AS
SELECT m, block, art, sentence, mode, a_person, b_person, lo, hi
FROM reports
WHERE hi - lo = 0 OR hi - lo + 1 > 31;
