-- One row per site: what it gave, when it last gave something, and how complete its reports are.
-- site: name of the site
-- site_key: key of the site
-- type: portal, docshare, aggregator, or scrape
-- pages: known addresses, lists apart
-- reports: pages with a stored version
-- rejected: pages whose latest fetch was refused
-- failed: pages, lists among them, whose latest fetch failed
-- gone: pages that the site says are gone
-- last_fetch_at: when a page of it last came in (UTC)
-- last_new_at: when a new or changed report was last stored (UTC)
-- last_published_at: latest publication it printed, China time
-- with_title: share of its latest versions that have a title (0–1)
-- with_date: share that have a date of publication
-- with_source: share that have a source
-- with_meeting_date: share that have a meeting with its day
-- with_host: share that name a host
-- quality: mean quality of its latest versions
-- quiet_until: no alarm about silence before this day
-- quiet_reason: why a person expects silence
SELECT
    s.name AS site,
    s.key AS site_key,
    s.type,
    (SELECT count(*) FROM page p WHERE p.site_id = s.id AND p.kind <> 'list') AS pages,
    coalesce(h.reports, 0) AS reports,
    coalesce(e.rejected, 0) AS rejected,
    coalesce(e.failed, 0) AS failed,
    (SELECT count(*) FROM page p WHERE p.site_id = s.id AND p.gone_at IS NOT NULL) AS gone,
    e.last_fetch_at,
    e.last_new_at,
    h.last_published_at,
    h.with_title,
    h.with_date,
    h.with_source,
    h.with_meeting_date,
    h.with_host,
    h.quality,
    s.quiet_until,
    s.quiet_reason
FROM site s
LEFT JOIN (
    SELECT
        p.site_id,
        count(*) AS reports,
        max(v.published_at) AS last_published_at,
        avg(CASE WHEN v.title IS NULL THEN 0.0 ELSE 1.0 END) AS with_title,
        avg(CASE WHEN v.published_at IS NULL THEN 0.0 ELSE 1.0 END) AS with_date,
        avg(CASE WHEN v.source IS NULL THEN 0.0 ELSE 1.0 END) AS with_source,
        avg(CASE WHEN EXISTS (
            SELECT 1 FROM meeting m WHERE m.version_id = v.id AND m.date IS NOT NULL
        ) THEN 1.0 ELSE 0.0 END) AS with_meeting_date,
        avg(CASE WHEN EXISTS (
            SELECT 1 FROM meeting m JOIN person_role o ON o.meeting_id = m.id
            WHERE m.version_id = v.id AND o.role = 'host'
        ) THEN 1.0 ELSE 0.0 END) AS with_host,
        avg(v.quality) AS quality
    FROM version v
    JOIN page p ON p.id = v.page_id
    WHERE NOT EXISTS (SELECT 1 FROM version l WHERE l.page_id = v.page_id AND l.number > v.number)
    GROUP BY p.site_id
) h ON h.site_id = s.id
LEFT JOIN (
    SELECT
        p.site_id,
        sum(CASE WHEN f.outcome = 'rejected' AND l.id = f.id THEN 1 ELSE 0 END) AS rejected,
        sum(CASE WHEN f.outcome = 'failed' AND l.id = f.id THEN 1 ELSE 0 END) AS failed,
        max(f.fetched_at) AS last_fetch_at,
        max(CASE WHEN f.outcome IN ('new', 'changed') AND p.kind <> 'list' THEN f.ended_at END) AS last_new_at
    FROM "fetch" f
    JOIN page p ON p.id = f.page_id
    JOIN (SELECT page_id, max(id) AS id FROM "fetch" GROUP BY page_id) l ON l.page_id = p.id
    GROUP BY p.site_id
) e ON e.site_id = s.id
