-- A date has a basis, and where there is a basis there is a date.
-- severity: error
SELECT 'mentions' AS name, mention_id AS id, date_basis, date_start, date_end
FROM mentions WHERE (date_basis = 'none') <> (date_start IS NULL AND date_end IS NULL)
UNION ALL
SELECT 'events', event_id, date_basis, date_start, date_end
FROM events WHERE (date_basis = 'none') <> (date_start IS NULL AND date_end IS NULL)
UNION ALL
SELECT 'articles', article_id, published_basis, published_date, published_date
FROM articles WHERE (published_basis IN ('none', 'ambiguous')) <> (published_date IS NULL)
ORDER BY name, id
