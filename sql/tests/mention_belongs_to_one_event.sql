-- Every mention reports exactly one event: none is lost, none counts twice.
-- severity: error
SELECT m.mention_id, count(l.event_id) AS n_events
FROM mentions AS m
LEFT JOIN event_mentions AS l USING (mention_id)
GROUP BY m.mention_id
HAVING count(l.event_id) <> 1
ORDER BY m.mention_id
