"""What strangers put into a copied page: lines of search words, brands in the place of names, swapped words.

A line of search words is cut. Names that a brand took the place of are lost: such a page is refused.
Swapped words (事情 for 工作) cannot be undone, but a reader must know. The words are data (``foreign.toml``).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from crawler.records import Evidence, Rejection
from pipelines.restore.characters import converter
from pipelines.restore.edits import Edit

_DATA: Final = Path(__file__).with_name("foreign.toml")
_SPAM_WORDS: Final = 3
_SPAM_SHARE: Final = 0.25
_BRANDS: Final = 2
_SPUN: Final = 5
_LOST: Final = "\ufffd"
_LOST_LEAST: Final = 20
_LOST_SHARE: Final = 0.02
_LINE: Final = re.compile(r"[^\r\n]+")
_STOP: Final = re.compile("[。，,；]")
_NEAR: Final = 100


def has_foreign(page: str) -> bool:
    """Tell whether a page has so many words of a list, or lost characters, that they may mean something.

    >>> has_foreign("会议强调，要禁止赌博"), has_foreign("一区二区，激情，赌场")
    (False, True)
    """
    if page.count(_LOST) >= _LOST_LEAST:
        return True
    if len(_words("all").findall(page)) < _BRANDS:
        return False
    least = (("brands", _BRANDS), ("spun", _SPUN))
    return may_be_spam(page) or any(len(_words(kind).findall(page)) >= few for kind, few in least)


def may_be_spam(page: str) -> bool:
    """Tell whether a page has so many search words that a line of it may consist of them.

    >>> may_be_spam("会议强调，要禁止赌博"), may_be_spam("一区二区，激情，赌场")
    (False, True)
    """
    return len(set(_words("spam").findall(page))) >= _SPAM_WORDS


def find_spam(page: str, spans: Iterable[tuple[int, int]]) -> Iterator[Edit]:
    """Yield the edits that cut lines of search words: at least three, filling a quarter of the line.

    >>> line = "一区二区三区久久久无码视频在线观看"
    >>> [edit.start for edit in find_spam("会议召开\\n" + line, [(0, 22)])]
    [5]
    """
    for start, end in spans:
        for line in _LINE.finditer(page, start, end):
            found = [word[0] for word in _words("spam").finditer(line[0])]
            if len(set(found)) >= _SPAM_WORDS and len("".join(found)) >= _SPAM_SHARE * len(line[0]):
                yield Edit(line.start(), line.end(), "", "spam_line")


def judge(text: str) -> tuple[Rejection | None, tuple[Evidence, ...]]:
    """Return why a page must be refused, if it must, and whether its words were swapped.

    >>> judge("bet365组织收看会议，皇冠体育党委书记讲话。县长、bet365主席出席。")[0].reason
    'replaced_names'
    """
    lost = text.count(_LOST)
    if lost >= _LOST_LEAST and lost >= _LOST_SHARE * len(text):
        return Rejection(
            "undecodable", f"{lost} of {len(text)} characters are lost (U+FFFD): decode again"
        ), ()
    brands = [word[0] for word in _words("brands").finditer(text) if _in_sentence(text, word)]
    if len(brands) >= _BRANDS:
        seen = "、".join(sorted(set(brands)))
        return Rejection("replaced_names", f"{len(brands)} times a brand stands in a sentence: {seen}"), ()
    swapped = [word[0] for word in _words("spun").finditer(text)]
    if len(swapped) < _SPUN:
        return None, ()
    value = "、".join(sorted(set(swapped)))
    return None, (Evidence("restore", "spun", value, "swapped_words", f"{len(swapped)} places"),)


def _in_sentence(text: str, word: re.Match[str]) -> bool:
    """Tell whether a word stands in running text: a mark is near, in the same line."""
    before = text[max(0, word.start() - _NEAR) : word.start()].rpartition("\n")[2]
    after = text[word.end() : word.end() + _NEAR].partition("\n")[0]
    return bool(_STOP.search(before) or _STOP.search(after))


@cache
def _words(kind: str) -> re.Pattern[str]:
    """Return the pattern of one list of words, or of all; Latin letters in either case, search words in
    either script.

    Each first letter begins a branch of its own: so a scan leaps from one to the next.
    """
    data = _data()
    words = [word for name, words in data.items() if kind in (name, "all") for word in words]
    old = converter("s2t").convert("\n".join(data["spam"])).split("\n") if kind in ("spam", "all") else []
    words = list(dict.fromkeys([*words, *old]))
    heads: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        for head in {word[0].lower(), word[0].upper()}:
            heads.setdefault(head, []).append(re.escape(word[1:]))
    return re.compile("|".join(f"{re.escape(head)}(?i:{'|'.join(rest)})" for head, rest in heads.items()))


@cache
def _data() -> Mapping[str, Any]:
    """Return the lists of ``foreign.toml``."""
    return tomllib.loads(_DATA.read_text("utf-8"))
