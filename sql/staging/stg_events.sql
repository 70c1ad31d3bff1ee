-- Events, with the flags that the marts count by.
-- grain: one real-world event
-- key: event_id
-- column event_id: The event
-- column event_date: The day of the event; null if not known to the day
-- column date_start: First day on which it may have happened
-- column date_end: Last such day
-- column date_precision: day, week, month, year or none
-- column date_basis: stated, inferred, published or none
-- column source_actor: Composed code of the one who acts
-- column source_country: Country or organisation of the one who acts
-- column target_actor: Composed code of the one acted upon
-- column target_country: Country or organisation of the one acted upon
-- column is_reciprocal: True for a call, a meeting: both sides act
-- column plover: PLOVER event type; null for a statement (CAMEO 01)
-- column mode: PLOVER mode
-- column cameo: CAMEO code
-- column cameo_root: First two digits of the CAMEO code
-- column quad_class: 1 verbal, 2 material cooperation; 3 verbal, 4 material conflict
-- column goldstein: Goldstein score in tenths as an exact number, -10.0 to +10.0
-- column status: actual, planned, hypothetical, negated or denied
-- column is_actual: True if it is reported to have happened
-- column place_name: The place
-- column place_country: Country of the place
-- column lat: Latitude, degrees north
-- column lon: Longitude, degrees east
-- column n_mentions: Sentences that report it
-- column n_articles: Articles that report it
-- column n_publishers: Publishers that report it
-- column n_independent: Reports that are independent of each other
-- column languages: Languages it is reported in
-- column first_reported: Earliest day of publication of a report
-- column last_reported: Latest day of publication of a report
-- column best_mention_id: The mention that speaks for it
-- column confidence: Confidence of that mention, 0-1
-- column disagreements: Fields on which reports differ, with the values
SELECT
    event_id,
    CASE WHEN date_start = date_end THEN date_start END AS event_date,
    date_start, date_end, date_precision, date_basis,
    source_actor, source_country, target_actor, target_country, is_reciprocal,
    plover, mode, cameo,
    cameo[:2] AS cameo_root,
    quad_class,
    goldstein::DECIMAL(4, 1) AS goldstein,
    status,
    status = 'actual' AS is_actual,
    place_name, place_country, lat, lon,
    n_mentions, n_articles, n_publishers, n_independent, languages,
    first_reported, last_reported, best_mention_id, confidence, disagreements
FROM events
