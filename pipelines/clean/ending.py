"""Where the text ends: at an editor's line, a notice, a list of other articles, when not much follows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import accumulate, islice, pairwise, takewhile

from pipelines.clean.blocks import Block
from pipelines.clean.noise import load_noise
from pipelines.clean.title_tag import fold
from pipelines.clean.weights import STOPS, has_marks, is_link, is_prose

_TEASER = 120  # characters of the longest teaser or comment
_BOX = 8  # lines of a box of links that parts a text, and of the text before it
_SECTIONS = re.compile(r"(?<=\])(?:/section\[\d+\])+$")
_EXCERPT = re.compile(r"(?:…+|\.{3,}|。{3,})$")
_COLLECTION = re.compile(r"[\d一二两三四五六七八九十几多][篇则]|汇编|合集|大全|范文|集锦|选编")
_SPEECH = re.compile(
    r"[^，。；：！？]{4,40}(?:讲话|讲话稿|主持词|致辞|发言|发言稿|开幕词|闭幕词|贺词|总结讲话|演讲稿)"
)
_GREETING = re.compile(r"(?:各位|同志们|尊敬的|老师们|同学们|女士们)[^。]{0,30}[：:！!]?$")
_MANY = 5  # names of files one below the other that are no attachments
_FILE = re.compile(
    r"(?!附件|附表|附：|[（(]?[\d一二三四五六七八九十]+[.、）)]).{2,80}\.(?:docx?|pdf|pptx?|xlsx?|wps|txt)",
    re.I,
)
_OWN = 60  # characters of a speech before another one begins
_SURE_TAILS = frozenset({"license", "layout_code"})
"""What goes at the end of a body without a mark, too; an address or a number there signs a notice."""

_MUCH = 3  # text that goes on behind a weak mark is the article's own from a third of what precedes


def next_document(blocks: Sequence[Block], lead: int, title: str | None) -> int:
    """Position of the headline of another speech that begins behind the one of the ``title``; where the
    blocks end when there is none; the end of a title that fills two lines is none.

    >>> lines = ["同志们：", "现在开会。" * 20, "全县抗旱会议主持词", "同志们：", "今天开会。"]
    >>> next_document([Block(i, text, "", "p") for i, text in enumerate(lines)], 1, "全县防汛会议主持词")
    2
    """
    if title is None or _COLLECTION.search(title):
        return len(blocks)
    told = 0
    for at, (block, below) in enumerate(pairwise(blocks)):
        told += len(block.text)
        greeted = at > lead and told > _OWN and _GREETING.match(below.text)
        if greeted and _SPEECH.fullmatch(block.text):
            two = blocks[at - 1].text + block.text
            if fold(title) not in (fold(block.text), fold(two)):
                return at
    return len(blocks)


def other_files(blocks: Sequence[Block]) -> int:
    """Position of the first of many lines that are names of files: other documents, where attachments are
    numbered or few; where the blocks end when there are none.

    >>> lines = ["会议要求抓紧。", *(f"{name}讲话稿.docx" for name in "甲乙丙丁戊"), "相关文辑"]
    >>> other_files([Block(i, text, "", "p") for i, text in enumerate(lines)])
    1
    """
    run = 0
    for at, block in enumerate(blocks):
        run = run + 1 if _FILE.fullmatch(block.text) else 0
        if run == _MANY:
            return at - _MANY + 1
    return len(blocks)


def find_end(
    blocks: Sequence[Block], lead: int, reasons: dict[int, str], spared: Set[int]
) -> tuple[int, str | None]:
    """Position where the text ends, and the rule of the mark that ends it.

    A mark is believed when no more text follows than precedes it, a strong one also when only short lines
    follow: teasers and comments. A box within the text ends nothing and goes whole, nor does a weak mark
    behind which much goes on in the element that holds most of the text before it: the line alone is noted
    in ``reasons``. ``spared`` are lines that are no marks.
    """
    noise = load_noise()
    rules = [
        noise.rule("end", b.text) if at > lead and b.index not in reasons and b.index not in spared else None
        for at, b in enumerate(blocks)
    ]
    sizes = [
        0 if rule or b.index in reasons else _text_size(b) for b, rule in zip(blocks, rules, strict=True)
    ]
    before, longest = list(accumulate(sizes)), list(accumulate(sizes, max))
    longest_behind = list(accumulate(reversed(sizes), max))[::-1]
    strong = next((at for at, rule in enumerate(rules) if rule in noise.strong), len(blocks))
    last_own = _last_own(blocks, lead, sizes, strong)
    homes: Counter[str] = Counter()  # how much of the text so far stands in which element
    home = ""  # where most of it does
    for at, rule in enumerate(rules):
        if at >= lead:
            homes[here := _home(blocks[at])] += sizes[at]
            home = max(here, home, key=homes.__getitem__)
        if rule is None:
            continue
        few = before[-1] - before[at] <= before[at]
        short = rule in noise.strong and longest_behind[at] <= max(_TEASER, longest[at])
        much = rule not in noise.strong and _MUCH * (before[-1] - before[at]) > before[at]
        boxed = (much or rule in noise.boxes) and at < last_own.get(home, -1)
        again = at if boxed or rule != "related" else _goes_on(blocks, at, lead)
        if (few or short) and not boxed and again == at:
            return _tail(blocks, at, lead, reasons), rule
        reasons[blocks[at].index] = rule
        reasons.update({block.index: rule for block in blocks[at + 1 : again]})
        if rule in noise.boxes:
            reasons.update({block.index: rule for block in _rest_of_box(blocks, at, home)})
    end = len(blocks)
    while end > lead + 1 and (rule := noise.rule("tail", blocks[end - 1].text)) in _SURE_TAILS:
        end -= 1
        reasons[blocks[end].index] = rule or ""
    return end, None


def _rest_of_box(blocks: Sequence[Block], at: int, home: str) -> Iterator[Block]:
    """What follows a mark within the box whose first line it is: the outermost element around it that does
    not hold the text. A mark that stands alone in the element of the text heads the box of links below it."""
    if not home or not blocks[at].path.startswith(f"{home}/"):
        return

    def box_of(block: Block) -> str:
        return block.path[len(home) + 1 :].partition("/")[0] if block.path.startswith(f"{home}/") else ""

    box = box_of(blocks[at])
    if at and box_of(blocks[at - 1]) == box:
        return
    if at + 1 < len(blocks) and blocks[at].path == f"{home}/{box}" and is_link(blocks[at + 1]):
        box = box_of(blocks[at + 1])
    yield from takewhile(lambda block: box_of(block) == box, islice(blocks, at + 1, None))


def _goes_on(blocks: Sequence[Block], at: int, lead: int) -> int:
    """Position behind a box of links that parts two elements of the text, which have the same name (part1,
    part2) and stand at the same depth; the position of the mark when no such box begins there."""
    before = blocks[max(lead, at - _BOX) : at]
    named = {_named(b) for b in before if is_prose(b) and b.hints}
    for position, block in enumerate(islice(blocks, at + 1, at + _BOX), at + 1):
        if block.tag == "h1":
            return at  # another article
        if is_prose(block):
            own = block.hints and _named(block) in named
            return position if own and _home(block) != _home(blocks[position - 1]) else at
    return at


def _named(block: Block) -> tuple[str, str, int]:
    """The tag, the nearest name without its number, the depth."""
    return block.tag, block.hints[0].rstrip("0123456789"), block.path.count("/")


def _last_own(blocks: Sequence[Block], lead: int, sizes: Sequence[int], strong: int) -> dict[str, int]:
    """Position of the last paragraph in each element; in plain text, of the last before a ``strong`` mark."""
    last: dict[str, int] = {}
    for at in range(lead + 1, len(blocks)):
        home = _home(blocks[at])
        if sizes[at] and (home or at < strong) and is_prose(blocks[at]) and blocks[at].text.endswith(STOPS):
            last[home] = at
    return last


def _home(block: Block) -> str:
    """The element that a block stands in, sections within one apart; empty for a line of plain text."""
    return _SECTIONS.sub("", block.path.rpartition("/")[0])


def _tail(blocks: Sequence[Block], at: int, lead: int, gone: Mapping[int, str]) -> int:
    """The end, moved before addresses and telephone numbers that lead over to a footer; lines that are
    ``gone`` stand between them."""
    noise = load_noise()
    before = at
    while before > lead + 1:
        before -= 1
        if noise.rule("tail", blocks[before].text):
            at = before
        elif blocks[before].index not in gone:
            break
    return at


def _text_size(block: Block) -> int:
    """Characters of a paragraph; teasers that end with dots and lines without marks are none."""
    return len(block.text) if has_marks(block.text) and not _EXCERPT.search(block.text) else 0
