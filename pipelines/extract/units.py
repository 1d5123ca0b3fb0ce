"""Names that stand behind the name of a unit, with no post between: 规划处柏远, 会议由党群工作部裘敏主持."""

from __future__ import annotations

import re

from pipelines.extract.doubt import may_be_name

_ENDS = frozenset("局办委院处科部室心镇乡道组站队校所位司厂村")
_HEARD = re.compile(r"听取了?(?=(?:[^,。;、]{3,14}、){2})(?P<items>[^,。;]{10,200}?)(?:汇报|报告|发言|述职)")
_ITEM = re.compile(rf"(?:^|、)[^、]{{1,11}}?[{''.join(sorted(_ENDS))}](?P<who>[㐀-鿿]{{2,3}})(?=、|等|的|\d)")
_HOSTS = re.compile(r"由[^,。;、]{2,24}?[部科室局办院处](?=(?P<who>[㐀-鿿]{2,3})主持(?:会议|召开|[,。;]|$))")


def behind_units(text: str, listed: tuple[str, ...]) -> dict[int, int | None]:
    """Where one of the names begins right behind the name of a unit.

    >>> behind_units("规划处柏远到会", ("柏远",))
    {3: None}
    """
    places = (text.find(name) for name in listed)
    return {place: None for place in places if place > 1 and text[place - 1] in _ENDS}


def hosts_behind_units(text: str) -> dict[int, int | None]:
    """Where the name of who chairs begins right behind the name of a unit.

    >>> hosts_behind_units("会议由党群工作部裘敏主持"), hosts_behind_units("会议由县卫健局主持")
    ({8: None}, {})
    """
    return {match.end(): None for match in _HOSTS.finditer(text) if may_be_name(match["who"])}


def heard_behind_units(text: str) -> dict[int, int | None]:
    """Where the names of those begin whose reports are heard, each right behind its unit.

    >>> heard_behind_units("听取了上溪镇柏远、水务局苏镕、卫生局裘敏3名负责人述职报告")
    {6: None, 12: None, 18: None}
    """
    heard = _HEARD.search(text)
    if heard is None:
        return {}
    start = heard.start("items")
    return {
        start + item.start("who"): None for item in _ITEM.finditer(heard["items"]) if may_be_name(item["who"])
    }
