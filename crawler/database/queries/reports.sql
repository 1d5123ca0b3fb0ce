-- The latest reports: title, meeting, day, region, hosts, address
SELECT published_at, title, meeting, date, region, hosts, copies, url
FROM v_reports
ORDER BY published_at DESC NULLS LAST, report_id DESC
LIMIT 100
