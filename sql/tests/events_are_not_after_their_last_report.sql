-- What happened is not dated after the last report of it: a sign of a misread date.
-- severity: warn
SELECT event_id, date_start, last_reported, date_basis
FROM events
WHERE status = 'actual' AND date_start > last_reported + 1
ORDER BY event_id
