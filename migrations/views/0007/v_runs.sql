-- One row per run, with its sum.
-- run_id: number of the run
-- command: what was called
-- sites: keys of the sites, as a JSON list
-- started_at: start (UTC)
-- ended_at: end (UTC); NULL: still running
-- exit_reason: finished, interrupted, crashed, or what went wrong
-- due: report and file pages that it took
-- new: pages stored for the first time
-- changed: pages whose text differs from the version before
-- unchanged: pages that are as they were
-- rejected: pages refused
-- failed: pages that could not be had or judged
-- sum_closes: whether due = new + changed + unchanged + rejected + failed
-- lists_due: list pages that it took
-- lists_failed: list pages that could not be read
-- links_found: addresses seen for the first time
-- host: machine
SELECT
    r.id AS run_id,
    r.command,
    r.sites,
    r.started_at,
    r.ended_at,
    r.exit_reason,
    r.due,
    r.new,
    r.changed,
    r.unchanged,
    r.rejected,
    r.failed,
    r.due = r.new + r.changed + r.unchanged + r.rejected + r.failed AS sum_closes,
    r.lists_due,
    r.lists_failed,
    r.links_found,
    r.host
FROM crawl_run r
