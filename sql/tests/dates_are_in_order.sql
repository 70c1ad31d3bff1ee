-- A first day is not after its last day, nor a first report after the last one.
-- severity: error
SELECT 'mentions' AS name, mention_id AS id, date_start AS first, date_end AS last
FROM mentions WHERE date_start > date_end
UNION ALL
SELECT 'events', event_id, date_start, date_end FROM events WHERE date_start > date_end
UNION ALL
SELECT 'events, reported', event_id, first_reported, last_reported
FROM events WHERE first_reported > last_reported
ORDER BY name, id
