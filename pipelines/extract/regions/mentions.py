"""Places named in a text: full names (洞口县) anywhere, short names (洞口) only where a place must stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pipelines.extract.regions.gazetteer import HERE, Place, gazetteer, township_tails, townships

LONGEST = 15
_SUFFIX = re.compile("[省市县区旗州盟]")
_STREET = "街道"
_TOWNSHIP = re.compile("镇|乡(?<!家乡)|街道|苏木")
_UNLISTED = re.compile(
    r"(?!城乡)[^\W\d_a-zA-Z各全召开会委政府局办在的和与及有等、]{1,4}(?:镇|乡(?!镇|村)|街道)(?![^召举党])"
)
"""A township by its look alone, where one must stand: many were merged away and are in no table."""
_CONVENER = re.compile(
    r"(?:^|[日午晚，,\s])(?P<town>(?![我本该各全两]|.{0,3}个)[\u4e00-\u9fff]{2,4}(?:(?<![城乡集强])镇|(?<![家城])乡))"
    r"(?:党委|党政|人民政府|政府|人大)?(?:召开|举行|组织召开|举办)"
)
_TOO_COMMON = frozenset({"城区", "新区", "郊区", "矿区", "东区", "西区", "新市区", "新城区"})
"""Names of districts that are also plain words: a place only behind the name of its city."""
_GOES_ON = re.compile("村(?![镇庄])|新区|大?[路街](?!道)|屯")
"""What makes another place of a short name: 南岸村, 松山新区."""
_EDGE = re.compile(r"[^\u4e00-\u9fff]|[日晚午年月在到赴由讯电省市州]")
_COMPOUND = re.compile(
    r"[云河湖西海济东]南山区|[和太半]平山区|代县长|[省市区、)）》”,， ]和县|和县[直级区]"
    r"|任县(?=[^县召举，。、])|[室局委办厅院门位府队组司部]会同县|合作市(?=场|级|民)|公安县(?=级|局)|振兴区(?=域)"
)


@dataclass(frozen=True, slots=True)
class Named:
    """``text[start:end]`` may be any of these places."""

    start: int
    end: int
    places: tuple[Place, ...]


def full_names(text: str) -> Iterator[Named]:
    """Provinces, prefectures and counties by their full names, in order, the longest name at each place.

    >>> [text[n.start:n.end] for text in ("重庆市渝中区政协召开会议",) for n in full_names(text)]
    ['重庆市', '渝中区']
    """
    names, tails = gazetteer().by_name, gazetteer().tails
    passed = 0
    for found in _SUFFIX.finditer(text):
        end = found.end()
        if text[max(0, end - 2) : end] not in tails:
            continue
        for start in range(max(passed, end - LONGEST), end - 1):
            name = text[start:end]
            places = names.get(name)
            if places and _is_place(text, start, end, passed):
                yield Named(start, end, places)
                passed = end
                break


def _is_place(text: str, start: int, end: int, passed: int) -> bool:
    """Whether a name stands there as a name: not 开县 in 召开县委会, not 代县 in 代县长, not 城区 alone."""
    if start and start == passed:
        return True
    if (
        text[start:end] in _TOO_COMMON
        or _COMPOUND.match(text, max(0, start - 1))
        or _COMPOUND.match(text, start)
    ):
        return False
    if start > 2 and text.startswith("任中共", start - 3):
        return False  # 任中共北镇市委委员: where somebody goes
    if end - start > 2 or start == 0 or _EDGE.match(text, start - 1) is not None:
        return True
    if text[start] == "和":
        return False  # 常务会议和县委全会
    import rjieba  # 170 ms, and few texts name such a county amid a clause: 审定户县的方案

    return text[start:end] in rjieba.cut(text[max(0, start - 4) : end + 3], False)


def township_names(text: str) -> Iterator[Named]:
    """Townships by their full names, in order.

    >>> [n.places[0].code for n in township_names("花垣镇召开会议")]
    ['433124109']
    """
    passed = 0
    for found in _TOWNSHIP.finditer(text):
        end = found.end()
        if text[end - 3 : end] not in township_tails():
            continue
        for start in range(max(passed, end - LONGEST), end - 2 if text[end - 1] != "道" else end - 3):
            long = end + len(_STREET) if text.startswith(_STREET, end) else end
            places = townships(text[start:long]) if long > end else ()  # 江湾镇街道
            end = long if places else found.end()
            places = places or townships(text[start:end])
            if places and not text.startswith("部分", start - 1) and not _cuts_a_county(text, start, end):
                yield Named(start, end, places)
                passed = end
                break


def _cuts_a_county(text: str, start: int, end: int) -> bool:
    """True if what looks like a township begins within the name of a county: 牙克|石市镇|领导班子."""
    names = gazetteer().by_name
    suffix = _SUFFIX.search(text, start, end - 1)
    if suffix is None:
        return False
    return any(text[first : suffix.end()] in names for first in range(max(0, start - 6), start))


def township_behind(text: str, county: str) -> str | None:
    """The name right behind that of its county, or of who convenes, whether a table has it or not.

    >>> township_behind("柏溪县青禾镇召开会议", "柏溪县"), township_behind("柏溪县各乡镇", "柏溪县")
    ('青禾镇', None)
    >>> township_behind("5月12日，港二口镇召开会议", "柏溪县"), township_behind("我镇召开会议", "柏溪县")
    ('港二口镇', None)
    """
    _, found, behind = text.partition(county)
    town = _UNLISTED.match(behind) if found else None
    convener = None if town else _CONVENER.search(text)
    return town[0] if town else convener["town"] if convener else None


def short_name_at(text: str, start: int) -> Named | None:
    """The longest short name (or full name) that begins at ``start``.

    >>> short_name_at("洞口融媒", 0).end
    2
    """
    index = gazetteer()
    for end in range(min(len(text), start + LONGEST), start + 1, -1):
        name = text[start:end]
        places = index.by_name.get(name) or index.by_short.get(name)
        if places and name not in plain_words() and not _GOES_ON.match(text, end):
            return Named(start, end, places)
    return None


def short_name_before(text: str, end: int) -> Named | None:
    """The longest short name that ends at ``end``.

    >>> short_name_before("展现株洲担当", 4).start
    2
    """
    shorts = gazetteer().by_short
    for start in range(max(0, end - LONGEST), end - 1):
        name = text[start:end]
        places = shorts.get(name)
        if places and name not in plain_words():
            return Named(start, end, places)
    return None


@cache
def plain_words() -> frozenset[str]:
    """The short names that are plain words too (``plain_words.tsv``)."""
    lines = (HERE / "plain_words.tsv").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))


def chain_at(text: str, start: int) -> list[Named]:
    """The full names that follow each other from ``start`` on: 重庆市 渝中区.

    >>> [named.end for named in chain_at("重庆市渝中区政协", 0)]
    [3, 6]
    """
    chain: list[Named] = []
    names = gazetteer().by_name
    while True:
        for end in range(min(len(text), start + LONGEST), start + 1, -1):
            places = names.get(text[start:end])
            if places and (chain or text[start:end] not in _TOO_COMMON):
                chain.append(Named(start, end, places))
                start = end
                break
        else:
            return chain
