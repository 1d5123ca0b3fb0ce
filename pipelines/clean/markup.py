"""HTML as tokens, in one linear pass that loses no text, however broken the markup is.

Why not a library's tree: tried on hostile and broken pages, libxml2 2.14 drops what follows ``</html>``,
stops reading below 256 (2048) open elements, and needs two minutes for a tag with 200,000 attributes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate, chain, count
from operator import add
from typing import Final

from pipelines.clean.tags import KNOWN, RAW, Tag, read_tag

MOST_SIGNS: Final = 200_000
"""Signs that may begin a tag which are read; what follows the last one is the text behind it."""

_SIGN: Final = re.compile(r"<(?=/?[a-zA-Z]|[!?])")
_TAG: Final = re.compile(
    r"(/?[a-zA-Z][^\s/<>]{0,60}+)"
    r"([^<>\"'=]*+(?:(?:=(?:\s*+(?:\"[^\"]{0,8000}+\"|'[^']{0,8000}+'))?+|[\"'])[^<>\"'=]*+)*+)"
)
_DECLARED: Final = re.compile(r"<(?:!--|[^<>]*>?)")
_CLOSES: Final = {name: re.compile(rf"</{name}\b", re.I) for name in RAW} | {"!--": re.compile("-->")}

Token = tuple[Tag | None, str | None, str]
"""A tag, none for a comment, a declaration and the page's start; the comment, the unread content of
``<script>``, ``<title>`` and their like, or the text of an element that holds text only, whose end is then no
token of its own; the text behind."""


def tokenize(page: str) -> Iterator[Token]:
    """Tokens of a page in reading order; nothing that a reader could see is left out.

    >>> page = "<P class=a>会议<B>强调</B></html>尾"
    >>> [(tag and tag.name, held, text) for tag, held, text in tokenize(page)]
    [(None, None, ''), ('p', None, '会议'), ('b', '强调', ''), ('html', None, '尾')]
    """
    pieces = _SIGN.split(page, MOST_SIGNS)
    ends = list(map(add, accumulate(map(len, pieces)), count()))
    unclosed: set[str] = set()
    known = KNOWN.get
    yield None, None, pieces[0]
    rest = zip(pieces[1:], chain(pieces[2:], [""]), ends, ends[1:], strict=False)
    for piece, following, start, end in rest:
        source, _, text = piece.partition(">")
        tag = known(source) or read_tag(source)
        if tag is not None and (ended := tag.end) is not None:
            if ended and following.startswith(ended):
                yield tag, text, following[len(ended) :]
                next(rest)
            else:
                yield tag, None, text
            continue
        begin, stop, behind = end - len(text), -1, -1
        if tag is None:
            tag, begin = _read_at(page, start)
        if tag is None and source.startswith("!--"):
            stop, behind = _content(page, "!--", begin, unclosed)
        elif tag is not None and tag.kind == "raw" and not tag.rest.endswith("/"):
            stop, behind = _content(page, tag.name, begin, unclosed)
        behind = max(begin, behind)
        if end < behind:
            end = next(end for _, _, _, end in rest if end >= behind)
        yield tag, None if stop < 0 else page[begin:stop], page[behind:end]


def _read_at(page: str, start: int) -> tuple[Tag | None, int]:
    """The tag that begins at a sign, none for a comment or a declaration, and where the page goes on."""
    if written := _TAG.match(page, start + 1):
        return Tag(*written.groups()), written.end() + page.startswith(">", written.end())
    declared = _DECLARED.match(page, start)
    return None, declared.end() if declared else start


def _content(page: str, opened: str, at: int, unclosed: set[str]) -> tuple[int, int]:
    """Where the content of what was opened ends, and where to read on; nothing is content that never ends.

    A mark once missed is not looked for again (linear).
    """
    close = None if opened in unclosed else _CLOSES[opened].search(page, at)
    if close is None:
        unclosed.add(opened)
        return at, at
    return close.start(), close.end() if opened == "!--" else close.start()
