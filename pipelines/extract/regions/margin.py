"""The places that a page names around its article: media, offices, whose page it is, an address."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipelines.extract.regions.gazetteer import place_at, rank
from pipelines.extract.regions.mentions import (
    LONGEST,
    chain_at,
    full_names,
    short_name_at,
    short_name_before,
)
from pipelines.extract.regions.witnesses import (
    Witness,
    by_words,
    highest,
    named_after,
    standing,
    table,
    with_code,
)

_OFFICES = ("政府", "人民政府")
_MEDIUM = re.compile(
    r"政府|人民政府|融媒|新闻网|新闻传媒|传媒中心|新闻中心|日报|晚报|晨报|电视台|广播电视|新闻联播|政府网|政务网|文明网|党建网|人大网|政协网|先锋网|长安网|组工网|清风网|网讯"
)
"""What follows a place in the name of a medium, or of the office that keeps a site."""
_ONLINE = re.compile(r"(?:掌上|云上|视听|走进(?=[^\n]{0,80}政[府务]))(?=[\u4e00-\u9fff])")
"""What a place's own medium begins with (掌上洞口), what its menu does (走进洞口)."""
_CRUMBS = re.compile(r"\s*[\n>›»＞]\s*")
_COLUMN = re.compile("要闻|新闻|动态|资讯|快讯|政务|之窗|在线|热线|论坛|信息港|大小事|网")
"""What the column of a page, or a place's own site, is called behind the place: 舞钢要闻, 舞钢之窗."""
_PARTY = re.compile(r"中共|中国共产党")
_ADDRESS = re.compile(
    r"[ \u3000]*(?:(?:单位|学校|医院|通[信讯]|联系|公司)?地[ \u3000]*址|版权所有)[:：][ \u3000]*"
)
_PHONE = re.compile(r"(?<![\d-])(0\d{2,3})(?=[-—－)） ]\d{7,8}(?!\d))")
"""The area code of a telephone number."""

_BODY = re.compile(
    r"(?:人民)?(?:政府|法院|检察院)|行政公署|政协|人大"
    r"|[一-鿿]{0,8}(?:局|委(?!员)|办公室|中心|大学|学院|学校|中学|小学|幼儿园|医院|公司|集团|厅|[育生民]网(?!络))"
)
"""What the owner of a page is called behind its place."""
_BRANDS = ("报", "网", "新闻", "客户端", "观察")


def by_media(text: str, *, offices: bool = False) -> Iterator[Witness]:
    """The places in the names of media (四川新闻网), with ``offices`` of governments too (主办:洞口县政府).

    >>> [w.places[0].name for w in by_media("(临沂日报) 主办：洞口县人民政府", offices=True)]
    ['临沂市', '洞口县']
    """
    for found in _MEDIUM.finditer(text):
        office = found[0] in _OFFICES
        if office and not offices:
            continue
        full = list(full_names(text[max(0, found.start() - LONGEST) : found.start()]))
        short = short_name_before(text, found.start())
        if full and full[-1].end == min(found.start(), LONGEST):
            yield Witness("medium", standing(full[-1].places))
        elif short is not None and not office:
            yield Witness("medium", highest(short.places))
    for found in _ONLINE.finditer(text):
        short = short_name_at(text, found.end())
        if short is not None and not "\u4e00" <= text[short.end : short.end + 1] <= "\u9fff":
            yield Witness("medium", highest(short.places))
    for brand, path in table("media.tsv"):
        place = place_at(path) if path and brand in text and brand.endswith(_BRANDS) else None
        if place is not None:
            yield Witness("medium", (place,))


def by_margin(text: str) -> Iterator[Witness]:
    """The one place that the words around an article speak of; none when they name several (links).

    Where no medium and no office tells, the lines do that begin with a place (whose page it is, an address),
    and then the one area code of its telephone numbers.

    >>> [w.places[0].name for w in by_margin("洞口县人民医院\\n医院动态\\n地址：湖南省邵阳市洞口县")]
    ['洞口县']
    """
    for found in (by_media(text, offices=True), _owners(text)):
        places = {witness.places[0] for witness in found if len(witness.places) == 1}
        deepest = max(places, key=rank, default=None)
        if deepest is not None:
            if all(deepest.lies_in(place) for place in places):
                yield Witness("margin", (deepest,))
            return
    codes = set(_PHONE.findall(text))
    if len(codes) == 1 and (places := set(with_code(codes.pop()))):
        yield Witness("phone", tuple(places))


def _owners(text: str) -> Iterator[Witness]:
    """The places that lines of a page's margin begin with, before the name of a body or behind 地址."""
    for line in _CRUMBS.split(text):
        label = _ADDRESS.match(line)
        before = label or _PARTY.match(line)
        start = before.end() if before else 0
        chain = chain_at(line, start)
        if chain and (label or _BODY.match(line, chain[-1].end)):
            yield list(by_words("margin", line[start : chain[-1].end]))[-1]
        elif not chain and (short := short_name_at(line, 0)) and _COLUMN.fullmatch(line, short.end):
            yield Witness("margin", highest(short.places))
        elif not chain and (place := named_after(line)):
            yield Witness("margin", (place,))
