"""Crawling again: what is known is not asked again, what the caller wants is kept to, what failed is due."""

from __future__ import annotations

import pytest
from crawl_run import a_site, run
from loopback import Reply, web
from sample_pages import column, listing, report

from crawler.database import connect, reading
from crawler.database.tables import Page
from crawler.frontier import Frontier


@pytest.fixture
def column_of_twelve():
    with web(column(12)) as served:
        yield served


def test_a_second_run_stores_nothing_and_says_what_it_knows(tmp_path, column_of_twelve):
    served = column_of_twelve
    site = a_site(served.host)
    first = run(tmp_path, [site])
    assert first.counts["new"] == 12
    asked_lists = sum(n for path, n in served.asked.items() if "index" in path)
    second = run(tmp_path, [site])
    assert (second.result.ok, second.counts["due"], second.result.known) == (True, 0, 12)
    assert sum(n for path, n in served.asked.items() if "index" in path) == asked_lists + 1
    assert served.asked["/xw/t12.html"] == 1


def test_a_limit_takes_the_newest_and_leaves_the_rest_due(tmp_path, column_of_twelve):
    served = column_of_twelve
    first = run(tmp_path, [a_site(served.host)], limit=3)
    assert first.counts["due"] == 3
    assert first.paths == {"/xw/t12.html", "/xw/t11.html", "/xw/t10.html"}
    assert run(tmp_path, [a_site(served.host)]).counts["new"] == 9


def test_days_outside_the_wish_are_not_asked(tmp_path, column_of_twelve):
    served = column_of_twelve
    result = run(tmp_path, [a_site(served.host)], since="2023-03-08", until="2023-03-10")
    assert result.paths == {f"/xw/t{n}.html" for n in (8, 9, 10)}
    assert not served.asked["/xw/t7.html"]
    assert run(tmp_path, [a_site(served.host)]).counts["new"] == 9


def test_what_the_site_calls_unchanged_is_not_sent_again(tmp_path):
    tagged = Reply(report(1), headers={"ETag": '"v1"', "Last-Modified": "Tue, 28 Mar 2023 01:10:00 GMT"})
    with web(
        {"/xw/index.html": Reply(listing([("t1.html", "2023-03-06")])), "/xw/t1.html": tagged}
    ) as served:
        site = a_site(served.host)
        assert run(tmp_path, [site]).outcome("/xw/t1.html") == "new"
        engine = connect(f"sqlite:///{tmp_path / 'huixun.db'}")
        with reading(engine) as session:
            site_id = session.query(Page.site_id).first()[0]
        Frontier(engine).make_due(site_id, urls=[f"{served.base}/xw/t1.html"])
        engine.dispose()
        assert run(tmp_path, [site]).outcome("/xw/t1.html") == "unchanged"
        assert served.headers["/xw/t1.html"]["if-none-match"] == '"v1"'
        assert served.headers["/xw/t1.html"]["if-modified-since"] == "Tue, 28 Mar 2023 01:10:00 GMT"


def test_a_failed_page_is_taken_again_and_heals(tmp_path):
    routes = {
        "/xw/index.html": Reply(listing([("t1.html", ""), ("t2.html", "")])),
        "/xw/t2.html": Reply(report(2)),
    }
    with web(routes) as served:
        site = a_site(served.host)
        first = run(tmp_path, [site])
        assert (first.outcome("/xw/t1.html"), first.outcome("/xw/t2.html")) == ("failed", "new")
        served.routes["/xw/t1.html"] = Reply(report(1))
        assert run(tmp_path, [site]).outcome("/xw/t1.html") == "new"


def test_a_changed_list_brings_only_what_is_new(tmp_path):
    with web(column(5)) as served:
        site = a_site(served.host)
        run(tmp_path, [site])
        served.routes.update(column(7))
        second = run(tmp_path, [site])
    assert second.counts["new"] == 2
    assert second.result.known == 5
