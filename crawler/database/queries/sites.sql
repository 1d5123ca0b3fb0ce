-- Sites: what each gave, and how complete its reports are
SELECT site_key, type, pages, reports, rejected, failed, gone, last_new_at, with_title, with_date, with_host, quality
FROM v_site_health
ORDER BY site_key
