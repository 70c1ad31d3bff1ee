-- Refused input records.
-- grain: one refused record
-- column uri: The file
-- column record: Line or row in it, from 1; 0 = the file itself
-- column reason: Why it was refused
-- column detail: What exactly was wrong
SELECT uri, record, reason, detail
FROM rejects
