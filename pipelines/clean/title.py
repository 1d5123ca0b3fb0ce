"""The title of a page: several witnesses (head, headings, ``<title>``, first lines), agreement decides."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from functools import cache
from pathlib import Path
from typing import NamedTuple

from crawler.records import Evidence
from crawler.sites import Site
from pipelines.clean.blocks import Block, PageBlocks
from pipelines.clean.headings import HEADINGS, may_be, own_piece, with_next, without_badge, without_byline
from pipelines.clean.headlines import above_byline, first_headline, in_table, is_headline
from pipelines.clean.site_names import cut_site_name, is_office, is_site_name
from pipelines.clean.title_tag import SHORTEST, fold, is_end_of, is_fragment, window_of

_AGREES = 3.0  # weight of <title> for a candidate that it begins or ends with
_HINTED = 2.0
_NAME = 0.1  # what counts of the votes for the name of the site
_COLUMN = 0.3  # and for what is as short as the name of a column, where a headline of full length stands
_LONGEST_COLUMN, _HEADLINE_LENGTH = 5, 8
_SHARED = 3  # letters that a line and a title that says it have in common, at least
_FARTHEST = 400  # blocks of a page that are looked at
_HEADLINE = re.compile(r'"headline"\s*:\s*"([^"\\]{4,200})"')
_COMMENT_TITLE = re.compile(r"<title>([^<]{4,200})<", re.I)
_DOTS = re.compile(r"(?:…+|\.{3,})$")
_ABOVE_BYLINE = 2.5
_LABELLED = 3.0
_UNSEEN = 0.5
_DEFAULT = re.compile(
    r"\s*(?:new ?page ?\d*|untitled(?: ?document)?[-\d ]*|document|无标题(?:文档|页)?|新建网页 ?\d*)\s*", re.I
)
"""What programs call a page that nobody named."""
_GUESSES = frozenset({"above_byline", "first_line"})
_FILE = re.compile(r"\s*\.(?:docx?|pdf|pptx?|xlsx?|txt|wps|rtf)$", re.I)


class TitleChoice(NamedTuple):
    """The title, the block that shows it on the page (None when only the head has it), and all candidates."""

    title: str | None
    block: int | None
    evidence: tuple[Evidence, ...]


class _Candidate(NamedTuple):
    text: str
    rule: str
    place: str
    weight: float
    block: int | None = None


@cache
def _words() -> tuple[dict[str, float], frozenset[str]]:
    data = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return data["metas"], frozenset(data["words"]["hints"].split())


def choose_title(page: PageBlocks, site: Site | None = None, url: str = "") -> TitleChoice:
    """Choose the title of ``page``; None for a page that has lost it.

    The name of the site is taken off ``<title>`` only when it is known or evident, and the ending of a file
    (.docx) is dropped.

    >>> h1 = Block(0, "青溪县召开防汛工作会议", "/h1[1]", "h1")
    >>> page = PageBlocks((h1,), title_tag="青溪县召开防汛工作会议-青溪新闻网", headings=(0,), is_html=True)
    >>> choose_title(page)[:2]
    ('青溪县召开防汛工作会议', 0)
    """
    head = list(_in_head(page, site))
    found = [
        *head,
        *_on_page(page, {fold(candidate.text) for candidate in head}),
        *_above_byline(page),
        *_first_line(page, site),
    ]
    window, second = window_of(page.title_tag), _second_lines(found, page)
    found = [c for c in found if c.text and c.block not in second]
    found = [c for c in found if not (c.rule in _GUESSES and is_fragment(fold(c.text), window))]
    if not found:
        return TitleChoice(None, None, ())
    votes = _votes(found, page, site)
    if unseen := _unseen(found, page):
        votes[fold(unseen)] *= _UNSEEN
    best = max(found, key=lambda candidate: (votes[fold(candidate.text)], candidate.block is not None))
    evidence = tuple(
        Evidence("clean", "title", c.text, c.rule, c.place, min(1.0, votes[fold(c.text)] / 12), c is best)
        for c in found
    )
    best = _fuller(_uncut(best, found), found, second)
    block = best.block if best.block is not None else _find_block(page, best.text)
    return TitleChoice(_unbroken(best.text, found), block, evidence)


def _unseen(found: Sequence[_Candidate], page: PageBlocks) -> str | None:
    """What ``<title>`` says and no line of the page does, where a class marks another headline: a motto."""
    tag = next((c.text for c in found if c.rule == "title_tag"), None)
    marked = any(c.weight >= _HINTED and c.rule in ("div", "p", "td", "span", "h1") for c in found)
    if tag is None or not marked or any(c.text == tag and c.rule != "title_tag" for c in found):
        return None
    key = fold(tag)
    return None if any(key in fold(block.text) for block in page.blocks[:_FARTHEST]) else tag


def _uncut(best: _Candidate, found: Sequence[_Candidate]) -> _Candidate:
    """The candidate, or the longer one that says in full what it cuts short with dots."""
    stem = fold(_DOTS.sub("", best.text))
    if len(stem) < SHORTEST or not _DOTS.search(best.text):
        return best
    longer = (c for c in found if fold(c.text).startswith(stem) and not _DOTS.search(c.text))
    whole = next(longer, None)
    return best._replace(text=whole.text) if whole else best


def _fuller(best: _Candidate, found: Sequence[_Candidate], second: Set[int]) -> _Candidate:
    """The candidate, or the heading that goes on behind it: with a colon, for <title> may say its first half,
    or with the ``second`` line of one that is broken."""
    said = fold(best.text)
    if best.block is None:
        begun = (said + ":", said + "：")
        return next((c for c in found if c.rule in ("h1", "h2") and fold(c.text).startswith(begun)), best)
    whole = (c for c in found if c.block == best.block and best.block + 1 in second)
    return next((c for c in whole if len(c.text) > len(best.text) and fold(c.text).startswith(said)), best)


def _unbroken(text: str, found: Sequence[_Candidate]) -> str:
    """The title as the head writes it when only blanks differ: a heading may be broken over two lines."""
    bare = "".join(text.split())
    same = [c.text for c in found if c.block is None and "".join(c.text.split()) == bare]
    return min([text, *same], key=len)


def drop_file_ending(title: str) -> str:
    """A document's title without the ending of its file.

    >>> drop_file_ending("在全县防汛会议上的讲话.docx")
    '在全县防汛会议上的讲话'
    """
    return _FILE.sub("", title)


def _votes(found: Sequence[_Candidate], page: PageBlocks, site: Site | None) -> dict[str, float]:
    """The weight of each wording: more where ``<title>`` agrees, nearly none for the name of the site."""
    window = window_of(page.title_tag)
    votes: dict[str, float] = {}
    for candidate in found:
        key = fold(candidate.text)
        votes[key] = votes.get(key, 0.0) + candidate.weight
    for key in {fold(candidate.text) for candidate in found if candidate.rule != "title_tag"}:
        if is_end_of(key, window):
            votes[key] += _AGREES
    said = Counter(fold(candidate.text) for candidate in found)
    for key, text in {fold(candidate.text): candidate.text for candidate in found}.items():
        if is_site_name(text, page, site) or (said[key] == 1 and is_office(text)):
            votes[key] *= _NAME
    if any(
        len(fold(c.text)) >= _HEADLINE_LENGTH and (c.weight >= _HINTED or c.rule in _GUESSES) for c in found
    ):
        votes = {key: vote * (_COLUMN if len(key) <= _LONGEST_COLUMN else 1.0) for key, vote in votes.items()}
    return votes


def _in_head(page: PageBlocks, site: Site | None) -> Iterator[_Candidate]:
    weights, _ = _words()
    for name, content in page.metas:
        texts = [content]
        if name in ("ld+json", "enpproperty"):
            pattern = _HEADLINE if name == "ld+json" else _COMMENT_TITLE
            texts, name = pattern.findall(content[:100_000])[:1], "headline"
        if weight := weights.get(name):
            for text in texts:
                yield _Candidate(_tidy(text, page, site), name, f"meta {name}", weight)
    if page.title_tag and not _DEFAULT.fullmatch(page.title_tag):
        yield _Candidate(_tidy(page.title_tag, page, site), "title_tag", "title", 3.0)


def _tidy(text: str, page: PageBlocks, site: Site | None) -> str:
    return drop_file_ending(cut_site_name(" ".join(text[:1000].split())[:300], page, site))


def _on_page(page: PageBlocks, head: Set[str]) -> Iterator[_Candidate]:
    """Headings and blocks that a class names title, when they read like one; of equal ones the first.

    ``head`` are the titles that the head of the page gives, folded.
    """
    _, hints = _words()
    window = window_of(page.title_tag)
    if not page.is_html:
        return
    seen: set[str] = set()
    letters = frozenset(window[0]).union(*head)
    for block in page.blocks[:_FARTHEST]:
        if not SHORTEST <= len(block.text) <= 150:
            continue
        weight = HEADINGS.get(block.tag, 0.0) or (_HINTED if hints & set(block.hints[:2]) else 0.0)
        if not weight and len(letters.intersection(block.text)) < _SHARED:
            continue  # nothing that <title> could say
        if not may_be(block, window):
            continue
        text = without_byline(without_badge(own_piece(block, window), window))
        text = with_next(text, block, page, window, head)
        key = fold(text)
        agrees = is_end_of(key, window) or (key in head and text != block.text)
        in_row = block.tag == "tr" and not agrees
        in_menu = "/nav[" in block.path  # the name of the site
        if key in seen or in_row or in_menu or not (weight or agrees) or not is_headline(text):
            continue
        seen.add(key)
        early = 1.0 if agrees else _nearness(block, page)
        yield _Candidate(
            drop_file_ending(text),
            block.tag if weight else "agreement",
            block.path,
            max(weight, 1.0) * early,
            block.index,
        )


def _second_lines(found: Sequence[_Candidate], page: PageBlocks) -> frozenset[int]:
    """The blocks that a heading broken over two lines took in."""
    longer = (c for c in found if c.block is not None and len(c.text) > len(page.blocks[c.block].text))
    return frozenset(c.block + 1 for c in longer if c.block is not None)


def _above_byline(page: PageBlocks) -> Iterator[_Candidate]:
    """The name in the table of an office's document, and the headline next above the first dated byline,
    whatever its tag."""
    if named := in_table(page.blocks[:_FARTHEST]):
        yield _Candidate(named.text, "label", page.blocks[named.block].path, _LABELLED)
    line = above_byline(page.blocks[:_FARTHEST]) if page.is_html else None
    if line:
        path = page.blocks[line.block].path
        yield _Candidate(drop_file_ending(line.text), "above_byline", path, _ABOVE_BYLINE, line.block)


def _first_line(page: PageBlocks, site: Site | None) -> Iterator[_Candidate]:
    """The first line that reads like a headline: all that plain text has, a last resort in markup."""
    line = first_headline(page.blocks, site)
    if line:
        weight = 1.0 if page.is_html else 2.0
        path = page.blocks[line.block].path
        yield _Candidate(drop_file_ending(line.text), "first_line", path, weight, line.block)


def _nearness(block: Block, page: PageBlocks) -> float:
    """1 for a heading in the first third of the page, falling to a half at its end."""
    share = block.index / max(1, len(page.blocks))
    return 1.0 if share <= 1 / 3 else 1.0 - 0.75 * (share - 1 / 3)


def _find_block(page: PageBlocks, title: str) -> int | None:
    """The first block that shows the title and is no link."""
    key = fold(title)
    for block in page.blocks[:_FARTHEST]:
        if (
            block.link_share <= 0.5
            and len(block.text) <= len(title) + 40
            and fold(drop_file_ending(block.text)) == key
        ):
            return block.index
    return None
