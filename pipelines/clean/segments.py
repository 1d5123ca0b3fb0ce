"""The text of a shared document: numbered blocks joined, the title unglued, paragraphs recovered.

Such sites cut the plain text every 300 characters (220 of escaped HTML) and put the number of the block
before each piece, so that words and tags are torn. A chain of numbers is taken for such blocks only when it
proves itself: it starts at 1, has no gap, and all blocks but the last are as long as the cut; a text too
short to be cut has the 1、 alone. A speech's own 1、2、3、 has other lengths; the page's help list starts
with 2.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Sequence
from itertools import islice
from typing import NamedTuple

from crawler.records import Cut

_OF_TEXT, _OF_MARKUP = 300, 220  # characters of a block
_SLACK = 2
_SHORTEST = 0.6  # of the length: blanks may have been squeezed
_EXACT = 0.6  # share of the blocks that must be as long as the cut
_FIRST = re.compile(r"(?:^|\n)[ \t\u3000]*1、")
_SHARED = re.compile(r"^[^\n]{0,400}?由会员(?:上传)?分享[，,][^\n]{0,900}?(?:搜索[。.]?\s*|(?=\s1、)|\n|$)")
_SHARED_BELOW = re.compile(r"\n《[^\n]{2,300}》[ ]?由会员(?:上传)?分享[，,][^\n]{0,600}(?=\n|$)")
_TAIL = re.compile(r"(?:展开阅读全文|点击查看更多|相关资源|相关搜索)[\s\S]{0,400}$")
_TAG = re.compile(
    r"</?(?:p|div|br|span|strong|b|h[1-6]|font|table|tr|td|tbody|ul|li|a|em|u|i)\b[^<>]{0,300}>", re.I
)
_BREAK = re.compile(r"</(?:p|div|h[1-6]|tr|li)\s*>|<br\s*/?>", re.I)
_PAGE = re.compile(r"(?<=[。！？”])\s*(?P<page>\d{1,4})\s*$")
_NUMBER = r"[一二三四五六七八九十]{1,3}"
_PARAGRAPH = re.compile(
    r"(?<=[。！？”：:；;）)]) (?=\S)"
    rf"|(?<=[\u4e00-\u9fff]) (?=(?:{_NUMBER}、|[（(]{_NUMBER}[)）]|同志们[：:，,]))"
)
_RUN = 400  # characters of a paragraph that may hold several


class Joined(NamedTuple):
    """The paragraphs of the document and what was taken out of its text."""

    paragraphs: tuple[str, ...]
    cuts: tuple[Cut, ...]


def join_segments(paragraphs: Sequence[str], title: str | None = None, pages: int | None = None) -> Joined:
    """Join numbered blocks and recover paragraphs; ``pages`` is the document's number of pages.

    >>> text = "防汛讲话防汛讲话 同志们: 今天开会。" + "会" * 281
    >>> joined = join_segments(["1、" + text, "2、议要求抓落实。 3"], "防汛讲话", 3)
    >>> [paragraph[:5] for paragraph in joined.paragraphs]
    ['同志们:', '今天开会。']
    >>> [cut.rule for cut in joined.cuts]
    ['block_number', 'block_number', 'title_repeated', 'page_number']
    >>> join_segments(["一、要抓好落实", "1、排查。", "2、整改。"]).paragraphs
    ('一、要抓好落实', '1、排查。', '2、整改。')
    """
    cuts: list[Cut] = []
    text = "\n".join(paragraphs)
    text = _take(_SHARED, text, "sharing_notice", cuts)
    text = _take(_SHARED_BELOW, text, "sharing_notice", cuts)
    text = _take(_TAIL, text, "page_tools", cuts)
    chain = find_chain(text)
    if chain:
        text = _join(text, chain, cuts)
        text = _strip_tags(text, cuts)
    text = _unglue_title(text, title, cuts)
    match = _PAGE.search(text)
    if match and pages and int(match["page"]) == pages:
        cuts.append(Cut("page_number", match[0].strip(), "end of text"))
        text = text[: match.start()]
    lines = [line.strip() for line in text.split("\n")]
    recovered = [part for line in lines for part in _recover(line, joined=bool(chain))]
    return Joined(tuple(part for part in recovered if part), tuple(cuts))


def find_chain(text: str) -> list[tuple[int, int]]:
    """Places (start, end) of the numbers of blocks, in order; empty when no chain proves itself.

    >>> find_chain("1、甲乙。\\n2、丙丁。")
    []
    >>> find_chain("1、" + "会" * 300 + "\\n2、" + "议" * 300 + "\\n3、完。")
    [(0, 2), (302, 305), (605, 608)]
    """
    first = _FIRST.search(text)
    if not first:
        return []
    if first.start() == 0 and len(text) < 2 * _OF_TEXT and "\n" not in text and "2、" not in text:
        return [first.span()]
    for length, size in _CUTS:
        places, sizes = _follow(text, first, length, size)
        exact = sum(abs(size - length) <= _SLACK for size in sizes)
        if sizes and exact >= _EXACT * len(sizes):
            return places
    return []


def is_chained(paragraphs: Sequence[str]) -> bool:
    """Whether paragraphs are numbered blocks on a page that nothing else tells to be a document's.

    >>> is_chained(["1、" + "会" * 300, "2、" + "议" * 300, "3、完。"])
    True
    >>> is_chained(["1、排查。", "2、整改。"])
    False
    """
    begun = any(paragraph.startswith("1、") for paragraph in paragraphs)
    return begun and len(find_chain("\n".join(paragraphs))) > 2


def _follow(
    text: str, first: re.Match[str], length: int, size_of: Callable[[str], int]
) -> tuple[list[tuple[int, int]], list[int]]:
    """Numbers that follow each other at most ``length`` apart, and the lengths of the blocks between them."""
    places, sizes = [(first.start(), first.end())], list[int]()
    while True:
        at = places[-1][1]
        number = len(places) + 1
        window = text[at : at + length + _SLACK + 12]
        hits = [(m, size_of(window[: m.start()])) for m in re.finditer(rf"\s*\n\s*{number}、", window)]
        hits = [(m, size) for m, size in hits if size >= _SHORTEST * length]
        if not hits:
            run = re.compile(rf"\s*{number}、").finditer(window, max(0, length - _SLACK))
            hits = [(m, m.start()) for m in islice(run, 1)]
        hits = [(m, size) for m, size in hits if size <= length + _SLACK]
        if not hits:
            return places, sizes
        mark, size = hits[-1]
        places.append((at + mark.start(), at + mark.end()))
        sizes.append(size)


def _escaped_size(block: str) -> int:
    """Characters of a block of markup that was cut while it was escaped, ``&lt;`` for ``<``."""
    return len(block) + 3 * (block.count("<") + block.count(">"))


def _named_size(block: str) -> int:
    """The same where all marks that have a name were escaped, ``&ldquo;`` for ``“``."""
    return _escaped_size(block) + sum(grows * block.count(mark) for mark, grows in _NAMES.items())


_NAMES = {'"': 5, "“": 6, "”": 6, "‘": 6, "’": 6, "—": 6, "…": 7, "·": 7, "\xa0": 5}
_CUTS = ((_OF_TEXT, len), (_OF_MARKUP, len), (_OF_MARKUP, _escaped_size), (_OF_MARKUP, _named_size))
"""The lengths of blocks, and how a block is measured."""


def _join(text: str, chain: Sequence[tuple[int, int]], cuts: list[Cut]) -> str:
    """The text without the numbers; a line broken for a number is made whole."""
    pieces, at = [], 0
    for start, end in chain:
        pieces.append(text[at:start])
        cuts.append(Cut("block_number", text[start:end].strip(), f"character {start}"))
        at = end
    pieces.append(text[at:])
    head, *blocks = pieces
    return (head.rstrip() + "\n" if head.strip() else "") + "".join(blocks)


def _strip_tags(text: str, cuts: list[Cut]) -> str:
    """Escaped markup as text: tags that end a line do so, the others go."""
    plain = html.unescape(html.unescape(text)) if "&" in text else text
    tags = _TAG.findall(plain)
    if len(tags) < 2:
        return text
    cuts.append(Cut("escaped_markup", " ".join(dict.fromkeys(tags))[:200], "whole text"))
    return _TAG.sub("", _BREAK.sub("\n", plain))


def _unglue_title(text: str, title: str | None, cuts: list[Cut]) -> str:
    """The text without the title that stands, once or more often, glued to its start."""
    if not title or len(title) < 4:
        return text
    spaced = r"\s*".join(map(re.escape, re.sub(r"\s", "", title)[:200]))
    ending = r"(?:\s*\.(?:docx?|pdf|pptx?|txt|wps))?"
    if match := re.match(rf"\s*(?:{spaced}{ending}(?:_第\d+页)?\s*)+", text):
        cuts.append(Cut("title_repeated", match[0].strip(), "start of text"))
        return text[match.end() :]
    return text


def _take(pattern: re.Pattern[str], text: str, rule: str, cuts: list[Cut]) -> str:
    match = pattern.search(text)
    if not match:
        return text
    cuts.append(Cut(rule, match[0].strip(), "start of text" if match.start() == 0 else "end of text"))
    return text[: match.start()] + text[match.end() :]


def _recover(line: str, *, joined: bool) -> list[str]:
    """The paragraphs of a run: a blank after a mark, or before a numbered heading, stands for a new line."""
    return _PARAGRAPH.split(line) if joined or len(line) > _RUN else [line]
