"""How much each block speaks for or against being the article: prose for, links and chrome against."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate, groupby
from typing import NamedTuple

from pipelines.clean.blocks import Block, Element, PageBlocks
from pipelines.clean.boxes import find_boxes
from pipelines.clean.containers import load_containers
from pipelines.clean.items import find_items
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
_FOLLOWS = 40  # worth of the text below a title from which what stands above it counts for nothing
_SENTENCE_WORTH = 8
_FAR_MORE = 2  # times the worth of what is below a title that a text above it has
_ITEM = 2.0  # what a line of a list of teasers costs
_MOST_COST = 150.0  # what a run of links can cost: a list inside an article must not tear it apart


class Weights(NamedTuple):
    """What each block is worth, and the blocks known not to be text, each with the rule that says so."""

    worth: tuple[float, ...]
    aside: dict[int, str]


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


def heads_other(block: Block) -> bool:
    """Whether a line is a heading that leads elsewhere: another document begins there."""
    return block.tag in HEADINGS and block.link_share > _TITLE_LINK


def is_attachment(text: str) -> bool:
    """Whether a line names a file or a document that belongs to the text.

    >>> is_attachment("附件：任务分解表"), is_attachment("2.任务分解表.docx"), is_attachment("要闻")
    (True, True, False)
    """
    return _ATTACHED.search(text) is not None


def is_link(block: Block) -> bool:
    """A line that is a link to something else; attachments and titles of documents are part of a report."""
    return (
        block.link_share > 0.8
        and len(block.text) < 2 * PROSE
        and not block.text.endswith(("。", "！", "？"))
        and not is_attachment(block.text)
    )


def weigh(page: PageBlocks, title_block: int | None) -> Weights:
    """The worth of each block in characters of prose; negative for links, notices and chrome."""
    noise, blocks = load_noise(), page.blocks
    aside = find_aside(page, title_block)
    boxes = find_boxes(page, title_block, longest_block(page)) if page.is_html else frozenset()
    paths = ["", *(block.path for block in blocks), ""]
    worth = []
    for at, block in enumerate(blocks):
        in_run = page.is_html and paths[at + 1] in (paths[at], paths[at + 2])
        here = _weigh(block, aside.get(at) == "chrome", in_run, noise)
        if at in boxes:
            here = min(here, 0.0)
        if here > 0 and at and blocks[at - 1].link_share > _TITLE_LINK:
            here *= _TEASER
        worth.append(min(here, 0.0) - _ITEM if aside.get(at) == "list_item" else here)
    if title_block is not None:
        below = sum(here for here in worth[title_block + 1 :] if here >= _SENTENCE_WORTH)
        share = 0.0 if below >= _FOLLOWS else _BEFORE_TITLE if below else 1.0
        share = 1.0 if _stands_above(page, worth, title_block, below) else share
        worth[:title_block] = [here * share if here > 0 else here for here in worth[:title_block]]
    return Weights(tuple(worth), aside)


def _stands_above(page: PageBlocks, worth: Sequence[float], title_block: int, below: float) -> bool:
    """Whether the text is above its title: a known container there holds far more than all that is below."""
    find = load_containers().find
    return any(
        element.stop <= title_block
        and sum(here for here in worth[element.start : element.stop] if here > 0) > _FAR_MORE * below
        and (element.tag == "article" or find(element.tag, element.id, element.classes))
        for element in page.elements
    )


def find_aside(page: PageBlocks, title_block: int | None) -> dict[int, str]:
    """Blocks known not to be text: those of elements named as chrome, those of lists of teasers."""
    if not page.is_html:
        return {}
    aside = dict.fromkeys(find_items(page, title_block), "list_item")
    return aside | dict.fromkeys(chrome_blocks(page), "chrome")


class Sums:
    """The worth of any stretch of blocks by a few look-ups; what an unbroken run of links costs is bounded.

    >>> sums = Sums([100.0, -90.0, -90.0, 100.0])
    >>> sums(0, 4), sums(0, 2), sums(1, 2), sums(2, 4)
    (50.0, 10.0, -90.0, 10.0)
    """

    def __init__(self, worth: Sequence[float]) -> None:
        bounded: list[float] = []
        self._left, self._right = list(range(len(worth) + 1)), list(range(len(worth) + 1))
        for negative, run in groupby(range(len(worth)), key=lambda at: worth[at] < 0):
            indices = list(run)
            first, after = indices[0], indices[-1] + 1
            if not negative:
                bounded += worth[first:after]
                continue
            bounded += [max(-_MOST_COST, sum(worth[first:after])), *[0.0] * (len(indices) - 1)]
            self._right[first + 1 : after] = [after] * (len(indices) - 1)
            self._left[first + 1 : after] = [first] * (len(indices) - 1)
        self._raw = list(accumulate(worth, initial=0.0))
        self._bounded = list(accumulate(bounded, initial=0.0))

    def __call__(self, start: int, stop: int) -> float:
        """The worth of blocks ``start`` to ``stop`` - 1."""
        head, tail = self._right[start], self._left[stop]
        if head > tail:
            return max(-_MOST_COST, self._raw[stop] - self._raw[start])
        ends = max(-_MOST_COST, self._raw[head] - self._raw[start])
        ends += max(-_MOST_COST, self._raw[stop] - self._raw[tail])
        return ends + self._bounded[tail] - self._bounded[head]


def chrome_blocks(page: PageBlocks) -> frozenset[int]:
    """Blocks in elements whose names say that no article is there; never the page's longest block, nor what
    a forum's first post stands in, which a longer answer may follow."""
    longest, post = longest_block(page), _first_post(page)
    found: set[int] = set()
    stop = 0
    for element in sorted(page.elements, key=lambda e: (e.start, -e.stop)):
        if element.stop <= stop or any(element.start <= own < element.stop for own in (longest, post)):
            continue
        if is_chrome(element):
            found.update(range(max(stop, element.start), element.stop))
            stop = element.stop
    return frozenset(found)


def _first_post(page: PageBlocks) -> int:
    """Index of the block that begins the first of the known elements that answers follow, -1 without one."""
    containers = load_containers()
    found = ((e.start, containers.find(e.tag, e.id, e.classes)) for e in page.elements)
    return next((start for start, family in found if family and family[0] in containers.firsts), -1)


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
    words = "-".join((element.id, *element.classes)).replace("_", "-").split("-")
    return any(word.rstrip("0123456789") in noise.names for word in words)


def _weigh(block: Block, chrome: bool, in_run: bool, noise: Noise) -> float:
    """Worth of one block; ``in_run``: a line in the same element stands before or behind it."""
    size, linked = len(block.text), block.link_chars
    if linked * 2 > size:
        return 0.0 if is_attachment(block.text) else -_LABEL - _LINK * min(linked, _MOST_LINK)
    if chrome:
        return -0.5 * min(size, 200)
    plain = size - linked
    if not has_marks(block.text):
        if block.tag == "tr":
            return -_LINK * linked  # many rows of figures are no text
        return _LINE * min(plain, 100) - (0.0 if in_run else _LABEL) - _LINK * linked
    if noise.rule("end", block.text):
        return -_LABEL - 0.5 * min(size, 200)
    return float(plain) if is_prose(block) else plain - _LINK * linked
