"""Addresses: one form for each page, links made absolute as a browser does, and the shapes of crawl traps.

The canonical form follows RFC 3986 section 6.2 (case, percent-escapes, dot segments, default port) and drops
what never changes a page: fragments, session ids, campaign tags, and the query keys that the site file names.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from urllib.parse import urljoin, urlsplit, urlunsplit

MAX_LENGTH = 1000  # characters of an address; a Chinese file name takes nine for each character
MAX_REPEATS = 3  # times that one path segment may stand in a path
MAX_QUERIES = 12

_PORTS = {"http": 80, "https": 443}
_SESSION_PATH = re.compile(
    r";(?:jsessionid|phpsessid|sessionid|sid)=[^/;?#]*|/\([a-z]\([\w-]{10,64}\)\)(?=/)", re.IGNORECASE
)
_SESSION_KEY = re.compile(
    r"phpsessid|jsessionid|session_?id|aspsessionid\w*|cfid|cftoken|utm_\w+", re.IGNORECASE
)
_MAYBE_SESSION_KEY = re.compile(r"sid|session|sess", re.IGNORECASE)  # also short section numbers: ?sid=12
_SESSION_VALUE = re.compile(r"[\w-]{16,}")
_UNRESERVED = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~")
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})|[^!#$&'()*+,\-./0-9:;=?@A-Z\[\]_a-z~]")
_SPACES = re.compile(r"[\t\n\r]")


def canonical(url: str, ignored_queries: Collection[str] = ()) -> str:
    """The one form of an address; ``ignored_queries`` are further query keys to drop (any case).

    Raises ValueError when the address is not http(s) or has no usable host.

    >>> canonical("HTTP://WWW.Example.com:80/a/./b/../会议.html;jsessionid=0F2A?PHPSESSID=1&id=7#top")
    'http://www.example.com/a/%E4%BC%9A%E8%AE%AE.html?id=7'
    """
    parts = urlsplit(_SPACES.sub("", url.strip()))
    scheme = parts.scheme.lower()
    if scheme not in _PORTS or not parts.hostname:
        raise ValueError(f"not an http(s) address: {url[:200]!r}")
    path = _dotless(_SESSION_PATH.sub("", parts.path))
    ignored = {key.lower() for key in ignored_queries}
    queries = [pair for pair in parts.query.split("&") if pair and not _droppable(pair, ignored)]
    netloc = _netloc(parts.hostname, parts.port, scheme)
    return urlunsplit((scheme, netloc, _escape(path) or "/", _escape("&".join(queries)), ""))


def absolute(base: str, href: str, encoding: str = "utf-8") -> str | None:
    """The address that a browser would ask for a link, or None when the link leads to no page.

    Like browsers, the path is written in UTF-8 and the query in the page's own ``encoding``.

    >>> absolute("http://example.com/xw/index.html", "../通知/1.html?q=会", "gb18030")
    'http://example.com/%E9%80%9A%E7%9F%A5/1.html?q=%BB%E1'
    >>> absolute("http://example.com/", "javascript:void(0)") is None
    True
    """
    href = _SPACES.sub("", href.strip())
    if not href or href.startswith("#") or len(href) > 4 * MAX_LENGTH:
        return None
    path, mark, query = href.partition("?")
    try:
        full = urljoin(base, path + mark + _escape_query(query, encoding))
        return canonical(full)
    except ValueError:
        return None


def host_of(url: str) -> str:
    """Host of a canonical address, with the port unless it is the scheme's own.

    >>> host_of("http://127.0.0.1:8701/xw/")
    '127.0.0.1:8701'
    """
    return urlsplit(url).netloc.rpartition("@")[2].lower()


def belongs(url: str, hosts: Iterable[str]) -> bool:
    """Whether an address stands on one of a site's hosts; a leading ``www.`` makes no difference.

    >>> belongs("https://www.example.com/a.html", ["example.com"])
    True
    """
    host = host_of(url).removeprefix("www.")
    return any(host == known.lower().removeprefix("www.") for known in hosts)


def trap(url: str) -> str | None:
    """Why an address looks like a crawl trap, or None: over-long, a repeated path, a pile of query keys.

    >>> trap("http://example.com/xw/xw/xw/xw/1.html")
    'repeated_path'
    """
    if len(url) > MAX_LENGTH:
        return "long_address"
    parts = urlsplit(url)
    segments = [segment for segment in parts.path.split("/") if segment]
    if any(segments.count(segment) > MAX_REPEATS for segment in set(segments)):
        return "repeated_path"
    keys = [pair.partition("=")[0] for pair in parts.query.split("&") if pair]
    if len(keys) > MAX_QUERIES or len(keys) - len(set(keys)) >= MAX_REPEATS:
        return "repeated_query"
    return None


def _droppable(pair: str, ignored: Collection[str]) -> bool:
    key, _, value = pair.partition("=")
    if key.lower() in ignored or _SESSION_KEY.fullmatch(key):
        return True
    return bool(_MAYBE_SESSION_KEY.fullmatch(key) and _SESSION_VALUE.fullmatch(value))


def _netloc(host: str, port: int | None, scheme: str) -> str:
    if not host.isascii():
        host = host.encode("idna").decode("ascii")
    if re.search(r"[^a-z0-9.:_-]", host):
        raise ValueError(f"not a host name: {host[:100]!r}")
    name = f"[{host}]" if ":" in host else host.rstrip(".")
    return name if port in (None, _PORTS[scheme]) else f"{name}:{port}"


def _dotless(path: str) -> str:
    """RFC 3986 5.2.4: ``.`` and ``..`` taken out; empty segments stay, a site may mean them."""
    kept: list[str] = []
    segments = path.split("/")
    for segment in segments:
        if segment == "..":
            if len(kept) > 1:
                kept.pop()
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in (".", ".."):
        kept.append("")
    return "/".join(kept)


def _escape(text: str) -> str:
    """Escapes in one form: upper case, none for unreserved characters, UTF-8 for what must not stand bare."""
    return _ESCAPE.sub(_escape_one, text)


def _escape_one(match: re.Match[str]) -> str:
    digits = match.group(1)
    if digits is None:
        return "".join(f"%{byte:02X}" for byte in match.group().encode("utf-8", "replace"))
    char = chr(int(digits, 16))
    return char if char in _UNRESERVED else f"%{digits.upper()}"


def _escape_query(query: str, encoding: str) -> str:
    """Characters outside ASCII as bytes of the page's encoding (WHATWG URL, query state)."""
    if query.isascii():
        return query
    try:
        return "".join(char if char.isascii() else _bytes(char, encoding) for char in query)
    except LookupError:  # the page's encoding is none that Python knows
        return query


def _bytes(char: str, encoding: str) -> str:
    return "".join(f"%{byte:02X}" for byte in char.encode(encoding, "replace"))
