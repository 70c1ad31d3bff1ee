-- What came in and what was coded of it: which publishers, in which languages, over which time.
-- grain: publisher x language
-- key: publisher, lang
-- column publisher: Publisher; (unknown) if not known
-- column lang: Language, BCP 47; (unknown) if not known
-- column n_articles: Articles
-- column n_originals: Of these, articles that copy no other
-- column n_undated: Articles without a day of publication
-- column n_coded: Articles with at least one event mention
-- column n_mentions: Event mentions
-- column n_events: Events that they report
-- column n_alone: Of these, events that no other publisher reports
-- column first_published: Earliest day of publication
-- column last_published: Latest day of publication
WITH named AS (
    SELECT
        a.article_id, coalesce(a.publisher, '(unknown)') AS publisher,
        coalesce(a.lang, '(unknown)') AS lang, a.is_dated, a.published_date,
        coalesce(c.is_original, TRUE) AS is_original
    FROM stg_articles AS a
    LEFT JOIN stg_copies AS c USING (article_id)
),
mentioned AS (
    SELECT article_id, count(*) AS n_mentions FROM stg_mentions GROUP BY article_id
),
inputs AS (
    SELECT
        n.publisher, n.lang,
        count(*)::INTEGER AS n_articles,
        (count(*) FILTER (n.is_original))::INTEGER AS n_originals,
        (count(*) FILTER (NOT n.is_dated))::INTEGER AS n_undated,
        count(m.article_id)::INTEGER AS n_coded,
        coalesce(sum(m.n_mentions), 0)::INTEGER AS n_mentions,
        min(n.published_date) AS first_published,
        max(n.published_date) AS last_published
    FROM named AS n
    LEFT JOIN mentioned AS m USING (article_id)
    GROUP BY n.publisher, n.lang
),
outputs AS (
    SELECT
        n.publisher, n.lang,
        count(DISTINCT l.event_id)::INTEGER AS n_events,
        (count(DISTINCT l.event_id) FILTER (e.n_publishers <= 1))::INTEGER AS n_alone
    FROM stg_event_mentions AS l
    JOIN named AS n USING (article_id)
    JOIN stg_events AS e USING (event_id)
    GROUP BY n.publisher, n.lang
)
SELECT
    i.publisher, i.lang, i.n_articles, i.n_originals, i.n_undated, i.n_coded, i.n_mentions,
    coalesce(o.n_events, 0) AS n_events,
    coalesce(o.n_alone, 0) AS n_alone,
    i.first_published, i.last_published
FROM inputs AS i
LEFT JOIN outputs AS o USING (publisher, lang)
ORDER BY i.publisher, i.lang
