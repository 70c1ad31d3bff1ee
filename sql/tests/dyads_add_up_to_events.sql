-- The events of daily_dyads are the events that happened on a known day between known countries.
-- severity: error
WITH dyads AS (
    SELECT
        (SELECT coalesce(sum(n_events), 0) FROM daily_dyads) AS in_dyads,
        (
            SELECT count(*) FROM stg_directed_events
            WHERE NOT (is_mirrored AND source_country = target_country)
        ) AS in_events
)
SELECT in_dyads, in_events FROM dyads WHERE in_dyads <> in_events
