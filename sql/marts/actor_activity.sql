-- What each actor did and had done to it in a month. Only events that happened; an event counts in
-- the month of its first possible day, a reciprocal one for both sides as source.
-- grain: month x actor
-- key: month, actor
-- column month: First day of the month; null for events without a date
-- column actor: Composed actor code
-- column country: Country or organisation of the actor
-- column n_as_source: Events in which it acts
-- column n_as_target: Events in which it is acted upon
-- column n_cooperation_given: Of n_as_source, quad classes 1 and 2
-- column n_conflict_given: Of n_as_source, quad classes 3 and 4
-- column n_cooperation_received: Of n_as_target, quad classes 1 and 2
-- column n_conflict_received: Of n_as_target, quad classes 3 and 4
-- column n_partners: Different actors on the other side
-- column n_independent: Independent reports, added over events
WITH sides AS (
    SELECT
        date_trunc('month', date_start)::DATE AS month, source_actor AS actor,
        source_country AS country, target_actor AS other, TRUE AS acts, quad_class, n_independent
    FROM stg_events WHERE is_actual AND source_actor IS NOT NULL
    UNION ALL
    SELECT
        date_trunc('month', date_start)::DATE, target_actor,
        target_country, source_actor, is_reciprocal, quad_class, n_independent
    FROM stg_events WHERE is_actual AND target_actor IS NOT NULL
)
SELECT
    month, actor,
    min(country) AS country,
    (count(*) FILTER (acts))::INTEGER AS n_as_source,
    (count(*) FILTER (NOT acts))::INTEGER AS n_as_target,
    (count(*) FILTER (acts AND quad_class <= 2))::INTEGER AS n_cooperation_given,
    (count(*) FILTER (acts AND quad_class >= 3))::INTEGER AS n_conflict_given,
    (count(*) FILTER (NOT acts AND quad_class <= 2))::INTEGER AS n_cooperation_received,
    (count(*) FILTER (NOT acts AND quad_class >= 3))::INTEGER AS n_conflict_received,
    count(DISTINCT other)::INTEGER AS n_partners,
    sum(n_independent)::INTEGER AS n_independent
FROM sides
GROUP BY month, actor
ORDER BY month, actor
