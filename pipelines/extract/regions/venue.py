"""The city in which a meeting was held: all that some reports of associations and firms tell."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipelines.extract.regions.gazetteer import MUNICIPALITIES, place_at
from pipelines.extract.regions.mentions import short_name_at
from pipelines.extract.regions.witnesses import Witness, highest

_VENUE = re.compile(r"(?<![现存所])在(?=[^，,。]{1,24}?(?:召开|举行|开幕))")
_CITIES = {
    **{
        "京": "北京市",
        "沪": "上海市",
        "津": "天津市",
        "渝": "重庆市",
        "杭": "浙江省/杭州市",
        "榕": "福建省/福州市",
    },
    **{"穗": "广东省/广州市", "蓉": "四川省/成都市", "邕": "广西壮族自治区/南宁市", "筑": "贵州省/贵阳市"},
}
_CITY = re.compile(f"[{''.join(_CITIES)}](?=召开|举行|隆重|开幕)")


def by_venue(sentence: str) -> Iterator[Witness]:
    """The city in which a body met that tells nothing else: 在杭州望湖宾馆召开, 在京召开.

    >>> [w.places[0].name for w in by_venue("6月28日，协会第一次理事会议在京召开。")]
    ['北京市']
    """
    for found in _VENUE.finditer(sentence):
        place = (
            place_at(_CITIES.get(sentence[found.end()], "")) if _CITY.match(sentence, found.end()) else None
        )
        short = None if place else short_name_at(sentence, found.end())
        places = (place,) if place else highest(short.places) if short else ()
        if len(places) == 1 and (places[0].level == "prefecture" or places[0].code[:2] in MUNICIPALITIES):
            yield Witness("venue", places)
