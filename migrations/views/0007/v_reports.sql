-- One row per report: each text in the world once, in its best version, with its first meeting.
-- report_id: number of the report
-- title: headline
-- published_at: publication as printed, China time
-- source: source as printed
-- site: name of the site of the best version
-- site_key: key of that site
-- url: address of the best version
-- meeting: name of the first meeting, as written
-- meeting_normalised: the same for searches and joins, simplified, without blanks or a verb inside
-- date: day of the first meeting; NULL rather than a guess
-- level: central, province, prefecture, county, township or organization
-- region: region of the first meeting, e.g. 省/市/县
-- region_code: its official code (GB/T 2260)
-- format: in_person, video, teleconference, mixed or unknown
-- hosts: who chaired any of its meetings, joined by 、
-- speakers: who spoke, joined by 、
-- attendees: who attended, joined by 、
-- absent: who was excused, joined by 、
-- meetings: how many meetings the text reports
-- body: paragraphs, one a line
-- genre: report, speech, minutes, notice or other
-- quality: 0–1
-- truncated: whether the text ends before its end
-- script: simplified, traditional or mirror
-- copies: how many pages print it, this one included
-- first_seen_at: when its first copy was stored (UTC)
-- version_id: number of the best version
-- page_id: number of its page
SELECT
    r.id AS report_id,
    v.title,
    v.published_at,
    v.source,
    s.name AS site,
    s.key AS site_key,
    p.url,
    m.name AS meeting,
    m.normalised AS meeting_normalised,
    m.date,
    m.level,
    m.region,
    m.region_code,
    m.format,
    (SELECT group_concat(q.name, '、') FROM (
        SELECT o.name FROM person_role o JOIN meeting n ON n.id = o.meeting_id
        WHERE n.version_id = v.id AND o.role = 'host' GROUP BY o.name ORDER BY min(o.id)
    ) q) AS hosts,
    (SELECT group_concat(q.name, '、') FROM (
        SELECT o.name FROM person_role o JOIN meeting n ON n.id = o.meeting_id
        WHERE n.version_id = v.id AND o.role = 'speaker' GROUP BY o.name ORDER BY min(o.id)
    ) q) AS speakers,
    (SELECT group_concat(q.name, '、') FROM (
        SELECT o.name FROM person_role o JOIN meeting n ON n.id = o.meeting_id
        WHERE n.version_id = v.id AND o.role = 'attendee' GROUP BY o.name ORDER BY min(o.id)
    ) q) AS attendees,
    (SELECT group_concat(q.name, '、') FROM (
        SELECT o.name FROM person_role o JOIN meeting n ON n.id = o.meeting_id
        WHERE n.version_id = v.id AND o.role = 'absent' GROUP BY o.name ORDER BY min(o.id)
    ) q) AS absent,
    (SELECT count(*) FROM meeting n WHERE n.version_id = v.id) AS meetings,
    v.body,
    v.genre,
    v.quality,
    v.truncated,
    v.script,
    (SELECT count(*) FROM copy c WHERE c.report_id = r.id) AS copies,
    r.first_seen_at,
    v.id AS version_id,
    v.page_id
FROM report r
JOIN version v ON v.id = r.version_id
JOIN page p ON p.id = v.page_id
JOIN site s ON s.id = p.site_id
LEFT JOIN meeting m ON m.version_id = v.id AND m.number = 1
