"""Inside a paragraph: brand names between clauses, leftovers of buttons and tags. Each cut is recorded."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from crawler.records import Cut
from crawler.sites import Site
from pipelines.clean.blocks import PageBlocks
from pipelines.clean.noise import load_noise

_OWNERS = (
    re.compile(
        r"(?:©|[Cc]opyright|版权所有)[^一-鿿]{0,40}(?:版权所有|关于我们)?[^一-鿿]{0,10}"
        r"([一-鿿\w]{2,12}?)(?=$|[ ,，。]|版权所有|关于我们)"
    ),
    re.compile(r"(?:^|[。：:])([一-鿿\w]{2,12})(?:转载此文|提示[:：]文章来自)"),
)
_STRONG = re.compile(r"[一-鿿]{2,4}(?:配资|优配|策略)")
_SEPARATORS = r" ?[-_|—–·] ?"
_MOST_OWNER_TEXT = 600


def find_brands(page: PageBlocks, site: Site | None) -> tuple[str, ...]:
    """Names of the page's owner: from the site file, the © line, notices, the window title.

    >>> from pipelines.clean.blocks import parse
    >>> find_brands(parse("正文。\\n备案号:1 Copyright © 2002-2022 关于我们 清河新视界", is_html=False), None)
    ('清河新视界',)
    """
    names: dict[str, None] = dict.fromkeys((*site.brands, site.name) if site else ())
    for block in page.blocks:
        if len(block.text) <= _MOST_OWNER_TEXT and (
            "©" in block.text
            or "转载此文" in block.text
            or "opyright" in block.text
            or "文章来自" in block.text
        ):
            names.update(dict.fromkeys(m[1] for pattern in _OWNERS for m in pattern.finditer(block.text)))
    parts = re.split(_SEPARATORS, page.title_tag or "")
    if len(parts) > 1 and 2 <= len(parts[-1]) <= 12:
        names[parts[-1]] = None
    return tuple(name for name in names if len(name) >= 2)


def cut_parts(paragraphs: Sequence[tuple[str, str]], brands: Sequence[str]) -> tuple[list[str], list[Cut]]:
    """Take brands and known leftovers out of (text, place) pairs; a paragraph may be left empty.

    >>> cut_parts([("加强救治,清河新视界,全力以赴。", "line 3")], ["清河新视界"])
    (['加强救治,全力以赴。'], [Cut(rule='brand', text=',清河新视界', place='line 3')])
    """
    pattern = _brand_pattern([text for text, _ in paragraphs], brands)
    texts: list[str] = []
    cuts: list[Cut] = []
    for text, place in paragraphs:
        spans = [(m.start(), m.end(), "brand") for m in pattern.finditer(text)] if pattern else []
        spans += [(start, end, rule) for rule, start, end in load_noise().find_parts(text)]
        pieces, at = [], 0
        for start, end, rule in sorted(spans):
            if start >= at:
                pieces.append(text[at:start])
                cuts.append(Cut(rule, text[start:end], place))
                at = end
        texts.append("".join([*pieces, text[at:]]).strip() if spans else text)
    return texts, cuts


def _brand_pattern(texts: Sequence[str], names: Iterable[str]) -> re.Pattern[str] | None:
    """A brand is cut where it stands alone between two marks, and where one that does is glued to a clause
    before its comma; a stock-dealer's name wherever it stands.

    It came with a comma: of two marks the stronger was there before.
    """
    ways = []
    for named in (name for name in names if any(name in text for text in texts)):
        name = re.escape(named)
        alone = rf"[,，]{name}(?=[,，。;；])|[。;；]{name}(?=[。;；])|(?<=[。;；]){name}[,，]"
        pushed = any(re.search(alone, text) for text in texts)
        ways.append(rf"{alone}|(?<=[\u4e00-\u9fff]){name}(?=[,，])" if pushed else alone)
    ways += [re.escape(name) for name in names if _STRONG.fullmatch(name)]
    return re.compile("|".join(ways)) if ways else None
