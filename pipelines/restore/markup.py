"""Which parts of a page are text between tags: the rest (tags, attributes, scripts, styles, comments) is
left alone."""

from __future__ import annotations

import re
from typing import Final

_MARKUP: Final = re.compile(
    r"<(?:(?![sStT!])[a-zA-Z/?][^<>]*+>"  # most tags: they can be nothing of what follows
    r"|((?i:script|style|textarea))\b[^<>]*>(?:[^<]++|<(?!/(?i:\1)\b[^<>]*>))*+(?:</(?i:\1)\b[^<>]*>)?"
    r"|!--(?:[^-]++|-(?!->))*+(?:-->)?"
    r"|[sStT!][^<>]*>)"
)


def text_spans(page: str) -> list[tuple[int, int]]:
    """Return the (start, end) of each run of text between markup, in order; plain text is one run.

    A script, style or comment that is never closed reaches to the end of the page.

    >>> page = "<p title='區'>會<script>a<b</script>議</p>"
    >>> [page[start:end] for start, end in text_spans(page)]
    ['會', '議']
    """
    spans: list[tuple[int, int]] = []
    position = 0
    for markup in _MARKUP.finditer(page):
        start, end = markup.span()
        if start > position:
            spans.append((position, start))
        position = end
    if position < len(page):
        spans.append((position, len(page)))
    return spans


def reach(page: str, letters: int, longest: int) -> int:
    """Return where a page has shown so many letters of text, at most ``longest``.

    >>> reach("<p>會議</p>", 3, 100), reach("<p>會議</p>強調", 3, 100), reach("<p>會議</p>強調", 3, 7)
    (9, 10, 6)
    """
    longest = min(len(page), longest)
    if longest <= letters:
        return longest
    position = 0
    for markup in _MARKUP.finditer(page, 0, longest):
        letters -= markup.start() - position
        if letters <= 0:
            return markup.start() + letters
        position = markup.end()
    return min(longest, position + letters)


def hide_markup(page: str) -> str:
    """Return a page with ``<>`` for all its markup: a quick look at the text, where nothing new stands side
    by side.

    >>> hide_markup("<p title='區'>會<script>a<b</script>議</p>")
    '<>會<>議<>'
    """
    return _MARKUP.sub("<>", page) if "<" in page else page


def visible(page: str) -> str:
    """Return the text of a page without its markup.

    >>> visible("<p title='區'>會<script>a<b</script>議</p>")
    '會議'
    """
    return _MARKUP.sub("", page) if "<" in page else page
