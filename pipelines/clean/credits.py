"""Names that stand in the text itself: datelines, closing brackets, lines that hold nothing but a credit."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from pipelines.clean.fields import Field, read_fields
from pipelines.clean.moments import find_moments
from pipelines.clean.names import Mode, has_role, is_doubtful, is_name, is_organisation, split_names

_IN_BRACKETS = r"[（(【\[]\s*([^（(【\[\]】)）]{2,80})\s*[)）】\]]"
_DATELINE = re.compile(r"^[^，,。；;]{0,40}?(?:讯|电|消息|报道)\s*" + _IN_BRACKETS)
_OPENING = re.compile(r"^\s*" + _IN_BRACKETS)
_CLOSING = re.compile(_IN_BRACKETS + r"\s*[。.]?\s*$")
_REPORTED = re.compile(
    r"^.{0,30}?(?:讯|电|消息)?[\s,，]*(?:[\u4e00-\u9fff]{0,8}记者|通讯员)\s*"
    r"([\u4e00-\u9fff·、\s]{2,30}?)\s*(?:摄影报道|报道|发自)"
)
_ENDED = re.compile(r"[。！？!?”…]\s*$")
_WHOLE = re.compile(r"^\s*" + _IN_BRACKETS + r"\s*$")
SLASH = re.compile(r"^(?P<name>[\u4e00-\u9fff]{2,4})\s*[/／]\s*(?P<medium>[\u4e00-\u9fff]{2,12})$")
_QUOTED = re.compile(r"《[^《》]{1,20}》")
_SENTENCE = re.compile(r"[，。！？；,!?;：:]|召开|举行|综合(?:利用|治理|执法|整治|改革|行政|交通|服务)")
_EDITORS = re.compile(r"编\s*辑|责编|审核|[初复终]审|[一二三]审")
_PHOTO = re.compile(r"摄|图")
_TEXT = re.compile(r"文|记者|通讯员|作者|报道|撰|写")
_BOTH = re.compile(r"^(?:图片?|摄影?)\s*(?!尔)(?=[\u4e00-\u9fff]{2})")  # 文/图柏远山
_ASIDE = re.compile(r"(?<=[\u4e00-\u9fff])\s*[（(【].*$")
_TALK = re.compile(r"[，。,!！?？“]")
_TRAILING = re.compile(r"(?:^|[\s|｜])(?:[\u4e00-\u9fff]{0,6}记者|通讯员|作者)\s+([^:：]{2,40})$")
_SPOKEN = re.compile(r"[。！？!?“”]")  # what is a sentence holds no list of names
_LONGEST_LINE = 120
_PROOF = re.compile(r"(?:校对|校核|[一二三]校|监制)\s*[\u4e00-\u9fff]{2,4}")  # no editors
_GATHERED = re.compile(r"综合|整理|来源|资料|据")
_LONGEST_CREDIT = 60
_HEAD, _TAIL = 160, 120  # characters of a paragraph's start and end that are looked at


class Credit(NamedTuple):
    """Names of one kind (reporters, editors, photographers), by which rule they were found."""

    kind: str
    names: tuple[str, ...]
    rule: str


def read_dateline(text: str) -> tuple[Credit, ...]:
    """The reporters that a paragraph's first words name.

    >>> read_dateline("本报1月22日讯(记者柏远山)今天,全省防汛会议召开。")[0].names
    ('柏远山',)
    >>> read_dateline("(通讯员 木子禾)1月31日,公司召开大会。")[0].names
    ('木子禾',)
    """
    head = text[:_HEAD]
    for pattern in (_DATELINE, _OPENING):
        match = pattern.search(head)
        if match and (found := _in_brackets(match[1], "dateline", bare=pattern is _DATELINE)):
            return found
    match = _REPORTED.search(head)
    names = split_names(match[1], "skip") if match else ()
    return (Credit("reporters", names, "dateline"),) if names else ()


def read_closing(text: str) -> tuple[Credit, ...]:
    """The names in the bracket that closes a paragraph: (记者 …), (文/图 …), (张巨峰).

    >>> read_closing("会议还研究了其他事项。(记者:柏远山)")[0].names, read_closing("增长5%。（县发改局）")
    (('柏远山',), ())
    """
    tail = text[-_TAIL:]
    match = _CLOSING.search(tail)
    if not match:
        return ()
    ended = bool(
        _ENDED.search(tail[: match.start()])
    )  # a bracket inside a sentence explains the word before it
    return _in_brackets(match[1], "closing_bracket", bare=ended)


def read_credit_line(text: str) -> tuple[Credit, ...]:
    """The names of a line that is nothing but a credit; empty for any other line.

    >>> [(c.kind, c.names) for c in read_credit_line("文/摄影 王 岑 卢溪川")]
    [('reporters', ('王 岑', '卢溪川')), ('photographers', ('王 岑', '卢溪川'))]
    >>> read_credit_line("青溪晚报记者 柏远山")[0].names, read_credit_line("记者了解到情况")
    (('柏远山',), ())
    """
    if len(text) > _LONGEST_CREDIT:
        return ()
    if match := _WHOLE.match(text):
        return _in_brackets(match[1], "credit_line", bare=True)
    if (match := SLASH.match(text)) and is_name(match["name"]) and is_organisation(match["medium"]):
        return (Credit("reporters", (match["name"],), "name_slash_medium"),)
    line = _QUOTED.sub("", text)
    if _SENTENCE.search(line) or not has_role(line):
        return ()
    return _credits(line, split_names(line, "all"), "credit_line")


def read_unlabelled(text: str) -> tuple[Credit, ...]:
    """The names that end a byline without a colon (2021-03-04 青溪日报 记者 柏远山).

    >>> read_unlabelled("2021-03-04 10:20 青溪日报 记者 柏远山 李青禾")[0].names
    ('柏远山', '李青禾')
    """
    match = _TRAILING.search(text) if len(text) <= _LONGEST_LINE else None
    names = split_names(match[1], "all") if match and find_moments(text) else ()
    return (Credit("reporters", names, "trailing_names"),) if names else ()


def field_credits(fields: Iterable[Field], rule: str) -> tuple[Credit, ...]:
    """The names of labelled fields (记者:…, 责编:…)."""
    out = []
    for field in fields:
        if field.kind in ("reporters", "editors", "photographers") and field.value:
            value = _BOTH.sub("", _ASIDE.sub("", field.value))
            plain = len(value) <= 24 and not _TALK.search(value)
            mode: Mode = "skip" if not plain else "account" if field.kind == "editors" else "label"
            names = split_names(value, mode)
            if names:
                out.append(Credit(field.kind, names, rule))
                if field.kind == "reporters" and _PHOTO.search(field.label + field.value[:1]):
                    out.append(Credit("photographers", names, rule))
    return tuple(out)


def _in_brackets(inner: str, rule: str, *, bare: bool) -> tuple[Credit, ...]:
    if _SPOKEN.search(inner):
        return ()
    fields = read_fields(inner)
    if fields:
        return field_credits(fields, rule)
    inner = _PROOF.sub("", inner)
    if has_role(inner):
        sure = (
            len(inner) <= 30
            and (_TEXT.search(inner) or _EDITORS.search(inner))
            and not _GATHERED.search(inner)
        )
        return _credits(inner, split_names(inner, "label") if sure else split_names(inner, "all"), rule)
    if inner.endswith("摄"):
        names = split_names(inner[:-1], "all")
        return (Credit("photographers", names, rule),) if names else ()
    names = split_names(inner, "all") or _mixed(inner)
    if not bare or not names or len(names) > 4 or (len(names) == 1 and is_doubtful(names[0])):
        return ()
    return (Credit("reporters", names, rule),)


def _mixed(inner: str) -> tuple[str, ...]:
    """Two to four words of two or three characters, the first of which is a name: pen names among them count.

    >>> _mixed("柏颖 天乐"), _mixed("青溪县 柏颖")
    (('柏颖', '天乐'), ())
    """
    words = inner.split()
    if not 2 <= len(words) <= 4 or not is_name(words[0]) or not all(2 <= len(word) <= 3 for word in words):
        return ()
    names = split_names(inner)
    return names if len(names) == len(words) else ()


def _credits(text: str, names: tuple[str, ...], rule: str) -> tuple[Credit, ...]:
    """``names`` under the kinds that the words around them tell."""
    if not names:
        return ()
    if _EDITORS.search(text):
        return (Credit("editors", names, rule),)
    photo, written = bool(_PHOTO.search(text)), bool(_TEXT.search(text))
    kinds = ["reporters"] * (written or not photo) + ["photographers"] * photo
    return tuple(Credit(kind, names, rule) for kind in kinds)
