"""Lines that only look like a byline: fields of minutes and notices, questions of an interview."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipelines.clean.blocks import Block
from pipelines.clean.weights import is_prose

_ASKED = re.compile(r"(?:本[报网台刊]?记者|记者|问|主持人|网友) ?[:：]")
_QUESTION = re.compile(r"(?:记者|问|主持人|网友) ?[:：].*(?:[？?！!。]|[，,].*[，,])")
_FIELD = re.compile(r"[（(]?[一二三四五六七八九十\d]{0,2}[）)、.．]? ?(?P<label>[一-鿿][一-鿿 ]{1,7}) ?[:：]")
_OF_MEETING = re.compile(
    r"(?:会议|活动|召开|举办|开会)?(?:地\s*点|主\s*持(?:人)?|出\s*席(?:人员|领导)?|参\s*会(?:人员)?|参\s*加(?:人员|单位)?|列\s*席(?:人员)?"
    r"|缺\s*席(?:人员)?|记\s*录(?:人)?|议\s*题|主\s*题|责任单位|责任人|牵头单位|配合单位|完成时限|对\s*象|范\s*围)"
)
_OF_PAGE = re.compile(
    r".{0,4}来源|稿源|(?:发布|发表|更新|录入|上传).{0,4}|作者|编辑|[上下]一?[篇条页期]|.{0,2}相关.*"
)
_COUNTED = re.compile(r"浏览|点击|来源|阅读")
_DAY_OF_SPEECH = re.compile(
    r"[（(]\s*(?:19|20)\d{2}年\s?\d{1,2}月\s?\d{1,2}日(?:[,，][^()（）]{2,20})?\s*[)）]$"
)
_SPEAKER = re.compile(r"(?!.*(?:讲话|会议|发言|通知|同志们))[一-鿿、 \u3000]{2,40}[ \u3000][一-鿿·]{1,8}$")
_BARE_DAY = re.compile(r"(?:19|20)\d{2}年\s?\d{1,2}月\s?\d{1,2}日$")
_GREETING = re.compile(r"(?:同志们|各位[一-鿿]{2,4}(?:、[一-鿿]{2,4})*) ?[:：,，!！]")
_CLOSE = 3  # lines around a field among which another tells what list it belongs to


def find_spared(blocks: Sequence[Block]) -> frozenset[int]:
    """Indices of lines that belong to the text although a byline's rule fits them.

    >>> lines = ["时间：2021年7月6日", "地点：县政府会议室", "会议研究了防汛工作。"]
    >>> sorted(find_spared([Block(i, text, "", "p") for i, text in enumerate(lines)]))
    [0, 1]
    """
    return frozenset((*_asked(blocks), *_meeting_fields(blocks), *_of_speech(blocks)))


def _of_speech(blocks: Sequence[Block]) -> Iterator[int]:
    """The day of a speech in brackets, and the line beside it that names who gave it (县长　柏远)."""
    for at, block in enumerate(blocks):
        greeted = any(_GREETING.match(line.text) for line in blocks[at + 1 : at + 2])
        dated = _DAY_OF_SPEECH.match(block.text) or (greeted and _BARE_DAY.match(block.text))
        if dated:
            yield block.index
        if dated or _GREETING.match(block.text):
            around = (*blocks[max(0, at - 1) : at], *blocks[at + 1 : at + 2])
            yield from (line.index for line in around if _SPEAKER.match(line.text))


def _asked(blocks: Sequence[Block]) -> Iterator[int]:
    """Lines 记者： of a conversation, known by a question or by there being several."""
    asked = [block.index for block in blocks if _ASKED.match(block.text)]
    several = len(asked) > 1
    for block in blocks:
        if _ASKED.match(block.text) and (several or _QUESTION.match(block.text)):
            yield block.index


def _meeting_fields(blocks: Sequence[Block]) -> Iterator[int]:
    """Fields next to one that only minutes and notices have (地点：, 参会人员：, 责任单位：)."""
    labels = [_label(block) for block in blocks]
    own = [bool(_OF_MEETING.fullmatch(label)) for label in labels]
    for at, block in enumerate(blocks):
        of_page = _OF_PAGE.fullmatch(labels[at]) or _COUNTED.search(block.text, len(labels[at]))
        if labels[at] and not of_page and any(own[max(0, at - _CLOSE) : at + _CLOSE + 1]):
            yield block.index
            if block.text.endswith((":", "：")) and not any(labels[at + 1 : at + 2]):
                yield block.index + 1  # its value stands below


def _label(block: Block) -> str:
    found = _FIELD.match(block.text)
    return found["label"].strip() if found and not is_prose(block) else ""
