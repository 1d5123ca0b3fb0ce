"""Several meetings that one verb convenes: 先后召开党组扩大会议和党组会."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipelines.extract.naming import Name, is_meeting, kind_of_meeting
from pipelines.extract.owners import owner_length

_AND = re.compile("(?<=[会议])(?:以及|[、和及与])")
_IN_TURN = re.compile("(?:先后|分别|相继|依次|接连|连续)[^,。;]{0,8}$")
_NO_MEETING = re.compile("精神|筹备|动员|贯彻|传达")
_HEADS = re.compile(
    r"[^,。;\n]{0,30}?会议?(?=[,:]|上|还|首先|集体|传达|学习|审议|研究|听取|强调|要求|指出|决定|认为|通报|讨论|原则)"
)
"""How a paragraph begins that tells of one of them: 县政府常务会议审议了."""
_REACH = 20  # characters before a name in which 先后 may stand
_SHORTEST = 3  # characters of a meeting's name that tells which it is: 党组会


def several(masked: str, name: Name) -> list[Name]:
    """The meetings that a name holds, mostly one; of names that end in 会 two only where 先后 says so.

    What 暨 joins is one meeting, however many names it has.

    >>> text = "县政府先后召开党组扩大会议和第七次常务会"
    >>> [text[one.start : one.end] for one in several(text, Name(7, len(text), None, "object"))]
    ['党组扩大会议', '第七次常务会']
    """
    in_turn = _IN_TURN.search(masked, max(0, name.start - _REACH), name.start)
    joined = masked.find("暨", name.start, name.end) >= 0
    start, parts = name.start, []
    for found in _AND.finditer(masked, name.start, name.end):
        whole = is_meeting(masked, start, found.start()) and found.start() - start >= _SHORTEST
        plain = masked.endswith(("会议", "全会"), start, found.start()) and not joined
        if whole and (in_turn or plain):
            parts.append((start, found.start()))
            start = found.end()
    rest = masked[start : name.end]
    if not parts or len(rest) < _SHORTEST or _NO_MEETING.search(rest):
        return [name]
    owned = [(at + owner_length(masked[at:end]), end) for at, end in [*parts[1:], (start, name.end)]]
    return [replace(name, start=at, end=end) for at, end in [parts[0], *owned]]


def of_others(masked: str, names: Sequence[Name], start: int, end: int) -> list[tuple[tuple[int, int], ...]]:
    """For each of the meetings that one sentence names, the paragraphs of their part that tell of another.

    A paragraph that begins with one of them, known by its kind, is its own, and so are those below it.

    >>> text = "县长主持召开党组会议和常务会议。\\n党组会议传达了精神。\\n常务会议审议了方案。"
    >>> names = [Name(6, 10, None, "object"), Name(11, 15, None, "object")]
    >>> [len(one) for one in of_others(text, names, 0, len(text))]
    [1, 1]
    """
    kinds = [kind_of_meeting(masked[name.start : name.end]) for name in names]
    found: list[list[tuple[int, int]]] = [[] for _ in names]
    if len(set(kinds)) < len(kinds) or None in kinds:
        return [()] * len(names)
    own = None
    at = masked.find("\n", names[-1].end, end) + 1 if len(names) > 1 else 0
    while 0 < at < end:
        line_end = masked.find("\n", at, end)
        line_end = end if line_end < 0 else line_end
        head = _HEADS.match(masked, at, line_end)
        kind = kind_of_meeting(head[0]) if head else None
        own = kinds.index(kind) if kind in kinds else own
        for number, stretches in enumerate(found):
            if own is not None and number != own:
                stretches.append((at, line_end))
        at = line_end + 1
    return [tuple(stretches) for stretches in found]
