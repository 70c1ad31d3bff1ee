-- A mention that names no actor joins an event of its own article, on the same days, that agrees in
-- all that both say: the nearest in the text.
CREATE TABLE nameless AS
WITH pairs AS (
    SELECT l.m, w.g, abs(s.sentence - r.sentence) AS distance
    FROM grouped AS l
    JOIN reports AS r ON r.m = l.m
    JOIN grouped AS w ON w.art = l.art AND w.lo = l.lo AND w.hi = l.hi
    JOIN reports AS s
        ON s.m = w.m AND s.kind = r.kind AND s.realis = r.realis AND s.unordered = r.unordered
    WHERE
        r.a_key IS NULL AND r.b_key IS NULL AND r.kind NOT LIKE 'CAMEO %'
        AND (s.a_key IS NOT NULL OR s.b_key IS NOT NULL) AND $agrees
)
SELECT m, arg_min(g, struct_pack(d := distance, g := g)) AS g FROM pairs GROUP BY m;

UPDATE grouped SET g = n.g FROM nameless AS n WHERE grouped.m = n.m;

-- A group is numbered by its first mention, also after some have joined or left it.
CREATE TABLE members AS
WITH firsts AS (SELECT g, min(m) AS first_m, count(*) AS n FROM grouped GROUP BY g)
SELECT
    x.m, f.first_m AS g, f.n, r.art, r.clu, r.best,
    r.flipped <> coalesce(j.to_event.is_turned, FALSE) AS flipped
FROM grouped AS x
JOIN firsts AS f USING (g)
JOIN reports AS r USING (m)
LEFT JOIN joined AS j USING (m);
DROP TABLE nameless;
DROP TABLE joined;
DROP TABLE grouped;
DROP TABLE reports;
