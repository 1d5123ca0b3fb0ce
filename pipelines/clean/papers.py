"""What the pages of printed papers say of their source: the window's title, the line of the sheet."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipelines.clean.blocks import Block
from pipelines.clean.sources import Claim

_WINDOW = re.compile(r"[-–—_|｜]+")
_PAPER = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{2,6}(?:日|晚|晨|早|时|商|都市)报)(?:多媒体)?"
    r"(?:数字报|电子报|电子版|数字版|版|(?:19|20)\d{2}年\d{1,2}月\d{1,2}日(?:第\d{1,3}版)?)?"
)
_SHEET = re.compile(
    r"《(?P<name>[\u4e00-\u9fff]{2,8}报)》\s*[（(]\d{4}年\d{1,2}月\d{1,2}日[^()（）]{0,12}第[A-Z]?\d{1,3}版[)）]"
)
_LONGEST = 30  # characters of a paper's name with its day
_NAMED_BY_WINDOW, _NAMED_BY_SHEET = 0.9, 3.0  # weights of the claims


def is_paper(text: str) -> bool:
    """Whether a line is nothing but the name of a daily, as above the day and the number of a sheet.

    >>> is_paper("青溪日报"), is_paper("青溪日报社召开会议")
    (True, False)
    """
    return len(text) <= _LONGEST and _PAPER.fullmatch(text) is not None


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
