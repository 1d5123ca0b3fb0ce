"""Several meetings that one verb convenes: 先后召开党组扩大会议和党组会."""

from __future__ import annotations

import re
from dataclasses import replace

from pipelines.extract.naming import Name, is_meeting
from pipelines.extract.owners import owner_length

_AND = re.compile("(?<=[会议])(?:以及|[、和及与])")
_IN_TURN = re.compile("(?:先后|分别|相继|依次|接连|连续)[^,。;]{0,8}$")
_NO_MEETING = re.compile("精神|筹备|动员|贯彻|传达")
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
