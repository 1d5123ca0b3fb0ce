"""The demo web: every sample site on a loopback port of its own, until it is told to stop."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from crawler.demo import aggregator, daily, docshare, mirrored, portal
from crawler.demo.answers import Answer, SampleSite
from crawler.errors import HuixunError
from crawler.sites import Site, load_sites

FIRST_PORT = 8701
SITES_FOLDER = Path(__file__).with_name("sites")
_MISSING = Answer("没有这个页面".encode(), status=404)


def demo_sites(first_port: int = FIRST_PORT) -> Mapping[str, Site]:
    """The site files of the demo, by key; their ports begin at ``first_port``."""
    sites = load_sites(SITES_FOLDER)
    return {key: _moved(site, first_port - FIRST_PORT) for key, site in sites.items()}


def sample_sites() -> Mapping[str, SampleSite]:
    """What each demo site serves: path → answer."""
    return {
        "demo-portal": portal.site(),
        "demo-daily": daily.site(),
        "demo-docshare": docshare.site(),
        "demo-aggregator": aggregator.site(),
        "demo-mirror": mirrored.site(),
    }


@contextmanager
def serve(first_port: int = FIRST_PORT) -> Iterator[Mapping[str, str]]:
    """Serve all sample sites while the block runs, on ports from ``first_port`` on; gives key → base URL.

    Raises HuixunError when a port is taken.
    """
    with ExitStack() as stack:
        bases = {}
        sites = demo_sites(first_port)
        for key, answers in sample_sites().items():
            host, port = sites[key].hosts[0].split(":")
            bases[key] = stack.enter_context(_serve_one(answers, host, int(port)))
        yield bases


def _moved(site: Site, steps: int) -> Site:
    """The same site, its loopback port ``steps`` further on."""
    if not steps:
        return site
    host, port = site.hosts[0].split(":")
    here, there = f"{host}:{port}", f"{host}:{int(port) + steps}"
    lists = site.lists.model_copy(update={"urls": tuple(url.replace(here, there) for url in site.lists.urls)})
    return site.model_copy(update={"hosts": (there,), "lists": lists})


@contextmanager
def _serve_one(answers: SampleSite, host: str, port: int) -> Iterator[str]:
    try:
        server = ThreadingHTTPServer((host, port), _handler(answers))
    except OSError as error:
        raise HuixunError(
            f"demo: port {port} of {host} is taken ({error.strerror}); "
            f"stop what uses it, or try huixun demo --port {port + 100}"
        ) from error
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://{host}:{port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(answers: SampleSite) -> type[BaseHTTPRequestHandler]:
    """A handler class that knows one site's answers and how often each was asked for."""
    asked: Counter[str] = Counter()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            """Answer as the sample site says; a page that heals fails a few times first."""
            path = urlsplit(self.path).path
            asked[path] += 1
            answer = answers.get(path, _MISSING)
            if asked[path] <= answer.failures:
                answer = Answer(b"busy", status=500)
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.content_type)
            self.send_header("Content-Length", str(len(answer.body)))
            if answer.location:
                self.send_header("Location", answer.location)
            self.end_headers()
            self.wfile.write(answer.body)

        def log_message(self, *args: object) -> None:
            """Say nothing: the crawl's own display tells what happens."""

    return Handler
