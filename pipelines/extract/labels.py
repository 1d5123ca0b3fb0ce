"""Lists of minutes: what stands before the colon says the role (主持人:…, 出席:…, 请假:…)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from pipelines.extract.mentions import find_mentions
from pipelines.extract.names import read_name
from pipelines.extract.predicates import Act, Role
from pipelines.extract.roles import Series
from pipelines.extract.words import pattern, table, words

_ROLES: Mapping[str, Role | None] = {"host": "host", "attend": "attendee", "absent": "absent", "none": None}
_BODY = re.compile(
    r"(?<=[、,:; ])[㐀-鿿]{1,12}?(?:厅|局|办|办公室|委|处|院|部|公司)"
    r"(?=(?P<name>[㐀-鿿]{2,3})(?:[、,;。 ]|$))"
)
_BLANKS = re.compile(r"[ \u3000\t]+")


@cache
def _labels() -> Mapping[str, Role | None]:
    groups = table("verbs")["labels"]
    return {label: _ROLES[group] for group, some in groups.items() for label in some.split()}


@cache
def _label() -> re.Pattern[str]:
    longest_first = sorted(_labels(), key=lambda label: (-len(label), label))
    every = "|".join(r"[ \u3000]*".join(label) for label in longest_first)
    return re.compile(rf"[ \u3000]*(?:[一二三四五六七八九十\d]{{1,2}}[、.])?({every})[ \u3000]*:")


def read_label(text: str) -> Series | None:
    """The people of a labelled line with the role of its label, or None if ``text`` is no such line.

    A line of a label that has no part in the meeting (记录, 编辑) gives a series without acts.

    >>> series = read_label("出席:柏远山 林 澈 裘敏宁")
    >>> [m.name for m in series.people], series.acts[0].role
    (['柏远山', '林 澈', '裘敏宁'], 'attendee')
    """
    match = _label().match(text) if ":" in text else None
    if match is None:
        return None
    label = _BLANKS.sub("", match[1])
    role = _labels()[label]
    if role is None:
        return Series((), ())
    people = tuple(m for m in find_mentions(_listed(text, match.end())) if m.start >= match.end())
    return Series(people, (Act(role, "labelled", label, match.start(1)),))


def _listed(text: str, start: int) -> str:
    """``text`` with blanks between names, and bodies before names, turned into 、 (省财政厅鲁萍).

    A blank inside a two-character name stays.
    """
    out = list(text)
    for body in _BODY.finditer(text, start):
        named = read_name(text, body.start("name")) == body.end("name")
        if named and not pattern("posts", "heads").search(body["name"]):
            out[body.start() : body.end()] = "、" * (body.end() - body.start())
    gaps = list(_BLANKS.finditer(text, start))
    inside = False
    for number, gap in enumerate(gaps):
        before = gaps[number - 1].end() if number else start
        after = gaps[number + 1].start() if number + 1 < len(gaps) else len(text)
        if text[: gap.start()].endswith(words("posts", "heads")):
            continue  # 总经理 柏远
        inside = not inside and _alone(text[before : gap.start()]) and _alone(text[gap.end() : after])
        if not inside:
            out[gap.start() : gap.end()] = "、" * (gap.end() - gap.start())
    return "".join(out)


def _alone(token: str) -> bool:
    """True for one character that no mark joins to a neighbour."""
    return len(token.split("(")[0].strip("、,;")) == 1
