-- Event mentions, with the flags that the marts count by.
-- grain: one event mention in one sentence
-- key: mention_id
-- column mention_id: The mention
-- column article_id: The article that says so
-- column published_date: Its day of publication
-- column lang: Its language
-- column sentence: The sentence
-- column plover: PLOVER event type; null for a statement (CAMEO 01)
-- column cameo: CAMEO code
-- column status: actual, planned, hypothetical, negated or denied
-- column has_source: True if it is known who acts
-- column has_target: True if it is known who is acted upon
-- column has_date: True if the text tells when
-- column has_place: True if the text tells where
-- column attributed_to: Who says so, in the words of the text
-- column is_set_aside: True if it stands in a line of boilerplate and makes no event
-- column confidence: Probability that the type is right, 0-1
SELECT
    mention_id, article_id, published_date, lang, sentence, plover, cameo, status,
    source_actor IS NOT NULL AS has_source,
    target_actor IS NOT NULL AS has_target,
    date_basis IN ('stated', 'inferred') AS has_date,
    coalesce(place_basis = 'stated', FALSE) AS has_place,
    attribution.text AS attributed_to,
    mention_id IN (SELECT mention_id FROM boilerplate_mentions) AS is_set_aside,
    confidence
FROM mentions
