"""HTML as tokens, in one linear pass that loses no text, however broken the markup is.

Why not a library's tree: tried on hostile and broken pages, libxml2 2.14 drops what follows ``</html>``,
stops reading below 256 (2048) open elements, and needs two minutes for a tag with 200,000 attributes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from pipelines.clean.tags import RAW, Tag

_MARKUP: Final = re.compile(
    r"<(?:(/?([a-zA-Z][^\s/<>]{0,60})"
    r"[^<>\"'=]*+(?:(?:=(?:\s*+(?:\"[^\"]{0,8000}+\"|'[^']{0,8000}+'))?+|[\"'])[^<>\"'=]*+)*+)>?"
    r"|!--|[!?][^<>]*>?)"
    r"(?:([^<]*+)</\2\s*+>)?+"  # most elements hold text only
)
_CLOSES: Final = {name: re.compile(rf"</{name}\b", re.I) for name in RAW} | {"<!--": re.compile("-->")}

Token = tuple[str, Tag | None, str]
"""Text; the tag behind it, none for a comment, a declaration and the page's end; the comment, or the unread
content of ``<script>``, ``<title>`` and their like."""


def tokenize(page: str) -> Iterator[Token]:
    """Tokens of a page in reading order; nothing that a reader could see is left out.

    >>> [(text, tag and tag.name) for text, tag, _ in tokenize("<P class=a>会议<br/>强调</html>尾")]
    [('', 'p'), ('会议', 'br'), ('强调', 'html'), ('尾', None)]
    """
    tags: dict[str, Tag] = {}
    unclosed: set[str] = set()
    at, leapt = 0, True
    while leapt:
        leapt = False
        for match in _MARKUP.finditer(page, at):
            start, end = match.span()
            text = page[at:start]
            at = end
            source, name, inner = match.groups()
            if source is None:
                stop, behind = _content(page, match[0], at, unclosed)
                yield text, None, page[at:stop]
            else:
                tag = tags.get(source)
                if tag is None:
                    tag = tags[source] = Tag(source, name)
                if inner is not None:
                    is_raw = tag.kind == "raw" and not source.endswith("/")
                    yield text, tag, inner if is_raw else ""
                    ended = tags.get("/" + name)
                    if ended is None:
                        ended = tags["/" + name] = Tag("/" + name, name)
                    yield "" if is_raw else inner, ended, ""
                    continue
                if tag.kind != "raw" or source.endswith("/"):
                    yield text, tag, ""
                    continue
                stop, behind = _content(page, tag.name, at, unclosed)
                yield text, tag, page[at:stop]
            if behind > at:
                at, leapt = behind, True
                break
    yield page[at:], None, ""


def _content(page: str, opened: str, at: int, unclosed: set[str]) -> tuple[int, int]:
    """Where the content of what was opened ends, and where to read on; nothing is content that never ends.

    A mark once missed is not looked for again (linear).
    """
    if opened in unclosed or opened not in _CLOSES:
        return at, at
    close = _CLOSES[opened].search(page, at)
    if close is None:
        unclosed.add(opened)
        return at, at
    return close.start(), close.end() if opened == "<!--" else close.start()
