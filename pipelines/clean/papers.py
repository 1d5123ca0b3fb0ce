"""What the pages of printed papers say of their source: the window's title, the line of the sheet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipelines.clean.blocks import Block
from pipelines.clean.headlines import is_masthead
from pipelines.clean.sources import Claim

_WINDOW = re.compile(r"[-–—_|｜]+")
_PAPER = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{2,6}(?:日|晚|晨|早|时|商|都市)报)(?:多媒体)?"
    r"(?:数字报|电子报|电子版|数字版|版|(?:19|20)\d{2}年\d{1,2}月\d{1,2}日(?:第\d{1,3}版)?)?"
)
_SHEET = re.compile(
    r"《(?P<name>[\u4e00-\u9fff]{2,8}报)》\s*[（(]\d{4}年\d{1,2}月\d{1,2}日[^()（）]{0,12}第[A-Z]?\d{1,3}版[)）]"
)
_LONGEST = 30  # characters of a paper's name, or number, with its day
_NUMBER = re.compile(r"第[A-Z]?\d{1,3}版")  # of a sheet
_ISSUE = re.compile(r"第\s?\d{1,5}\s?期|第\s?[A-Z]?\d{1,3}\s?版")
_NEIGHBOURS = re.compile(r"^\d{4}年\d{1,2}月\d{1,2}日.{0,12}[上下]一期")
_PAGE_HEAD = 6  # lines at the top of a page in which a paper prints its day and number
_OVER_SHEET = 2  # lines above the number of a sheet in which its day may stand
_DAY = 16  # characters of a line that holds a day and its weekday
_NAMED_BY_WINDOW, _NAMED_BY_SHEET = 0.9, 3.0  # weights of the claims


def is_paper(text: str) -> bool:
    """Whether a line is nothing but the name of a daily, as above the day and the number of a sheet.

    >>> is_paper("青溪日报"), is_paper("青溪日报社召开会议")
    (True, False)
    """
    return len(text) <= _LONGEST and _PAPER.fullmatch(text) is not None


def days_of_sheet(blocks: Sequence[Block], above: Sequence[Block]) -> Iterator[Block]:
    """The lines that may hold a paper's day: over the number of its sheet ``above`` the title, and with its
    number, or between the issues before and behind it, at the top of the page.

    >>> lines = [Block(0, "总第57期 2016年11月28日 星期一", "/p[1]", "p"), Block(1, "目录", "/p[2]", "p")]
    >>> [block.index for block in days_of_sheet(lines, ())]
    [0]
    """
    sheet = next((at for at, block in enumerate(above) if _NUMBER.match(block.text)), 0)
    yield from (block for block in above[max(0, sheet - _OVER_SHEET) : sheet] if len(block.text) <= _DAY)
    for block in blocks[:_PAGE_HEAD]:
        numbered = is_masthead(block.text) and _ISSUE.search(block.text[:_LONGEST])
        if numbered or _NEIGHBOURS.match(block.text):
            yield block


def claim_of_window(title_tag: str | None) -> Iterator[Claim]:
    """The daily whose name begins or ends ``<title>``.

    >>> [claim.value for claim in claim_of_window("青溪日报数字报-县委召开会议")]
    ['青溪日报']
    """
    for part in _WINDOW.split((title_tag or "")[:1000]):
        if paper := _PAPER.fullmatch(part.strip()):
            yield Claim(paper["name"], "title_tag", "title", _NAMED_BY_WINDOW)


def claim_of_sheet(block: Block) -> Iterator[Claim]:
    """The paper of a line that says on which sheet of it the report was printed.

    >>> next(claim_of_sheet(Block(0, "《青溪日报》（2025年01月16日 第01版）", "/p[1]", "p"))).value
    '青溪日报'
    """
    if sheet := _SHEET.match(block.text):
        yield Claim(sheet["name"], "sheet", block.path, _NAMED_BY_SHEET)
