-- The one-a-day view that users of ICEWS and Phoenix expect: of all events of one day, one source,
-- one target and one CAMEO code, the best corroborated stands for all.
-- grain: day x source actor x target actor x CAMEO code
-- key: event_date, source_actor, target_actor, cameo
-- column event_date: Day of the events
-- column source_actor: Composed code of the one who acts
-- column target_actor: Composed code of the one acted upon
-- column cameo: CAMEO code
-- column quad_class: 1 verbal, 2 material cooperation; 3 verbal, 4 material conflict
-- column goldstein: Goldstein score, -10.0 to +10.0
-- column event_id: The event that stands for all: most independent reports, then first reported
-- column n_events: Events that it stands for
-- column n_independent: Its independent reports
SELECT
    event_date, source_actor, target_actor, cameo,
    min(quad_class) AS quad_class,
    min(goldstein) AS goldstein,
    arg_min(
        event_id,
        struct_pack(n := -n_independent, d := coalesce(first_reported, DATE '9999-12-31'), e := event_id)
    ) AS event_id,
    count(*)::INTEGER AS n_events,
    max(n_independent) AS n_independent
FROM stg_directed_events
GROUP BY event_date, source_actor, target_actor, cameo
ORDER BY event_date, source_actor, target_actor, cameo
