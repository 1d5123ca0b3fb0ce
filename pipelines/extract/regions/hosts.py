"""The place that a page's address names: www.dongkou.gov.cn, hnloudi.gov.cn, njgl.gov.cn, huainannet.com."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from pipelines.extract.regions import letters
from pipelines.extract.regions.gazetteer import Place, gazetteer, named_in, place_at
from pipelines.extract.regions.letters import MEDIUM_TAIL, PROVINCE_HEADS
from pipelines.extract.regions.witnesses import Witness, highest, table, with_code

_HOST = re.compile(r"^[a-z][a-z+.-]*://([^/:?#\s]+)", re.IGNORECASE)
_LABEL_TAIL = re.compile(
    r"(?:xian|shi|qu|xww|xw|yw|news|new|net|rmt|rmw|rm|rd|zx|dj|tv|gd|zfw|zf|wang|info|daily|online|rb|wb|city|media"
    r"|today|life|web|www|cn|bbs|365|fy|jcy|jw|edu|yun|fabu|dongtai|xinwen|yaowen|zixun)$"
)
_LABEL_HEAD = re.compile(r"^(?:yunshang|zhangshang|jinri|aishang|meili)(?=[a-z]{4})")
"""What a county's own medium puts before its name: 云上, 掌上, 今日."""

_CODE = re.compile(r"(?<!\d)0\d{2,3}(?!\d)")
"""A telephone area code: v0375."""

_URL_WORDS = frozenset((
    "dongtai", "gongan", "xinxing", "jiaocheng", "tongcheng", "xinhua", "pingan", "minquan",
    "anquan", "jianshe", "weixin", "yanjiang", "jianghua", "jianli", "gongyi", "chengguan",
    "zhenxing", "gongcheng", "yiyuan", "taiwan", "guiding", "gushi", "lishi", "youxi", "meitan",
    "zhifu", "pinghe", "tongxin", "heping", "guangchang", "xinqu", "xincheng", "yuanqu", "xingye",
))  # fmt: skip
"""Parts of addresses that are words (动态, 演讲, 公益 …) before they are places."""


_DOMAINS = {
    "bj": "11", "tj": "12", "he": "13", "sx": "14", "nm": "15", "ln": "21", "jl": "22", "hl": "23",
    "sh": "31", "js": "32", "zj": "33", "ah": "34", "fj": "35", "jx": "36", "sd": "37", "ha": "41",
    "hb": "42", "hn": "43", "gd": "44", "gx": "45", "hi": "46", "cq": "50", "sc": "51", "gz": "52",
    "yn": "53", "xz": "54", "sn": "61", "gs": "62", "qh": "63", "nx": "64", "xj": "65",
}  # fmt: skip
"""Second-level domains below .cn that the registry keeps for provinces."""

_DOMAIN = re.compile(r"(?:^|\.)(?P<province>[a-z]{2})\.cn$")
_COURT = re.compile(r"(?:china)?(?P<province>[a-z]{2,3})court\.gov\.cn$")
"""How the courts of a province call their common host: linqu.chinagscourt.gov.cn."""


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
    province = _province(host)
    known = _known(host) or province
    within = known or _province_of_court(host)
    near = [] if known is None else [known]
    official = host.endswith(".gov.cn")
    labels = re.split("[.-]", host)
    for label in labels:
        places = _pinyin_places(label, 4 if official else 6) or _pinyin_places(label, 4 if known else 6)
        if within is not None:
            places = tuple(place for place in places if place.lies_in(within))
        if places and (official or label not in _URL_WORDS):
            yield Witness("url", places)
            near.extend(places)
    if known is not None:
        yield Witness("url", (known,))
    own = host.removesuffix(".gov.cn").rsplit(".", 1)[-1] if official and known is None else ""
    for places in (letters.of_office(own),) if official else map(_of_label, labels):
        if places and (known is None or any(place.lies_in(known) for place in places)):
            yield Witness("url", places)
            near.extend(places)
    near.extend(letters.prefectures(own))
    for label in labels[:-1]:
        if places := letters.beside(label, near):
            yield Witness("url", places)
    if places := letters.of_county(own) or letters.in_province(labels[-3:-2], province):
        yield Witness("initials", places)


def _known(host: str) -> Place | None:
    """The place of the longest tail of a host that the table of hosts has."""
    labels = host.split(".")
    tails = (".".join(labels[at:]) for at in range(len(labels) - 1))
    path = next((path for tail in tails if (path := _hosts().get(tail))), None)
    return place_at(path) if path else None


def _province(host: str) -> Place | None:
    """The province whose domain a host has."""
    domain = _DOMAIN.search(host)
    code = _DOMAINS.get(domain["province"]) if domain else None
    return named_in(f"{code}0000", None) if code else None


def _province_of_court(host: str) -> Place | None:
    """The province whose courts keep a host: one of theirs is there, not the province itself."""
    court = _COURT.search(host)
    codes = PROVINCE_HEADS.get(court["province"], "").split() if court else []
    return named_in(f"{codes[0]}0000", None) if len(codes) == 1 else None


@cache
def _hosts() -> Mapping[str, str]:
    return dict(table("hosts.tsv"))


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
        places = places or _of_medium(part) or letters.of_government(part)
        if places and _URL_WORDS.isdisjoint((part, _LABEL_TAIL.sub("", part))):
            yield Witness("url_path", places)


def labels_of(url: str) -> frozenset[str]:
    """The labels of a host, to choose among places of one name by their initials (zm: 中牟).

    >>> sorted(labels_of("https://zm.example.gov.cn/1.html"))[-1]
    'zm'
    """
    found = _HOST.match(url)
    return frozenset(re.split("[.-]", found[1].lower())) if found else frozenset()


def _of_label(label: str) -> tuple[Place, ...]:
    """The same for a label of a host, which may be an area code alone: 0437.com."""
    return with_code(label) if label.isdigit() else _of_medium(label)


def _of_medium(label: str) -> tuple[Place, ...]:
    """The prefectures whose area code a label has, or whose initials before the name of a medium: pdsrb."""
    if code := _CODE.search(label):
        return () if label.isdigit() else with_code(code[0])  # /2024/0517/ is a day
    tail = MEDIUM_TAIL.search(label)
    return letters.prefecture(label[: tail.start()], 3) if tail else ()


def _pinyin_places(label: str, shortest: int) -> tuple[Place, ...]:
    """The places that a label spells: bare, with a tail (luaninfo), behind its province (hnloudi)."""
    index = gazetteer().by_pinyin
    named = _LABEL_HEAD.sub("", label)
    bare = _LABEL_TAIL.sub("", named)
    spellings = dict.fromkeys((named, bare), 4) | {label: shortest}
    for spelling, least in sorted(spellings.items(), key=lambda item: -len(item[0])):
        places = index.get(spelling) if len(spelling) >= least else None
        if places:
            return highest(places)
    for head, provinces in PROVINCE_HEADS.items():
        if bare.startswith(head) and len(bare) >= len(head) + 4:
            near = [p for p in index.get(bare[len(head) :], ()) if p.code[:2] in provinces.split()]
            if near:
                return highest(near)
    return ()
