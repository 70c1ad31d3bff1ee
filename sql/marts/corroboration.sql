-- On how much each event rests: sentences, articles, publishers and independent reports side by
-- side, and what the reports do not agree on.
-- grain: one event
-- key: event_id
-- column event_id: The event
-- column date_start: First day on which it may have happened
-- column source_actor: Composed code of the one who acts
-- column plover: PLOVER event type
-- column target_actor: Composed code of the one acted upon
-- column status: actual, planned, hypothetical, negated or denied
-- column n_mentions: Sentences that report it
-- column n_articles: Articles that report it
-- column n_publishers: Publishers that report it
-- column n_languages: Languages it is reported in
-- column n_independent: Reports that are no copies of each other and do not cite one same origin
-- column n_echoes: Articles that add no independent report: n_articles - n_independent
-- column level: single (one independent report), double (two) or multiple (three and more)
-- column days_to_second_report: Days from the first to the second publication day of independent
--   reports; null if there is no second
-- column disputed_fields: Fields on which the reports differ, in alphabetical order
WITH seconds AS (
    SELECT l.event_id, list(m.published_date ORDER BY m.published_date, m.mention_id) AS days
    FROM stg_event_mentions AS l
    JOIN stg_mentions AS m USING (mention_id)
    WHERE l.is_independent AND m.published_date IS NOT NULL
    GROUP BY l.event_id
    HAVING count(*) > 1
)
SELECT
    e.event_id, e.date_start, e.source_actor, e.plover, e.target_actor, e.status,
    e.n_mentions, e.n_articles, e.n_publishers,
    len(e.languages)::INTEGER AS n_languages,
    e.n_independent,
    e.n_articles - e.n_independent AS n_echoes,
    CASE WHEN e.n_independent = 1 THEN 'single' WHEN e.n_independent = 2 THEN 'double' ELSE 'multiple' END
        AS level,
    s.days[2] - s.days[1] AS days_to_second_report,
    coalesce(
        list_sort(list_distinct(list_transform(e.disagreements, lambda d: d.field))), []
    ) AS disputed_fields
FROM stg_events AS e
LEFT JOIN seconds AS s USING (event_id)
ORDER BY e.event_id
