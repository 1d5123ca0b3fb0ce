-- People met most: in how many meetings, in which roles, between which days
SELECT
    person_normalised AS person,
    region,
    count(DISTINCT meeting_id) AS meetings,
    count(DISTINCT CASE WHEN role = 'host' THEN meeting_id END) AS chaired,
    count(DISTINCT CASE WHEN role = 'speaker' THEN meeting_id END) AS spoke,
    min(date) AS first,
    max(date) AS last
FROM v_attendance
WHERE role <> 'absent'
GROUP BY person_normalised, region
ORDER BY meetings DESC, person
LIMIT 200
