"""Lines that a printed page broke (text saved from a PDF): joined when their common width proves it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from operator import or_

from crawler.records import Evidence
from pipelines.clean.blocks import Block

_FEWEST = 5  # lines
_MOST_BETWEEN = 60  # blocks between two printed pages
_NARROW, _WIDE = 18, 60  # characters of a printed line
_SLACK = 2  # characters that marks and figures take from a full line
_FULL = 0.35  # share of the lines that reach the width
_SHOWN = 20  # characters of a line that the evidence shows
_OPEN = 0.5  # share of the full lines that end within a sentence
_ENDS = frozenset("。！？：；”!?:;")
_LAYERS = frozenset(["reader-word-layer", "reader-word"])
_BEGINS = re.compile(
    r"[一-鿿]{2,8}[：:]|[（(]?[一二三四五六七八九十]{1,3}[、.）)]|第[一二三四五六七八九十]{1,3}[条章节]|\d{1,2}[、.](?!\d)|[一-鿿]{1,6}讯[（(]"
)
"""What a printed line begins with that goes on none: a label, a number, a dateline."""
_PAGES = frozenset(["pc", "pf"])
_COUNTER = re.compile(
    r"[-—– ]{0,4}\d{1,4}[-—– ]{0,4}|第 ?\d{1,4} ?页[ /，,]{0,3}(?:共 ?\d{1,4} ?页)?|\d{1,4} ?/ ?\d{1,4}"
)
"""The number of a printed page."""
_CUT = re.compile(r"(?:召开|举行|举办|组织)了$|[(（](?:本报)?(?:记者|通讯员|作者)[^()（）]{0,12}$|、[一-鿿]$")
_NO_START = frozenset("。，、；：！？”》）")


def join_torn(lines: Sequence[str]) -> tuple[list[str], tuple[Evidence, ...]]:
    """The lines, those torn from the one before put back: they begin with a mark that begins none, or it ends
    in 召开了, amid its writers or in a single letter of a list (、赵).

    >>> join_torn(["涉及村民1864户", "。县长要求，", "要巡查到位。"])[0]
    ['涉及村民1864户。县长要求，', '要巡查到位。']
    """
    pieces: list[list[str]] = []
    torn: list[Evidence] = []
    for line in lines:
        cut = line[0] in _NO_START or (pieces and _CUT.search(pieces[-1][-1]))
        if pieces and cut and pieces[-1][-1][-1] not in _ENDS:
            pieces[-1].append(line)
            torn.append(Evidence("clean", "body", line[:_SHOWN], "torn_line", f"paragraph {len(pieces)}"))
        else:
            pieces.append([line])
    return ["".join(torn_apart) for torn_apart in pieces], tuple(torn)


def join_positioned(lines: Sequence[tuple[Block, str]]) -> list[tuple[Block, str]]:
    """The lines of a page that a reader shows line by line, joined where one ends no sentence.

    Such readers (of 百度文库, of pdf2htmlEX) give each printed line an element with its place.

    >>> texts = ("副市长主", "持会议。", "会上")
    >>> layer = [(Block(0, text, "", "p", ("reader-word",)), text) for text in texts]
    >>> [text for _, text in join_positioned(layer)]
    ['副市长主持会议。', '会上']
    """
    joined: list[tuple[Block, str]] = []
    for block, text in lines:
        before = joined[-1] if joined else None
        placed = before and _is_positioned(block) and _is_positioned(before[0])
        if before and placed and before[1][-1:] not in _ENDS and not _BEGINS.match(text):
            joined[-1] = before[0], before[1] + text
        else:
            joined.append((block, text))
    return joined


def join_pages_torn(lines: Sequence[tuple[Block, str]], page: Sequence[Block]) -> list[tuple[Block, str]]:
    """The lines, those put back together that only the number of a printed page parts, and perhaps links,
    where the upper one ends within a sentence or is the number of what follows.

    ``page`` are all blocks of the page.

    >>> texts = "会议强调，各级各部门要把责任扛在肩上、抓在;- 1 -;手上。;（二）;第 2 页;关于值守。".split(";")
    >>> page = [Block(at, text, "", "p") for at, text in enumerate(texts)]
    >>> kept = [(page[at], texts[at]) for at in (0, 2, 3, 5)]
    >>> [text for _, text in join_pages_torn(kept, page)]
    ['会议强调，各级各部门要把责任扛在肩上、抓在手上。', '（二）关于值守。']
    """
    joined: list[tuple[Block, str]] = []
    last = -1  # the block that ends the line before
    for block, text in lines:
        between = page[last + 1 : block.index] if joined else ()
        if _is_turned(between) and _is_torn(joined[-1][1], text):
            joined[-1] = joined[-1][0], joined[-1][1] + text
        else:
            joined.append((block, text))
        last = block.index
    return joined


def _is_turned(between: Sequence[Block]) -> bool:
    """Whether a printed page ends there: its number stands there, and nothing else but links."""
    counted = [_COUNTER.fullmatch(block.text) is not None for block in between[:_MOST_BETWEEN]]
    links = (block.link_share > 0.5 for block in between)
    return any(counted) and all(map(or_, counted, links)) and len(counted) == len(between)


def _is_torn(upper: str, lower: str) -> bool:
    """Whether a line goes on in the next: it is a number alone, or long and without an end."""
    if _BEGINS.fullmatch(upper):
        return True
    long = len(upper) >= _NARROW and "，" in upper
    return long and upper[-1] not in _ENDS and not _BEGINS.match(lower)


def _is_positioned(block: Block) -> bool:
    """Whether a block is a printed line by its classes."""
    own = block.hints[0] if block.hints else ""
    return own in _LAYERS or (own == "t" and not _PAGES.isdisjoint(block.hints))


def join_wrapped(lines: Sequence[str]) -> tuple[list[str], tuple[Evidence, ...]]:
    """The paragraphs of lines that were broken at one width, and what proves it; other lines as they are.

    A line goes on the one before it when that one is full and does not end a sentence.

    >>> text = "会议强调各级各部门要把安全生产责任扛在肩上抓在手上逐条销号" * 4
    >>> lines = [text[at : at + 25] for at in range(0, len(text), 25)]
    >>> join_wrapped([*lines, "完。"])[0] == [text, "完。"]
    True
    >>> join_wrapped(["出席：柏望舒", "记录：岑晓岚"])[0]
    ['出席：柏望舒', '记录：岑晓岚']
    """
    width = max(map(len, lines), default=0)
    full = [line for line in lines if len(line) >= width - _SLACK]
    broken = sum(line[-1] not in _ENDS for line in full)
    if not (
        len(lines) >= _FEWEST
        and _NARROW <= width <= _WIDE
        and len(full) >= _FULL * len(lines)
        and broken >= _OPEN * len(full)
    ):
        return list(lines), ()
    paragraphs = [lines[0]]
    for before, line in pairwise(lines):
        if len(before) >= width - _SLACK and before[-1] not in _ENDS:
            paragraphs[-1] += line
        else:
            paragraphs.append(line)
    told = f"{len(lines)} lines of {width} characters"
    return paragraphs, (Evidence("clean", "body", told, "broken_lines", "whole text"),)
