-- Coded values are those of the code lists.
-- severity: error
WITH coded AS (
    SELECT 'mentions' AS name, mention_id AS id, plover, cameo, quad_class, status, date_basis, date_precision, confidence
    FROM mentions
    UNION ALL
    SELECT 'events', event_id, plover, cameo, quad_class, status, date_basis, date_precision, confidence FROM events
)
SELECT name, id, plover, cameo, quad_class, status, date_basis, date_precision, confidence
FROM coded
WHERE NOT (
    coalesce(plover, 'AGREE') IN (
        'AGREE', 'CONSULT', 'SUPPORT', 'CONCEDE', 'COOPERATE', 'AID', 'RETREAT', 'REQUEST',
        'ACCUSE', 'REJECT', 'THREATEN', 'PROTEST', 'SANCTION', 'MOBILIZE', 'COERCE', 'ASSAULT'
    )
    AND regexp_full_match(cameo, '(0[1-9]|1[0-9]|20)[0-9]{0,2}')
    AND coalesce(quad_class, 1) BETWEEN 1 AND 4
    AND status IN ('actual', 'planned', 'hypothetical', 'negated', 'denied')
    AND date_basis IN ('stated', 'inferred', 'published', 'none')
    AND date_precision IN ('day', 'week', 'month', 'year', 'none')
    AND coalesce(confidence, 0) BETWEEN 0 AND 1
)
ORDER BY name, id
