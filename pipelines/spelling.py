"""Spellings of a word that a person types: names are searched in both scripts."""

from __future__ import annotations

from itertools import islice, product
from typing import Final

from pipelines.restore.characters import converter, to_simplified
from pipelines.restore.language import Language
from pipelines.restore.script import choices, is_traditional, simplify

_MOST: Final = 16
"""Spellings of one word that are looked for; no name has more than four letters with two simple forms."""


def spellings(word: str) -> tuple[str, ...]:
    """``word`` as typed, then the simplified forms under which a traditional page's text may be kept.

    >>> spellings("会议"), spellings("於乾"), spellings("會議")
    (('会议',), ('於乾', '于干', '于乾', '於干'), ('會議', '会议'))
    """
    plain: str = converter("t2s").convert(word)
    if len(plain) != len(word):
        plain = "".join(to_simplified().get(char, char) for char in word)
    forms = product(*(choices().get(char, simple) for char, simple in zip(word, plain, strict=True)))
    return tuple(dict.fromkeys([word, *map("".join, islice(forms, _MOST))]))


def normalised(word: str) -> str:
    """``word`` as a person writes it, in the form of the columns that are ``normalised``.

    >>> normalised("縣長 鄒 乾"), normalised("王 乾")
    ('县长邹干', '王乾')
    """
    plain = "".join(word.split())
    return simplify(plain, Language("")) if is_traditional(plain) else plain
