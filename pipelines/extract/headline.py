"""The meeting that a headline names, where the text itself does not."""

from __future__ import annotations

import re

from pipelines.extract.owners import owner_length
from pipelines.extract.words import words

_IN_TITLE = re.compile(
    r"(?:关于)?(?P<name>.{2,80}?(?:会议|大会|会|集体学习))"
    r"(?=(?:上|结束时|闭幕时)(?:的|讲|发|致|强调|指出|要求|[一-鿿]{2,20}?[长任席记]\s)|(?:[一-鿿]{0,2}(?:书记|领导|[校院局县市镇乡区会]长))?(?:讲话|发言|致辞)|主持词|纪要|记录|总结|部署|研究|传达|贯彻|安排|通报|(?:在[^,。]{1,12})?(?:隆重|胜利|圆满)?(?:召开|举行|开幕|闭幕)|$|\((?!扩大)|[,:\s])"
)
_TITLE_SPLIT = re.compile(r".{2,40}?(?:召开|举行)(?:第.{1,8}次)?(?:全体|扩大)?会议")
_TAG = re.compile(
    r"^(?:第[一二三四五六七八九十\d]{1,3}篇[:：]|标题[:：]|[\[【][^\]】]{1,8}[\]】]|\d{1,2}[、.](?!\d))\s*"
)
_TWICE = re.compile(r"(?<=[公例席务谈度进题调场头]会)会议$")  # 院长办公会会议纪要
_WATCHED = re.compile(r"^(?:组织)?(?:收听收看|收看收听|收看|收听)(?=.{6})")
_THEN = re.compile(
    r"^.{0,40}?(?:收听收看|收看收听|收看|参加).{2,40}?(?:会议?|大会)[ ,]?(?:后|并)[^ ,]{0,6}召开(?=.{4})"
)
"""The meeting that was watched first, before our own: 收看全省会议并召开全县会议."""
_SPEAKER_IN = re.compile(r".{0,24}?(?<![现存])在(?=.{4})")


_NUMBERED = re.compile(r"^\d{1,2}、")  # of a document's first block


def title_name(title: str) -> str | None:
    """The meeting that a headline names: 在全县护林工作会议上的讲话, 市政府第3次常务会议纪要.

    >>> title_name("局长在全县护林工作会议上的讲话"), title_name("县长到西合镇调研")
    ('全县护林工作会议', None)
    >>> title_name("县委常委会召开会议")
    '县委常委会召开会议'
    """
    title = _THEN.sub("", _NUMBERED.sub("", title[:200]))
    match = _IN_TITLE.match(title)
    if match is None:
        return None
    name = _TAG.sub("", _TWICE.sub("", match["name"]))
    if name.endswith(words("meetings", "events")):
        return None
    if name.endswith(words("meetings", "bodies")):
        split = _TITLE_SPLIT.match(title)
        return split.group() if split else None
    if title.startswith(("上", "讲话", "发言", "致辞"), match.end()):
        name = name[speaker.end() :] if (speaker := _SPEAKER_IN.match(name)) else name
    verb = max(name.rfind(word) for word in ("召开", "举行"))
    name = name[verb + 2 :] if verb > 0 and len(name) - verb > 4 else name
    return _WATCHED.sub("", name[owner_length(name) :])
