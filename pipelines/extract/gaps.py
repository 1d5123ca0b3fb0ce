"""What may stand between two people of a list: marks, 和, groups without names."""

from __future__ import annotations

import re

from pipelines.extract.predicates import any_verb
from pipelines.extract.words import pattern, words

_HE = re.compile("、和[一-鿿]、")  # a name of the surname 和, which joins nothing
_SEPARATORS = re.compile(r"(?:[、,和及与\s\ue000()“”]|以及|同志)+")
_MATTER = re.compile(r"就|对|围绕|针对|结合|以(?!及)|为|向|根据|按照|通过|把|将|紧扣|聚焦")
_LONGEST = 40  # characters of a unit, a post and a name
_PASSED_ON = re.compile("传达|转达|宣读")  # 柏远向大家传达大学裘敏书记、苏镕校长的指示


def is_neutral(gap: str) -> bool:
    """True if the text between two people holds no predicate: marks, 和, unnamed groups.

    >>> is_neutral("、"), is_neutral(",各乡镇负责人,"), is_neutral("主持,")
    (True, True, False)
    """
    if len(gap) > 80:
        return False
    return _HE.fullmatch(gap) is not None or all(is_listed(item) for item in _SEPARATORS.split(gap) if item)


def is_listed(item: str) -> bool:
    """An item of a list that is no known name: a group without names, a short word that is no verb, or a
    post and a name that nobody knows."""
    if item.endswith(words("verbs", "groups")):
        return _PASSED_ON.search(item) is None
    if len(item) > 10 and not is_unread(item):
        return False
    return 1 < len(item) <= _LONGEST and not _MATTER.match(item) and any_verb().search(item) is None


def is_unread(item: str) -> bool:
    """True for an item of a list that is a post and a name that nobody knows: 水利局局长从日升."""
    return any(1 < len(item) - post.end() < 4 for post in pattern("posts", "heads").finditer(item))
