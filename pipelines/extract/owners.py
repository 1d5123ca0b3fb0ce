"""Whose meeting it is: a place, or 我校 and 公司, before a meeting's name is no part of the name."""

from __future__ import annotations

import re
from typing import Final

from pipelines.extract.regions.gazetteer import townships
from pipelines.extract.regions.mentions import chain_at

_FIRM: Final = re.compile(
    r"(?:集团公司|总公司|公司|集团|学校|医院|学院)(?=\d|第|[一二三四五六七八九十]{1,3}届|[一二三四]季度|[上下]半年|新|“)"
    r"|[我本该](?:公司|集团|局|厅|[校院厂县市区省州旗镇乡])"
)
_NUMBERED: Final = r"(?:第?[一二三四五六七八九十百\d]{1,4}届)"
_OF_FIRM: Final = re.compile(r"[党纪团工董监理][委组总会事]|机关|[一-鿿]{0,6}(?:公司|学院|医院|集团|大学)")
_OF_PLACE: Final = re.compile(
    rf"{_NUMBERED}|成立|[一-鿿]{{2,8}}第[一二三四五六七八九十\d]{{1,3}}次代表大会|人民|政府|[省市县区州旗镇乡]?(?:委|人大|政协|政府|党)|各?[省市县区州旗镇乡](?:直|级)机关"
    r"|(?:(?!会议|暨)[一-鿿“”]){0,14}?(?:[局厅委所](?!员)|协会|学会|(?<!会)商会|联合会|办公室|小组|指挥部|专班|公司|集团|医院|学校|学院|大学|中学|小学|幼儿园"
    r"|[法检]院|检察院|支队|大队|中心|工会|妇联|街道|社区|(?<!乡)镇(?!街|村)|乡(?!村|镇)|(?<!乡)村(?!庄|级|民|镇)|委员会(?!会))"
)
_TOWN: Final = re.compile(r"[一-鿿]{1,4}?(?:镇(?!化)|乡(?!村)|街道)")
_PARTNER: Final = re.compile(r"[和与同][一-鿿]{2,12}?[省市县区州旗盟](?=第|[^、会]{4})")
"""Another place that meets with it: 我县和库伦旗第46届联防会议."""
_WITH: Final = ("—", "-", "–")  # with another place: 温州市——四平市工作交流会
_LEAST: Final = 4  # characters of a name that stands for itself


def owner_length(name: str) -> int:
    """How many characters of ``name`` say only whose meeting it is; 0 where they belong to it.

    A place may begin the name of a body (洞口县人民政府常务会议), a firm one of its own (公司党委会).

    >>> [name[owner_length(name) :] for name in ("太康县第86次工作例会", "我校教学研讨会", "公司党委会议")]
    ['第86次工作例会', '教学研讨会', '公司党委会议']
    >>> owner_length("洞口县人民政府常务会议"), owner_length("洞口县第十届人民代表大会")
    (0, 0)
    """
    chain = chain_at(name, 0)
    end = chain[-1].end if chain else 0
    if name.startswith(_WITH, end):
        return 0
    town = _TOWN.match(name, end)
    end = town.end() if town and townships(town[0]) else end
    firm = _FIRM.match(name, end)
    if firm and not _OF_FIRM.match(name, firm.end()):
        end = firm.end()
    elif end and _OF_PLACE.match(name, end):
        end = 0
    if end and name.startswith(("和", "与", "同"), end):
        other = _PARTNER.match(name, end)
        end = other.end() if other else 0
    if name.startswith(("(", "、"), end):
        return 0  # 文峰区(高新区)招商会, 青溪镇、云台镇联防大会
    return end if end and len(name) - end > _LEAST else 0
