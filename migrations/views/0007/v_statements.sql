-- One row per statement of a report (best versions only), with its numbered points.
-- report_id: number of the report
-- report: headline of the report
-- meeting: name of the meeting, as written
-- meeting_normalised: the same for searches and joins, simplified, without blanks or a verb inside
-- date: day of the meeting
-- region: region of the meeting
-- speaker: name as written, or 会议
-- speaker_normalised: speaker for searches and joins: simplified, without blanks
-- verb: verb as written
-- text: what was said
-- points: its numbered points, one a line
-- point_count: how many there are
-- start: first character in the body, counted from 0
-- end: character after the last in the body (quote it: "end")
-- url: address of the report
SELECT
    r.id AS report_id,
    v.title AS report,
    m.name AS meeting,
    m.normalised AS meeting_normalised,
    m.date,
    m.region,
    t.speaker,
    t.speaker_normalised,
    t.verb,
    t.text,
    (SELECT group_concat(q.text, '
') FROM (SELECT i.text FROM point i WHERE i.statement_id = t.id ORDER BY i.id) q) AS points,
    (SELECT count(*) FROM point i WHERE i.statement_id = t.id) AS point_count,
    t.start,
    t."end",
    p.url
FROM report r
JOIN version v ON v.id = r.version_id
JOIN page p ON p.id = v.page_id
JOIN statement t ON t.version_id = v.id
LEFT JOIN meeting m ON m.id = t.meeting_id
