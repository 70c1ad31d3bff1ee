-- Independent reports of an event: copies of one text are one, and so are all that cite one and
-- the same news organisation for it, that organisation's own article among them.
CREATE TABLE origin_of AS
WITH texts AS (
    SELECT DISTINCT origin_text AS text FROM coded WHERE origin_text IS NOT NULL
),
words AS (
    SELECT text, ' ' || regexp_replace(text, '[^\p{L}\p{N}]+', ' ', 'g') || ' ' AS padded FROM texts
)
SELECT w.text, arg_min(o.origin, struct_pack(l := -length(o.name), o := o.origin)) AS origin
FROM words AS w
JOIN news_origins AS o
    ON contains(w.padded, CASE WHEN o.match = 'word' THEN ' ' || o.name || ' ' ELSE o.name END)
GROUP BY w.text;

CREATE TABLE independent AS
WITH cited AS (
    SELECT
        e.g, e.m, e.clu, e.best,
        coalesce(o.origin, CASE WHEN k.origin_actor LIKE '%JRN' THEN k.origin_text END) AS origin,
        p.origin AS own_origin
    FROM members AS e
    JOIN coded AS k USING (m)
    LEFT JOIN origin_of AS o ON o.text = k.origin_text
    LEFT JOIN (SELECT DISTINCT origin, domain FROM news_origins WHERE domain IS NOT NULL) AS p
        ON p.domain = k.publisher
    WHERE e.n > 1
),
texts AS (
    SELECT
        g, clu, arg_min(m, best) AS m, min(best) AS best,
        -- One sentence on the paper's own word makes it a report of its own.
        CASE WHEN count(*) = count(origin) THEN min(origin) ELSE min(own_origin) END AS origin
    FROM cited
    GROUP BY g, clu
)
SELECT g, arg_min(m, best) AS m
FROM texts
GROUP BY g, coalesce('origin ' || origin, 'text ' || clu)
UNION ALL
SELECT g, m FROM members WHERE n = 1;
