"""Lines that a printed page broke (text saved from a PDF): joined when their common width proves it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from crawler.records import Evidence

_FEWEST = 5  # lines
_NARROW, _WIDE = 18, 60  # characters of a printed line
_SLACK = 2  # characters that marks and figures take from a full line
_FULL = 0.5  # share of the lines that reach the width
_SHOWN = 20  # characters of a line that the evidence shows
_OPEN = 0.5  # share of the full lines that end within a sentence
_ENDS = frozenset("。！？：；”!?:;")
_CUT = re.compile(r"(?:召开|举行|举办|组织)了$|[(（](?:本报)?(?:记者|通讯员|作者)[^()（）]{0,12}$")
_NO_START = frozenset("。，、；：！？”》）")


def join_torn(lines: Sequence[str]) -> tuple[list[str], tuple[Evidence, ...]]:
    """The lines, those torn from the one before put back: they begin with a mark that begins none, or it ends
    in 召开了 or amid its writers.

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
