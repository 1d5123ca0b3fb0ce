"""What a general dictionary of Chinese says of a word."""

from __future__ import annotations


def dictionary_tag(name: str) -> str | None:
    """The part of speech that a dictionary gives ``name`` (``nr`` for names), None if it is no one word.

    >>> dictionary_tag("方案"), dictionary_tag("李明"), dictionary_tag("周密")
    ('n', None, 'nr')
    """
    import rjieba  # 170 ms: its dictionary is read on first use

    tagged = rjieba.tag(name, False)
    return str(tagged[0][1]) if len(tagged) == 1 else None
