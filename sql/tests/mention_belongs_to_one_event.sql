-- Every mention reports exactly one event, none is lost, none counts twice; those in boilerplate none.
-- severity: error
SELECT m.mention_id, count(l.event_id) AS n_events, count(b.line_id) AS n_lines
FROM mentions AS m
LEFT JOIN event_mentions AS l USING (mention_id)
LEFT JOIN boilerplate_mentions AS b USING (mention_id)
GROUP BY m.mention_id
HAVING count(l.event_id) + count(b.line_id) <> 1
ORDER BY m.mention_id
