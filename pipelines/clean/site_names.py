"""The site's own name at the ends of ``<title>``: cut when known or evident, never at just any hyphen."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from crawler.sites import Site
from pipelines.clean.blocks import PageBlocks
from pipelines.clean.names import is_organisation
from pipelines.clean.zones import CRUMB

_SEPARATOR = re.compile(r"\s*(?:_+|\|+|｜|丨|--+|——|\s[-–—]\s|[-–—]|>>|»|::)\s*")
_POWERED = re.compile(r"\s*[-–—|]*\s*Powered by .{2,40}$", re.I)
_STRONG = re.compile(r"_|\||｜|--|\s[-–—]\s|>>|»|::")
_ISSUE = re.compile(r"[\u4e00-\u9fff]{2,6}报\s?\d{4}年\d{1,2}月\d{1,2}日.{0,8}")  # of a printed paper
_WELCOME = re.compile("欢迎[您你][!！。]?$")
_DAY = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日.{0,6}")
_FORUM = re.compile(r"(?<=.{4})【[^【】]{1,12}吧】$")
_COMMA = re.compile("[,，]")
_SEARCH_WORDS = 4  # parts of a list that no headline has
_TOP = 20  # blocks among which the logo stands
_BOARD = 8  # characters of the name of a section
_SHORT = 20  # characters; a longer end of a title is no name of a site
_NAME_METAS = frozenset(
    {
        "sitename",
        "og:site_name",
        "application-name",
        "site_name",
        "columnname",
        "apple-mobile-web-app-title",
        "og:site",
    }
)
_SHORTEST_TITLE = 5
_VERBS = ("召开", "举行", "举办", "部署", "印发", "通知")  # in headlines, in no name of a column


@cache
def _endings() -> tuple[str, ...]:
    data = tomllib.loads(Path(__file__).with_name("title.toml").read_text(encoding="utf-8"))
    return tuple(data["words"]["site_endings"].split())


@cache
def _topics() -> tuple[str, ...]:
    data = tomllib.loads(Path(__file__).with_name("title.toml").read_text(encoding="utf-8"))
    return tuple(data["words"]["topics"].split())


@cache
def _bare_names() -> tuple[str, ...]:
    data = tomllib.loads(Path(__file__).with_name("title.toml").read_text(encoding="utf-8"))
    return tuple(data["words"]["bare_names"].split())


def cut_site_name(title: str, page: PageBlocks, site: Site | None = None) -> str:
    """``title`` without the names of site and columns at its end (or, when known, its start).

    A part counts as such when the head or the site file says so, when it ends as names of sites do, when an
    underscore sets it off, or another strong mark (|, --) and the page shows it as a line of its own.

    >>> page = PageBlocks((), metas=(("sitename", "青溪县人民政府"),))
    >>> cut_site_name("县委常委会召开会议_要闻_青溪县人民政府", page)
    '县委常委会召开会议'
    >>> cut_site_name("1-10月固定资产投资稳中有进", page), cut_site_name("总结（2021-2022）-表彰", page)
    ('1-10月固定资产投资稳中有进', '总结（2021-2022）-表彰')
    """
    known = _known_names(page, site) | _boards(page)
    title = _behind_day(_POWERED.sub("", title))
    if (last := _SEPARATOR.split(title)[-1]) != title and _stands_last(title, last, page):
        return last
    while True:
        marks = list(_SEPARATOR.finditer(title))
        if not marks:
            return _cut_office(title, page)
        last, first = marks[-1], marks[0]
        head, tail = title[: last.start()], title[last.end() :]
        if len(marks) == 1 and len(tail) >= _SHORTEST_TITLE and _is_first(head, tail):
            title = tail
        elif len(head) >= _SHORTEST_TITLE and (
            not tail or _is_site(tail, last[0], known, page) or (is_office(tail) and _is_public(head))
        ):
            title = head
        elif title[: first.start()] in known and len(title) - first.end() >= _SHORTEST_TITLE:
            if any(page.blocks[heading].text == title for heading in page.headings):
                return title  # 政府工作报告——在县人民代表大会上, in the column of that name
            title = title[first.end() :]
        else:
            return _cut_office(title, page)


def _stands_last(title: str, last: str, page: PageBlocks) -> bool:
    """Whether only the last part of a title is a headline, and the page shows it."""
    before = title[: len(title) - len(last)]
    if len(last) < _SHORTEST_TITLE or not _is_public(last) or any(verb in before for verb in _VERBS):
        return False
    return any(block.text == last and block.link_share <= 0.5 for block in page.blocks)


def _behind_day(title: str) -> str:
    """The last part of a printed paper's title, which names paper, day and column first."""
    *before, last = _SEPARATOR.split(title)
    dated = any(map(_DAY.fullmatch, before[1:]))
    paper = dated and before[0].endswith((*_endings(), *_bare_names()))
    return last if paper and len(last) >= _SHORTEST_TITLE else title


def _cut_office(title: str, page: PageBlocks) -> str:
    """The title without the office behind its last blank, when the page shows what is left as a line."""
    title = _FORUM.sub("", title)
    head, _, tail = title.rpartition(" ")
    office = len(tail) <= _SHORT and (tail.endswith(_endings()) or is_organisation(tail))
    if len(head) >= _SHORTEST_TITLE and office and any(block.text == head for block in page.blocks):
        return head
    return title


def _is_first(head: str, tail: str) -> bool:
    """Whether the site's name stands first, and a headline behind it."""
    if _is_bare_name(head):
        return not _is_bare_name(tail)
    named = len(head) <= _SHORT and head.endswith(_endings()) and not tail.endswith(_endings())
    return named and _is_public(tail) and not _is_public(head)


def _is_public(text: str) -> bool:
    return any(word in text for word in _topics())


def _is_bare_name(text: str) -> bool:
    return len(text) <= _SHORT and text.endswith(_bare_names())


def is_office(text: str) -> bool:
    """Whether a text is but the name of an office, and no headline about one.

    >>> is_office("青溪县水利局"), is_office("柏远山调研青溪县水利局")
    (True, False)
    """
    return len(text) <= _SHORT and is_organisation(text) and not _is_public(text)


def is_site_name(text: str, page: PageBlocks, site: Site | None = None) -> bool:
    """Whether ``text`` is what ``cut_site_name`` takes off ``<title>``, or all that a bare ``<title>`` says.

    >>> page = PageBlocks((), title_tag="县委常委会召开会议-青溪县人民政府")
    >>> is_site_name("青溪县人民政府", page), is_site_name("县委常委会召开会议", page)
    (True, False)
    """
    if text in _known_names(page, site) or _WELCOME.search(text):
        return True
    tag = " ".join((page.title_tag or "")[:1000].split())[:300]
    if text == tag:
        return _is_bare_name(text) or _has_an_app(text, page) or _is_linked_list(text, page)
    return text in tag and text not in cut_site_name(tag, page, site)


def _has_an_app(text: str, page: PageBlocks) -> bool:
    """Whether the page offers a program of that name: 下载“青溪云”客户端."""
    names = (f"{text}客户端", f"{text}APP", f"{text}”客户端", f"{text}”APP")
    return len(text) <= _SHORT and any(name in block.text for block in page.blocks for name in names)


def _is_linked_list(text: str, page: PageBlocks) -> bool:
    """Whether the text is a list of search words, set as a link where a logo stands, as spam mirrors do."""
    if len(_COMMA.split(text)) < _SEARCH_WORDS:
        return False
    return any(block.text == text and block.link_share > 0.5 for block in page.blocks[:_TOP])


def _known_names(page: PageBlocks, site: Site | None) -> frozenset[str]:
    names = {content.strip() for name, content in page.metas if name in _NAME_METAS}
    if site:
        names |= {site.name, *site.brands}
    return frozenset(names)


def _boards(page: PageBlocks) -> frozenset[str]:
    """The sections of the bread crumbs, without the last part, which may be the title."""
    crumbs = (CRUMB.split(b.text) for b in page.blocks[:_TOP] if "›" in b.text or ">" in b.text)
    return frozenset(part for parts in crumbs for part in parts[1:-1] if len(part) <= _BOARD)


def _is_site(part: str, mark: str, known: frozenset[str], page: PageBlocks) -> bool:
    if part in known:
        return True
    if "_" in mark:
        return len(part) <= 2 * _SHORT  # an underscore stands in no headline
    if len(part) > _SHORT or part.count(")") + part.count("）") > part.count("(") + part.count("（"):
        return False
    if part.endswith(_endings()) or _ISSUE.fullmatch(part):
        return True
    return bool(_STRONG.search(mark)) and any(block.text == part for block in page.blocks)
