"""How and where a meeting was held: format, venue, branch venues."""

from __future__ import annotations

import re
from dataclasses import dataclass

from crawler.records import Format

_SAID = re.compile(r"(?:强调|指出|要求|认为|表示)[,:]")
_HERE = r"(?:会议)?(?:\+|和|与|、|加|相结合|结合)“?(?:视频|线上|网络)"
_THERE = r"(?:会议)?(?:\+|和|与|、|加|结合)“?(?:现场|线下)"
_MIXED = re.compile(f"现场{_HERE}|线下{_HERE}|视频{_THERE}|线上{_THERE}|线上线下")
_TELE = re.compile(r"电视电话|电话会议|电视会议")
_VIDEO = re.compile(r"视频|云端|网络会议|线上|腾讯会议|远程|网上")
_LINE = "“?(?:网络|线上|视频|远程)"
_VIDEO_FORM = re.compile(
    r"视频(?:会议?|调度|连线|推进|培训|形式|方式|会商|座谈|部署|动员|例会|专题)"
    rf"|以{_LINE}|采取{_LINE}|采用{_LINE}|通过{_LINE}|分会场|腾讯会议|钉钉|云视频|云会议"
)
_PLACE = re.compile(
    r"[在于](?P<venue>(?!\d|线)(?![^,。]{0,20}(?:后|会议上|期间|时))[^,。;:、\n在于]{1,30}?)(?:还|又|也)?(?:隆重|胜利|顺利|如期|成功|正式|组织|主持|集中)?(?:召开|举行|开幕|举办)"
)
_LABEL = re.compile(r"地[ ]?点[ ]?:")
_LABELLED = re.compile(r"(?:^|\n)(?:会议)?地[ ]?点[ ]?:[ ]?(?P<venue>[^,。;\n]{2,30})")
_ROOM = re.compile(r"(?:会议室|会堂|礼堂|报告厅|会议中心|演播厅|影剧院|剧院)")
_PRESENT = re.compile(
    r"主席台|就[座坐]|现场(?:推进|观摩|办公|会)|出席(?:会议|大会|活动)?并|到会(?:会议|大会|活动)?并"
)
_SENTENCE = re.compile(r"[^。;\n]+[。;\n]?")
_FRAME = 3000  # characters: what tells of the meeting itself stands near its start
_CLAUSE = re.compile(r"[^,。;\n]+")
_BRANCH = re.compile(r"[^,。;\n]{0,40}分会场")


@dataclass(frozen=True, slots=True)
class Setting:
    """Format with the rule that told it, the venue as written, and the words about branch venues."""

    format: Format
    rule: str
    venue: str | None
    branches: tuple[str, ...]


def setting_of(name: str, frame: str) -> Setting:
    """Read the setting from a meeting's ``name`` and from ``frame``: its text without what was said.

    >>> setting_of("全市促消费推进会", "全市促消费推进会在城区举行").format
    'in_person'
    """
    place = (_LABEL.search(frame) and _LABELLED.search(frame)) or _PLACE.search(frame)
    clauses = (clause for clause in _CLAUSE.findall(frame) if "分会场" in clause)
    branches = tuple(dict.fromkeys(branch for clause in clauses for branch in _BRANCH.findall(clause)))
    shape, rule = _format(name, frame, place is not None)
    return Setting(shape, rule, place["venue"].strip() if place else None, branches)


def _format(name: str, frame: str, placed: bool) -> tuple[Format, str]:
    if _MIXED.search(frame):
        return "mixed", "rooms_and_lines"
    if _TELE.search(name):
        return "teleconference", "name"
    if _VIDEO.search(name):
        return "video", "name"
    if _TELE.search(frame):
        return "teleconference", "text"
    if _VIDEO_FORM.search(frame):
        return "video", "text"
    if _ROOM.search(frame) or placed:
        return "in_person", "venue"
    if _PRESENT.search(frame) or "现场" in name:
        return "in_person", "people_present"
    return "unknown", "none"


def frame_of(text: str) -> str:
    """The sentences of ``text`` that tell of the meeting itself, without what was said there.

    >>> frame_of("会议在市区举行。县长要求,开好视频会议。")
    '会议在市区举行。县长要求,'
    """
    parts, room = [], _FRAME
    for match in _SENTENCE.finditer(text):
        said = _SAID.search(match.group())
        parts.append(match.group()[: said.end()] if said else match.group())
        room -= len(parts[-1])
        if room < 0:
            break
    return "".join(parts)[:_FRAME]
