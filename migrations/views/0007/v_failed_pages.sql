-- One row per page whose latest fetch failed.
-- site: name of the site
-- site_key: key of the site
-- url: address of the page
-- kind: list, report or file
-- status: HTTP status of the last answer, if there was one
-- error: what went wrong
-- failures: failures in a row
-- attempts: requests of the last run, retries included
-- failed_at: when (UTC)
-- next_due: when it is taken again (UTC)
-- gone_at: since when the site says 404 or 410 (UTC)
-- first_seen_on: address of the page that linked to it first
-- run_id: run that failed on it
SELECT
    s.name AS site,
    s.key AS site_key,
    p.url,
    p.kind,
    f.status,
    f.error,
    p.failures,
    f.attempts,
    f.ended_at AS failed_at,
    p.next_due,
    p.gone_at,
    o.url AS first_seen_on,
    f.run_id
FROM page p
JOIN site s ON s.id = p.site_id
JOIN "fetch" f ON f.page_id = p.id
LEFT JOIN page o ON o.id = p.first_seen_on
WHERE f.outcome = 'failed'
  AND NOT EXISTS (SELECT 1 FROM "fetch" l WHERE l.page_id = p.id AND l.id > f.id)
