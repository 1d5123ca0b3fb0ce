"""The place that a page's address names: www.dongkou.gov.cn, hnloudi.gov.cn, njgl.gov.cn, huainannet.com."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from pipelines.extract.regions.gazetteer import (
    FOREVER,
    MUNICIPALITIES,
    RANKS,
    Place,
    gazetteer,
    initials,
    place_at,
    rank,
)
from pipelines.extract.regions.witnesses import Witness, highest, table

_HOST = re.compile(r"^[a-z][a-z+.-]*://([^/:?#\s]+)", re.IGNORECASE)
_LABEL_TAIL = re.compile(
    r"(?:xian|shi|qu|xww|xw|yw|news|new|net|rmt|rmw|rm|rd|zx|dj|tv|gd|zfw|zf|wang|info|daily|online|rb|wb|city|media"
    r"|today|life|web|www|cn|bbs|365|fy|jcy|jw|edu|fabu|dongtai|xinwen|yaowen|zixun)$"
)
_OFFICE = re.compile(r"(?:rd|zx|zf|jw|sw|dj|gh|xw|zw|qx|fy|st|jt|wj)$")
"""What ends a label of initials that may stand for an office (人大, 政协 …): no place is read from it."""

_MEDIUM_TAIL = re.compile(r"(?:rb|wb|cb|szb|xww|xw|news|daily|tv|gd|bbs|360|365|today|online|info)$")
_UNIT = re.compile(rf"(?:zfw|fzb|kb|{_OFFICE.pattern[3:-2]}|{_MEDIUM_TAIL.pattern[3:-2]})$")
"""What ends the label of an office or a medium beside that of its prefecture."""

_PREFECTURE = RANKS.index("prefecture")
_GOVERNMENT = re.compile(r"(?P<letters>[a-z]{2,6}?)(?P<kind>[qxs])?rmzf$")
"""A folder of the address that is named after its government: qypqrmzf, 青云谱区人民政府."""

_KINDS = {"q": "区", "x": "县", "s": "市"}
_URL_WORDS = frozenset((
    "dongtai", "gongan", "xinxing", "jiaocheng", "tongcheng", "xinhua", "pingan", "minquan",
    "anquan", "jianshe", "weixin", "yanjiang", "jianghua", "jianli", "gongyi", "chengguan",
    "zhenxing", "gongcheng", "yiyuan", "taiwan", "guiding", "gushi", "lishi", "youxi", "meitan",
    "zhifu", "pinghe", "tongxin", "heping", "guangchang", "xinqu", "xincheng", "yuanqu", "xingye",
))  # fmt: skip
"""Parts of addresses that are words (动态, 演讲, 公益 …) before they are places."""

_PROVINCE_HEADS = {
    "hn": "41 43 46", "hb": "42 13", "he": "13", "sx": "14 61", "sn": "61", "gd": "44", "gx": "45",
    "gz": "52", "yn": "53", "sc": "51", "js": "32", "zj": "33", "ah": "34", "fj": "35", "jx": "36",
    "sd": "37", "ln": "21", "jl": "22", "hlj": "23", "nmg": "15", "gs": "62", "qh": "63", "nx": "64",
    "xj": "65", "xz": "54", "bj": "11", "tj": "12", "sh": "31", "cq": "50",
}  # fmt: skip
"""What a host puts before a place's letters, and the provinces it may stand for."""


def by_host(url: str) -> Iterator[Witness]:
    """The place in the letters of a host, by the table of hosts, by its pinyin, by its initials.

    >>> [w.places[0].name for w in by_host("http://www.dongkou.gov.cn/1.html")]
    ['洞口县']
    >>> list(by_host("https://mp.weixin.qq.com/s/1"))
    []
    """
    found = _HOST.match(url)
    if found is None:
        return
    host = found[1].lower()
    known = (place_at(path) for tail, path in table("hosts.tsv") if f".{host}".endswith(f".{tail}"))
    told = [place for place in known if place is not None]
    near = list(told)
    official = host.endswith(".gov.cn")
    for label in re.split("[.-]", host):
        places = _pinyin_places(label, 4 if official else 6) or tuple(
            place for place in _pinyin_places(label, 4) if any(place.lies_in(above) for above in told)
        )
        if places and (official or label not in _URL_WORDS):
            yield Witness("url", places)
            near.extend(places)
    yield from (Witness("url", (place,)) for place in told)
    if official:
        own = host.removesuffix(".gov.cn").rsplit(".", 1)[-1]
        places = _initials_places(own) or _prefecture(_OFFICE.sub("", own), 2)
        if not places and len(own) > 2:
            places = _county(own)
        if places:
            yield Witness("url", places)
            near.extend(places)
    for label in () if official else re.split("[.-]", host):
        if places := _prefecture_medium(label):
            yield Witness("url", places)
    above = [place for place in near if rank(place) == _PREFECTURE]
    for label in re.split("[.-]", host)[:-1] if above else ():
        if places := _county(_UNIT.sub("", label), above):
            yield Witness("url", places)


def is_official(url: str) -> bool:
    """Whether a government keeps the host.

    >>> is_official("http://www.dongkou.gov.cn/1.html"), is_official("http://www.dongkou.com/1.html")
    (True, False)
    """
    found = _HOST.match(url)
    return found is not None and found[1].lower().endswith(".gov.cn")


def by_path(url: str) -> Iterator[Witness]:
    """The place in the folders of an address: weaker than its host, for a portal's folder may be a topic."""
    found = _HOST.match(url)
    for part in url[found.end() :].lower().split("/")[1:-1] if found else ():
        places = _pinyin_places(part, 6)
        places = places or _prefecture_medium(part) or _governed(part)
        if places and _URL_WORDS.isdisjoint((part, _LABEL_TAIL.sub("", part))):
            yield Witness("url_path", places)


def _governed(part: str) -> tuple[Place, ...]:
    """The places that a folder may spell before what a government is called; of the kind it names."""
    found = _GOVERNMENT.match(part)
    if found is None:
        return ()
    kind = _KINDS.get(found["kind"] or "")
    spelt = _prefectures().get(found["letters"], ()) or _counties().get(found["letters"], ())
    return tuple(place for place in spelt if kind is None or place.name.endswith(kind))


def labels_of(url: str) -> frozenset[str]:
    """The labels of a host, to choose among places of one name by their initials (zm: 中牟).

    >>> sorted(labels_of("https://zm.example.gov.cn/1.html"))[-1]
    'zm'
    """
    found = _HOST.match(url)
    return frozenset(re.split("[.-]", found[1].lower())) if found else frozenset()


def _initials_places(label: str) -> tuple[Place, ...]:
    """The counties that a label of initials spells with their prefecture, or municipality, before them."""
    head = next((provinces for head, provinces in _PROVINCE_HEADS.items() if label.startswith(head)), None)
    if not 4 <= len(label) <= 6 or (head and head not in MUNICIPALITIES):
        return ()
    if office := _OFFICE.search(label):  # aqyjzx: 安庆市迎江区政协
        places = gazetteer().by_initials.get(label[: office.start()], ())
        return places if len(places) == 1 and office.start() == 4 else ()
    places = gazetteer().by_initials.get(label, ())
    kind = _KINDS.get(label[-1])
    if not places and kind is not None:  # jzzzq: 焦作市中站区
        places = tuple(
            place for place in gazetteer().by_initials.get(label[:-1], ()) if place.name.endswith(kind)
        )
    return places


@cache
def _prefectures() -> dict[str, tuple[Place, ...]]:
    """The prefectures of today by the first letters of their syllables, where one alone has them."""
    found: dict[str, list[Place]] = {}
    for places in gazetteer().by_code.values():
        for place in places:
            if place.level == "prefecture" and place.until == FOREVER:
                for letters in initials(place):
                    found.setdefault(letters, []).append(place)
    return {letters: tuple(places) for letters, places in found.items() if len(places) == 1}


@cache
def _counties() -> dict[str, tuple[Place, ...]]:
    """The counties of today by the first letters of their own syllables."""
    found: dict[str, list[Place]] = {}
    for places in gazetteer().by_code.values():
        for place in places:
            if place.level == "county" and place.until == FOREVER:
                for letters in initials(place):
                    found.setdefault(letters, []).append(place)
    return {letters: tuple(places) for letters, places in found.items()}


def _county(letters: str, above: Sequence[Place] = ()) -> tuple[Place, ...]:
    """The one county that these initials spell, within a place told by another label if there is one."""
    spelt = _counties().get(letters, ())
    inside = tuple(place for place in spelt if any(place.lies_in(one) for one in above)) if above else spelt
    return inside if len(inside) == 1 else ()


def _prefecture(letters: str, shortest: int) -> tuple[Place, ...]:
    """The one prefecture of these initials; those of two letters that begin like a province are none."""
    if len(letters) < shortest or letters in _PROVINCE_HEADS:
        return ()
    return _prefectures().get(letters, ())


def _prefecture_medium(label: str) -> tuple[Place, ...]:
    """The prefecture whose initials a label has before the name of a medium: zjknews, pdsrb, mas360."""
    tail = _MEDIUM_TAIL.search(label)
    return _prefecture(label[: tail.start()], 3) if tail else ()


def _pinyin_places(label: str, shortest: int) -> tuple[Place, ...]:
    """The places that a label spells: bare, with a tail (luaninfo), behind its province (hnloudi)."""
    index = gazetteer().by_pinyin
    bare = _LABEL_TAIL.sub("", label)
    for spelling, least in ((label, shortest), (bare, shortest if bare == label else 4)):
        places = index.get(spelling) if len(spelling) >= least else None
        if places:
            return highest(places)
    for head, provinces in _PROVINCE_HEADS.items():
        if bare.startswith(head) and len(bare) >= len(head) + 4:
            near = [p for p in index.get(bare[len(head) :], ()) if p.code[:2] in provinces.split()]
            if near:
                return highest(near)
    return ()
