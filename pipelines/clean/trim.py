"""Inside the chosen stretch: which lines are text. Whatever is not becomes a Cut with its rule and place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from crawler.records import Cut
from pipelines.clean.blocks import Block, PageBlocks
from pipelines.clean.body import Choice
from pipelines.clean.byline import Byline
from pipelines.clean.noise import fold, load_noise
from pipelines.clean.weights import HEADINGS, PROSE, STOPS, chrome_blocks, has_marks, is_attachment, is_prose

_TEASER = 120  # characters of the longest teaser or comment
_TWICE = 20  # characters of a paragraph that nobody writes twice
_EXCERPT = re.compile(r"(?:…+|\.{3,}|。{3,})$")
_LEAD_LABEL = re.compile(r"^[\[【]?(?:摘要|导读|内容提要|核心提示|文章导读)[\]】]?[:：]?")
_ASKED = re.compile(r"(?:记者|问|主持人|网友) ?[:：]")
_WHEN = re.compile(r"(?:会议)?(?:时间|日期) ?[:：]")
_WHERE = re.compile(r"(?:会议)?地点 ?[:：]")
_CAPTION = re.compile(
    r"(?:^[▲△▼↑↓◎☆●■]{1,2}(?!.*[。；]).{2,60}$|^(?:图为|图[一二三四五六七八九\d]{0,2}[:：]|资料图|配图|题图|图片来源|图源).{0,60}$"
    r"|^.{2,80}[ /／](?:摄|图|供图|摄影报道)[)）]?。?$|^.{4,80}(?:[一-鿿]{2,4} ?摄|供图)[)）]?$)"
)


@dataclass(frozen=True, slots=True)
class Trimmed:
    """The blocks that are text, with what is left of each, and all that was cut."""

    kept: tuple[tuple[Block, str], ...]
    cuts: tuple[Cut, ...]
    ended_by: str | None = None


def trim(
    page: PageBlocks, choice: Choice, title: str | None, title_block: int | None, byline: Byline
) -> Trimmed:
    """Cut from the chosen stretch all lines that are not text.

    The largest block is never cut by a name; an end mark ends nothing when more text follows than precedes.
    """
    reasons = _by_place(page, choice, title_block)
    indices = range(choice.start, choice.stop)
    blocks = [page.blocks[i] for i in indices]
    lead = _lead(blocks, reasons, title)
    _by_rule(blocks, lead, title, reasons)
    end, rule = _end(blocks, lead, reasons)
    for block in blocks[end:]:
        reasons.setdefault(block.index, rule or "")
    _twice([block for block in blocks if block.index not in reasons], reasons)
    texts = {block.index: block.text for block in blocks if block.index not in reasons}
    spared = _minutes_head(blocks) | _interview(blocks)
    byline = replace(byline, cuts=tuple(cut for cut in byline.cuts if cut.block not in spared))
    cuts = [Cut(reasons[b.index], b.text, b.path) for b in blocks if b.index in reasons]
    cuts += [Cut("hidden", b.text, b.path) for b in page.hidden if choice.start < b.index < choice.stop]
    cuts += _byline_parts(page, byline, texts)
    kept = tuple((page.blocks[i], text) for i, text in texts.items() if text)
    return Trimmed(kept, tuple(cuts), rule)


def _by_place(page: PageBlocks, choice: Choice, title_block: int | None) -> dict[int, str]:
    """Blocks cut for where they stand: by a site's selectors, in elements named chrome, above the title."""
    reasons = dict.fromkeys(choice.removed & set(range(choice.start, choice.stop)), "site_remove")
    if choice.rule != "site_selector":
        for index in chrome_blocks(page):
            if choice.start <= index < choice.stop:
                reasons.setdefault(index, "chrome")
    if title_block is not None and choice.start <= title_block < choice.stop:
        before = range(choice.start, title_block)
        certain = not page.is_html or page.blocks[title_block].tag in HEADINGS
        if certain and not any(is_prose(page.blocks[i]) and i not in reasons for i in before):
            reasons.update(dict.fromkeys(before, "above_title"))
        reasons[title_block] = "title"
    return reasons


def _minutes_head(blocks: Sequence[Block]) -> frozenset[int]:
    """Lines 时间： of minutes, known by a line 地点： close behind: they tell of the meeting."""
    return frozenset(
        block.index
        for at, block in enumerate(blocks)
        if _WHEN.match(block.text) and any(_WHERE.match(b.text) for b in blocks[at + 1 : at + 4])
    )


def _interview(blocks: Sequence[Block]) -> frozenset[int]:
    """Lines 记者： of a conversation, known by there being several: who asks is no byline."""
    asked = [block.index for block in blocks if _ASKED.match(block.text)]
    return frozenset(asked if len(asked) > 1 else ())


def _lead(blocks: Sequence[Block], reasons: dict[int, str], title: str | None) -> int:
    """Position of the first paragraph: all before it is head, where bylines and tools stand."""
    noise, folded = load_noise(), fold(title or "")
    for at, block in enumerate(blocks):
        if block.index in reasons or not is_prose(block) or fold(block.text) == folded:
            continue
        if not any(noise.rule(place, block.text) for place in ("head", "line", "end")):
            return at
    return 0


def _by_rule(blocks: Sequence[Block], lead: int, title: str | None, reasons: dict[int, str]) -> None:
    """Lines cut for what they say."""
    noise, asked = load_noise(), _interview(blocks)
    for at in _title_lines(blocks[: lead + 2], fold(title or "")):
        reasons.setdefault(blocks[at].index, "title_repeated")
    for at, block in enumerate(blocks):
        if block.index in reasons:
            continue
        rule = noise.rule("line", block.text)
        if rule is None and at < lead and block.index not in asked:
            rule = noise.rule("head", block.text) or noise.rule("end", block.text)
        if rule is None and _is_link(block):
            rule = "link_line"
        if rule is None and len(block.text) <= 90 and _CAPTION.match(block.text):
            rule = "caption"
        if rule is not None:
            reasons[block.index] = rule


def _title_lines(head: Sequence[Block], title: str) -> Iterator[int]:
    """Positions of the lines that say the title again, in one line or broken over several."""
    for start in range(len(head)):
        said = ""
        for stop in range(start, len(head)):
            said += fold(head[stop].text)
            if not title.startswith(said):
                break
            if said == title:
                yield from range(start, stop + 1)
                break


def _is_link(block: Block) -> bool:
    """A line that is a link to something else; attachments and titles of documents are part of a report."""
    return (
        block.link_share > 0.8
        and len(block.text) < 2 * PROSE
        and not block.text.endswith(("。", "！", "？"))
        and not is_attachment(block.text)
    )


def _end(blocks: Sequence[Block], lead: int, reasons: dict[int, str]) -> tuple[int, str | None]:
    """Position where the text ends, and the rule of the mark that ends it.

    A mark is believed when no more text follows than precedes it, a strong one also when only short lines
    follow: teasers and comments. A box within the text ends nothing: paragraphs go on behind it.
    """
    noise, asked = load_noise(), _interview(blocks)
    rules = [
        noise.rule("end", b.text) if at > lead and b.index not in reasons and b.index not in asked else None
        for at, b in enumerate(blocks)
    ]
    sizes = [
        0 if rule or b.index in reasons else _text_size(b) for b, rule in zip(blocks, rules, strict=True)
    ]
    before, longest = list(accumulate(sizes)), list(accumulate(sizes, max))
    longest_behind = list(accumulate(reversed(sizes), max))[::-1]
    last_own = _last_own(blocks, lead, sizes)
    for at, rule in enumerate(rules):
        if rule is None:
            continue
        few = before[-1] - before[at] <= before[at]
        short = rule in noise.strong and longest_behind[at] <= max(_TEASER, longest[at])
        boxed = rule in noise.boxes and at < last_own
        if (few or short) and not boxed:
            return _tail(blocks, at, lead), rule
        reasons[blocks[at].index] = rule
    return len(blocks), None


def _last_own(blocks: Sequence[Block], lead: int, sizes: Sequence[int]) -> int:
    """Position of the last paragraph in the same element as the first; -1 in plain text."""
    home = blocks[lead].path.rpartition("/")[0]
    own = (
        at
        for at in range(len(blocks) - 1, lead, -1)
        if sizes[at] and is_prose(blocks[at]) and blocks[at].text.endswith(STOPS)
    )
    return next((at for at in own if home and blocks[at].path.rpartition("/")[0] == home), -1)


def _tail(blocks: Sequence[Block], at: int, lead: int) -> int:
    """The end, moved before addresses and telephone numbers that lead over to a footer."""
    noise = load_noise()
    while at > lead + 1 and noise.rule("tail", blocks[at - 1].text):
        at -= 1
    return at


def _text_size(block: Block) -> int:
    """Characters of a paragraph; teasers that end with dots and lines without marks are none."""
    return len(block.text) if has_marks(block.text) and not _EXCERPT.search(block.text) else 0


def _twice(blocks: Sequence[Block], reasons: dict[int, str]) -> None:
    """Leads printed as an excerpt above the text, and stretches printed again.

    One paragraph that comes back far from its first place is the author's own repetition and stays.
    """
    texts = [fold(block.text) for block in blocks]
    for at, text in enumerate(texts[:3]):
        excerpt = _LEAD_LABEL.sub("", _EXCERPT.sub("", text))
        following = "".join(texts[at + 1 :])[: len(excerpt) + len(text)]
        if excerpt != text and len(excerpt) >= PROSE and following.startswith(excerpt[:PROSE]):
            reasons[blocks[at].index] = "lead_twice"
    first: dict[str, int] = {}
    origins = [first.setdefault(text, at) if len(text) >= _TWICE else at for at, text in enumerate(texts)]
    for at, origin in enumerate(origins):
        again = at + 1 < len(texts) and origins[at + 1] == origin + 1 and origins[at + 1] < at + 1
        after = at > 0 and origins[at - 1] == origin - 1 and origins[at - 1] < at - 1
        if origin < at and (origin == at - 1 or again or after):
            reasons.setdefault(blocks[at].index, "paragraph_twice")


def _byline_parts(page: PageBlocks, byline: Byline, texts: dict[int, str]) -> Iterable[Cut]:
    """Apply the byline's cuts to the texts; from the back, so that places stay right."""
    cuts = []
    for cut in sorted(byline.cuts, key=lambda c: (c.block, c.start), reverse=True):
        text = texts.get(cut.block)
        if text is None:
            continue
        cuts.append(Cut(cut.rule, text[cut.start : cut.end], page.blocks[cut.block].path))
        texts[cut.block] = (text[: cut.start] + text[cut.end :]).strip()
    return reversed(cuts)
