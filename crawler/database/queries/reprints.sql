-- Reports with most copies, and where the original stands
SELECT original_title, original_site, count(*) AS copies, min(similarity) AS least_similarity, original_url
FROM v_reprints
GROUP BY report_id, original_title, original_site, original_url
ORDER BY copies DESC, original_title
LIMIT 100
