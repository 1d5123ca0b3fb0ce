"""Which blocks are the article: a site's selectors, then known containers, then the densest element."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from crawler.records import Evidence
from crawler.sites import Site
from pipelines.clean.blocks import Block, Element, PageBlocks
from pipelines.clean.containers import load_containers
from pipelines.clean.weights import Sums, heads_other, is_link, is_prose, weigh

_ENOUGH = 0.45  # share of the best element's worth that a known container needs to be believed
_SENTENCE = 8  # worth of the shortest paragraph that must not be lost
_LONG = 80  # worth of a paragraph that should not be missed
_LINKED = 0.5  # share of a link from which the line below it may be a teaser
_BETWEEN = 2  # lines, an advertisement, between the containers of two pages of one document
_BOX = 8  # lines of a box of links there: its heading, its links
_TWINS = 3  # elements of one name that may hold a text between them
_LEAD_REACH = 3  # lines, an advertisement among them, between a lead and its text
_LEAD = frozenset(["article-summary", "summary", "lead", "lede", "intro", "preface", "standfirst", "daoyu"])
_OPENS = 3  # characters that a paragraph begins with
_NEARLY = 0.9  # share of an element's worth that an inner element needs to replace it


@dataclass(frozen=True, slots=True)
class Choice:
    """Blocks ``start`` to ``stop`` - 1 hold the article; ``removed`` are those a site's selectors take out.

    ``worth`` is what each block of the page was weighed at, empty when nothing had to be weighed; ``aside``
    are the blocks known not to be text, with the rule that says so.
    """

    start: int
    stop: int
    rule: str
    place: str
    evidence: tuple[Evidence, ...] = ()
    removed: frozenset[int] = frozenset()
    worth: tuple[float, ...] = ()
    aside: Mapping[int, str] = field(default_factory=dict)


def choose_body(page: PageBlocks, site: Site | None = None, title_block: int | None = None) -> Choice | None:
    """The stretch of blocks that holds the article, before lines are cut; None when nothing reads so."""
    missed: tuple[Evidence, ...] = ()
    if site is not None and page.is_html:
        choice, missed = _by_layout(page, site)
        if choice:
            return choice
    if not page.is_html:
        return Choice(0, len(page.blocks), "plain_text", "", missed) if page.blocks else None
    weights = weigh(page, title_block)
    worth = Sums(weights.worth)
    best = _best(page, worth)
    if best is None:
        return None
    known = _known(page, worth, best)
    chosen, rule = known or (_with_twins(page, _with_siblings(page, worth, best)), "densest")
    start, stop = _lead_before(page, chosen, title_block), _run_over(page, chosen, weights.worth)
    evidence = Evidence("clean", "body", chosen.path, rule, f"blocks {start}-{stop - 1}")
    return Choice(start, stop, rule, chosen.path, (*missed, evidence), frozenset(), *weights)


def left_outside(page: PageBlocks, choice: Choice, title_block: int | None) -> tuple[int, ...]:
    """Long paragraphs that the choice does not hold: a reason to look at the page, no more."""
    worth = choice.worth or weigh(page, title_block).worth
    outside = (*range(title_block or 0, choice.start), *range(choice.stop, len(page.blocks)))
    return tuple(i for i in outside if worth[i] >= _LONG and is_prose(page.blocks[i]))


def _by_layout(page: PageBlocks, site: Site) -> tuple[Choice | None, tuple[Evidence, ...]]:
    """The first of the site's layouts that finds text; each one before it is named in the evidence."""
    missed: list[Evidence] = []
    for layout in site.layouts:
        found = [page.elements[n] for n in page.matches.get(layout.body, ())]
        if not found:
            missed.append(Evidence("clean", "body", layout.body, "selector_missed", site.key, chosen=False))
            continue
        chosen = max(found, key=lambda element: _size(page, element))
        removed = {
            n for css in layout.remove for m in page.matches.get(css, ()) for n in _range(page.elements[m])
        }
        evidence = Evidence("clean", "body", layout.body, "site_selector", chosen.path)
        return Choice(
            chosen.start, chosen.stop, "site_selector", chosen.path, (*missed, evidence), frozenset(removed)
        ), ()
    return None, tuple(missed)


def _range(element: Element) -> range:
    return range(element.start, element.stop)


def _size(page: PageBlocks, element: Element) -> int:
    return sum(len(block.text) - block.link_chars for block in page.blocks[element.start : element.stop])


def _best(page: PageBlocks, worth: Sums) -> Element | None:
    """The element worth most; of two worth nearly the same the inner, if no paragraph beside it is lost."""
    worths = [worth(e.start, e.stop) for e in page.elements]
    most = max(worths, default=0.0)
    if most <= 0:
        return None
    best = page.elements[worths.index(most)]
    inner = [
        e
        for e, here in zip(page.elements, worths, strict=True)
        if here >= most * _NEARLY and best.start <= e.start and e.stop <= best.stop
    ]
    paragraphs = [b for b in page.blocks[best.start : best.stop] if worth(b.index, b.index + 1) >= _SENTENCE]
    whole = [e for e in inner if not any(_is_beside(b, e) for b in paragraphs)]
    return min(whole, key=lambda e: (e.stop - e.start, -len(e.path)), default=best)


def _with_siblings(page: PageBlocks, worth: Sums, best: Element) -> Element:
    """The parent of a paragraph that stands for itself only because links tore it from those beside it."""
    home = best.path.rpartition("/")[0]
    if best.tag != "p" or not home:
        return best
    others = [
        b
        for b in page.blocks[best.stop :]
        if b.tag == "p" and b.path.rpartition("/")[0] == home and worth(b.index, b.index + 1) >= _SENTENCE
    ]
    own = [b for b in others if is_prose(b) and page.blocks[b.index - 1].link_share < _LINKED]
    parent = next((e for e in page.elements if e.path == home and e.tag != "body"), best)
    return parent if own else best


def _with_twins(page: PageBlocks, chosen: Element) -> Element:
    """The element with the one or two of its name beside it, if an advertisement parts them.

    Posts of a thread have one name, too, but nothing stands between them.
    """
    named = [e for e in page.elements if e.classes]
    one = next((e for e in named if (e.start, e.stop) == (chosen.start, chosen.stop)), chosen)
    home = one.path.rpartition("/")[0]
    beside = [e for e in named if e.path.rpartition("/")[0] == home]
    for more in beside:  # class="main" and, to be unfolded, class="main more"
        if one.classes and more.start == one.stop and set(one.classes) < set(more.classes):
            return chosen._replace(stop=more.stop)
    twins = [e for e in beside if e.classes == one.classes]
    apart = all(before.stop < after.start for before, after in pairwise(twins))
    return _with_others(page, one, twins) if 1 < len(twins) <= _TWINS and apart else chosen


def _is_beside(block: Block, element: Element) -> bool:
    """Whether a block stands next to an element, directly in the same parent."""
    if element.start <= block.index < element.stop:
        return False
    return block.path.rpartition("/")[0] == element.path.rpartition("/")[0] or element.path.startswith(
        f"{block.path}/"
    )


def _lead_before(page: PageBlocks, chosen: Element, title_block: int | None) -> int:
    """Where the text begins whose first paragraph stands in a box of its own before its element."""
    floor = 0 if title_block is None else title_block + 1
    for block in reversed(page.blocks[max(floor, chosen.start - _LEAD_REACH) : chosen.start]):
        if _LEAD.isdisjoint(block.hints[:3]) or block.link_chars or not is_prose(block):
            continue
        around = chosen.path.rpartition("/")[0]
        return block.index if around and block.path.startswith(f"{around}/") else chosen.start
    return chosen.start


def _run_over(page: PageBlocks, chosen: Element, worth: Sequence[float]) -> int:
    """Where the text ends that goes on behind its element: one end tag too many closed it too early.

    Only paragraphs that follow at once count, in an element around the chosen one, and the first of them must
    begin as the text has spoken before (a name, 会议强调).
    """
    stop, told = chosen.stop, ""
    for block in page.blocks[stop:]:
        home = block.path.rpartition("/")[0]
        around = block.tag == "p" and chosen.path.startswith(f"{home}/")
        if not (around and is_prose(block) and not block.link_chars and worth[block.index] >= _SENTENCE):
            break
        told = told or "".join(one.text for one in page.blocks[chosen.start : chosen.stop])
        if stop == chosen.stop and block.text[:_OPENS] not in told:
            break
        stop += 1
    return stop


def _known(page: PageBlocks, worth: Sums, best: Element) -> tuple[Element, str] | None:
    """The known container to believe, by rank, then worth: it holds the best element or a good part of it.

    Where answers stand in elements of the same name, it is the first one, however much they say.
    """
    containers = load_containers()
    most = worth(best.start, best.stop)
    named: list[tuple[int, float, Element, str]] = []
    for element in page.elements:
        here = worth(element.start, element.stop)
        if here > 0 and element.tag == "#comment":
            named.append((-1, -here, element, f"marker {element.id}"))
        elif here > 0 and (family := containers.find(element.tag, element.id, element.classes)):
            if family[0] in containers.firsts:
                return element, f"container {family[1]}"
            named.append((family[0], -here, element, f"container {family[1]}"))
    found = [one for one in named if _holds(one[2], best) or -one[1] >= most * _ENOUGH]
    if not found:
        return None
    rank, _, element, rule = min(found, key=lambda one: one[:2])
    return _with_others(page, element, [one[2] for one in named if one[0] == rank >= 0]), rule


def _holds(outer: Element, inner: Element) -> bool:
    return outer.start <= inner.start and inner.stop <= outer.stop


def _with_others(page: PageBlocks, element: Element, others: Sequence[Element]) -> Element:
    """The element with those of its name that stand before and behind it, hardly a line between them.

    A text may stand in several containers of one name, as the pages of a document do.
    """
    for other in sorted(others, key=lambda e: e.start):
        if _adjoins(page, element.stop, other.start):
            element = element._replace(stop=max(element.stop, other.stop))
    for other in sorted(others, key=lambda e: -e.stop):
        if _adjoins(page, other.stop, element.start):
            element = element._replace(start=min(element.start, other.start))
    return element


def _adjoins(page: PageBlocks, stop: int, start: int) -> bool:
    """Whether at most two lines stand between two elements, or a box of links; no paragraph and no headline
    of another text."""
    between = page.blocks[stop:start]
    if start < stop or start - stop > _BOX or any(is_prose(b) or heads_other(b) for b in between):
        return False
    return len(between) <= _BETWEEN or all(map(is_link, between[1:]))
