-- One row per person and role at a meeting of a report (best versions only).
-- report_id: number of the report
-- report: headline of the report
-- meeting_id: number of the meeting
-- meeting: name of the meeting, as written
-- meeting_normalised: the same for searches and joins, simplified, without blanks or a verb inside
-- date: day of the meeting
-- level: level of the meeting
-- region: region of the meeting
-- region_code: its official code (GB/T 2260)
-- person: name as written
-- person_normalised: name for searches and joins: simplified, without blanks
-- title: post as written
-- title_normalised: post, simplified, without blanks
-- role: host, speaker, attendee or absent
-- start: first character of the name in the body, counted from 0
-- end: character after the name in the body (quote it: "end")
-- rule: name of the rule that found it
-- published_at: publication of the report, China time
-- url: address of the report
SELECT
    r.id AS report_id,
    v.title AS report,
    m.id AS meeting_id,
    m.name AS meeting,
    m.normalised AS meeting_normalised,
    m.date,
    m.level,
    m.region,
    m.region_code,
    o.name AS person,
    o.normalised AS person_normalised,
    o.title,
    o.title_normalised,
    o.role,
    o.start,
    o."end",
    o.rule,
    v.published_at,
    p.url
FROM report r
JOIN version v ON v.id = r.version_id
JOIN page p ON p.id = v.page_id
JOIN meeting m ON m.version_id = v.id
JOIN person_role o ON o.meeting_id = m.id
