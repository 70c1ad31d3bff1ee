-- A mention that names one actor only joins an event that names both and agrees in all that both
-- say: one of its own article, on the same days first, then (if it has no date) the nearest in
-- the text; else one on the same days in the same named place.
CREATE TABLE whole AS
SELECT
    x.g, r.kind, r.realis, r.unordered, r.a_key, r.b_key, x.lo, x.hi, count(DISTINCT x.clu) AS n,
    min(x.mode) AS mode, min(x.a_person) AS a_person, min(x.b_person) AS b_person,
    min(x.a_role) AS a_role, min(x.b_role) AS b_role
FROM grouped AS x
JOIN reports AS r USING (m)
WHERE r.a_key IS NOT NULL AND r.b_key IS NOT NULL AND x.lo IS NOT NULL
GROUP BY ALL;

-- Each known side of a lone mention, tried on the sides of whole events that it may stand for.
CREATE TABLE lone AS
WITH halves AS (
    SELECT
        x.m, x.art, r.city, r.sentence, r.kind, r.realis, r.unordered, x.lo, x.hi, x.mode,
        r.lo IS NULL AS is_undated,
        r.b_key IS NULL AS is_a,
        coalesce(r.a_key, r.b_key) AS key,
        CASE WHEN is_a THEN x.a_person ELSE x.b_person END AS person,
        CASE WHEN is_a THEN x.a_role ELSE x.b_role END AS role
    FROM grouped AS x
    JOIN reports AS r USING (m)
    WHERE (r.a_key IS NULL) <> (r.b_key IS NULL)
)
SELECT *, FALSE AS is_turned FROM halves
UNION ALL
SELECT * REPLACE (NOT is_a AS is_a), TRUE AS is_turned FROM halves WHERE unordered;

CREATE TABLE sides_of_whole AS
SELECT g, kind, realis, unordered, lo, hi, n, mode, TRUE AS is_a, a_key AS key, a_person AS person, a_role AS role
FROM whole
UNION ALL
SELECT g, kind, realis, unordered, lo, hi, n, mode, FALSE, b_key, b_person, b_role
FROM whole;

CREATE TABLE joined AS
WITH in_article AS (
    SELECT
        l.m, l.is_turned, w.g, w.n,
        CASE WHEN l.lo = w.lo AND l.hi = w.hi THEN 0 ELSE 1 END AS tie,
        abs(r.sentence - l.sentence) AS distance
    FROM lone AS l
    JOIN grouped AS x ON x.art = l.art
    JOIN reports AS r ON r.m = x.m
    JOIN sides_of_whole AS w
        ON w.g = x.g AND w.kind = l.kind AND w.realis = l.realis AND w.unordered = l.unordered
        AND w.is_a = l.is_a AND w.key = l.key
    WHERE (l.is_undated OR (l.lo = w.lo AND l.hi = w.hi)) AND $agrees
),
in_place AS (
    SELECT l.m, l.is_turned, w.g, w.n, 2 AS tie, 0 AS distance
    FROM lone AS l
    JOIN sides_of_whole AS w
        ON w.kind = l.kind AND w.realis = l.realis AND w.unordered = l.unordered
        AND w.is_a = l.is_a AND w.key = l.key AND w.lo = l.lo AND w.hi = l.hi
    SEMI JOIN (SELECT DISTINCT x.g, r.city FROM grouped AS x JOIN reports AS r USING (m)) AS c
        ON c.g = w.g AND c.city = l.city
    WHERE $agrees
)
SELECT
    m,
    arg_min(
        struct_pack(g := g, is_turned := is_turned),
        struct_pack(tie := tie, d := distance, n := -n, g := g, turned := is_turned)
    ) AS to_event
FROM (FROM in_article UNION ALL FROM in_place)
GROUP BY m;

UPDATE grouped SET g = j.to_event.g FROM joined AS j WHERE grouped.m = j.m;

-- A group is numbered by its first mention, also after some have joined or left it.
CREATE TABLE members AS
SELECT x.m, min(x.m) OVER (PARTITION BY x.g) AS g, r.art, r.clu, r.best,
    r.flipped <> coalesce(j.to_event.is_turned, FALSE) AS flipped
FROM grouped AS x
JOIN reports AS r USING (m)
LEFT JOIN joined AS j USING (m);
DROP TABLE whole;
DROP TABLE lone;
DROP TABLE sides_of_whole;
DROP TABLE joined;
DROP TABLE grouped;
DROP TABLE reports;
