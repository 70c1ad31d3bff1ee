-- Tension between two countries, week by week, against their own recent past: an early-warning
-- index. Tension is the negated sum of the Goldstein scores of the week's events, so war is
-- positive and cooperation negative. The baseline is the mean of up to 12 weeks before, counted
-- from the first week in which the two appear; a week without events counts as zero.
-- grain: week x pair of countries
-- key: week, country_a, country_b
-- column week: Monday of the week
-- column country_a: The country or organisation that comes first in the alphabet
-- column country_b: The other one; the same as country_a for events within a country
-- column n_events: Events that happened in the week, known to the day
-- column n_cooperation: Of these, quad classes 1 and 2
-- column n_conflict: Of these, quad classes 3 and 4
-- column n_material_conflict: Of these, quad class 4
-- column n_independent: Independent reports that the week's events rest on, added over events
-- column n_independent_conflict: The same for the events of quad classes 3 and 4
-- column tension: Negated sum of the Goldstein scores
-- column balance: (conflict - cooperation) / all events, -1 to +1, to three decimals; null for none
-- column n_baseline_weeks: Weeks before that the baseline rests on, up to 12
-- column baseline: Mean tension of those weeks, to two decimals
-- column deviation: Standard deviations above the baseline, to two decimals. The deviation is taken
--   as at least 5, half the strongest single event, so that one remark after silence is no alarm;
--   null with fewer than 4 weeks
-- column anomaly: escalation (deviation of 2 and more, on at least two independent reports of
--   conflict), easing (-2 and less) or none
WITH weekly AS (
    SELECT
        date_trunc('week', event_date)::DATE AS week,
        least(source_country, target_country) AS country_a,
        greatest(source_country, target_country) AS country_b,
        count(*) AS n_events,
        count(*) FILTER (quad_class <= 2) AS n_cooperation,
        count(*) FILTER (quad_class >= 3) AS n_conflict,
        count(*) FILTER (quad_class = 4) AS n_material_conflict,
        sum(n_independent) AS n_independent,
        coalesce(sum(n_independent) FILTER (quad_class >= 3), 0) AS n_independent_conflict,
        -- Tenths as whole numbers: sums are then exact in any order.
        -coalesce(sum((goldstein * 10)::BIGINT), 0)::BIGINT AS tenths
    FROM stg_events
    WHERE is_actual AND event_date IS NOT NULL AND source_country IS NOT NULL AND target_country IS NOT NULL
    GROUP BY ALL
),
pairs AS (
    SELECT country_a, country_b, min(week) AS first_week, max(week) AS last_week
    FROM weekly
    GROUP BY country_a, country_b
),
calendar AS (
    SELECT
        country_a, country_b,
        unnest(generate_series(first_week, last_week, INTERVAL 7 DAY))::DATE AS week
    FROM pairs
),
filled AS (
    SELECT c.week, c.country_a, c.country_b, w.* EXCLUDE (week, country_a, country_b, tenths),
        coalesce(w.tenths, 0) AS tenths
    FROM calendar AS c
    LEFT JOIN weekly AS w
        ON w.week = c.week AND w.country_a = c.country_a AND w.country_b = c.country_b
),
with_past AS (
    SELECT
        *,
        count(*) OVER past AS n_weeks,
        coalesce(sum(tenths) OVER past, 0)::BIGINT AS sum_tenths,
        coalesce(sum(tenths * tenths) OVER past, 0)::BIGINT AS sum_squares
    FROM filled
    WINDOW past AS (
        PARTITION BY country_a, country_b ORDER BY week ROWS BETWEEN 12 PRECEDING AND 1 PRECEDING
    )
),
measured AS (
    SELECT
        *,
        CASE WHEN n_weeks > 0 THEN sum_tenths / (10.0::DOUBLE * n_weeks) END AS baseline,
        CASE
            WHEN n_weeks >= 4 THEN round(
                (tenths - sum_tenths::DOUBLE / n_weeks) / greatest(
                    sqrt((sum_squares * n_weeks - sum_tenths * sum_tenths)::DOUBLE / (n_weeks * n_weeks)),
                    50
                ),
                2
            )
        END AS deviation
    FROM with_past
)
SELECT
    week, country_a, country_b,
    n_events::INTEGER AS n_events,
    n_cooperation::INTEGER AS n_cooperation,
    n_conflict::INTEGER AS n_conflict,
    n_material_conflict::INTEGER AS n_material_conflict,
    n_independent::INTEGER AS n_independent,
    n_independent_conflict::INTEGER AS n_independent_conflict,
    (tenths / 10.0)::DECIMAL(12, 1) AS tension,
    round((n_conflict - n_cooperation)::DOUBLE / n_events, 3) AS balance,
    n_weeks::INTEGER AS n_baseline_weeks,
    round(baseline, 2) AS baseline,
    deviation,
    CASE
        WHEN deviation >= 2 AND n_independent_conflict >= 2 THEN 'escalation'
        WHEN deviation <= -2 THEN 'easing'
        ELSE 'none'
    END AS anomaly
FROM measured
WHERE n_events > 0
ORDER BY week, country_a, country_b
