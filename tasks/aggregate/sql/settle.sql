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

CREATE TABLE disputes AS
WITH told AS (
    SELECT g, field, value, count(DISTINCT art)::INTEGER AS n FROM claims WHERE is_told GROUP BY ALL
),
disputed AS (
    SELECT *, count(*) OVER (PARTITION BY g, field) AS n_values FROM told
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
