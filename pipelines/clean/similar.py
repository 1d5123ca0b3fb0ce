"""Several documents on one page: the one whose heading is the page's title."""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.clean.blocks import Block
from pipelines.clean.weights import HEADINGS, heads_other

_LONGEST_HEADING = 80
_ALIKE = 0.5  # share of character pairs that headings of similar documents have in common


def choose_section(blocks: Sequence[Block], indices: Sequence[int], title: str) -> tuple[int, ...]:
    """The blocks of ``indices`` under the heading most like ``title``; all when no heading is like it.

    A heading is a short line without a full stop that has half its character pairs in common with the title.

    >>> lines = ["防汛会议讲话稿", "甲。", "县长在防汛会议上的讲话", "乙。", "防汛会议讲话范文", "丙。"]
    >>> blocks = [Block(i, text, "", "p") for i, text in enumerate(lines)]
    >>> choose_section(blocks, range(6), "县长在防汛会议上的讲话")
    (3,)
    """
    wanted = _pairs(title)
    alike = {i: _likeness(blocks[i].text, wanted) for i in indices}
    scores = {i: likeness for i, likeness in alike.items() if likeness >= _ALIKE}
    starts = [i for i in scores if i + 1 in indices and i + 1 not in scores]
    if not starts:
        return tuple(indices)
    best = max(starts, key=lambda i: (scores[i], i))
    others = (i for i in indices if i > best and (i in scores or _heads(blocks[i], blocks[best])))
    stop = next(others, indices[-1] + 1)
    return tuple(range(best + 1, stop))


def _heads(block: Block, own: Block) -> bool:
    """Whether a line heads another document: a heading like the own one, or one that leads elsewhere."""
    return heads_other(block) or (block.tag in HEADINGS and block.tag == own.tag)


def _pairs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)}


def _likeness(text: str, wanted: set[str]) -> float:
    """Share of the pairs of both that both have (0–1); 0 for what is no heading."""
    if not wanted or len(text) > _LONGEST_HEADING or "。" in text:
        return 0.0
    pairs = _pairs(text)
    return len(pairs & wanted) / max(1, min(len(pairs), len(wanted))) if len(pairs) > 1 else 0.0
