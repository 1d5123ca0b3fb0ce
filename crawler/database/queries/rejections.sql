-- What was rejected and why: pages by rule and site, with an example
SELECT reason, site_key, count(*) AS pages, min(detail) AS for_example, min(url) AS url
FROM v_rejections
WHERE latest
GROUP BY reason, site_key
ORDER BY pages DESC, reason, site_key
