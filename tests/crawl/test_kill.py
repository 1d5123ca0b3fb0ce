"""kill -9 at three moments; started again, the crawl ends with every page stored exactly once."""

from __future__ import annotations

from collections import Counter

import pytest
from crawl_run import a_site, run, start
from loopback import web
from sample_pages import column
from sqlalchemy import func, select

from crawler.database import connect, reading
from crawler.database.tables import CrawlRun, Fetch, Page, Version

PAGES = 8

# Each moment is code that runs in the child before the crawl and lets it die at the third page.
MOMENTS = {
    "after the first list": """
import os, signal
from crawler.frontier import Frontier
close = Frontier.close_list
def dying(self, *arguments, **named):
    close(self, *arguments, **named)
    os.kill(os.getpid(), signal.SIGKILL)
Frontier.close_list = dying
""",
    "between archive and judge": """
import os, signal
from crawler.frontier import Frontier
fetched, count = Frontier.fetched, []
def dying(self, leased, *arguments, **named):
    count.append(leased.kind)
    if count.count("report") == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    fetched(self, leased, *arguments, **named)
Frontier.fetched = dying
""",
    "in the middle of storing": """
import os, signal
from importlib import import_module
module = import_module("pipelines.store.store")
write, count = module._write_facts, []
def dying(session, *arguments):
    write(session, *arguments)
    session.flush()
    count.append(1)
    if len(count) == 3:
        os.kill(os.getpid(), signal.SIGKILL)
module._write_facts = dying
""",
}


@pytest.fixture(scope="module")
def served():
    with web(column(PAGES)) as served:
        yield served


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_killed_crawl_loses_and_doubles_nothing(tmp_path, database_url, served, moment):
    site = a_site(served.host)
    child = start(tmp_path, [site], database_url=database_url, patch=MOMENTS[moment])
    child.process.join(60)
    assert child.process.exitcode == -9, "the crawl was to die"

    again = run(tmp_path, [site], database_url=database_url)

    assert again.result.ok, again.result.reason
    with reading(connect(database_url)) as session:
        versions = session.execute(
            select(Page.url, func.count(Version.id)).join(Version).group_by(Page.url)
        ).all()
        assert sorted(versions) == sorted((f"{served.base}/xw/t{n}.html", 1) for n in range(1, PAGES + 1))
        assert session.scalar(select(func.count()).select_from(Fetch).where(Fetch.outcome.is_(None))) == 0
        reasons = session.scalars(select(CrawlRun.exit_reason).order_by(CrawlRun.id)).all()
        assert reasons == ["crashed", "finished"]
        for run_id in session.scalars(select(CrawlRun.id)):
            assert_sum_closes(session, run_id)
        assert (
            session.scalar(select(func.count()).select_from(Page).where(Page.lease_run_id.is_not(None))) == 0
        )


def assert_sum_closes(session, run_id):
    """Every page that the run took has one outcome, and the run's row says the same."""
    query = select(Fetch.outcome).join(Page).where(Fetch.run_id == run_id, Page.kind != "list")
    outcomes = Counter(session.scalars(query))
    row = session.get(CrawlRun, run_id)
    assert (row.due, row.new, row.failed) == (outcomes.total(), outcomes["new"], outcomes["failed"])
    assert row.due == row.new + row.failed


def test_a_crawl_under_way_keeps_its_pages_from_another(tmp_path, served):
    """Two crawls at once on one database: no page is fetched by both."""
    site = a_site(served.host)
    served.asked.clear()
    first, second = start(tmp_path, [site]), start(tmp_path, [site])
    results = [first.finish(), second.finish()]
    assert sum(result.counts["new"] for result in results) == PAGES
    assert all(served.asked[f"/xw/t{n}.html"] == 1 for n in range(1, PAGES + 1))
