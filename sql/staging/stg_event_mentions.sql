-- Which mention reports which event.
-- grain: event x mention
-- key: event_id, mention_id
-- column event_id: The event
-- column mention_id: The mention
-- column article_id: The article of the mention
-- column is_independent: True if the mention counts in n_independent
SELECT event_id, mention_id, article_id, is_independent
FROM event_mentions
