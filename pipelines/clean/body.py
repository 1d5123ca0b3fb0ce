"""Which blocks are the article: a site's selectors, then known containers, then the element with most prose."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from crawler.records import Evidence
from crawler.sites import Site
from pipelines.clean.blocks import Element, PageBlocks
from pipelines.clean.containers import load_containers
from pipelines.clean.weights import is_prose, sums, weigh

_ENOUGH = 0.45  # share of the best element's worth that a known container needs to be believed
_NEARLY = 0.9  # share of an element's worth that an inner element needs to replace it


@dataclass(frozen=True, slots=True)
class Choice:
    """Blocks ``start`` to ``stop`` - 1 hold the article; ``removed`` are those that a site's selectors take out."""

    start: int
    stop: int
    rule: str
    place: str
    evidence: tuple[Evidence, ...] = ()
    removed: frozenset[int] = frozenset()


def choose_body(page: PageBlocks, site: Site | None = None, title_block: int | None = None) -> Choice | None:
    """The stretch of blocks that holds the article, before lines are cut; None when nothing reads like text."""
    missed: tuple[Evidence, ...] = ()
    if site is not None and page.is_html:
        choice, missed = _by_layout(page, site)
        if choice:
            return choice
    if not page.is_html:
        return Choice(0, len(page.blocks), "plain_text", "", missed) if page.blocks else None
    worth = sums(weigh(page, title_block))
    best = _best(page.elements, worth)
    if best is None:
        return None
    known = _known(page, worth, worth[best.stop] - worth[best.start])
    chosen, rule = known or (best, "densest")
    start, stop = (chosen.start, chosen.stop)
    evidence = Evidence("clean", "body", chosen.path, rule, f"blocks {start}-{stop - 1}")
    return Choice(start, stop, rule, chosen.path, (*missed, evidence))


def left_outside(page: PageBlocks, start: int, stop: int, title_block: int | None) -> tuple[int, ...]:
    """Long paragraphs that the choice does not hold: a reason to look at the page, not to change the choice."""
    worth = weigh(page, title_block)
    first = title_block or 0
    outside = (b for b in page.blocks if b.index >= first and not start <= b.index < stop)
    return tuple(b.index for b in outside if len(b.text) >= 80 and worth[b.index] > 40 and is_prose(b))


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


def _best(elements: Sequence[Element], worth: Sequence[float]) -> Element | None:
    """The element worth most; of two that are worth nearly the same, the inner one."""
    best: Element | None = None
    most = 0.0
    for element in elements:
        here = worth[element.stop] - worth[element.start]
        if here > most:
            best, most = element, here
    if best is None:
        return None
    inner = [e for e in elements if best.start <= e.start and e.stop <= best.stop]
    inner = [e for e in inner if worth[e.stop] - worth[e.start] >= most * _NEARLY]
    return min(inner, key=lambda e: (e.stop - e.start, -e.start), default=best)


def _known(page: PageBlocks, worth: Sequence[float], most: float) -> tuple[Element, str] | None:
    """The known container to believe: by rank, then by worth; it must hold a good part of what the best one holds."""
    containers = load_containers()
    found: list[tuple[int, float, Element, str]] = []
    for element in page.elements:
        here = worth[element.stop] - worth[element.start]
        if here < most * _ENOUGH:
            continue
        if element.tag == "#comment":
            found.append((-1, -here, element, f"marker {element.id}"))
        elif (element.id or element.classes or "-" in element.tag) and (
            family := containers.find(element.tag, element.id, element.classes)
        ):
            found.append((family[0], -here, element, f"container {family[1]}"))
    if not found:
        return None
    rank, _, element, rule = min(found, key=lambda f: (f[0], f[1]))
    return element, rule


def paragraphs_of(page: PageBlocks, indices: Iterable[int]) -> tuple[str, ...]:
    """The texts of these blocks."""
    return tuple(page.blocks[index].text for index in indices)
