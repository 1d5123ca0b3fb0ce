"""robots.txt as RFC 9309 has it: none allows all, one that cannot be had forbids all for now."""

from __future__ import annotations

import time
from contextlib import ExitStack, suppress
from pathlib import Path

from crawl_run import a_site, run
from loopback import Reply, Route, Web, web
from sample_pages import column


def silent(handler) -> None:
    """Never answers within the patience of the tests."""
    time.sleep(6)
    with suppress(OSError):
        handler.send_response(404)
        handler.end_headers()


def hangs_up(handler) -> None:
    """Closes without a word."""


def breaks_off(handler) -> None:
    """Promises more than it sends."""
    handler.send_response(200)
    handler.send_header("Content-Length", "4000")
    handler.end_headers()
    handler.wfile.write(b"User-agent: *\nAllow: /\n")


UNKNOWN: dict[str, tuple[Route, str]] = {
    "broken": (Reply(b"", status=503), "HTTP 503"),
    "silent": (silent, "Timeout"),
    "mute": (hangs_up, "Error"),
    "torn": (breaks_off, "Error"),
}
NONE: dict[str, Route] = {
    "missing": Reply(status=404),
    "forbidden": Reply(status=403),
    "empty": Reply(b"", status=200),
    "bytes": Reply(b"\xff\xfe\x00 no rules \x00", "image/png"),
    "home-page": Reply("<html><body>首页</body></html>".encode()),
    "circle": Reply(status=302, headers={"Location": "/robots.txt"}),
    "off-the-site": Reply(status=302, headers={"Location": "http://10.1.2.3/robots.txt"}),
}


def serve(stack: ExitStack, robots: Route) -> Web:
    return stack.enter_context(web(column(1) | {"/robots.txt": robots}))


def test_rules_that_cannot_be_had_forbid_all_for_now(tmp_path: Path) -> None:
    with ExitStack() as stack:
        servers = {key: serve(stack, robots) for key, (robots, _) in UNKNOWN.items()}
        sites = [a_site(served.host, key=key) for key, served in servers.items()]
        first = run(tmp_path, sites, scrapy={"DOWNLOAD_TIMEOUT": 2, "RETRY_TIMES": 0})
        assert not any(served.asked["/xw/index.html"] for served in servers.values())
        for key, served in servers.items():
            (event,) = (event for event in first.events if event.site == key)
            assert f"robots.txt of {served.host} cannot be had just now" in event.detail
            assert UNKNOWN[key][1] in event.detail
            served.routes["/robots.txt"] = Reply(b"", status=404)
        assert not first.result.ok
        assert run(tmp_path, sites).counts["new"] == len(sites), "the next run asks again"


def test_no_rules_forbid_nothing(tmp_path: Path) -> None:
    with ExitStack() as stack:
        sites = [a_site(serve(stack, robots).host, key=key) for key, robots in NONE.items()]
        crawled = run(tmp_path, sites)
    stored = {event.site for event in crawled.events if event.outcome.value == "new"}
    assert stored == set(NONE), crawled.result.reason


def test_rules_that_moved_on_the_site_are_read_there(tmp_path: Path) -> None:
    moved = Reply(status=301, headers={"Location": "/rules"})
    rules = Reply(b"User-agent: *\nDisallow: /xw/t2", "text/plain")
    with web(column(2) | {"/robots.txt": moved, "/rules": rules}) as served:
        crawled = run(tmp_path, [a_site(served.host)])
    assert (crawled.outcome("/xw/t1.html"), crawled.outcome("/xw/t2.html")) == ("new", "rejected")
    assert crawled.detail("/xw/t2.html").startswith("robots: ")


def test_a_whole_site_that_is_forbidden_is_no_success(tmp_path: Path) -> None:
    forbidden = Reply(b"User-agent: *\nDisallow: /", "text/plain")
    with web(column(1) | {"/robots.txt": forbidden}) as served:
        crawled = run(tmp_path, [a_site(served.host)])
    assert "no list page could be read: robots: " in crawled.result.reason
