"""Articles that a page does not show but carries, for a script to unpack: news apps of county media do so.

The text stands as markup in a form field, or as a value of an object in a script, beside its headline, its
time and its source.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple
from urllib.parse import unquote

from pipelines.clean.blocks import Block
from pipelines.clean.tags import Tag

_SHORTEST: Final = 100  # characters of a script that may hold an article
_HAN: Final = re.compile(r"[㐀-鿿]+")
_SHOWN: Final = 1.5  # characters of packed text for each that the page shows, to be believed
_MOST_SHOWN: Final = 100  # characters of sentences on a page that leaves its text to a script
_FEWEST: Final = 60  # Chinese characters of a text in a script
_MOST_TEXTS, _FEW_TEXTS = 20, 2  # of a script that are looked at; of one that holds an article, not a list
_MOST_SCRIPT: Final = 500_000
_PAIR: Final = re.compile(
    r"(?P<key>\b[A-Za-z_]\w{1,30})[\"']?\s{0,4}[:=]\s{0,4}(?:[\w.]{1,30}\(){0,2}"
    r"(?:\"(?P<double>(?:[^\"\\]++|\\.)*+)\"|'(?P<single>(?:[^'\\]++|\\.)*+)'|(?P<number>1\d{9})(?:\d{3})?\b)",
    re.S,
)
_ESCAPED: Final = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.S)
_LETTERS: Final = {"n": "\n", "t": "\t", "r": "\n", "b": "", "f": ""}
_TEXT_KEY: Final = re.compile(r"content|text|txt|body|html|detail|article", re.I)
_FIELDS: Final = {
    "script-title": re.compile(
        r"(?:doc|news|art|article|main|share|show|list|msg)?_?(?:title|headline)", re.I
    ),
    "script variable": re.compile(
        r"(?:[a-z]*pub(?:lish|lished)?|release|issue|create|created|show|doc|news)_?(?:time|date|at)(?:str)?"
        r"|(?:article_)?time|[cp]time|date(?:time|_?published)?",
        re.I,
    ),
    "script-source": re.compile(
        r"(?:doc|news|article|media|from)?_?(?:source|media|copyfrom|origin)_?(?:name|text)?|nickname", re.I
    ),
}
_LONGEST_FIELD: Final = 160
_NEAR: Final = 4_000  # characters of a script around the title of its page
_TAG: Final = re.compile(r"<[^<>]*>")


class Packed(NamedTuple):
    """The markup of an article, and what stands beside it, as (name, content) pairs of a head."""

    markup: str
    metas: tuple[tuple[str, str], ...] = ()


class Pack:
    """The form fields and scripts of a page that may hold its article."""

    def __init__(self) -> None:
        self._field = ""
        self._beside: list[tuple[str, str]] = []
        self.scripts: list[str] = []

    def take(self, tag: Tag, content: str) -> None:
        """Keep the content of an element, if it may hold an article."""
        if tag.name == "script" and len(content) >= _SHORTEST:
            self.scripts.append(content)
        elif tag.name == "textarea" and "&lt;p" in content:
            self._field = max(self._field, content, key=len)
        elif tag.name == "textarea" and content and len(content) <= _LONGEST_FIELD:
            names = tag.attributes.get("class", "").replace("-", "_").split()
            self._beside += [(name, content) for name in names[-1:]]

    def open(self, blocks: Sequence[Block], window: str) -> Packed | None:
        """Give the article that the page carries and does not show; ``window`` is what ``<title>`` says."""
        if not (self._field or self.scripts):
            return None
        shown = sum(len(block.text) for block in blocks if not block.link_chars and "。" in block.text)
        if self._field:
            values = [_Value(key, _TAG.sub("", html.unescape(text)), 0) for key, text in self._beside]
            markup = html.unescape(self._field)
            return Packed(markup, _near(values, 0)) if _letters(markup) > shown * _SHOWN else None
        return unpack(self.scripts, shown, window)


class _Value(NamedTuple):
    key: str
    text: str
    at: int


def unpack(scripts: Sequence[str], shown: int, window: str = "") -> Packed | None:
    """Return the article in one of the ``scripts``, None when the page shows one.

    ``shown`` counts the characters of sentences that the page shows. Of several texts only that is the page's
    whose headline stands in its ``window``: else it is a list.

    >>> script = 'app({"title":"县委召开会议","content":"<p>' + "3月6日,县委召开会议。" * 9 + '"})'
    >>> found = unpack([script], 0)
    >>> found.markup[:15], found.metas
    ('<p>3月6日,县委召开会议。', (('script-title', '县委召开会议'),))
    """
    if shown > _MOST_SHOWN:
        return None
    found = [one for script in scripts if (one := _longest(script, window))]
    return max(found, key=lambda one: _letters(one.markup), default=None)


def beside_title(scripts: Sequence[str], title: str) -> tuple[tuple[str, str], ...]:
    """Return what the scripts say next to the page's own ``title``: its time, its source.

    >>> script = "var page = {title: '县委召开会议', pubtime: '2020-07-18 10:26:13', media: '青溪网'};"
    >>> beside_title([script.ljust(200)], "县委召开会议")[1:]
    (('script variable', '2020-07-18 10:26:13'), ('script-source', '青溪网'))
    """
    spelt = (title, json.dumps(title)[1:-1])
    for script in scripts:
        at = max(script.find(spelling, 0, _MOST_SCRIPT) for spelling in spelt) if title else -1
        if at >= 0:
            values = list(_values(script[max(0, at - _NEAR) : at + _NEAR]))
            titles = (one for one in values if _FIELDS["script-title"].fullmatch(one.key))
            if own := next((one for one in titles if title in one.text), None):
                return _near(values, own.at)
    return ()


def _letters(text: str) -> int:
    return sum(map(len, _HAN.findall(text)))


def _longest(script: str, window: str) -> Packed | None:
    """Return the longest text among the values of a script, with the fields next to it."""
    values = list(_values(script[:_MOST_SCRIPT]))
    texts = [one for one in values if _TEXT_KEY.search(one.key) and _letters(one.text) >= _FEWEST]
    texts = sorted(texts, reverse=True, key=lambda one: _letters(one.text))[:_MOST_TEXTS]
    found = [Packed(one.text, _near(values, one.at)) for one in texts]
    if len(found) > _FEW_TEXTS:
        found = [one for one in found if dict(one.metas).get("script-title", "\n") in window]
    return found[0]._replace(markup=_as_markup(found[0].markup)) if found else None


def _near(values: Sequence[_Value], at: int) -> tuple[tuple[str, str], ...]:
    """Return the fields nearest to a place: headline, time, source."""
    fields = []
    for name, pattern in _FIELDS.items():
        named = [v for v in values if pattern.fullmatch(v.key) and 1 < len(v.text) <= _LONGEST_FIELD]
        if named:
            nearest = min(named, key=lambda value: abs(value.at - at)).text
            fields.append((name, _as_time(nearest) if nearest.isdigit() else _bare(nearest)))
    return tuple(fields)


def _bare(text: str) -> str:
    """Return a field without its entities, and without quotes around all of it."""
    text = html.unescape(text)
    return text[1:-1] if text[:1] == text[-1:] == '"' else text


def _as_time(digits: str) -> str:
    """Return seconds or milliseconds since 1970 as seconds, a day without hyphens with them.

    >>> _as_time("1583460000000"), _as_time("20200306")
    ('1583460000', '2020-03-06')
    """
    if digits.startswith(("19", "20")) and len(digits) in (8, 14):
        return f"{digits[:4]}-{digits[4:6]}-{digits[6:8]}" + (
            f" {digits[8:10]}:{digits[10:12]}" * (len(digits) > 8)
        )
    return digits[:10] if len(digits) in (10, 13) else ""


def _values(script: str, inner: bool = False) -> Iterator[_Value]:
    """Yield the strings and times of the objects of a script; of one written as a string, its own."""
    for pair in _PAIR.finditer(script):
        text = pair["double"] if pair["double"] is not None else pair["single"]
        text = _unescape(text) if text is not None else pair["number"]
        text = unquote(text) if text.startswith("%") else text
        if not inner and text[:1] in ("{", "[") and text[-1:] in ("}", "]"):
            yield from (value._replace(at=pair.start()) for value in _values(text, inner=True))
        else:
            yield _Value(pair["key"], text, pair.start())


def _unescape(text: str) -> str:
    """Return what a string of a script says.

    >>> _unescape("\\\\u4f1a\\\\n<\\\\/p>")
    '会\\n</p>'
    """
    if "\\" not in text:
        return text
    said = _ESCAPED.sub(lambda m: _letter(m[1] or m[2], m[3]), text)
    return said.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _letter(code: str | None, char: str) -> str:
    return chr(int(code, 16)) if code else _LETTERS.get(char, char)


def _as_markup(text: str) -> str:
    """Return a value as markup: it may be escaped once more, or be lines of plain text."""
    if "&lt;" in text and "<" not in text:
        text = html.unescape(text)
    if "<" in text:
        return text
    return "".join(f"<p>{html.escape(line, quote=False)}</p>" for line in text.split("\n"))
