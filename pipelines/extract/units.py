"""Names that stand behind the name of a unit, with no post between: 规划处柏远, 会议由党群工作部裘敏主持."""

from __future__ import annotations

import re

from pipelines.extract.doubt import may_be_name

_ENDS = frozenset("局办委院处科部室心镇乡道组站队校所位司厂村学报")
_FEW = 2  # marks of a list
_ROW = re.compile(
    r"(?:^|[,。;])(?P<items>(?:[^,。;、]{4,16}、){3,}[^,。;、]{4,16}?)"
    r"(?=代表[^,。]{2,12}(?:[作进发]|在)|分别|先后|[作发]|进行)"
)
_HEARD = re.compile(r"听取了?(?=(?:[^,。;、]{3,14}、){2})(?P<items>[^,。;]{10,200}?)(?:汇报|报告|发言|述职)")
_ITEM = re.compile(
    rf"(?:^|、)[^、]{{1,11}}[{''.join(sorted(_ENDS))}](?P<who>[㐀-鿿]{{2,3}})(?=、|等|的|\d|$)"
)
_HOSTS = re.compile(
    r"由[^,。;、]{2,24}?[部科室局办院处委](?=(?P<who>[㐀-鿿]{2,3})主持(?:会议|召开|[,。;]|$))"
)
_BODY_ENDS = tuple("局办委院处府会镇乡司团队校站所科部厅室心社行馆厂场矿市县区是了学")
_DUTY = 21  # characters of the longest match
_IN_CHARGE = re.compile("(?:分管|主管|负责|联系)[^,。]{2,16}的$")  # 分管卫生的柏远副书记


def behind_units(text: str, listed: tuple[str, ...]) -> dict[int, str | None]:
    """Where a name begins right behind that of a unit, and what leads up to it, None for what stands there:
    one of the ``listed``, who chairs, those whose reports are heard.

    >>> behind_units("规划处柏远到会", ("柏远",)), behind_units("会议由党群工作部裘敏主持", ())
    ({3: None}, {8: '由'})
    >>> behind_units("听取了上溪镇柏远、水务局苏镕、卫生局裘敏3名负责人述职报告", ())
    {6: '听取', 12: '', 18: ''}
    >>> behind_units("会议由县卫健局主持", ())
    {}
    >>> list(behind_units("青溪学院柏远、云岭大学苏镕、县农业局裘敏、学报编辑部秦笙代表获奖者作了交流", ()))
    [4, 11, 18, 26]
    """
    found: dict[int, str | None] = {}
    for place in (text.find(name) for name in listed):
        if place > 1 and text[place - 1] in _ENDS:
            found[place] = None
    if "主持" in text:
        hosts = (match for match in _HOSTS.finditer(text) if may_be_name(match["who"]))
        found |= {match.end(): "由" for match in hosts}
    if "听取" in text and (heard := _HEARD.search(text)):
        start = heard.start("items")
        items = (item for item in _ITEM.finditer(heard["items"]) if may_be_name(item["who"]))
        found |= {start + item.start("who"): "" if n else "听取" for n, item in enumerate(items)}
    for row in _ROW.finditer(text) if text.count("、") > _FEW else ():
        told = [*_ITEM.finditer(row["items"])]
        if len(told) == row["items"].count("、") + 1 and all(may_be_name(one["who"]) for one in told):
            start = row.start("items")
            found |= {start + one.start("who"): "" for one in told}
    return found


def is_behind_body(text: str, place: int) -> bool:
    """Whether what stands at ``place`` follows the name of a body, or the duty of somebody.

    >>> is_behind_body("教育局柏远局长", 3), is_behind_body("分管卫生的柏远副书记", 5)
    (True, True)
    """
    lead = text[max(0, place - _DUTY) : place]
    return lead.endswith(_BODY_ENDS) or _IN_CHARGE.search(lead) is not None
