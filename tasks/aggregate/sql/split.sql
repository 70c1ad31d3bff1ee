-- Groups whose mentions name more than one $facet are several events. A mention that names none
-- goes with its own article, else with the $facet that most independent texts report.
CREATE TABLE parts AS
WITH torn AS (
    SELECT g FROM grouped WHERE $facet IS NOT NULL GROUP BY g HAVING min($facet) <> max($facet)
),
torn_rows AS (SELECT m, g, art, clu, $facet AS value FROM grouped WHERE g IN (SELECT g FROM torn)),
votes AS (
    SELECT g, value, count(DISTINCT clu) AS n FROM torn_rows WHERE value IS NOT NULL GROUP BY g, value
),
most AS (
    SELECT g, arg_min(value, struct_pack(n := -n, v := value)) AS value FROM votes GROUP BY g
),
own AS (
    SELECT t.g, t.art, arg_min(t.value, struct_pack(n := -v.n, v := t.value)) AS value
    FROM torn_rows AS t
    JOIN votes AS v ON v.g = t.g AND v.value = t.value
    GROUP BY t.g, t.art
)
SELECT t.m, t.g, coalesce(t.value, own.value, most.value) AS value
FROM torn_rows AS t
LEFT JOIN own ON own.g = t.g AND own.art = t.art
LEFT JOIN most ON most.g = t.g;

UPDATE grouped SET g = p.g
FROM (SELECT m, min(m) OVER (PARTITION BY g, value) AS g FROM parts) AS p
WHERE grouped.m = p.m;
DROP TABLE parts;
