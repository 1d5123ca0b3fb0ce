"""Inside the chosen stretch: which lines are text. Whatever is not becomes a Cut with its rule and place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace

from crawler.records import Cut
from pipelines.clean.blocks import Block, PageBlocks
from pipelines.clean.body import Choice
from pipelines.clean.byline import Byline
from pipelines.clean.ending import find_end, next_document, other_files
from pipelines.clean.keywords import keyword_lines
from pipelines.clean.noise import fold, load_noise
from pipelines.clean.spared import find_spared
from pipelines.clean.title_tag import agrees
from pipelines.clean.weights import HEADINGS, PROSE, chrome_blocks, has_marks, is_link, is_prose

_MOST_OUTSIDE = 200  # characters of a cut outside the body that are shown
_TWICE = 20  # characters of a paragraph that nobody writes twice
_EXCERPT = re.compile(r"(?:…+|\.{3,}|。{3,})$")
_LEAD_LABEL = re.compile(r"^[\[【]?(?:摘要|导读|内容提要|核心提示|文章导读)[\]】]?[:：]?")
_NUMBER = re.compile(r"\[\d+\]")  # of an element among its like, in a path
_MARKED = (("广告",), ("推广",))  # what an advertisement begins with
_LONG_TITLE = 10  # characters of a headline that no paragraph is by chance
_CAPTION = re.compile(
    r"(?!.*。[(（][^()（）]{2,8}文[ 、,，][^()（）]{2,8}摄[)）]$)"  # who wrote the text signs it
    r"(?:^(?:会议|大会|座谈会|培训|学习|活动)现场。?$|^[▲△▼↑↓◎☆●■]{1,2}(?!.*[。；]).{2,60}$|^[(（]?(?:图为|图[一二三四五六七八九\d]{0,2}[:：]|资料图|配图|题图|图片来源|图源).{0,60}$"
    r"|^图 ?\d{1,2} [^。，；：]{2,24}$"
    r"|^[▲△▼].{2,80}(?:图为|现场)[^。]{0,20}。?$"
    r"|^[^。]{4,60}[(（](?:资料(?:照片|图片?)|视觉中国|[一-鿿]{2,6}配图)[)）]。?$"
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
    reasons = _by_place(page, choice, title, title_block)
    indices = range(choice.start, choice.stop)
    blocks = [page.blocks[i] for i in indices]
    spared = find_spared(blocks)
    lead = _lead(blocks, reasons, title)
    _by_rule(blocks, lead, title, reasons, spared)
    others = min(next_document(blocks, lead, title), other_files(blocks))
    end, rule = find_end(blocks[:others], lead, reasons, spared)
    for block in blocks[end:others]:
        reasons.setdefault(block.index, rule or "")
    for block in blocks[others:]:
        reasons.setdefault(block.index, "other_document")
    _twice([block for block in blocks if block.index not in reasons], reasons, fold(title or ""))
    texts = {block.index: block.text for block in blocks if block.index not in reasons}
    byline = replace(byline, cuts=tuple(cut for cut in byline.cuts if cut.block not in spared))
    cuts = [Cut(reasons[b.index], b.text, b.path) for b in blocks if b.index in reasons]
    cuts += [Cut("hidden", b.text, b.path) for b in page.hidden if choice.start < b.index < choice.stop]
    cuts += _byline_parts(page, byline, texts)
    kept = tuple((page.blocks[i], text) for i, text in texts.items() if text)
    return Trimmed(kept, tuple(cuts), rule)


def cut_outside(page: PageBlocks, choice: Choice) -> tuple[Cut, ...]:
    """What stands before and behind the chosen stretch: a cut for each, its text bounded.

    >>> page = PageBlocks(tuple(Block(i, text, f"/p[{i + 1}]", "p") for i, text in enumerate("甲乙丙丁")))
    >>> [(cut.text, cut.place) for cut in cut_outside(page, Choice(1, 2, "densest", ""))]
    [('甲', '/p[1]'), ('丙\\n丁', '/p[3] to /p[4]')]
    """
    cuts = []
    for run in (page.blocks[: choice.start], page.blocks[choice.stop :]):
        if not run:
            continue
        text = "\n".join(block.text[:_MOST_OUTSIDE] for block in run[:_MOST_OUTSIDE])
        if len(text) > _MOST_OUTSIDE:
            text = f"{text[:_MOST_OUTSIDE]}… ({len(run)} lines, {sum(len(b.text) for b in run)} characters)"
        place = run[0].path if len(run) == 1 else f"{run[0].path} to {run[-1].path}"
        cuts.append(Cut("outside_body", text, place))
    return tuple(cuts)


def _by_place(page: PageBlocks, choice: Choice, title: str | None, title_block: int | None) -> dict[int, str]:
    """Blocks cut by a site's selectors, in chrome and lists, of search words alone, above the title."""
    inside = range(choice.start, choice.stop)
    reasons = {index: "site_remove" for index in inside if index in choice.removed}
    if choice.rule != "site_selector":
        aside = choice.aside or dict.fromkeys(chrome_blocks(page), "chrome")
        reasons |= {index: aside[index] for index in inside if index in aside and index not in reasons}
        reasons |= dict.fromkeys(set(keyword_lines(page, title)) & set(inside) - set(reasons), "keyword_line")
    if title_block is not None and title_block in inside:
        before, after = range(choice.start, title_block), range(title_block + 1, choice.stop)
        if _is_certain(page, title_block) and (
            _has_prose(page, after, reasons) or not _has_prose(page, before, reasons)
        ):
            above, below = (sum(w for w in choice.worth[r.start : r.stop] if w > 0) for r in (before, after))
            inverted = above > below > 0  # the page shows its title below its text
            reasons.update(
                dict.fromkeys(after, "below_title") if inverted else dict.fromkeys(before, "above_title")
            )
        reasons[title_block] = "title"
    return reasons


def _is_certain(page: PageBlocks, title_block: int) -> bool:
    """Whether the title's place is sure enough to cut all above it."""
    block = page.blocks[title_block]
    return not page.is_html or block.tag in HEADINGS or agrees(block.text, page.title_tag)


def _has_prose(page: PageBlocks, indices: Iterable[int], reasons: dict[int, str]) -> bool:
    noise = load_noise()
    return any(
        is_prose(page.blocks[i]) and i not in reasons and not noise.rule("end", page.blocks[i].text)
        for i in indices
    )


def _lead(blocks: Sequence[Block], reasons: dict[int, str], title: str | None) -> int:
    """Position of the first paragraph: all before it is head, where bylines and tools stand."""
    noise, folded = load_noise(), fold(title or "")
    for at, block in enumerate(blocks):
        if block.index in reasons or not is_prose(block) or fold(block.text) == folded:
            continue
        if not any(noise.rule(place, block.text) for place in ("head", "line", "end")):
            return at
    return 0


def _by_rule(
    blocks: Sequence[Block], lead: int, title: str | None, reasons: dict[int, str], spared: Set[int]
) -> None:
    """Lines cut for what they say; ``spared`` only look like a byline."""
    noise = load_noise()
    own = fold(title or "")
    for at in _title_lines(blocks[: lead + 2], own):
        reasons.setdefault(blocks[at].index, "title_repeated")
    for at, block in enumerate(blocks):
        if block.index in reasons:
            continue
        rule = noise.rule("line", block.text)
        if rule is None and len(own) == len(block.text) > _LONG_TITLE and fold(block.text) == own:
            rule = "title_repeated"  # an item of a list that has the page itself
        if rule is None and at < lead and block.index not in spared:
            rule = noise.rule("head", block.text) or noise.rule("end", block.text)
        if rule is None and is_link(block):
            rule = "link_line"
        if rule is None and block.link_chars and block.pieces[:1] in _MARKED:
            rule = "advertisement"
        if rule is None and len(block.text) <= 90 and _CAPTION.match(block.text):
            rule = "caption"
        if rule is not None:
            reasons[block.index] = rule
    _page_numbers(blocks, reasons)
    _running_heads(blocks, reasons)


def _page_numbers(blocks: Sequence[Block], reasons: dict[int, str]) -> None:
    """A number alone counts sections, unless it stands beside links to other pages of the article."""
    around = ("paging", "link_line")
    for at, block in enumerate(blocks):
        if block.index in reasons or not (len(block.text) <= 2 and block.text.isdigit()):
            continue
        if any(name in hint for hint in block.hints[:1] for name in ("page", "pnum")) or any(
            reasons.get(near.index) in around
            for near in (*blocks[max(0, at - 1) : at], *blocks[at + 1 : at + 2])
        ):
            reasons[block.index] = "paging"


def _running_heads(blocks: Sequence[Block], reasons: dict[int, str]) -> None:
    """A line that stands in one place of each printed page: its path differs in the page's number only."""
    seen: dict[tuple[str, str], list[Block]] = {}
    for block in blocks:
        printed = any("page" in hint or hint == "pf" for hint in block.hints)
        if printed and block.index not in reasons and not has_marks(block.text):
            above, _, last = block.path.rpartition("/")
            key = (block.text, f"{_NUMBER.sub('', above)}/{last}")
            seen.setdefault(key, []).append(block)
    for same in seen.values():
        if len({block.path for block in same}) == len(same) > 1:
            reasons.update(dict.fromkeys((block.index for block in same), "running_head"))


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


def _twice(blocks: Sequence[Block], reasons: dict[int, str], title: str) -> None:
    """Leads printed as an excerpt above the text, and stretches printed again.

    One paragraph that comes back far from its first place is the author's own repetition and stays.
    """
    texts = [fold(block.text) for block in blocks]
    for at, text in enumerate(texts[:3]):
        excerpt = _LEAD_LABEL.sub("", _EXCERPT.sub("", text)).removeprefix(title)
        following = "".join(texts[at + 1 :])[: len(excerpt) + len(text)]
        short = excerpt != text or (following.startswith(text) and text not in texts[at + 1 :])
        begins = (following, following.removeprefix(title))
        if short and len(excerpt) >= PROSE and any(text.startswith(excerpt[:PROSE]) for text in begins):
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
