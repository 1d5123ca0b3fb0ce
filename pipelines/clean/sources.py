"""The medium that first published a report: what the byline, the head and the classes of the page claim."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from pipelines.clean.blocks import Block
from pipelines.clean.credits import SLASH
from pipelines.clean.fields import Field, read_fields, trim
from pipelines.clean.moments import find_moments, in_digits
from pipelines.clean.names import has_role, is_name, is_organisation, load_words, split_names

_LONGEST = 30
_TOOLS = re.compile(
    r"(?:[\d.]+万?\+?次?(?:阅读|浏览|播放|点赞)|\d+\s*(?:跟[贴帖]|条?评论|人参与)|参与互动|字号|字体|浏览|打印|分享|收藏|点击|大中小|视力保护|【|\[打印|纠错|阅读[:：次\d]|\d+\s*次).*$"
)
_GLUED = re.compile(
    r"(?<=[\u4e00-\u9fff]{2})(?:举报|参与|关注|订阅|评论|收藏|投稿|查看原文|原标题|原创|责编|已认证)(?=\s|$)"
    r"|(?<=[\u4e00-\u9fff]{3})(?:记者|通讯员)(?=\s|$)"
)
_BRACKET = re.compile(r"[（(](?=[^()（）]*(?:记者|通讯员|作者|编辑))[^()（）]*[)）]")
_NO_NAME = re.compile(r"[。，,！!？?；;\"]|^[^“]*”|“[^”]*$|^第?[A-Z\d一二三四五六七八九十]{1,4}版")
_ORIGINAL = re.compile(r"^(?:原创|转载|来自|首发)\s*")
_PASSED = re.compile(r"^\s*(?:(?:转自|转载自|来自|据|由)(?=\S{2})|(?:微信)?公众号[:：]\s*)")
_DATELINE = re.compile(
    r"[\s\u3000|]*据?(?P<medium>[\u4e00-\u9fff·]{1,14}?(?:日报|晚报|晨报|早报|时报|新闻网|在线|[网社报]|电视台|融媒体?中心|融媒|新媒体|新闻中心|(?<=·)[\u4e00-\u9fff]{2}新闻|(?<=云上)[\u4e00-\u9fff]{2,3})(?:客户端)?)"
    r"(?:(?:[\u4e00-\u9fff]{0,8}\d{1,2}月\d{1,2}日|[\u4e00-\u9fff]{2,6}频道|[\u4e00-\u9fff]{2,4}(?=讯|消息|专电))?(?:消息|讯|专?电)(?=[\s\u3000(（:：，,]|\d{1,2}[月日])|[:：](?=[(（])|(?=[(（][\u4e00-\u9fff]{2,4}[)）]\d))"
)
_CLOSING = re.compile(
    r"[。！？”]\s*[（(]《?(?P<office>[\u4e00-\u9fff]{3,16})》?(?:[ \u3000:：][^()（）]{2,40})?[)）]\s*$"
)
_CLOSED = 2.4  # weight of a label in that bracket
_CONTRIBUTED = 0.6  # weight of the office that a text's closing bracket names
_SEAT = re.compile(r"(?<=.{4})[（(][\u4e00-\u9fff]{2,4}[)）]$")  # 临沂日报(临沂)
_BAR = re.compile(r"\s*[|｜丨]\s")
_LOGIN = re.compile(r"[A-Za-z\d]+_[A-Za-z\d_]*")  # editor_dzzx: who is logged in, no medium
_PLACES = ("省", "市", "县", "区", "州", "镇", "乡")
_UNKNOWN = 1.0  # weight of an origin that is none: 网络
_ISSUED = 1.2  # weight of who issued a document
_ACCOUNT = 0.8  # weight of the account that the head calls the author
_CLOSING_LABEL = re.compile(r"[（(](?:来源|稿源|转自)\s*[:：]\s*(?P<source>[^（）()：:]{2,24})[)）]$")
_REPRINTED = re.compile(
    r"(?:注[:：])?(?:本文|文章|稿件)转(?:载)?自[:：《“]?(?P<source>[\u4e00-\u9fff]{2,12})[》”]?[，,。；;]"
)
_REMARK = re.compile(r"(?<=[\u4e00-\u9fff]{3})[，,；;](?:转载|原文|如|侵|仅|版权|图片|已).*$")
_FOLLOW = re.compile(r"\s*\+?关注$")
_DATED = 40  # characters of a date's line
_LONGEST_NAME = 16  # characters of a medium that stands alone on a line
_LONGEST_LABEL = 8  # characters of a label that is a line of its own
_FEW = 4  # words beside a date that may be the medium
_HAN = re.compile(r"[\u4e00-\u9fff]")


class Claim(NamedTuple):
    """One claim of what the source is: ``weight`` 4 for a label before the text, less for weaker signs."""

    value: str
    rule: str
    place: str
    weight: float


@cache
def _words(key: str) -> frozenset[str]:
    return frozenset(load_words()["words"][key].lower().split())


@cache
def _no_names() -> frozenset[str]:
    """Words that are no medium: what pages print for want of one, and what people do (记者)."""
    roles = (role for role in load_words()["roles"].split() if role[0] != "本")
    return _words("no_source").union(roles)


def choose_source(claims: Sequence[Claim]) -> Claim | None:
    """The claim of greatest weight, the first of equal ones; None when there is none.

    >>> choose_source([Claim("青溪网", "meta", "", 3.0), Claim("青溪日报", "label", "", 4.0)]).value
    '青溪日报'
    """
    best = max(claims, key=lambda claim: claim.weight, default=None)
    if best is None:
        return None
    return next((claim for claim in claims if _is_placed(best.value, claim.value)), best)


def _is_placed(value: str, account: str) -> bool:
    """Whether a value is the account with the place of the writer's machine glued to it."""
    return value.startswith(account) and value[len(account) :] in _words("ip_places")


def claims_of_block(
    block: Block, above: Sequence[Block] = (), below: Sequence[Block] = (), *, is_title: bool = False
) -> Iterator[Claim]:
    """What a line of the byline claims; the line ``below`` it may hold an empty label's value."""
    text = block.spaced
    fields = read_fields(text)
    next_value = below[0].text if below and _is_value(below[0].text) else ""
    if is_label(text) and (source := clean_source(next_value)):
        yield Claim(source, "label", block.path, 3.5)
    for field in fields:
        value = field.value or (next_value if field is fields[-1] else "")
        if source := _of_field(field, value):
            rule, weight = ("label", 4.0) if field.kind == "source" else ("author_label", 2.5)
            weight -= field.label == "来自"  # who copied it, where 来源 says from whom
            yield Claim(source, rule, block.path, _UNKNOWN if source in _words("no_origin") else weight)
        elif is_issuer(field) and is_organisation(value) and (issuer := clean_source(value)):
            yield Claim(issuer, "issuer_label", block.path, _ISSUED)
        if field.kind == "published":
            yield from _beside_date(block, field.value, hinted=False)
            ahead = text[: field.start].strip() if field is fields[0] else ""
            if is_organisation(ahead) and find_moments(field.value) and (source := clean_source(ahead)):
                yield Claim(source, "beside_date", block.path, 2.0)
    if not is_title and len(text) <= 80:
        account = any(one.text in _words("accounts") for one in below)
        yield from _unlabelled(block, text[: fields[0].start] if fields else text, account)
        dated = any(len(one.text) <= _DATED and find_moments(one.text) for one in (*above, *below))
        name = _FOLLOW.sub("", text)
        lonely = dated and not fields and len(name) <= _LONGEST_NAME and is_organisation(name)
        if lonely and (source := clean_source(name)):
            yield Claim(source, "near_date", block.path, 1.5)


@cache
def _labels() -> frozenset[str]:
    return frozenset(load_words()["labels"]["source"].split())


def is_label(text: str) -> bool:
    """Whether a line says nothing but that the source follows (来源)."""
    return len(text) <= _LONGEST_LABEL and "".join(text.split()) in _labels()


def _is_value(text: str) -> bool:
    """Whether a line can be the value of the label above it: short, and no label itself."""
    return len(text) <= 16 and not text.endswith((":", "：")) and not read_fields(text)


def claims_of_head(metas: Iterable[tuple[str, str]]) -> Iterator[Claim]:
    """What the head claims: ``ContentSource`` and its like, with or without a label in the value.

    >>> [claim.value for claim in claims_of_head([("source", "来源：青溪网-要闻 原创稿")])]
    ['青溪网-要闻']
    """
    for name, content in metas:
        if name == "article:author" and not is_name(content) and (account := clean_source(content[:200])):
            yield Claim(account, "account", "meta article:author", _ACCOUNT)
        if name in _words("source_metas"):
            fields = read_fields(content[:200])
            labelled = [field.value for field in fields if field.kind == "source"]
            value = labelled[0] if labelled else "" if fields else content[:200]
            if source := clean_source(value):
                yield Claim(source, "meta", f"meta {name}", 3.0)


def claim_of_dateline(block: Block) -> Iterator[Claim]:
    """The medium in whose name a text begins (青溪日报讯, 青溪网某地7月22日电); 本报 is none.

    >>> next(claim_of_dateline(Block(0, "青溪日报讯（记者 柏远）昨日，会议召开。", "/p[1]", "p"))).value
    '青溪日报'
    """
    found = _DATELINE.match(block.text)
    if found and found["medium"][0] not in "本我":
        yield Claim(found["medium"], "dateline", block.path, 1.1)


def claim_of_closing(block: Block) -> Iterator[Claim]:
    """The office in the bracket behind a text's last sentence: (县政府办), (来源：青溪融媒); 本文转载自….

    >>> next(claim_of_closing(Block(0, "会议还研究了其他事项。（青溪县政府办）", "/p[1]", "p"))).value
    '青溪县政府办'
    """
    told = _REPRINTED.match(block.text)
    if told and is_organisation(told["source"]) and told["source"] not in _words("no_origin"):
        yield Claim(told["source"], "reprint_notice", block.path, _CLOSED)
    said, found = (pattern.search(block.text[-_DATED:]) for pattern in (_CLOSING_LABEL, _CLOSING))
    if said and (source := clean_source(said["source"])):
        yield Claim(source, "closing_label", block.path, _CLOSED)
    if found and is_organisation(found["office"]) and (source := clean_source(found["office"])):
        yield Claim(source, "closing_bracket", block.path, _CONTRIBUTED)


def claims_of_hidden(blocks: Iterable[Block]) -> Iterator[Claim]:
    """What hidden blocks claim: the card of a public account names it."""
    for block in blocks:
        if _words("hidden_hints") & set(block.hints[:2]) and (source := clean_source(block.text[:_LONGEST])):
            yield Claim(source, "hidden_account", block.path, 2.4)


def clean_source(value: str) -> str | None:
    """The name of a medium from what stands after 来源; None when that is no name.

    >>> clean_source("青溪日报 2020-02-26"), clean_source("青溪日报字号：大"), clean_source("未知")
    ('青溪日报', '青溪日报', None)
    """
    value = _REMARK.sub("", in_digits(value))
    for moment in find_moments(value):
        value = value.partition(moment.text)[0] or value.partition(moment.text)[2]
    name, dot, place = value.rpartition("·")
    value = _PASSED.sub("", name if dot and place.strip() in _words("ip_places") else value)
    value = _GLUED.sub("", trim(_BRACKET.sub("", _TOOLS.sub("", _BAR.split(value)[0]))))
    words = [word for word in value.split() if word not in _words("tools")] or value.split()[:1] or [""]
    value = words[0]
    if len(words) > 1:
        if not _HAN.search(value):
            value = " ".join(words) if not _HAN.search("".join(words)) else value
        elif (not is_organisation(value) or value.endswith(_PLACES)) and is_organisation(words[1][:8]):
            value = " ".join(words[:2])
    value = _SEAT.sub("", trim(value))
    if (
        not 2 <= len(value) <= _LONGEST
        or _LOGIN.fullmatch(value)
        or _NO_NAME.search(value)
        or value.lower() in _no_names()
    ):
        return None
    return value if re.search(r"[^\W\d_]", value) and "://" not in value else None


def _of_field(field: Field, value: str) -> str | None:
    """The source that a field names; an office in the place of the author counts."""
    if field.kind == "source" or (field.label == "发布" and is_organisation(value)):
        return clean_source(value)
    author = field.kind == "reporters" and field.label in ("作者", "文", "供稿", "来稿", "撰稿")
    if author and is_organisation(value) and not split_names(value, "all"):
        return clean_source(value)
    return None


def is_issuer(field: Field) -> bool:
    """Whether a field names who issued a document (发文机关：)."""
    return field.kind == "other" and field.label in _words("issuers")


_PAPER = re.compile(r"^.*(《[^《》]{2,12}报》)[ （(]*$")
"""A printed paper before its day and page: 《青溪日报》（2023年6月12日 第05版）."""
_CLIENT = re.compile(r"(?:掌上|云上|视听)[\u4e00-\u9fff]{2,4}")  # the programs of county media
_COLUMN = re.compile(r"^[\u4e00-\u9fff]{2,6}(?:要闻|动态|资讯|快讯|频道) (?=[\u4e00-\u9fff])")
"""The column that stands before the medium: 青溪要闻 青溪日报."""


def _is_medium(text: str, hinted: bool) -> bool:
    """Whether a word beside a date is a medium: by its ending, or as any word where a class says so."""
    if text in _words("tools"):
        return False
    if is_organisation(text) or text.endswith(("]", "报》")) or _CLIENT.fullmatch(text):
        return True
    return hinted and 2 <= len(text) <= 12 and any(map(str.isalpha, text))


def _beside_date(block: Block, text: str, *, hinted: bool) -> Iterator[Claim]:
    moments = find_moments(text)
    before, _, after = text.partition(moments[-1].text) if moments else ("", "", "")
    after, named = _without_account(after.strip(" ·"))
    words = after.split()
    ahead = _COLUMN.sub("", _ORIGINAL.sub("", before.strip()))
    ahead = _PAPER.sub(r"\1", ahead)
    alone = [] if " " in ahead or is_name(ahead) else [ahead]
    for part in (*words[:1], ahead, *reversed(ahead.split()[-_FEW:]), *words[1:_FEW]):
        if _is_medium(part, (hinted or named) and part in (*words[:1], *alone)) and (
            source := clean_source(part)
        ):
            yield Claim(source, "beside_date", block.path, 2.0)


def _without_account(text: str) -> tuple[str, bool]:
    """The name before a badge of accounts (青溪日报官方账号), and whether there was one.

    Public accounts print the place of the writer's machine behind the date (陕西), not a medium.
    """
    badge = next((word for word in _words("accounts") if text.endswith(word) and text != word), "")
    if text.removeprefix("发表于") in _words("ip_places"):
        return "", True
    return text.removesuffix(badge).strip(), bool(badge)


def _unlabelled(block: Block, text: str, account: bool) -> Iterator[Claim]:
    """A medium that a class names, that follows the date, or that stands behind a name and a slash.

    ``account``: the next line says that this is an account, so that a word like a person's name counts.
    """
    if match := SLASH.match(text):
        if is_name(match["name"]) and is_organisation(match["medium"]):
            yield Claim(match["medium"], "name_slash_medium", block.path, 2.5)
        return
    hinted = any(word in hint for hint in block.hints[:2] for word in _words("source_hints"))
    if find_moments(text):
        yield from _beside_date(block, text, hinted=hinted)
        return
    if read_fields(block.text) or not hinted or len(text) > 16:
        return
    source = clean_source(text)
    if source is None or has_role(source) or source in _words("tools"):
        return
    if account or not is_name(source):
        yield Claim(source, "class", block.path, 2.2)
