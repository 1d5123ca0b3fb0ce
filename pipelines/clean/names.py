"""Names of people in a byline: split only where that is sure, for a wrong name is worse than a missing one.

The surnames are those of ``pipelines/extract/words/names.toml``; what a byline adds (roles, pen names,
words that stand where a name could) is in ``byline.toml``.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any, Literal, NamedTuple

Mode = Literal["label", "skip", "all", "account"]

_HAN = "\u3400-\u9fff〇"
_TOKEN = re.compile(rf"[{_HAN}]+(?:[·•・．][{_HAN}]+)+|[{_HAN}]+|[A-Za-z][A-Za-z0-9_.]*(?: [A-Z][a-z]+)*")
_DOTTED = re.compile(r"[·•・．]")
_LONGEST = 300  # characters that are looked at
_WRITERS = ("记者", "通讯员", "评论员")  # roles that follow the name of a medium: 南都记者 柏远山
_LONGEST_RUN = 12  # characters of names run together that are split


class _Words(NamedTuple):
    surnames: frozenset[str]
    shy: frozenset[str]
    compound: frozenset[str]
    barred: frozenset[str]
    stop: frozenset[str]
    marks: frozenset[str]
    roles: re.Pattern[str]


@cache
def load_words() -> dict[str, Any]:
    """The word lists of ``byline.toml``."""
    return tomllib.loads(Path(__file__).with_name("byline.toml").read_text(encoding="utf-8"))


@cache
def _words() -> _Words:
    file = Path(__file__).parent.parent / "extract" / "words" / "names.toml"
    names = tomllib.loads(file.read_text(encoding="utf-8"))
    byline = load_words()
    roles = sorted(byline["roles"].split(), key=len, reverse=True)
    return _Words(
        frozenset("".join(names["surnames"].split())),
        frozenset(names["shy"]),
        frozenset(names["compound"].split()),
        frozenset(names["barred"]),
        frozenset(names["words"].split()) | frozenset(byline["not_names"].split()),
        frozenset(byline["marks"].split()),
        re.compile("|".join(roles)),
    )


def split_names(text: str, mode: Mode = "label") -> tuple[str, ...]:
    """Names in ``text``, as printed, without roles; what is not surely a name is left out.

    ``label``: a label such as 记者 stands before, so that pen names (栗子) count. ``skip``: only names with a
    known surname. ``all``: the same, and one word that is no name makes the whole text no list of names.
    ``account``: as ``label``, and a code (zfw04) counts when it is all there is.

    >>> split_names("路青遥 记者 米兰"), split_names("王 岑 卢溪川"), split_names("柏远山李青禾")
    (('路青遥', '米兰'), ('王 岑', '卢溪川'), ('柏远山', '李青禾'))
    >>> split_names("县发展和改革局", "all"), split_names("zfw04", "account")
    ((), ('zfw04',))
    """
    words = _words()
    text = text[:_LONGEST]
    chunks, said = words.roles.split(text), words.roles.findall(text)
    names: list[str] = []
    for number, chunk in enumerate(chunks, 1):
        tokens = _rejoin([(match[0], match.start()) for match in _TOKEN.finditer(chunk)], chunk)
        follow = "".join(chunks[number:]).strip()
        writers = bool(follow) and said[number - 1].endswith(_WRITERS)  # what precedes may be their medium
        for token in tokens:
            medium = number < len(chunks) and chunk.endswith(token)  # 青溪日报记者 柏远山
            named = medium and writers
            pen_names = mode in ("label", "account") and not medium and not writers
            found = [] if named else _read_token(token, pen_names)
            office = medium or (number < len(chunks) and is_organisation(token))
            if not found and mode == "all" and not office and token not in words.marks:
                return ()
            names += found
        if not names and mode == "account" and len(chunks) == len(tokens) == 1 and _is_account(tokens[0]):
            return (tokens[0],)
    return tuple(dict.fromkeys(names))


def has_role(text: str) -> bool:
    """Whether a word such as 记者 or 通讯员 stands in ``text``.

    >>> has_role("通讯员 柏远山"), has_role("柏远山")
    (True, False)
    """
    return bool(_words().roles.search(text))


def is_doubtful(name: str) -> bool:
    """Whether two characters are a name only when something says so (全文, 和平).

    >>> is_doubtful("全文"), is_doubtful("柏远"), is_doubtful("全文山")
    (True, False, False)
    """
    return len(name) == 2 and name[0] in _words().shy


def is_name(token: str) -> bool:
    """Whether ``token`` is a full name with a known surname (or one written with a dot).

    >>> is_name("欧阳青禾"), is_name("帕丽·吐尔地"), is_name("会议"), is_name("小禾")
    (True, True, False, False)
    """
    words = _words()
    if _DOTTED.search(token):
        return all(1 <= len(part) <= 6 for part in _DOTTED.split(token)) and len(token) <= 16
    if token in words.stop or any(char in words.barred for char in token[1:]):
        return False
    if token[:2] in words.compound:
        return 3 <= len(token) <= 4
    return 2 <= len(token) <= 3 and token[0] in words.surnames


def _rejoin(tokens: list[tuple[str, int]], text: str) -> list[str]:
    """Put a name that is spaced out (王 岑) together again, its blank kept."""
    words, out, at = _words(), list[str](), 0
    while at < len(tokens):
        token, start = tokens[at]
        if at + 1 < len(tokens) and len(token) == 1 and token in words.surnames:
            follower, place = tokens[at + 1]
            if len(follower) == 1 and text[start + 1 : place].isspace():
                out.append(text[start : place + 1])
                at += 2
                continue
        out.append(token)
        at += 1
    return out


def _read_token(token: str, pen_names: bool) -> list[str]:
    words = _words()
    bare = re.sub(r"\s", "", token)
    if len(bare) > 2 and bare.endswith("等"):
        token = bare = bare[:-1]
    if bare.isascii() or bare in words.stop:
        return []
    if is_name(bare):
        return [token]
    if 4 <= len(bare) <= _LONGEST_RUN and (run := _split_run(bare)):
        return run
    plain = not any(char in words.barred for char in bare)
    for joint in "和与及":
        one, _, other = bare.partition(joint)
        if is_name(one) and is_name(other):
            return [one, other]
    if pen_names and 2 <= len(bare) <= 3 and bare[0] in words.surnames and not _organisation().search(bare):
        return [token]
    return [token] if pen_names and plain and 2 <= len(bare) <= 4 and not _organisation().search(bare) else []


def _split_run(text: str) -> list[str]:
    """Names written without anything between, when there is one way only to take them apart.

    >>> _split_run("柏远山李青禾"), _split_run("清溪县报道组")
    (['柏远山', '李青禾'], [])
    """
    for length in (3, 2):
        if len(text) % length == 0:
            parts = [text[at : at + length] for at in range(0, len(text), length)]
            if all(is_name(part) and part[0] not in _words().shy for part in parts):
                return parts
    ways = _ways(text, 0, {})
    return ways[0] if len(ways) == 1 else []


def _ways(text: str, at: int, known: dict[int, list[list[str]]]) -> list[list[str]]:
    """At most two ways to read ``text[at:]`` as common names."""
    if at == len(text):
        return [[]]
    if at not in known:
        ways = [
            [text[at : at + length], *rest]
            for length in (2, 3, 4)
            if at + length <= len(text) and is_name(text[at : at + length]) and text[at] not in _words().shy
            for rest in _ways(text, at + length, known)
        ]
        known[at] = ways[:2]
    return known[at]


_ACCOUNT = (
    r"^(?:今日(?!要闻|关注|推荐|焦点|热点|视点|看点|话题|聚焦|导读|头版)|云上|掌上)[一-鿿]{2,3}$"
    r"|^[一-鿿]{2,4}零距离$|^[一-鿿]{2,8}(?:报业|[日晚]报|传媒|广电)·[一-鿿]{2,8}$"
)


@cache
def _organisation() -> re.Pattern[str]:
    """Words that end the name of an office or a medium, and what a county's account is called: 今日青溪."""
    endings = "|".join(load_words()["organisations"].split())
    return re.compile(rf"(?:{endings})(?<![汇通简海喜情申]报)$|{_ACCOUNT}")


def is_organisation(text: str) -> bool:
    """Whether ``text`` ends like the name of an office, a medium or a site.

    >>> is_organisation("青溪县融媒体中心"), is_organisation("本站"), is_organisation("柏远山")
    (True, True, False)
    """
    return bool(_organisation().search(text))


def _is_account(token: str) -> bool:
    words = _words()
    if token.lower() in words.stop or is_organisation(token):
        return False
    return 2 <= len(token) <= (20 if token.isascii() else 6)
