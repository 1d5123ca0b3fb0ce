"""The year that a text calls 今年 by what it is the year of: the last one of a five-year plan, a jubilee."""

from __future__ import annotations

import re
from typing import Final

READ: Final = 20_000
"""Characters of a text that are looked at."""

_THIS_YEAR: Final = re.compile(r"今年是(?P<what>[^。！？；\n]{4,90})")
_PLAN: Final = re.compile(
    r"[“\"]?十(?P<which>[一二三四五])[·]?五[”\"]?(?:规划|计划|时期|发展)*的?(?P<when>开局|起步|第一|收官|收关|最后|末)"
)
_FIRST_PLANNED: Final = 2001
_PLAN_YEARS: Final = 5
_LAST: Final = frozenset(["收官", "收关", "最后", "末"])
_EVENTS: Final = {
    r"全面建成小康社会[^，。]{0,6}(?:收官|决胜)之年": 2020,
    r"十七大召开之年": 2007,
    r"十八大召开之年": 2012,
    r"十九大(?:召开之年|胜利召开之年)": 2017,
    r"二十大(?:召开之年|胜利召开之年)": 2022,
    r"贯彻(?:落实)?党?的?十八大精神的?(?:开局|第一)": 2013,
    r"贯彻(?:落实)?党?的?十九大精神的?(?:开局|第一)": 2018,
    r"贯彻(?:落实)?党?的?二十大精神的?(?:开局|第一)": 2023,
}
_FOUNDED: Final = {
    "新中国": 1949,
    "中华人民共和国": 1949,
    "建国": 1949,
    "建党": 1921,
    "中国共产党": 1921,
    "改革开放": 1978,
}
_JUBILEE: Final = re.compile(rf"(?P<what>{'|'.join(_FOUNDED)})(?:成立)?(?P<years>\d{{2,3}})周年")


_SUMMED: Final = re.compile(
    r"(?:总结|回顾)[^。；\n\d]{0,8}(?P<year>20\d\d)年[^。；\n]{2,60}?(?:部署|安排|研究|布置|谋划)[^。；\n\d]{0,8}今年"
)
"""A year that is over, with this one behind it: 总结2010年双拥工作,部署今年任务."""


def told_year(body: str) -> int | None:
    """The one year that a text calls 今年 in such words; None where it uses none, or they disagree.

    >>> told_year("今年是“十三五”规划收官之年。"), told_year("今年是关键之年。")
    (2020, None)
    >>> told_year("会议总结2010年工作,部署今年任务。")
    2011
    """
    if "今年" not in body[:READ]:
        return None
    years = {year for said in _THIS_YEAR.finditer(body, 0, READ) for year in _years(said["what"])}
    years |= {int(summed["year"]) + 1 for summed in _SUMMED.finditer(body, 0, READ)}
    return years.pop() if len(years) == 1 else None


def _years(said: str) -> list[int]:
    """Each year that a clause names."""
    found = [year for words, year in _EVENTS.items() if re.search(words, said)]
    for plan in _PLAN.finditer(said):
        first = _FIRST_PLANNED + _PLAN_YEARS * "一二三四五".index(plan["which"]) + _PLAN_YEARS
        found.append(first + (_PLAN_YEARS - 1) * (plan["when"] in _LAST))
    found += [_FOUNDED[one["what"]] + int(one["years"]) for one in _JUBILEE.finditer(said)]
    return found
