-- Who chairs meetings in each region, and how often
SELECT region, person_normalised AS person, max(title_normalised) AS title, count(DISTINCT meeting_id) AS meetings, min(date) AS first, max(date) AS last
FROM v_attendance
WHERE role = 'host'
GROUP BY region, person_normalised
ORDER BY region, meetings DESC, person
