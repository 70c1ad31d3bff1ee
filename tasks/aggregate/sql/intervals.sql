-- Mentions dated to $shortest-$longest days: the event of the same article within that time,
-- else the only one that anybody reports, else an event of its own.
CREATE TABLE pending AS
SELECT m, block, art, sentence, mode, a_person, b_person, lo, hi FROM reports
WHERE hi - lo + 1 BETWEEN $shortest AND $longest;

CREATE TABLE own AS
SELECT
    p.m,
    arg_min(
        struct_pack(lo := s.lo, hi := s.hi),
        struct_pack(d := abs(s.sentence - p.sentence), lo := s.lo, hi := s.hi, s := s.m)
    ) AS core
FROM pending AS p
JOIN settled AS s ON s.art = p.art AND s.block = p.block
WHERE s.lo >= p.lo AND s.hi <= p.hi AND $compatible
GROUP BY p.m;

CREATE TABLE sole AS
WITH p AS (
    SELECT DISTINCT block, mode, a_person, b_person, lo, hi, unnest(generate_series(lo, hi, INTERVAL 1 DAY))::DATE AS day
    FROM pending
),
s AS (SELECT DISTINCT block, mode, a_person, b_person, lo, hi FROM settled)
SELECT
    p.block, p.mode, p.a_person, p.b_person, p.lo, p.hi,
    struct_pack(lo := min(s.lo), hi := min(s.hi)) AS core
FROM p
JOIN s ON s.block = p.block AND s.lo = p.day
WHERE s.hi <= p.hi AND $compatible
GROUP BY ALL
HAVING min(s.lo) = max(s.lo) AND min(s.hi) = max(s.hi);

INSERT INTO settled
SELECT
    p.m, p.block, p.art, p.sentence, p.mode, p.a_person, p.b_person,
    coalesce(own.core.lo, sole.core.lo, p.lo),
    coalesce(own.core.hi, sole.core.hi, p.hi)
FROM pending AS p
LEFT JOIN own USING (m)
LEFT JOIN sole
    ON sole.block = p.block AND sole.lo = p.lo AND sole.hi = p.hi
    AND sole.mode IS NOT DISTINCT FROM p.mode
    AND sole.a_person IS NOT DISTINCT FROM p.a_person
    AND sole.b_person IS NOT DISTINCT FROM p.b_person;
DROP TABLE pending;
DROP TABLE own;
DROP TABLE sole;
