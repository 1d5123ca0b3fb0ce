"""How much each block speaks for or against being the article: prose for, links and chrome against."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate

from pipelines.clean.blocks import Block, Element, PageBlocks
from pipelines.clean.containers import load_containers
from pipelines.clean.noise import Noise, load_noise

PROSE = 30  # characters of a block that can be called a paragraph
_MARKS = re.compile("[，。；？！,;?!]")
_ATTACHED = re.compile(r"^(?:附件?|附表|《)|\.(?:docx?|xlsx?|pptx?|pdf|wps|et|zip|rar|ofd)[)）]?$", re.I)
_SENTENCE = 10  # characters of the shortest paragraph, if a stop ends it
STOPS = ("。", "！", "？", "”")
HEADINGS = frozenset({"h1", "h2", "h3", "h4"})
_LINK = 2.0  # what a character of a link costs
_MOST_LINK = 80  # characters of one line of links that count
_LINE = 0.3  # what a character of a line without marks is worth: a heading, a verse, a label
_LABEL = 3.0  # what such a line costs: a menu is made of short ones
_BEFORE_TITLE = 0.3
_TEASER = 0.3  # what a paragraph below a line that is a link is worth: such are the teasers of lists
_TITLE_LINK = 0.8


def has_marks(text: str) -> bool:
    """Whether marks part clauses in the text; a label or a heading has none.

    >>> has_marks("会议指出，隐患要逐条销号。"), has_marks("时政要闻")
    (True, False)
    """
    return _MARKS.search(text) is not None


def is_prose(block: Block) -> bool:
    """Whether a block reads like a paragraph: long enough, with marks, hardly any links."""
    size = len(block.text)
    long_enough = size >= PROSE or (size >= _SENTENCE and block.text.endswith(STOPS))
    return long_enough and block.link_share < 0.4 and has_marks(block.text)


def is_attachment(text: str) -> bool:
    """Whether a line names a file or a document that belongs to the text.

    >>> is_attachment("附件：任务分解表"), is_attachment("2.任务分解表.docx"), is_attachment("要闻")
    (True, True, False)
    """
    return _ATTACHED.search(text) is not None


def weigh(page: PageBlocks, title_block: int | None) -> tuple[float, ...]:
    """The worth of each block in characters of prose; negative for links, notices and chrome."""
    noise, blocks = load_noise(), page.blocks
    chrome = chrome_blocks(page)
    paths = ["", *(block.path for block in blocks), ""]
    worth = []
    for at, block in enumerate(blocks):
        in_run = page.is_html and paths[at + 1] in (paths[at], paths[at + 2])
        here = _weigh(block, at in chrome, in_run, noise)
        if here > 0 and at and blocks[at - 1].link_share > _TITLE_LINK:
            here *= _TEASER
        before = title_block is not None and at < title_block
        worth.append(here * _BEFORE_TITLE if before and here > 0 else here)
    return tuple(worth)


def sums(values: Sequence[float]) -> list[float]:
    """Sums of the first 0, 1, 2, … values: the sum of a stretch is one subtraction."""
    return list(accumulate(values, initial=0.0))


def chrome_blocks(page: PageBlocks) -> frozenset[int]:
    """Blocks in elements whose names say that no article is there; never the page's longest block."""
    longest = longest_block(page)
    found: set[int] = set()
    stop = 0
    for element in sorted(page.elements, key=lambda e: (e.start, -e.stop)):
        if element.stop <= stop or element.start <= longest < element.stop:
            continue
        if is_chrome(element):
            found.update(range(max(stop, element.start), element.stop))
            stop = element.stop
    return frozenset(found)


def longest_block(page: PageBlocks) -> int:
    """Index of the block with most characters outside links, -1 on an empty page."""
    return max(page.blocks, key=lambda b: len(b.text) - b.link_chars, default=Block(-1, "", "", "")).index


def is_chrome(element: Element) -> bool:
    """Whether an element's tag, class or id names something beside an article."""
    noise = load_noise()
    if element.tag in noise.tags:
        return True
    if element.tag in ("html", "body") or not (element.id or element.classes):
        return False
    if load_containers().find(element.tag, element.id, element.classes):
        return False
    names = (element.id, *element.classes)
    return any(word in noise.names for name in names for word in name.replace("_", "-").split("-"))


def _weigh(block: Block, chrome: bool, in_run: bool, noise: Noise) -> float:
    """Worth of one block; ``in_run``: a line in the same element stands before or behind it."""
    size, linked = len(block.text), block.link_chars
    if linked * 2 > size:
        return 0.0 if is_attachment(block.text) else -_LABEL - _LINK * min(linked, _MOST_LINK)
    if chrome:
        return -0.5 * min(size, 200)
    plain = size - linked
    if not has_marks(block.text):
        return _LINE * min(plain, 100) - (0.0 if in_run else _LABEL) - _LINK * linked
    if noise.rule("end", block.text):
        return -_LABEL - 0.5 * min(size, 200)
    return float(plain) if is_prose(block) else plain - _LINK * linked
