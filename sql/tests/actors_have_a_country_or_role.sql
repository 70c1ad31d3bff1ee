-- An actor code begins with its country or organisation.
-- severity: warn
SELECT event_id, source_actor, source_country, target_actor, target_country
FROM events
WHERE (source_country IS NOT NULL AND NOT starts_with(source_actor, source_country))
    OR (target_country IS NOT NULL AND NOT starts_with(target_actor, target_country))
ORDER BY event_id
