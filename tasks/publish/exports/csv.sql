-- All events, of every status, under names that a reader understands.
-- Text that a spreadsheet would take for a formula gets an apostrophe before it (write.py).
SELECT
    e.event_id AS "event id",
    e.date_start AS "first possible day",
    e.date_end AS "last possible day",
    e.date_basis AS "date known from",
    e.source_actor AS "who (code)",
    e.source_text AS "who",
    e.plover AS "event type (PLOVER)",
    e.mode AS "mode",
    e.cameo AS "CAMEO code",
    c.label AS "what",
    e.target_actor AS "to whom (code)",
    e.target_text AS "to whom",
    e.status AS "status",
    e.goldstein AS "Goldstein score",
    e.place_name AS "place",
    e.place_country AS "country of the place",
    e.lat AS "latitude",
    e.lon AS "longitude",
    e.n_independent AS "independent reports",
    e.n_articles AS "articles",
    e.n_publishers AS "publishers",
    array_to_string(e.languages, ' ') AS "languages",
    array_to_string(list_transform(
        e.quantities,
        lambda q: concat(
            q.kind, ' ', q.low, CASE WHEN q.low IS DISTINCT FROM q.high THEN concat('-', q.high) ELSE '' END
        )
    ), '; ') AS "figures",
    array_to_string(list_transform(
        e.disagreements, lambda d: concat(d.field, ': ', d.value, ' (', d.n_articles, ')')
    ), '; ') AS "reports differ on",
    m.sentence AS "sentence",
    a.title AS "headline",
    a.publisher AS "publisher",
    a.published_date AS "published",
    coalesce(a.url, a.source_uri) AS "source"
FROM events AS e
JOIN mentions AS m ON m.mention_id = e.best_mention_id
LEFT JOIN articles AS a ON a.article_id = m.article_id
LEFT JOIN export_cameo AS c ON c.code = e.cameo
ORDER BY e.date_start NULLS LAST, e.event_id
