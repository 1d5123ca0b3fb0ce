-- Meetings by region and month
SELECT region, month, sum(meetings) AS meetings
FROM v_meetings_by_region_month
GROUP BY region, month
ORDER BY region, month
