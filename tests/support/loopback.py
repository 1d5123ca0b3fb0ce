"""A small web server on loopback for crawl tests: a table of routes, and a note of all that was asked."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

HTML = "text/html; charset=utf-8"


@dataclass(frozen=True)
class Reply:
    """One answer; ``before`` are the statuses given to the first requests (a 500 that heals)."""

    body: bytes = b""
    content_type: str | None = HTML
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    before: tuple[int, ...] = ()


Stream = Callable[[BaseHTTPRequestHandler], None]
Route = Reply | Stream


@dataclass
class Web:
    """The running server: its routes may be changed at any time."""

    host: str
    routes: dict[str, Route]
    asked: Counter[str] = field(default_factory=Counter)
    headers: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def base(self) -> str:
        return f"http://{self.host}"


@contextmanager
def web(routes: Mapping[str, Route] | None = None) -> Iterator[Web]:
    """Serve ``routes`` (path with query → answer) on a free port while the block runs."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    server.daemon_threads = True
    served = Web(f"127.0.0.1:{server.server_address[1]}", dict(routes or {}))
    server.RequestHandlerClass = _handler(served)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(served: Web) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            served.asked[self.path] += 1
            served.headers[self.path] = {name.lower(): value for name, value in self.headers.items()}
            route = served.routes.get(self.path, Reply("没有这一页".encode(), status=404))
            if isinstance(route, Reply):
                self._answer(route, served.asked[self.path])
            else:
                self.close_connection = True
                route(self)

        def _answer(self, reply: Reply, turn: int) -> None:
            status = reply.before[turn - 1] if turn <= len(reply.before) else reply.status
            tag = reply.headers.get("ETag")
            if tag is not None and self.headers.get("If-None-Match") == tag:
                self.send_response(304)
                self.end_headers()
                return
            self.send_response(status)
            if reply.content_type is not None:
                self.send_header("Content-Type", reply.content_type)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            self.wfile.write(reply.body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    return Handler
