"""What is known not to be text: rules with a name, read from ``noise.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

At = Literal["line", "head", "end", "tail"]
USUAL = 60
"""Characters of the longest line that a rule takes which does not say otherwise."""
_SEARCHED = r"[^\s,，。;；:：!！?？_、“”《》]"  # what a search word consists of
_FOLD = str.maketrans("：，；！？（）［］｜／＞＜－＋．＊“”　", ":,;!?()[]|/><-+.*“”　")


@dataclass(frozen=True, slots=True)
class Noise:
    """The rules, compiled: one pattern for whole lines a place, one for parts of a line.

    ``longer`` are those of ``lines`` that take lines of more than ``USUAL`` characters.
    """

    lines: Mapping[At, re.Pattern[str]]
    longer: Mapping[At, re.Pattern[str]]
    longest: Mapping[str, int]
    strong: frozenset[str]
    boxes: frozenset[str]
    parts: tuple[tuple[str, re.Pattern[str]], ...]
    names: frozenset[str]
    tags: frozenset[str]
    most: int
    most_at: Mapping[str, int]

    def rule(self, at: At, text: str) -> str | None:
        """Name of the rule that a whole line falls under at this place, None for text.

        >>> load_noise().rule("end", "责任编辑：柏 远"), load_noise().rule("end", "会议强调，编辑要负责。")
        ('editor_line', None)
        """
        return _rule(at, text) if len(text) <= self.most else None

    def find_parts(self, text: str) -> Iterator[tuple[str, int, int]]:
        """Parts of a paragraph that are noise: (rule, start, end), by rule, then by place."""
        for name, pattern in self.parts:
            for found in pattern.finditer(text):
                yield name, found.start(), found.end()


@lru_cache(maxsize=1024)
def _rule(at: At, text: str) -> str | None:
    """The same for a line that is not too long for all rules; many lines are asked for again."""
    noise, folded = load_noise(), fold(text)
    size = len(folded)
    if size > noise.most_at[at]:
        return None
    found = (noise.lines if size <= USUAL else noise.longer)[at].fullmatch(folded)
    name = found.lastgroup if found else None
    return name if name and size <= noise.longest[name] else None


def is_expander(text: str) -> bool:
    """Whether a line is what a reader clicks on to see the rest of the text.

    >>> is_expander("阅读剩余全文（剩余35%）"), is_expander("阅读全文写得好")
    (True, False)
    """
    return load_noise().rule("end", text) == "expander"


@lru_cache(maxsize=1024)
def fold(text: str) -> str:
    """A line as the rules see it: no blanks, half-width marks, lower case.

    >>> fold("责任编辑： 柏 远")
    '责任编辑:柏远'
    """
    return "".join(text.translate(_FOLD).lower().split())


@cache
def load_noise() -> Noise:
    """The rules of ``noise.toml``, read once."""
    data = tomllib.loads(Path(__file__).with_name("noise.toml").read_text(encoding="utf-8"))
    rules = data["rule"]
    places: tuple[At, ...] = ("line", "head", "end", "tail")
    longest = {rule["name"]: int(rule.get("longest", USUAL)) for rule in rules}
    search = rf"(?>{_SEARCHED}{{2,14}}?(?:{'|'.join(data['search_words'].split())})[,，_]?)"

    def filled(rule: Mapping[str, str]) -> str:
        return rule["pattern"].replace("<SEARCH>", search)

    def compiled(at: At, least: int) -> re.Pattern[str]:
        here = (r for r in rules if r["at"] == at and longest[r["name"]] > least)
        return re.compile("|".join(f"(?P<{r['name']}>{filled(r)})" for r in here))

    return Noise(
        lines={at: compiled(at, 0) for at in places},
        longer={at: compiled(at, USUAL) for at in places},
        longest=longest,
        strong=frozenset(rule["name"] for rule in rules if rule.get("strong")),
        boxes=frozenset(rule["name"] for rule in rules if rule.get("box")),
        parts=tuple((part["name"], re.compile(filled(part))) for part in data["part"]),
        names=frozenset(data["chrome"]["words"]),
        tags=frozenset(data["chrome"]["tags"]),
        most=max(longest.values()),
        most_at={at: max(longest[r["name"]] for r in rules if r["at"] == at) for at in places},
    )
