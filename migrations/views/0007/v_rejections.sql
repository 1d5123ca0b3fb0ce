-- One row per page that a run refused, with the rule.
-- reason: name of the rule
-- detail: figures or words that led to it
-- site: name of the site
-- site_key: key of the site
-- url: address of the page
-- run_id: run that refused it
-- rejected_at: when (UTC)
-- latest: whether this is what the page's latest fetch came to
-- warc_file: archive file that holds the answer
-- warc_offset: its place in that file, in bytes
SELECT
    j.reason,
    j.detail,
    s.name AS site,
    s.key AS site_key,
    p.url,
    f.run_id,
    f.ended_at AS rejected_at,
    NOT EXISTS (SELECT 1 FROM "fetch" l WHERE l.page_id = p.id AND l.id > f.id) AS latest,
    f.warc_file,
    f.warc_offset
FROM rejection j
JOIN "fetch" f ON f.id = j.fetch_id
JOIN page p ON p.id = f.page_id
JOIN site s ON s.id = p.site_id
