"""Times that a page states about itself where no reader looks: in an attribute, in a script."""

from __future__ import annotations

import re
from typing import Final

from pipelines.clean.blocks import squeeze
from pipelines.clean.tags import Tag

MOST_RAW: Final = 20_000
"""Characters of a script or a property comment that are looked at."""

_VARIABLE: Final = re.compile(
    r"var(?<!\wvar)(?:\s+(?i:ct|(?:pub|publish|create)_?time)\s*=\s*[\"'](20[\d :/.T-]{8,22}|1\d{9})[\"']"
    r"| t=\"\d{10}\",n=\"(1\d{9})\",s=\"20)"  # WeChat, as its own script writes it
)


def time_in_tag(tag: Tag) -> tuple[str, str] | None:
    """The name and the value of a time in an attribute (``<time>``, ``<abbr class=published>``).

    >>> time_in_tag(Tag("time", " datetime=2020-02-26 itemprop=datePublished"))
    ('datepublished', '2020-02-26')
    """
    attributes = tag.attributes
    kind = f"{attributes.get('itemprop', '')} {attributes.get('class', '')}".lower()
    sure = "published" in kind or "pubdate" in kind or "pubdate" in attributes
    value = attributes.get("datetime" if tag.name == "time" else "title", "")
    if not value or not (sure or tag.name == "time"):
        return None
    return "datepublished" if sure else "time", squeeze(value[:60])


def time_in_script(content: str) -> str | None:
    """The time that a script sets as a variable of its own.

    >>> time_in_script("var pubTime = '2020-02-26 10:00';")
    '2020-02-26 10:00'
    """
    found = _VARIABLE.search(content, 0, MOST_RAW) if "var " in content else None
    return (found[1] or found[2]) if found else None
