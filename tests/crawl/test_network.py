"""One crawl over a network at its worst: each page ends as one outcome that says what happened."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from contextlib import suppress
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from crawl_run import Crawled, a_site, run
from loopback import Reply, Route, web
from sample_pages import listing, report

Handler = BaseHTTPRequestHandler
WHOLE = report(1)


def raw(*pieces: bytes, pause: float = 0.0) -> Callable[[Handler], None]:
    """Bytes on the wire, with a pause between them."""

    def answer(handler: Handler) -> None:
        with suppress(OSError):
            for piece in pieces:
                handler.wfile.write(piece)
                handler.wfile.flush()
                time.sleep(pause)

    return answer


def answer(*headers: str, body: bytes) -> Callable[[Handler], None]:
    """An answer with just these header lines."""
    head = "\r\n".join(("HTTP/1.1 200 OK", "Content-Type: text/html; charset=utf-8", *headers, "", ""))
    return raw(head.encode("latin-1"), body)


def chunk(data: bytes) -> bytes:
    return f"{len(data):x}\r\n".encode() + data + b"\r\n"


PAGES: dict[str, tuple[Route, str, str]] = {
    "closed in the middle": (answer("Content-Length: 900000", body=WHOLE), "failed", "DataLoss"),
    "chunks without an end": (answer("Transfer-Encoding: chunked", body=chunk(WHOLE)), "failed", "DataLoss"),
    "chunks that are none": (answer("Transfer-Encoding: chunked", body=b"zz\r\n" + WHOLE), "failed", ""),
    "a whole page without a length": (answer("Connection: close", body=WHOLE), "new", ""),
    "closed before a word": (raw(), "failed", ""),
    "a status that is none": (raw(b"HTTP/1.1 abc\r\n\r\n"), "failed", ""),
    "no HTTP at all": (raw(b"SSH-2.0-OpenSSH_9.6\r\n"), "failed", ""),
    "headers a drop at a time": (raw(*[b"X"] * 40, pause=0.1), "failed", "Timeout"),
    "twenty megabytes": (Reply(random.Random(1).randbytes(20_000_000)), "rejected", "too_large"),
    "twenty megabytes that it names": (
        answer("Content-Length: 20000000", body=WHOLE),
        "rejected",
        "too_large",
    ),
    "packed and torn": (answer("Content-Encoding: gzip", body=b"\x1f\x8b\x08\x00" + WHOLE), "", ""),
    "GBK that claims UTF-8": (Reply(report(2, charset="gb18030"), "text/html; charset=utf-8"), "new", ""),
    "a charset that there is not": (Reply(report(3), "text/html; charset=x-neu"), "new", ""),
    "a type that is none": (Reply(report(4), ";;;"), "new", ""),
    "a film": (Reply(report(4), "video/mp4"), "rejected", "content_type"),
    "no type at all": (Reply(report(5), None), "new", ""),
    "a redirect to a private address": (
        Reply(status=302, headers={"Location": "http://192.168.0.1/"}),
        "rejected",
        "forbidden_address",
    ),
    "a redirect to a file": (
        Reply(status=302, headers={"Location": "file:///etc/passwd"}),
        "",
        "",
    ),
    "a redirect to nowhere": (Reply(status=302), "failed", "HTTP 302"),
    "nothing, and says so": (Reply(b"", status=204), "rejected", ""),
    "too many requests, come back tomorrow": (
        Reply(status=429, headers={"Retry-After": "86400"}),
        "failed",
        "HTTP 429",
    ),
}
PATHS = {label: f"/xw/t{number}.html" for number, label in enumerate(PAGES)}


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Crawled:
    folder: Path = tmp_path_factory.mktemp("network")
    routes = {PATHS[label]: route for label, (route, _, _) in PAGES.items()}
    first = {"/xw/index.html": Reply(listing([(path, "2023-03-06") for path in routes]))}
    patch = "from spiders import base\nbase.PATIENCE = 99"
    with web(first | routes) as served:
        site = a_site(served.host)
        return run(folder, [site], scrapy={"DOWNLOAD_TIMEOUT": 2, "RETRY_TIMES": 0}, patch=patch)


@pytest.mark.parametrize("label", PAGES)
def test_each_page_ends_as_one_outcome(crawled: Crawled, label: str) -> None:
    _, outcome, words = PAGES[label]
    (event,) = (event for event in crawled.events if event.url.endswith(PATHS[label]))
    assert event.outcome.value in ((outcome,) if outcome else ("failed", "rejected")), event.detail
    assert words in event.detail
    assert event.outcome.value == "new" or event.detail, "it says why"


def test_the_sum_closes_and_the_run_is_red(crawled: Crawled) -> None:
    counts = crawled.counts
    assert counts["due"] == len(PAGES)
    assert counts["due"] == sum(counts[n] for n in ("new", "changed", "unchanged", "rejected", "failed"))
    assert "failed and stay due" in crawled.result.reason
