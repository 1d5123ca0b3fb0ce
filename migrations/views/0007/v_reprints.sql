-- One row per copy that is not the original, beside its original.
-- report_id: number of the report
-- title: headline of the copy
-- relation: reprint, excerpt or mirror
-- similarity: 0–1: likeness to the original
-- site: site of the copy
-- url: address of the copy
-- published_at: publication of the copy, China time
-- original_title: headline of the original
-- original_site: site of the original
-- original_url: address of the original
-- original_published_at: publication of the original, China time
SELECT
    c.report_id,
    v.title,
    c.relation,
    c.similarity,
    s.name AS site,
    p.url,
    v.published_at,
    ov.title AS original_title,
    os.name AS original_site,
    op.url AS original_url,
    ov.published_at AS original_published_at
FROM copy c
JOIN version v ON v.id = c.version_id
JOIN page p ON p.id = v.page_id
JOIN site s ON s.id = p.site_id
JOIN copy oc ON oc.report_id = c.report_id AND oc.relation = 'original'
JOIN version ov ON ov.id = oc.version_id
JOIN page op ON op.id = ov.page_id
JOIN site os ON os.id = op.site_id
WHERE c.relation <> 'original'
