"""Inside the chosen stretch: which lines are text. Whatever is not becomes a Cut with its rule and place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from crawler.records import Cut
from pipelines.clean.blocks import Block, PageBlocks
from pipelines.clean.body import Choice
from pipelines.clean.byline import Byline
from pipelines.clean.noise import fold, load_noise
from pipelines.clean.weights import PROSE, chrome_blocks, is_prose, marks

_TWICE = 40  # characters of a paragraph that nobody writes twice
_EXCERPT = re.compile(r"(?:…+|\.{3,}|。{3,})$")
_LEAD_LABEL = re.compile(r"^[\[【]?(?:摘要|导读|内容提要|核心提示|文章导读)[\]】]?[:：]?")
_ATTACHED = re.compile(r"^(?:附件?|附表|《)")
_CAPTION = re.compile(
    r"(?:^[▲△▼↑↓◎☆●■]{1,2}(?!.*[。；]).{2,60}$|^(?:图为|图[一二三四五六七八九\d]{0,2}[:：]|资料图|配图|题图|图片来源|图源).{0,60}$"
    r"|^.{2,80}(?:记者|通讯员|本报|摄影)?[一-鿿·、 ]{0,12}(?<![拍])[ /／](?:摄|图|供图|摄影报道)[)）]?。?$|^.{4,80}(?:[一-鿿]{2,4} ?摄|供图)[)）]?$)"
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

    The largest block is never cut by a name, and an end mark does not end the body when more text follows than precedes.
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
    cuts = [Cut(reasons[b.index], b.text, b.path) for b in blocks if b.index in reasons]
    cuts += [Cut("hidden", b.text, b.path) for b in page.hidden if choice.start < b.index < choice.stop]
    cuts += _byline_parts(page, byline, texts)
    kept = tuple((page.blocks[i], text) for i, text in texts.items() if text)
    return Trimmed(kept, tuple(cuts), rule)


def _by_place(page: PageBlocks, choice: Choice, title_block: int | None) -> dict[int, str]:
    """Blocks cut for where they stand: by the site's selectors, in elements named after chrome, above the title."""
    reasons = dict.fromkeys(choice.removed & set(range(choice.start, choice.stop)), "site_remove")
    if choice.rule != "site_selector":
        for index in chrome_blocks(page):
            if choice.start <= index < choice.stop:
                reasons.setdefault(index, "chrome")
    if title_block is not None and choice.start <= title_block < choice.stop:
        before = range(choice.start, title_block)
        if not any(is_prose(page.blocks[i]) and i not in reasons for i in before):
            reasons.update(dict.fromkeys(before, "above_title"))
        reasons[title_block] = "title"
    return reasons


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
    noise, folded = load_noise(), fold(title or "")
    for at, block in enumerate(blocks):
        if block.index in reasons:
            continue
        rule = noise.rule("line", block.text)
        if rule is None and at < lead:
            rule = noise.rule("head", block.text) or noise.rule("end", block.text)
        if rule is None and folded and at <= lead + 1 and fold(block.text) == folded:
            rule = "title_repeated"
        if rule is None and _is_link(block):
            rule = "link_line"
        if rule is None and len(block.text) <= 90 and _CAPTION.match(block.text):
            rule = "caption"
        if rule is not None:
            reasons[block.index] = rule


def _is_link(block: Block) -> bool:
    """A line that is a link to something else; attachments and titles of documents are part of a report."""
    return (
        block.link_share > 0.8
        and len(block.text) < 2 * PROSE
        and not block.text.endswith(("。", "！", "？"))
        and not _ATTACHED.match(block.text)
    )


def _end(blocks: Sequence[Block], lead: int, reasons: dict[int, str]) -> tuple[int, str | None]:
    """Position where the text ends, and the rule of the mark that ends it."""
    noise = load_noise()
    sizes = [len(b.text) if b.index not in reasons and marks(b.text) else 0 for b in blocks]
    before, total = sum(sizes[: lead + 1]), sum(sizes)
    for at in range(lead + 1, len(blocks)):
        block = blocks[at]
        if block.index not in reasons and (rule := noise.rule("end", block.text)):
            if total - before - sizes[at] <= before:
                return at, rule
            reasons[block.index] = rule
        before += sizes[at]
    return len(blocks), None


def _twice(blocks: Sequence[Block], reasons: dict[int, str]) -> None:
    """Leads printed as an excerpt above the text, and long paragraphs printed again."""
    seen: set[str] = set()
    for at, block in enumerate(blocks):
        text = fold(block.text)
        if at < 3 and at + 1 < len(blocks):
            excerpt = _LEAD_LABEL.sub("", _EXCERPT.sub("", text))
            shortened = excerpt != text and len(excerpt) >= PROSE
            if shortened and any(fold(b.text).startswith(excerpt[:-1]) for b in blocks[at + 1 : at + 5]):
                reasons[block.index] = "lead_twice"
                continue
        if len(text) >= _TWICE and text in seen:
            reasons[block.index] = "paragraph_twice"
        seen.add(text)


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
