-- Settle each field of each event: by preference, then by the summed confidence of the independent
-- texts that say so, then as stated beside the claim, then by the value itself. `speaker` is the
-- best mention that says it.
CREATE TABLE tallies AS
WITH texts AS (
    SELECT
        g, field, value, preference, clu, max(weight) AS weight, min(late) AS late,
        min(best) AS best, arg_min(m, best) AS speaker
    FROM claims
    GROUP BY g, field, value, preference, clu
)
SELECT
    g, field, value, preference, sum(weight)::BIGINT AS weight, min(late) AS late,
    arg_min(speaker, best) AS speaker
FROM texts
GROUP BY g, field, value, preference;

CREATE TABLE spoken AS
SELECT
    g, field,
    arg_min(speaker, struct_pack(p := preference, w := -weight, l := late, v := value)) AS speaker
FROM tallies
GROUP BY g, field;

-- Reports that say less do not disagree: a value is left out if another one only makes it finer.
CREATE TABLE disputes AS
WITH told AS (
    SELECT g, field, value, count(DISTINCT art)::INTEGER AS n FROM claims WHERE is_told GROUP BY ALL
),
differing AS (
    SELECT
        *,
        try_cast(split_part(value, '/', 1) AS DATE) AS lo,
        try_cast(split_part(value, '/', -1) AS DATE) AS hi
    FROM told
    QUALIFY count(*) OVER (PARTITION BY g, field) > 1
),
refined AS (
    SELECT DISTINCT t.g, t.field, t.value
    FROM differing AS t
    JOIN differing AS u ON u.g = t.g AND u.field = t.field AND u.value <> t.value
    WHERE CASE
        WHEN t.field IN ('source', 'target') THEN starts_with(u.value, t.value)
        WHEN t.field = 'cameo'
            THEN starts_with(u.value, CASE WHEN t.value[3:3] = '0' THEN t.value[:2] ELSE t.value END)
        WHEN t.field = 'date'
            THEN coalesce(u.lo >= t.lo, t.lo IS NULL) AND coalesce(u.hi <= t.hi, t.hi IS NULL)
        WHEN t.field = 'place'
            -- A bare country beside a place in it.
            THEN t.value NOT SIMILAR TO '.* [0-9]+'
            AND regexp_extract(t.value, '([A-Z]{3})\z', 1)
            = regexp_extract(u.value, '([A-Z]{3}) [0-9]+\z', 1)
        ELSE FALSE
    END
),
disputed AS (
    SELECT *, count(*) OVER (PARTITION BY g, field) AS n_values
    FROM differing
    ANTI JOIN refined USING (g, field, value)
)
SELECT
    g,
    list(
        struct_pack(field := field, value := value, n_articles := n) ORDER BY field, n DESC, value
    ) AS disagreements
FROM disputed
WHERE n_values > 1
GROUP BY g;

CREATE TABLE figures AS
WITH said AS (
    SELECT p.g, p.field, unnest(k.quantities) AS q
    FROM spoken AS p
    JOIN coded AS k ON k.m = p.speaker
    WHERE len(k.quantities) > 0
)
SELECT g, list(q) AS quantities
FROM said
WHERE q.kind = field
GROUP BY g;

CREATE TABLE themes AS
SELECT g, list(DISTINCT context) AS contexts
FROM (SELECT g, unnest(contexts) AS context FROM several)
GROUP BY g;

CREATE TABLE counts AS
SELECT
    g,
    count(*)::INTEGER AS n_mentions,
    count(DISTINCT art)::INTEGER AS n_articles,
    count(DISTINCT publisher)::INTEGER AS n_publishers,
    list(DISTINCT language ORDER BY language) AS languages,
    min(published) AS first_reported,
    max(published) AS last_reported,
    arg_min(m, best) AS best_m,
    bool_or(is_reciprocal) AS is_reciprocal
FROM several
GROUP BY g;
