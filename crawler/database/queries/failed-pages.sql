-- Pages whose latest fetch failed: what went wrong, when they are taken again
SELECT site_key, kind, url, status, error, failures, failed_at, next_due
FROM v_failed_pages
ORDER BY site_key, failed_at DESC
