-- How often each rule repaired text, with an example
SELECT r.rule, count(*) AS repairs, count(DISTINCT r.version_id) AS versions, avg(r.certainty) AS certainty,
    min(r.before || ' → ' || r.after) AS for_example
FROM repair r
GROUP BY r.rule
ORDER BY repairs DESC
