"""CSS selectors against open elements: a site file's selectors need no tree.

Supported: names, ``#id``, ``.class``, ``[attribute]`` with ``= ^= $= *= ~=``, the blank and ``>``,
``:nth-of-type(n)``, ``:first-of-type``, and lists with commas. Anything else raises SelectorSyntaxError.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from crawler.sites import Site
from pipelines.clean.stack import Open

_PART = re.compile(
    r"(?P<tag>\*|[a-zA-Z][\w-]*)|#(?P<id>[^\s#.>,:\[\]]+)|\.(?P<class>[^\s#.>,:\[\]]+)"
    r"|\[\s*(?P<name>[\w:-]+)\s*(?:(?P<how>[~^$*]?=)\s*(?P<value>\"[^\"]*\"|'[^']*'|[^\]\s]+)\s*)?\]"
    r"|:nth-of-type\(\s*(?P<nth>\d+)\s*\)|:(?P<first>first-of-type)"
    r"|(?P<join>\s*[>,]\s*|\s+)"
)
_COMPARE: Mapping[str, Callable[[str, str], bool]] = {
    "=": lambda have, want: have == want,
    "^=": lambda have, want: have.startswith(want),
    "$=": lambda have, want: have.endswith(want),
    "*=": lambda have, want: want in have,
    "~=": lambda have, want: want in have.split(),
}


class SelectorSyntaxError(ValueError):
    """A selector that this module does not read; the message shows it."""


Test = Callable[[Open], bool]


@dataclass(frozen=True, slots=True)
class Step:
    """What one element must be; ``child`` asks that the step before it is the parent, not any ancestor."""

    tests: tuple[Test, ...]
    child: bool

    def fits(self, element: Open) -> bool:
        """Whether the element passes all tests."""
        return all(test(element) for test in self.tests)


Selector = tuple[tuple[Step, ...], ...]


@lru_cache(maxsize=512)
def compile_selector(text: str) -> Selector:
    """Read a selector. Raises SelectorSyntaxError.

    >>> len(compile_selector("div#zoom > p.txt, .content"))
    2
    """
    ways: list[tuple[Step, ...]] = []
    steps: list[Step] = []
    tests: list[Test] = []
    child, at, text = False, 0, text.strip()
    while at < len(text):
        part = _PART.match(text, at)
        if part is None:
            raise SelectorSyntaxError(f"cannot read the CSS selector {text!r} at {text[at:]!r}")
        at = part.end()
        join = part["join"]
        if join is None:
            tests.append(_test(part))
            continue
        if not tests:
            raise SelectorSyntaxError(f"nothing stands before {join!r} in the CSS selector {text!r}")
        steps.append(Step(tuple(tests), child))
        tests, child = [], ">" in join
        if "," in join:
            ways.append(tuple(steps))
            steps = []
    if not tests:
        raise SelectorSyntaxError(f"the CSS selector {text!r} is empty or ends early")
    return (*ways, (*steps, Step(tuple(tests), child)))


def read_selectors(site: Site | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """A site's selectors, each once, and the messages of those that cannot be read.

    ``huixun sites check`` shows the messages; a page is cleaned without these selectors.

    >>> read_selectors(None)
    ((), ())
    """
    layouts = site.layouts if site else ()
    wanted = dict.fromkeys(s for one in layouts for s in (one.body, one.title, one.byline, *one.remove) if s)
    sound: list[str] = []
    faults: list[str] = []
    for text in wanted:
        try:
            compile_selector(text)
        except SelectorSyntaxError as error:
            faults.append(str(error))
        else:
            sound.append(text)
    return tuple(sound), tuple(faults)


def matches(selector: Selector, element: Open) -> bool:
    """Whether an open element is one that the selector asks for."""
    return any(way[-1].fits(element) and _above(way, len(way) - 1, element) for way in selector)


def _above(way: tuple[Step, ...], step: int, element: Open) -> bool:
    """Whether the steps before ``step``, which fits ``element``, fit its ancestors."""
    if step == 0:
        return True
    above = element.parent
    while above is not None:
        if way[step - 1].fits(above) and _above(way, step - 1, above):
            return True
        if way[step].child:
            return False
        above = above.parent
    return False


def _test(part: re.Match[str]) -> Test:
    if part["tag"]:
        tag = part["tag"].lower()
        return (lambda element: True) if tag == "*" else (lambda element: element.tag == tag)
    if part["id"]:
        name = part["id"].lower()
        return lambda element: element.id == name
    if part["class"]:
        word = part["class"].lower()
        return lambda element: word in element.classes
    if part["name"]:
        key, how, value = part["name"].lower(), part["how"], (part["value"] or "").strip("\"'")
        if how is None:
            return lambda element: key in element.attributes
        compare = _COMPARE[how]
        return lambda element: key in element.attributes and compare(element.attributes[key], value)
    nth = int(part["nth"] or 1)
    return lambda element: element.nth == nth
