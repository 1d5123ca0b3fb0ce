-- The latest run, site by site: what was due and how it ended
SELECT
    s.key AS site,
    count(*) AS due,
    count(CASE WHEN f.outcome = 'new' THEN 1 END) AS new,
    count(CASE WHEN f.outcome = 'changed' THEN 1 END) AS changed,
    count(CASE WHEN f.outcome = 'unchanged' THEN 1 END) AS unchanged,
    count(CASE WHEN f.outcome = 'rejected' THEN 1 END) AS rejected,
    count(CASE WHEN f.outcome = 'failed' THEN 1 END) AS failed
FROM "fetch" AS f
JOIN page AS p ON p.id = f.page_id
JOIN site AS s ON s.id = p.site_id
WHERE f.run_id = (SELECT max(id) FROM crawl_run) AND p.kind <> 'list'
GROUP BY s.key
ORDER BY s.key
