-- What tells one event from another, as far as a mention says so; null = it does not say.

-- Who: IGO, NGO and the like are no countries; there the whole code names the actor.
-- A bare country is its government, but an attack on a country may be one on anybody in it.
CREATE TABLE named AS
SELECT
    k.m, k.article_id, k.cluster_id, k.status, k.sentence_index, k.reported,
    coalesce(k.plover, 'CAMEO ' || k.cameo[:2]) AS kind,
    coalesce(t.is_unordered, FALSE) OR k.is_reciprocal AS unordered,
    CASE
        WHEN k.source_country IN (SELECT head FROM heads) THEN k.source_actor
        ELSE coalesce(k.source_country, nullif(k.source_actor, '---'))
    END AS source_key,
    CASE
        WHEN k.target_country IN (SELECT head FROM heads) THEN k.target_actor
        ELSE coalesce(k.target_country, nullif(k.target_actor, '---'))
    END AS target_key,
    CASE
        WHEN t.is_state_act AND s.is_state_organ THEN 'GOV'
        ELSE coalesce(s.role_group, k.source_role, 'GOV')
    END AS source_group,
    CASE
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
    CASE WHEN k.date_basis IN ('stated', 'inferred') THEN least(k.date_start, k.date_end) END AS lo,
    CASE WHEN k.date_basis IN ('stated', 'inferred') THEN greatest(k.date_start, k.date_end) END AS hi,
    row_number() OVER (
        ORDER BY
            list_position(['actual', 'planned', 'hypothetical', 'negated', 'denied'], k.status),
            k.confidence DESC, k.date_basis = 'stated' DESC, k.m
    )::INTEGER AS best
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
        < coalesce(source_key, '') || ' ' || source_group
    ) AS flipped,
    CASE status
        WHEN 'actual' THEN 'happened'
        WHEN 'planned' THEN 'may happen' WHEN 'hypothetical' THEN 'may happen'
        ELSE 'did not happen'
    END AS realis
FROM named;

-- Mentions in one block agree on type, realis and actors; the block is its first mention.
CREATE TABLE reports AS
SELECT
    m, best, kind, realis, unordered, flipped, sentence_index AS sentence, reported, lo, hi, mode, root,
    CASE WHEN localised THEN city END AS place,
    city,
    CASE WHEN flipped THEN target_key ELSE source_key END AS a_key,
    CASE WHEN flipped THEN source_key ELSE target_key END AS b_key,
    CASE WHEN flipped THEN target_person ELSE source_person END AS a_person,
    CASE WHEN flipped THEN source_person ELSE target_person END AS b_person,
    CASE WHEN flipped THEN target_group ELSE source_group END AS a_role,
    CASE WHEN flipped THEN source_group ELSE target_group END AS b_role,
    min(m) OVER (PARTITION BY article_id) AS art,
    min(m) OVER (PARTITION BY cluster_id) AS clu,
    min(m) OVER (
        PARTITION BY
            kind, realis, unordered, a_key, b_key,
            -- Without any actor only a named place, or the story itself, can join two mentions.
            CASE WHEN a_key IS NULL AND b_key IS NULL THEN coalesce(city::VARCHAR, cluster_id) END
    ) AS block
FROM sided;
DROP TABLE named;
DROP TABLE sided;

-- Days are settled first by those who name one. A day stands for itself: events are never chained
-- over neighbouring days.
CREATE TABLE settled AS
SELECT m, block, art, sentence, mode, a_person, b_person, lo, hi
FROM reports
WHERE hi - lo = 0 OR hi - lo + 1 > 31;
