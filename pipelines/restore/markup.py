"""Which parts of a page are text between tags: the rest (tags, attributes, scripts, styles, comments) is
left alone."""

from __future__ import annotations

import re

_TAG = re.compile(r"<(?:(script|style|textarea)\b[^<>]*>|!--|[a-z/!?][^<>]*>)", re.IGNORECASE)
_CLOSE = {name: re.compile(rf"</{name}\b[^<>]*>", re.IGNORECASE) for name in ("script", "style", "textarea")}
_COMMENT_END = re.compile("-->")


def text_spans(page: str) -> list[tuple[int, int]]:
    """Return the (start, end) of each run of text between markup, in order; plain text is one run.

    A script, style or comment that is never closed reaches to the end of the page.

    >>> page = "<p title='區'>會<script>a<b</script>議</p>"
    >>> [page[start:end] for start, end in text_spans(page)]
    ['會', '議']
    """
    spans: list[tuple[int, int]] = []
    position = 0
    while tag := _TAG.search(page, position):
        if tag.start() > position:
            spans.append((position, tag.start()))
        position = _end(page, tag)
    if position < len(page):
        spans.append((position, len(page)))
    return spans


def _end(page: str, tag: re.Match[str]) -> int:
    """Return where the markup that ``tag`` opens ends."""
    name = tag[1]
    if name is None and tag[0] != "<!--":
        return tag.end()
    close = (_CLOSE[name.lower()] if name else _COMMENT_END).search(page, tag.end())
    return close.end() if close else len(page)
