-- Statements of persons (not of the meeting as a whole), by name and day
SELECT speaker, date, region, meeting, verb, text, point_count, url
FROM v_statements
WHERE speaker <> '会议'
ORDER BY speaker_normalised, date
