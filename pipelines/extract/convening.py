"""The meetings that a sentence says were held, watched, joined or spoken at: their names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipelines.extract.naming import Name, object_name, subject_name
from pipelines.extract.text import Sentence
from pipelines.extract.words import pattern, words

_SAID = re.compile(r"(?:强调|指出|认为|表示|(?<!解)说|会议(?:要求|明确|决定|提出))[,:]")
_STUDIED = r"(?=[^,。;]{0,24}(?:集体学习|学习研讨|专题学习|生活会|评议会|研讨会|座谈会))"
HELD = re.compile(
    rf"主持(?:召开)?|组织召开|召开|套开|续开|举行|举办|开了(?:一[次场])?(?=[^,。]{{2,60}}会)|组织(?:开展)?了一[次场](?=[^,。]{{2,40}}会)|开幕|闭幕|闭会|落幕|拉开帷幕|开会|开展{_STUDIED}|进行{_STUDIED}"
)
HEARD = re.compile(r"收听收看|收看收听|收视收听|收听收视|收看|收视|观看")
JOINED = re.compile(r"参加|出席")
_NOT_YET = re.compile(r"后|之后|前|之前|以来|之际|期间|的(?!第)|通知|时(?=,)")
_AT = re.compile(
    r"[在从](?:[^,。]{0,24}?(?:召开|举行)的)?(?P<name>[^,。;:\n]{2,60}?会议?)上(?!的|午)"
    r"|(?:召开|举行)的(?P<named>[^,。;:\n]{2,60}?会议?)(?=强调|指出|提出|要求|明确|决定|认为)"
)
_CLAUSE = re.compile(r",|:(?!\d)")
_LASTED = re.compile(r"(?:[^,。]{0,8}讯 ?)?历时[^,。]{1,6}的(?P<name>[^,。]{4,40}?(?:大会|会议))(?=,)")
_DONE = re.compile(r"(?:议程|任务|事项)后?,$")  # 会议完成各项议程后,在县礼堂闭幕
_AT_LAST = re.compile(r"会议?,(?:[于在]|\d{1,2}月\d{1,2}日)")  # 会议,于1月10日在县礼堂闭幕
_NEAR = re.compile(r"[将拟未可应需要](?:于[^,。]{0,12})?(?:适时|再次)?$|\d日之?前(?:再次|组织)?$")
_EMPTY = re.compile(
    r"(?:本次|此次|这次|该|开幕|闭幕)?(?:会议|大会|全会|会)|(?:这|那|此|上述)[^,。]*|[^,。]*的会议?|[^,。]*(?<!任职)(?<!任免)(?<!任命)(?<!干部)宣布(?:会议|大会)"
)
_LOOK_BACK = 200
_ORDERED = re.compile(
    r"(?:会议|大会|全会)(?:要求|强调|指出|决定|明确)|各(?:[省市县区州旗级地](?!界)|部门|单位|乡镇)"
)
"""What begins a clause that tells others to meet: 会议要求各县市区召开会议."""


def convened(masked: str, sentence: Sentence) -> Iterator[Name]:
    """Meetings held, and meetings watched from here, unless only as the occasion (收看…会议后)."""
    held = next(names_of(masked, sentence, HELD), None)
    heard = next(watched(masked, sentence), None)
    if heard is not None and (held is None or heard.start < held.start):
        yield heard
    elif held is not None:
        yield held


def watched(masked: str, sentence: Sentence) -> Iterator[Name]:
    """Meetings watched from here."""
    return _joined(masked, sentence, HEARD, "watched")


def names_of(masked: str, sentence: Sentence, verbs: re.Pattern[str]) -> Iterator[Name]:
    """The names beside verbs that are no plan, no order and no words of somebody."""
    said = _SAID.search(masked, sentence.start, sentence.end)
    end = said.start() if said else sentence.end
    for verb in verbs.finditer(masked, sentence.start, end):
        if _is_future(masked, sentence.start, verb.start()):
            continue
        floor = max(sentence.start, verb.start() - _LOOK_BACK)
        floor = max([floor, *(mark.end() for mark in _CLAUSE.finditer(masked, floor, verb.start()))])
        for _ in range(2):  # 会议历时2天,完成各项议程,今天闭幕
            if (
                _DONE.search(masked, max(0, floor - 8), floor)
                or any(_AT_LAST.match(masked, floor - back) for back in (2, 3))
                or masked.startswith(("圆满", "顺利", "完成"), floor)
            ):
                floor = max(sentence.start, masked.rfind(",", sentence.start, floor - 1) + 1)
        if _ORDERED.match(masked, floor, verb.start()):
            continue
        name = object_name(masked, verb.start(), verb.end(), floor)
        if name is None and _NOT_YET.match(masked, verb.end()) is None:
            name = subject_name(masked, floor, verb.start())
        if name is None and (over := _LASTED.match(masked, sentence.start, verb.start())):
            name = subject_name(masked, over.start("name"), over.end())
        if name is not None and not _EMPTY.fullmatch(masked, name.start, name.end):
            yield name


def _joined(
    masked: str, sentence: Sentence, verbs: re.Pattern[str] = JOINED, rule: str = "joined"
) -> Iterator[Name]:
    for name in names_of(masked, sentence, verbs):
        sound = not masked.startswith(("人员", "会议", "范围"), name.start)
        sound = sound and not masked.startswith("代表后", name.end)
        if sound and name.rule == "object" and _NOT_YET.match(masked, name.end) is None:
            yield Name(name.start, name.end, None, rule)


def mentioned(masked: str, sentence: Sentence) -> Iterator[Name]:
    """Meetings that someone joins, else those at which someone speaks."""
    yield from _joined(masked, sentence)
    yield from _spoken_at(masked, sentence)


def _spoken_at(masked: str, sentence: Sentence) -> Iterator[Name]:
    for match in _AT.finditer(masked, sentence.start, sentence.end):
        group = "name" if match["name"] else "named"
        name = match[group]
        if not _EMPTY.fullmatch(name) and not name.endswith(words("meetings", "events")):
            yield Name(*match.span(group), None, "spoken_at")


def _is_future(masked: str, floor: int, verb: int) -> bool:
    before = masked[max(floor, verb - 14) : verb]
    clause = before[max(before.rfind(mark) for mark in ",、:") + 1 :]
    clause = clause[
        clause.rfind("会") + 1 :
    ]  # words inside a meeting's name (应对, 计划) say nothing of time
    near = _NEAR.search(clause)
    return near is not None or pattern("meetings", "future").search(clause) is not None
