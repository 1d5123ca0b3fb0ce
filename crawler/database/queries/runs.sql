-- The latest runs with their sums
SELECT run_id, command, started_at, ended_at, exit_reason, due, new, changed, unchanged, rejected, failed, sum_closes
FROM v_runs
ORDER BY run_id DESC
LIMIT 50
