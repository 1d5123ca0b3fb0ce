"""Lines made of the page's own search words: farms of pages put them between paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from pipelines.clean.blocks import PageBlocks

_APART: Final = re.compile(r"[,，、|_;；\s]+")
_SHORTEST: Final = 4  # characters of a search word that no heading is made of
_FEWEST: Final = 2  # search words of such a line
_LONGEST: Final = 120  # characters of such a line
_MOST: Final = 50  # search words that are looked at


def keyword_lines(page: PageBlocks, title: str | None) -> Iterator[int]:
    """Indices of the lines that hold nothing but search words which the title does not hold.

    >>> from pipelines.clean.blocks import parse
    >>> html = "<meta name=keywords content='租房信息网,号码归属地'><p>【租房信息网】号码归属地</p>"
    >>> page = parse(html, is_html=True)
    >>> list(keyword_lines(page, "青溪县召开会议"))
    [0]
    """
    said = [content for name, content in page.metas if name == "keywords"]
    every = (word for content in said for word in _APART.split(content)[:_MOST])
    words = [word for word in every if len(word) >= _SHORTEST and word not in (title or "")]
    if len(words) < _FEWEST:
        return
    search = re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))
    for block in page.blocks:
        if len(block.text) > _LONGEST or search.search(block.text) is None:
            continue
        rest, found = search.subn("", block.text)
        if found >= _FEWEST and not any(character.isalnum() for character in rest):
            yield block.index
