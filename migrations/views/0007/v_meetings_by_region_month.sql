-- Meetings counted by region and month (best versions only; meetings whose day is known).
-- region: region, e.g. 省/市/县; NULL when unknown
-- region_code: its official code (GB/T 2260)
-- level: level of the meetings
-- month: month, e.g. 2024-03
-- meetings: how many
-- reports: in how many reports
SELECT
    m.region,
    m.region_code,
    m.level,
    substr(CAST(m.date AS TEXT), 1, 7) AS month,
    count(*) AS meetings,
    count(DISTINCT r.id) AS reports
FROM report r
JOIN meeting m ON m.version_id = r.version_id
WHERE m.date IS NOT NULL
GROUP BY m.region, m.region_code, m.level, substr(CAST(m.date AS TEXT), 1, 7)
