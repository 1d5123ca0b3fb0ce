"""How alike two texts are: as a whole, and as a part of each other; and whether their figures agree.

Governments write by template: two sessions a week apart may share nine sentences of ten. What
tells them apart are their figures (days, ordinals, counts), so these are compared for themselves.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipelines.match.fingerprint import SHINGLE, SHORT, fold

SAME = 0.75  # share of common shingles from which two texts are one report
WITHIN = 0.9  # share of a text's shingles that another text holds, to be an excerpt of it
LEAST_EXCERPT = 0.2  # of the whole's length; less is a quotation
WHOLE = 0.8  # of the other's length; less is an excerpt
_FIGURES_AGREE = 0.75
_FIGURE = re.compile(r"\d{1,2}月\d{1,2}[日号]|\d+[年月日号次届]?|第[〇零一二三四五六七八九十百]{1,6}[次届个]")


@dataclass(frozen=True, slots=True)
class Likeness:
    """``similarity``: shared shingles of all; ``contained``: of the shorter's; ``ratio``: of lengths."""

    similarity: float
    contained: float
    ratio: float
    figures_agree: bool

    @property
    def same(self) -> bool:
        """Whether both print one report, in whole or in part."""
        if not self.figures_agree:
            return False
        excerpt = self.contained >= WITHIN and self.ratio >= LEAST_EXCERPT
        return self.similarity >= SAME or excerpt


def compare(one: str, other: str) -> Likeness:
    """Compare two bodies, in either order. Linear in their lengths.

    >>> text = "3月6日,县长柏远主持召开县政府常务会议,研究安全生产工作。会议强调,隐患要逐条登记,逐条销号。"
    >>> text += "会议还听取了春耕备耕情况汇报,要求农资储备到村,农技服务到户,水利设施检修到位。"
    >>> compare(text, text.replace(",", "，")).same
    True
    >>> compare(text, text.replace("3月6日", "3月13日")).same
    False
    """
    shorter, longer = sorted((fold(one), fold(other)), key=lambda text: (len(text), text))
    if len(shorter) < SHORT:
        return _equal(shorter, longer)
    few, many = _shingles(shorter), _shingles(longer)
    common = len(few & many)
    return Likeness(
        similarity=common / len(few | many),
        contained=common / len(few),
        ratio=len(shorter) / len(longer),
        figures_agree=_agree(shorter, longer),
    )


def _equal(shorter: str, longer: str) -> Likeness:
    """Short texts are compared exactly: a share of so few shingles says nothing."""
    same = float(shorter == longer)
    return Likeness(same, same, len(shorter) / len(longer) if longer else 1.0, bool(same))


def _shingles(folded: str) -> set[str]:
    return {folded[at : at + SHINGLE] for at in range(len(folded) - SHINGLE + 1)}


def _agree(shorter: str, longer: str) -> bool:
    """The shorter text's figures stand in the longer one, its first day among them."""
    few, many = _FIGURE.findall(shorter), set(_FIGURE.findall(longer))
    day = next((figure for figure in few if figure[-1] in "日号"), None)
    if not few:
        return True
    missing = sum(figure not in many for figure in set(few))
    return (day is None or day in many) and missing <= (1 - _FIGURES_AGREE) * len(set(few))
