-- Events that happened on a known day between two known countries, seen from who acts. A
-- reciprocal event (a call, a meeting) stands twice, once from each side.
-- grain: event x direction
-- key: event_id, is_mirrored
-- column is_mirrored: True for the row that is seen from the other side
-- column event_id: The event
-- column event_date: The day of the event
-- column source_actor: Composed code of the one who acts
-- column source_country: Country or organisation of the one who acts
-- column target_actor: Composed code of the one acted upon
-- column target_country: Country or organisation of the one acted upon
-- column is_reciprocal: True if the event stands in both directions
-- column plover: PLOVER event type
-- column cameo: CAMEO code
-- column quad_class: 1 verbal, 2 material cooperation; 3 verbal, 4 material conflict
-- column goldstein: Goldstein score, -10.0 to +10.0
-- column n_mentions: Sentences that report it
-- column n_articles: Articles that report it
-- column n_independent: Reports that are independent of each other
-- column first_reported: Earliest day of publication of a report
SELECT
    event_id, FALSE AS is_mirrored, event_date, source_actor, source_country, target_actor, target_country, is_reciprocal,
    plover, cameo, quad_class, goldstein, n_mentions, n_articles, n_independent, first_reported
FROM stg_events
WHERE is_actual AND event_date IS NOT NULL AND source_country IS NOT NULL AND target_country IS NOT NULL
UNION ALL
SELECT
    event_id, TRUE, event_date, target_actor, target_country, source_actor, source_country, is_reciprocal,
    plover, cameo, quad_class, goldstein, n_mentions, n_articles, n_independent, first_reported
FROM stg_events
WHERE is_reciprocal AND source_actor <> target_actor AND is_actual AND event_date IS NOT NULL
    AND source_country IS NOT NULL AND target_country IS NOT NULL
