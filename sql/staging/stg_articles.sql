-- Articles without their text: what they are, when and by whom published.
-- grain: one fetched article
-- key: article_id
-- column article_id: The article
-- column source_uri: Where it came from
-- column url: Web address, where known
-- column publisher: Registrable domain or name of the publisher; null if unknown
-- column title: Headline
-- column published_date: Day of publication; null if unknown
-- column published_basis: How that day is known
-- column lang: Language, BCP 47
-- column n_chars: Code points in the text
-- column is_dated: True if the day of publication is known
SELECT
    article_id, source_uri, url, publisher, title, published_date, published_basis, lang, n_chars,
    published_date IS NOT NULL AS is_dated
FROM articles
