"""The medium that first published a report: what the byline, the head and the classes of the page claim."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from pipelines.clean.blocks import Block
from pipelines.clean.credits import SLASH
from pipelines.clean.fields import Field, read_fields, trim
from pipelines.clean.moments import find_moments
from pipelines.clean.names import is_name, is_organisation, load_words, split_names

_LONGEST = 30
_TOOLS = re.compile(
    r"(?:参与互动|字号|字体|浏览|打印|分享|收藏|点击|视力保护|【|\[打印|纠错|阅读[:：次]|\d+\s*次).*$"
)
_GLUED = re.compile(
    r"(?<=[\u4e00-\u9fff]{2})(?:举报|参与|关注|订阅|评论|收藏|投稿|查看原文|原创|责编|已认证)(?=\s|$)"
)
_BRACKET = re.compile(r"[（(](?=[^()（）]*(?:记者|通讯员|作者|编辑))[^()（）]*[)）]")
_PUNCTUATION = re.compile(r"[。，,！!？?；;“”\"]")
_ORIGINAL = re.compile(r"^(?:原创|转载|来自|首发)\s*")
_BAR = re.compile(r"\s*[|｜丨]\s")
_PLACES = ("省", "市", "县", "区", "州", "镇", "乡")
_UNKNOWN = 1.0  # weight of an origin that is none: 网络
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


def choose_source(claims: Sequence[Claim]) -> Claim | None:
    """The claim of greatest weight, the first of equal ones; None when there is none.

    >>> choose_source([Claim("青溪网", "meta", "", 3.0), Claim("青溪日报", "label", "", 4.0)]).value
    '青溪日报'
    """
    return max(claims, key=lambda claim: claim.weight, default=None)


def claims_of_block(block: Block, below: Block | None, *, is_title: bool = False) -> Iterator[Claim]:
    """What a line of the byline claims; ``below`` is the next line, which may hold an empty label's value."""
    fields = read_fields(block.text)
    for field in fields:
        value = field.value
        if not value and field is fields[-1] and below and _is_value(below.text):
            value = below.text
        if source := _of_field(field, value):
            rule, weight = ("label", 4.0) if field.kind == "source" else ("author_label", 2.5)
            yield Claim(source, rule, block.path, _UNKNOWN if source in _words("no_origin") else weight)
        if field.kind == "published":
            yield from _beside_date(block, field.value, hinted=False)
    if not is_title and len(block.text) <= 80:
        account = below is not None and below.text in _words("accounts")
        yield from _unlabelled(block, block.text[: fields[0].start] if fields else block.text, account)


def _is_value(text: str) -> bool:
    """Whether a line can be the value of the label above it: short, and no label itself."""
    return len(text) <= 16 and not text.endswith((":", "：")) and not read_fields(text)


def claims_of_head(metas: Iterable[tuple[str, str]]) -> Iterator[Claim]:
    """What the head claims: ``ContentSource`` and its like, with or without a label in the value.

    >>> [claim.value for claim in claims_of_head([("source", "来源：青溪网-要闻 原创稿")])]
    ['青溪网-要闻']
    """
    for name, content in metas:
        if name in _words("source_metas"):
            fields = read_fields(content[:200])
            labelled = [field.value for field in fields if field.kind == "source"]
            value = labelled[0] if labelled else "" if fields else content[:200]
            if source := clean_source(value):
                yield Claim(source, "meta", f"meta {name}", 3.0)


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
    for moment in find_moments(value):
        value = value.partition(moment.text)[0] or value.partition(moment.text)[2]
    value = _GLUED.sub("", trim(_BRACKET.sub("", _TOOLS.sub("", _BAR.split(value)[0]))))
    words = [word for word in value.split() if word not in _words("tools")] or value.split()[:1]
    value = words[0] if words else ""
    if len(words) > 1:
        if not _HAN.search(value):
            value = " ".join(words) if not _HAN.search("".join(words)) else value
        elif (not is_organisation(value) or value.endswith(_PLACES)) and is_organisation(words[1][:8]):
            value = " ".join(words[:2])
    value = trim(value)
    if not 2 <= len(value) <= _LONGEST or _PUNCTUATION.search(value) or value.lower() in _words("no_source"):
        return None
    return value if re.search(r"[^\W\d_]", value) and "://" not in value else None


def _of_field(field: Field, value: str) -> str | None:
    """The source that a field names; an office in the place of the author counts."""
    if field.kind == "source":
        return clean_source(value)
    author = field.kind == "reporters" and field.label in ("作者", "文", "供稿", "来稿", "撰稿")
    if author and is_organisation(value) and not split_names(value, "all"):
        return clean_source(value)
    return None


def _is_medium(text: str, hinted: bool) -> bool:
    """Whether a word beside a date is a medium: by its ending, or as any word where a class says so."""
    if is_organisation(text) or text.endswith("]"):
        return True
    return hinted and 2 <= len(text) <= 12 and text not in _words("tools") and any(map(str.isalpha, text))


def _beside_date(block: Block, text: str, *, hinted: bool) -> Iterator[Claim]:
    moments = find_moments(text)
    before, _, after = text.partition(moments[-1].text) if moments else ("", "", "")
    words = after.split()
    ahead = _ORIGINAL.sub("", before.strip())
    alone = [] if " " in ahead or is_name(ahead) else [ahead]
    for part in (*words[:1], ahead, *words[1:_FEW]):
        if _is_medium(part, hinted and part in (*words[:1], *alone)) and (source := clean_source(part)):
            yield Claim(source, "beside_date", block.path, 2.0)


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
    if source and (account or not is_name(source)) and source not in _words("tools"):
        yield Claim(source, "class", block.path, 2.2)
