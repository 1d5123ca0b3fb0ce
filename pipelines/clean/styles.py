"""Words within a line that a page's own style sheet hides: names of the site, sown against copying."""

from __future__ import annotations

import re
from typing import Final

from pipelines.clean.tags import WITHIN_LINE, Tag

_MOST: Final = 20_000  # characters of a style sheet that are read
_LONGEST: Final = 40  # characters of such words; more of them are a text that a click shows
_COMMENT: Final = re.compile(r"/\*.*?(?:\*/|\Z)", re.S)
_BRACE: Final = re.compile(r"[{}]")
_CLASS: Final = re.compile(r"(?:span|font|i|b|em)?\.([\w-]+)")
_DISPLAY: Final = re.compile(r"(?:^|[;\s])display\s*:\s*(?P<none>none\b)?", re.I)


class Styles:
    """The classes that the style sheets of a page hide, whatever the width of the screen.

    A box that is unseen may be shown by a script, so that only elements within a line count, and no class
    that another rule shows, on a wider screen.

    >>> styles = Styles()
    >>> styles.take("@media print{.time{display:none}} .kz,i.mark{opacity:0;display:none}")
    >>> [styles.hides(Tag("span", f" class={name}"), "青溪文库") for name in ("kz", "mark", "time")]
    [True, True, False]
    >>> styles.take("@media(min-width:9em){.kz{display:inline}}")
    >>> styles.hides(Tag("span", " class=kz"), "青溪文库")
    False
    """

    def __init__(self) -> None:
        self.unseen: set[str] = set()
        self.shown: set[str] = set()

    def take(self, sheet: str) -> None:
        """Read a style sheet; what rules inside of others hide, as of ``@media``, is passed over."""
        if "display" not in sheet:
            return
        sheet = _COMMENT.sub("", sheet[:_MOST])
        depth, last, selector = 0, 0, ""
        for brace in _BRACE.finditer(sheet):
            said, last = sheet[last : brace.start()], brace.end()
            if brace.group() == "{":
                depth, selector = depth + 1, said.rpartition(";")[2].lower()
                continue
            if display := _DISPLAY.search(said) if selector else None:
                classes = {
                    one[1] for one in map(_CLASS.fullmatch, map(str.strip, selector.split(","))) if one
                }
                if not display["none"]:
                    self.shown |= classes
                elif depth == 1:
                    self.unseen |= classes
            depth, selector = max(depth - 1, 0), ""

    def hides(self, tag: Tag, text: str) -> bool:
        """Whether an element within a line has one of these classes, and a short text."""
        if not self.unseen or tag.name not in WITHIN_LINE or len(text) > _LONGEST:
            return False
        return any(one in self.unseen and one not in self.shown for one in tag.classes)
