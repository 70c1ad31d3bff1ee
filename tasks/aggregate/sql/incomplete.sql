-- A mention that names one actor only joins an event that names both and agrees in all that both
-- say: one of its own article, on the same days first, then (if it has no date) the nearest in the
-- text that its day of report can mean; else one on the same days in the same named place; else the
-- only one on the same days with the same mode or person. A mere statement never does: what
-- somebody says to one he may say to others.
CREATE TABLE whole AS
WITH groups AS (
    SELECT
        g, count(DISTINCT clu) AS n, min(mode) AS mode, min(root) AS root, min(a_person) AS a_person,
        min(b_person) AS b_person, min(a_role) AS a_role, min(b_role) AS b_role,
        min(place) AS place
    FROM grouped
    GROUP BY g
)
SELECT x.*, r.kind, r.realis, r.unordered, r.a_key, r.b_key, f.lo, f.hi
FROM groups AS x
JOIN reports AS r ON r.m = x.g
JOIN grouped AS f ON f.m = x.g
WHERE r.a_key IS NOT NULL AND r.b_key IS NOT NULL AND f.lo IS NOT NULL;

-- Each known side of a lone mention, tried on the sides of whole events that it may stand for.
CREATE TABLE lone AS
WITH halves AS (
    SELECT
        x.m, x.art, r.city, r.sentence, r.kind, r.realis, r.unordered, x.lo, x.hi, x.mode, x.root, x.place,
        r.lo IS NULL AS is_undated, r.reported,
        r.b_key IS NULL AS is_a,
        coalesce(r.a_key, r.b_key) AS key,
        CASE WHEN is_a THEN x.a_person ELSE x.b_person END AS person,
        CASE WHEN is_a THEN x.a_role ELSE x.b_role END AS role,
        CASE WHEN is_a THEN x.b_role ELSE x.a_role END AS other_role
    FROM grouped AS x
    JOIN reports AS r USING (m)
    WHERE (r.a_key IS NULL) <> (r.b_key IS NULL) AND r.kind NOT LIKE 'CAMEO %'
)
SELECT *, FALSE AS is_turned FROM halves
UNION ALL
SELECT * REPLACE (NOT is_a AS is_a), TRUE AS is_turned FROM halves WHERE unordered;

CREATE TABLE sides_of_whole AS
SELECT g, kind, realis, unordered, lo, hi, n, mode, root, place, TRUE AS is_a, a_key AS key,
    a_person AS person, a_role AS role, b_role AS other_role
FROM whole
UNION ALL
SELECT g, kind, realis, unordered, lo, hi, n, mode, root, place, FALSE, b_key, b_person, b_role, a_role
FROM whole;

-- The pairs of one article are few: take them first, whatever order a planner would choose.
CREATE TABLE in_article AS
WITH pairs AS (
    SELECT l.m, x.g, min(abs(r.sentence - l.sentence)) AS distance
    FROM lone AS l
    JOIN grouped AS x USING (art)
    JOIN reports AS r ON r.m = x.m
    WHERE NOT l.is_turned
    GROUP BY l.m, x.g
)
SELECT p.m, p.distance, w.*
FROM pairs AS p
JOIN sides_of_whole AS w USING (g);

CREATE TABLE in_place AS
SELECT DISTINCT r.city, w.*
FROM grouped AS x
JOIN reports AS r USING (m)
JOIN sides_of_whole AS w USING (g)
WHERE r.city IS NOT NULL;

CREATE TABLE joined AS
WITH matches AS (
    SELECT
        l.m, l.is_turned, w.g, w.lo, w.hi, w.n, w.distance,
        CASE WHEN l.lo = w.lo AND l.hi = w.hi THEN 0 ELSE 1 END AS tie
    FROM in_article AS w
    JOIN lone AS l
        ON l.m = w.m AND w.is_a = l.is_a AND w.key = l.key
        AND w.kind = l.kind AND w.realis = l.realis AND w.unordered = l.unordered
    LEFT JOIN windows AS v ON v.realis = l.realis AND v.days = w.lo - l.reported
    WHERE
        (
            (l.lo = w.lo AND l.hi = w.hi)
            OR (l.is_undated AND w.lo = w.hi AND (v.days IS NOT NULL OR l.reported IS NULL))
        )
        AND $agrees
    UNION ALL
    SELECT l.m, l.is_turned, w.g, w.lo, w.hi, w.n, 0, 2
    FROM lone AS l
    JOIN in_place AS w
        ON w.city = l.city AND w.lo = l.lo AND w.hi = l.hi AND w.key = l.key AND w.is_a = l.is_a
        AND w.kind = l.kind AND w.realis = l.realis AND w.unordered = l.unordered
    WHERE $agrees
    UNION ALL
    SELECT l.m, min(l.is_turned), min(w.g), min(w.lo), min(w.hi), min(w.n), 0, 3
    FROM lone AS l
    JOIN sides_of_whole AS w
        ON w.lo = l.lo AND w.hi = l.hi AND w.key = l.key AND w.is_a = l.is_a
        AND w.kind = l.kind AND w.realis = l.realis AND w.unordered = l.unordered
    WHERE NOT l.is_undated AND (w.mode = l.mode OR w.person = l.person) AND $agrees
    GROUP BY l.m
    HAVING min(w.g) = max(w.g)
)
SELECT
    m,
    arg_min(
        struct_pack(g := g, is_turned := is_turned, lo := lo, hi := hi),
        struct_pack(tie := tie, d := distance, n := -n, g := g, turned := is_turned)
    ) AS to_event
FROM matches
GROUP BY m;

UPDATE grouped SET g = j.to_event.g, lo = j.to_event.lo, hi = j.to_event.hi
FROM joined AS j WHERE grouped.m = j.m;

DROP TABLE whole;
DROP TABLE lone;
DROP TABLE sides_of_whole;
DROP TABLE in_article;
DROP TABLE in_place;
