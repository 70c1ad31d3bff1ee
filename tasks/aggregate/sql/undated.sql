-- Mentions without a date of their own, in this order: the event just spoken of in the same
-- article; the nearest in time within what a report of that day can mean; for those that name both
-- actors (or have no day of publication) any other of the same article; else the day on which it
-- was first reported. Dates of long ago are background, and what follows them is news again.
CREATE TABLE pending AS
SELECT r.m, r.block, r.art, r.clu, r.sentence, r.mode, r.a_person, r.b_person, r.reported, r.realis,
    r.a_key IS NOT NULL AND r.b_key IS NOT NULL AS is_complete
FROM reports AS r
ANTI JOIN settled AS s ON s.m = r.m;

CREATE TABLE own AS
SELECT
    p.m,
    arg_min(
        struct_pack(lo := s.lo, hi := s.hi),
        struct_pack(later := s.sentence > p.sentence, d := abs(s.sentence - p.sentence), lo := s.lo, hi := s.hi)
    ) AS core,
    bool_or(s.sentence BETWEEN p.sentence - $near AND p.sentence) AS is_near
FROM pending AS p
JOIN settled AS s ON s.art = p.art AND s.block = p.block
WHERE coalesce(abs(s.lo - p.reported) <= $recent, TRUE) AND $compatible
GROUP BY p.m;

CREATE TABLE close AS
WITH p AS (
    SELECT DISTINCT p.block, p.mode, p.a_person, p.b_person, p.reported, w.days, w.preference
    FROM pending AS p
    JOIN windows AS w ON w.realis = p.realis AND (p.is_complete OR abs(w.days) <= 1)
),
s AS (SELECT DISTINCT block, mode, a_person, b_person, lo FROM settled WHERE lo = hi)
SELECT
    p.block, p.mode, p.a_person, p.b_person, p.reported,
    arg_min(s.lo, p.preference) AS day
FROM p
JOIN s ON s.block = p.block AND s.lo = p.reported + p.days
WHERE $compatible
GROUP BY ALL;

CREATE TABLE placed AS
SELECT
    p.m,
    CASE
        WHEN own.is_near THEN own.core
        WHEN close.day IS NOT NULL THEN struct_pack(lo := close.day, hi := close.day)
        WHEN own.core IS NOT NULL AND (p.is_complete OR p.reported IS NULL) THEN own.core
        ELSE struct_pack(lo := p.reported, hi := p.reported)
    END AS core
FROM pending AS p
LEFT JOIN own USING (m)
LEFT JOIN close
    ON close.block = p.block AND close.reported = p.reported
    AND close.mode IS NOT DISTINCT FROM p.mode
    AND close.a_person IS NOT DISTINCT FROM p.a_person
    AND close.b_person IS NOT DISTINCT FROM p.b_person;

-- Groups start as block and days; an undated mention in an undated article joins its own story alone.
CREATE TABLE grouped AS
WITH days AS (
    SELECT m, lo, hi FROM settled UNION ALL SELECT m, core.lo, core.hi FROM placed
),
placed_reports AS (
    SELECT r.*EXCLUDE (lo, hi), d.lo, d.hi, CASE WHEN d.lo IS NULL THEN r.clu END AS story
    FROM reports AS r
    JOIN days AS d USING (m)
),
firsts AS (SELECT block, lo, hi, story, min(m) AS g FROM placed_reports GROUP BY ALL)
SELECT
    r.m, r.art, r.clu, r.mode, r.root, r.place, r.a_person, r.b_person, r.a_role, r.b_role,
    r.lo, r.hi, f.g
FROM placed_reports AS r
JOIN firsts AS f
    ON f.block = r.block AND f.lo IS NOT DISTINCT FROM r.lo AND f.hi IS NOT DISTINCT FROM r.hi
    AND f.story IS NOT DISTINCT FROM r.story;
DROP TABLE pending;
DROP TABLE own;
DROP TABLE close;
DROP TABLE placed;
DROP TABLE settled;
