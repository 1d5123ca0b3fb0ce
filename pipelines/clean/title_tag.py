"""What ``<title>`` says: whether a line is the title in it, set off from the name of the site."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

SHORTEST = 4
"""Characters of a title."""

_MARK = re.compile(r"[-–—_|｜:：>»·(（,]")


@lru_cache(maxsize=1024)
def fold(text: str) -> str:
    """A title for comparison: compatibility forms and blanks do not matter.

    >>> fold("会议 召开（一）") == fold("会议召开(一)")
    True
    """
    return "".join(unicodedata.normalize("NFKC", text).split()).lower()


def agrees(text: str, title_tag: str | None) -> bool:
    """Whether ``<title>`` says the text, alone or set off from the name of a site.

    >>> agrees("县委召开会议", "县委召开会议_青溪网"), agrees("时政要闻", "县委召开会议_青溪网")
    (True, False)
    """
    return is_end_of(fold(text), window_of(title_tag))


def window_of(title_tag: str | None) -> tuple[str, str]:
    """``<title>`` for comparison: without its blanks, and with marks in their place."""
    words = [fold(word) for word in (title_tag or "")[:1000].split()]
    return "".join(words), "|".join(words)


def is_end_of(key: str, window: tuple[str, str]) -> bool:
    """Whether ``<title>`` is ``key``, or begins or ends with it, set off by a mark or a blank."""
    for tag in window if len(key) >= SHORTEST else ():
        if key not in tag:
            continue
        before, _, after = tag.partition(key)
        if not (before and after) and (key == tag or _MARK.match(before[-1:] or after[:1])):
            return True
    return False


def is_fragment(key: str, window: tuple[str, str]) -> bool:
    """Whether a line is but a piece of what ``<title>`` says, as of a title broken over lines."""
    return len(key) >= SHORTEST and key in window[0] and not is_end_of(key, window)
