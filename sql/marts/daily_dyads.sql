-- What one country did to another on a day. Only events that happened, are known to the day and
-- name both countries; a reciprocal event counts in both directions.
-- grain: day x source country x target country
-- key: event_date, source_country, target_country
-- column event_date: Day of the events
-- column source_country: Country or organisation that acts
-- column target_country: Country or organisation acted upon
-- column n_events: Events of that day
-- column n_one_a_day: The same after the one-a-day filter of ICEWS and Phoenix: events of the same
--   actors and CAMEO code count once
-- column n_reciprocal: Of n_events, those that also stand in the other direction
-- column n_verbal_cooperation: Events of quad class 1
-- column n_material_cooperation: Events of quad class 2
-- column n_verbal_conflict: Events of quad class 3
-- column n_material_conflict: Events of quad class 4
-- column goldstein_sum: Sum of the Goldstein scores
-- column goldstein_mean: Their mean, to two decimals
-- column n_mentions: Sentences that report these events
-- column n_articles: Articles that report them, added over events
-- column n_independent: Independent reports, added over events
SELECT
    event_date, source_country, target_country,
    count(*)::INTEGER AS n_events,
    count(DISTINCT (source_actor, target_actor, cameo))::INTEGER AS n_one_a_day,
    (count(*) FILTER (is_reciprocal))::INTEGER AS n_reciprocal,
    (count(*) FILTER (quad_class = 1))::INTEGER AS n_verbal_cooperation,
    (count(*) FILTER (quad_class = 2))::INTEGER AS n_material_cooperation,
    (count(*) FILTER (quad_class = 3))::INTEGER AS n_verbal_conflict,
    (count(*) FILTER (quad_class = 4))::INTEGER AS n_material_conflict,
    sum(goldstein)::DECIMAL(12, 1) AS goldstein_sum,
    round(sum(goldstein)::DOUBLE / count(goldstein), 2) AS goldstein_mean,
    sum(n_mentions)::INTEGER AS n_mentions,
    sum(n_articles)::INTEGER AS n_articles,
    sum(n_independent)::INTEGER AS n_independent
FROM stg_directed_events
-- Within one country both directions are the same row.
WHERE NOT (is_mirrored AND source_country = target_country)
GROUP BY event_date, source_country, target_country
ORDER BY event_date, source_country, target_country
