-- The events to read, each with the sentence that speaks for it and a link to its source.
-- grain: one event
-- key: event_id
-- column date_start: First day on which it may have happened
-- column date_end: Last such day
-- column event_id: The event
-- column source_actor: Composed code of the one who acts
-- column plover: PLOVER event type
-- column mode: PLOVER mode
-- column target_actor: Composed code of the one acted upon
-- column status: actual, planned, hypothetical, negated or denied
-- column place_name: The place
-- column place_country: Country of the place
-- column n_independent: Reports that are independent of each other
-- column n_articles: Articles that report it
-- column sentence: The sentence of the best mention
-- column lang: Its language
-- column attributed_to: Who says so, in the words of the text
-- column title: Headline of the article
-- column publisher: Publisher of the article
-- column url: Its web address, else where it came from
SELECT
    e.date_start, e.date_end, e.event_id, e.source_actor, e.plover, e.mode, e.target_actor, e.status,
    e.place_name, e.place_country, e.n_independent, e.n_articles,
    m.sentence, m.lang, m.attributed_to, a.title, a.publisher,
    coalesce(a.url, a.source_uri) AS url
FROM stg_events AS e
JOIN stg_mentions AS m ON m.mention_id = e.best_mention_id
LEFT JOIN stg_articles AS a ON a.article_id = m.article_id
ORDER BY e.date_start, e.event_id
