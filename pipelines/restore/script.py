"""Which script a page is written in, and its way back to simplified Chinese.

OpenCC (Apache-2.0) converts by phrases; what it leaves ambiguous (標志著, 藉此, 乾) is chosen by what is
likelier in its place. Only a page judged traditional is converted: a traditional name on a sound page stays.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from pipelines.restore.characters import (
    VARIANTS,
    converter,
    simplified_letter,
    to_simplified,
    traditional_letter,
)
from pipelines.restore.language import Language

_DATA: Final = Path(__file__).with_name("script.toml")
_KANA: Final = re.compile("[\u3041-\u3096\u30a1-\u30fa]")
_KANA_SHARE: Final = 0.5
_CONTEXT: Final = 2
_VARIANTS: Final = str.maketrans(*VARIANTS)
_PREFERENCE: Final = 2.0


def is_traditional(text: str) -> bool:
    """Tell whether ``text`` is traditional Chinese: more of its letters are only traditional
    than only simplified. Japanese, known by its kana, is none.

    >>> is_traditional("會議強調"), is_traditional("会议强调，罗顥出席"), is_traditional("區役所で会議をする")
    (True, False, False)
    """
    old = len(traditional_letter().findall(text))
    return old > 0 and old > _count_simplified(text) and len(_KANA.findall(text)) < _KANA_SHARE * old


def is_simplified(text: str) -> bool:
    """Tell whether ``text`` has more letters that are only simplified than only traditional.

    >>> is_simplified("会议强调"), is_simplified("日报"), is_simplified("中心")
    (True, True, False)
    """
    return _count_simplified(text) > len(traditional_letter().findall(text))


def _count_simplified(text: str) -> int:
    return len(simplified_letter().findall(text))


def is_machine_made(text: str) -> bool:
    """Tell whether traditional ``text`` was made letter by letter: it writes 后 里 于 where writers use 後
    裡 於.

    >>> is_machine_made("會后于縣里召開干部會議"), is_machine_made("會後於縣裡召開幹部會議")
    (True, False)
    """
    left = real = 0
    for simple, old in _data()["telltales"].items():
        left += text.count(simple)
        real += sum(map(text.count, old))
    return left > real and left > 1


def simplify(text: str, language: Language) -> str:
    """Return traditional ``text`` in simplified characters, letter for letter (the length stays).

    >>> simplify("標志著我國會議重癥", Language(""))
    '标志着我国会议重症'
    """
    plain: str = converter("t2s").convert(text).translate(_VARIANTS)
    if len(plain) != len(text):
        table = to_simplified()
        plain = "".join(table.get(char, char) for char in text)
    several = choices()
    if not _choice().search(text):
        return plain
    letters = list(plain)
    known: dict[tuple[str, str, str], str] = {}
    for hit in _choice().finditer(text):
        i, forms = hit.start(), several[hit[0]]
        if len(forms) == 1:
            letters[i] = forms
            continue
        asked = "".join(letters[max(0, i - _CONTEXT) : i]), forms, plain[i + 1 : i + 1 + _CONTEXT]
        if asked not in known:
            known[asked] = language.best(*asked, _PREFERENCE)
        letters[i] = known[asked]
    return "".join(letters)


@cache
def telltales() -> frozenset[str]:
    """Return the letters that mirrors leave as they are although they have a traditional form."""
    return frozenset(_data()["telltales"])


@cache
def _data() -> Mapping[str, Mapping[str, str]]:
    """Return the tables of ``script.toml``."""
    return tomllib.loads(_DATA.read_text("utf-8"))


@cache
def choices() -> Mapping[str, str]:
    """Return the characters with more than one simplified form, each with its forms."""
    return dict(_data()["choices"])


@cache
def _choice() -> re.Pattern[str]:
    """Return the pattern of one such character."""
    return re.compile(f"[{''.join(choices())}]")
