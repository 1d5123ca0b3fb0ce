"""Whose words are only passed on: who is quoted spoke elsewhere."""

from __future__ import annotations

import re

_REACH = 80  # characters looked back over for who quotes, and where
_CITED = re.compile(
    r"(?:同志)?在(?:(?!讲话|强调|指出|要求|(?<![所工])[作做])[^,。、]){1,40}的(?:重要)?(?:讲话|发言|报告|指示|批示)(?!中[强指要提说,])"
    r"|(?:同志)?(?:关于|就|对|给)[^。,]{2,60}(?:的|写)[^,。]{0,8}(?:信|批示|文章)中"
    r"|(?:同志)?在[^,。]{2,40}?会议?上(?:所)?(?:提出|强调|指出|作出)的"
    r"|(?:同志)?代表[^,。]{2,16}所?[作做]的(?:重要)?(?:报告|讲话)(?=,把)"
    r"|(?:分别|先后)?来到[^,。]{2,10}代表团参加(?:会议|讨论)并"
)
_HIS_WORDS = re.compile(
    r"(?:(?!传达|学习|宣讲|领学|[,。]).){0,120}?(?:[的等](?:系列)?(?:重要)?(?:讲话|指示|批示|文章)[^,。、]{0,12}|(?:讲话|指示|批示))精神"
    r"|(?:来|到|赴|在)[^,。]{2,40}?(?:调研|视察|考察|指导)[^,。]{0,20}精神"
)
_DEMANDED = re.compile(
    r"[^,。;]{0,60}?(?:所?[作做]|提出|对[^,。;]{2,40})的(?:重要|最新)?(?:要求|讲话|指示|部署)(?=[,。;]|$)"
)
"""传达了市长柏远的讲话,以及县长裘敏会后对安全工作所作的要求."""
_MEETING_SAYS = re.compile("(?:会议|大会)(?:还|又|同时)?(?:指出|强调|认为|要求|提出)")
_OFTEN = re.compile("(?:同志)?(?:也|就|都)?(?:多次|曾|历来|一贯)(?:强调|指出|要求|提出)")
_QUOTES = re.compile("(?:指出|强调|表示|认为|要求|说),$")
"""县长柏远指出,省委书记裘敏多次强调…: whom he quotes did not speak there."""
_AT_ANOTHER = re.compile(r"在[^,。]{4,40}会议?上,$")
"""会议指出,在全省推进会上,省委书记柏远强调…: he said it there."""
_READ_OUT = re.compile(r"(?:同志)?[^,。;]{0,40}的")  # 宣读县长柏远对此提出的要求
_PASSED_ON = re.compile(r"(?:传达|学习|贯彻|落实|按照|根据)(?!.*由$)")


def is_passed_on(text: str, first: int, lead: str, behind: str) -> bool:
    """True for a person named at ``text[first]``, with ``lead`` before and ``behind`` after him, whose words
    are read out, studied, or quoted by somebody else.

    >>> is_passed_on("传达县委书记裘敏的讲话精神", 2, "传达", "的讲话精神")
    True
    """
    before = max(0, first - _REACH)
    if _AT_ANOTHER.search(text, before, first) and _MEETING_SAYS.match(text):
        return True
    if _OFTEN.match(behind) and _QUOTES.search(text, before, first):
        return True
    read_out = "宣读" in lead and _READ_OUT.match(behind)
    passed = "传达" in text[:first] and _DEMANDED.match(behind)
    cited = read_out or passed or _CITED.match(behind) or _HIS_WORDS.match(behind)
    return bool(cited or _PASSED_ON.search(lead))
