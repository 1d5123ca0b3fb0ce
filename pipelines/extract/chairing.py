"""Who chairs by words around the name: 在主持时说, 在…主持下, 会议主持人、…, 主持会议的…."""

from __future__ import annotations

import re

from pipelines.extract.predicates import Act, read_acts

_CHAIRING = re.compile(r"(?:同志)?(?:最后)?在?(?P<verb>主持)(?:会议|大会|[^,。、]{0,8}会)?(?:时|中)(?!间)")
_UNDER = re.compile(r"(?:同志)?的?(?P<verb>主持)下")
_CHAIR_WHO = re.compile(r"主持(?:会议|大会|[^,。、]{0,8}会议?)的$")  # 主持会议的副主席柏远宣布开幕
_CHAIR = ("会议主持人、", "大会主持人、")
_REACH = 80  # characters looked back over: more than the longest match


def chairing(text: str, first: int, start: int, end: int) -> tuple[Act, ...]:
    """What people who chair by such words do in ``text[start:end]``; their titles begin at ``first``.

    >>> [act.role for act in chairing("市长柏远在主持会议时强调,要抓紧", 0, 4, 15)]
    ['host', 'speaker']
    >>> chairing("市长柏远强调,要抓紧", 0, 4, 10)
    ()
    """
    if said := _CHAIRING.match(text, start, end):
        host = Act("host", "hosts", "主持", said.start("verb"))
        more = read_acts(text[said.end() : end], said.end())
        return (host, *(act for act in more if act.role != "host"))
    if under := _UNDER.match(text, start, end):
        return (Act("host", "hosts", "主持", under.start("verb")),)
    if text.startswith(_CHAIR, first):
        return (Act("host", "hosts", "主持", first),)
    if _CHAIR_WHO.search(text, max(0, first - _REACH), first):
        more = read_acts(text[start:end], start)
        return (Act("host", "hosts", "主持", first), *(act for act in more if act.role == "speaker"))
    return ()
