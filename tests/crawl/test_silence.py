"""A site that falls silent without an error is seen: exit code and words, not zero pages and a green run."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

from crawl_run import a_site, run
from loopback import Reply, web
from sample_pages import column, listing

LOGIN = Reply("<html><body><form><input name='user'><a href='/reg'>注册</a></form></body></html>".encode())
INSTEAD = {
    "login": LOGIN,
    "empty": Reply(b""),
    "no-links": Reply(listing([])),
    "no-reports": Reply(listing([("/video/1.mp4", "")])),
}


def test_a_list_without_a_report_is_no_success(tmp_path: Path) -> None:
    with ExitStack() as stack:
        servers = {key: stack.enter_context(web({"/xw/index.html": page})) for key, page in INSTEAD.items()}
        crawled = run(tmp_path, [a_site(served.host, key=key) for key, served in servers.items()])
    assert crawled.counts["lists_failed"] == len(INSTEAD)
    for key in INSTEAD:
        assert f"site {key}: no list page could be read" in crawled.result.reason


def test_a_list_that_suddenly_shows_no_report_is_seen_and_heals(tmp_path: Path) -> None:
    """Its tag is not kept: after the site is mended, the page must not count as unchanged."""
    with web(column(3)) as served:
        site = a_site(served.host)
        assert run(tmp_path, [site]).counts["new"] == 3
        served.routes["/xw/index.html"] = Reply(LOGIN.body, headers={"ETag": '"login"'})
        silent = run(tmp_path, [site])
        assert (silent.result.ok, silent.counts["due"]) == (False, 0)
        assert "no_links" in silent.result.reason
        served.routes.update(column(4))
        assert run(tmp_path, [site]).counts["new"] == 1
        assert "if-none-match" not in served.headers["/xw/index.html"]


def test_one_list_of_several_that_is_lost_is_named(tmp_path: Path) -> None:
    lost = {"/a/index.html": Reply(b"", status=404), "/b/index.html": Reply(b"", status=410)}
    with web(column(7) | lost) as served:
        del served.routes[
            "/xw/index_2.html"
        ]  # a later page may be gone: a paging call that counts one too many
        site = a_site(served.host, first=("/xw/index.html", *lost))
        crawled = run(tmp_path, [site])
    assert (crawled.counts["new"], crawled.counts["lists_failed"]) == (5, 3)
    assert f"2 pages failed and stay due: {served.base}/a/index.html (HTTP 404)" in crawled.result.reason
