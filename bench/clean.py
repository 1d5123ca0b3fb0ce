"""Body extraction beside the peers: how much is found, how much else comes along, how long it takes.

usage: python bench/clean.py [--pages DIR] [--gold DIR] [--worst N]

Without folders the pages of tests/clean/cases are read. A gold file is JSON: file, title, body_paragraphs,
noise, and lines whose place is a matter of taste (ambiguous, captions), which are taken out of both sides.
Scores are means over pages, on multisets of 4 characters after NFKC and removal of blanks; perfect: F1 above
0.995; noise: share of a page's known noise found in the output; ms: median time of one page; the last line
is our time beside trafilatura's. Peers come with the extra ``peers``; one that is not installed is said to be
missing.
"""

from __future__ import annotations

import argparse
import collections
import json
import re
import statistics
import sys
import time
import tomllib
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
CASES = ROOT / "tests" / "clean" / "cases"


class Gold(NamedTuple):
    """A page and what its article is."""

    name: str
    html: str
    body: str
    noise: tuple[str, ...]
    taste: tuple[str, ...] = ()


class Score(NamedTuple):
    """One page's figures."""

    f1: float
    precision: float
    recall: float
    noise: float


def fold(text: str) -> str:
    """A text as it is compared: NFKC, no white space."""
    return re.sub(r"[\s\u200b\ufeff\u3000]+", "", unicodedata.normalize("NFKC", text))


def grams(text: str) -> collections.Counter[str]:
    """Its 4-grams of characters with their numbers."""
    return (
        collections.Counter(text[i : i + 4] for i in range(max(1, len(text) - 3)))
        if text
        else collections.Counter()
    )


def score(gold: Gold, output: str) -> Score:
    """How near an output comes to the gold body."""
    expected, found = fold(gold.body), fold(output)
    for line in gold.taste:
        expected, found = expected.replace(line, ""), found.replace(line, "")
    want, got = grams(expected), grams(found)
    hit = (want & got).total()
    precision, recall = hit / max(1, got.total()), hit / max(1, want.total())
    f1 = 2 * precision * recall / (precision + recall) if hit else 0.0
    known = [fold(noise) for noise in gold.noise if fold(noise) not in fold(gold.body)]
    return Score(f1, precision, recall, sum(noise in fold(output) for noise in known) / max(1, len(known)))


def huixun() -> Callable[[str], str]:
    """Our own clean step."""
    from pipelines.clean import clean

    return lambda html: clean(html, content_type="text/html").body


def trafilatura() -> Callable[[str], str]:
    """trafilatura, comments left out."""
    import trafilatura as peer

    return lambda html: peer.extract(html, include_comments=False) or ""


def readability() -> Callable[[str], str]:
    """readability-lxml."""
    import lxml.html
    from readability import Document

    return lambda html: lxml.html.fromstring(Document(html).summary()).text_content()


def gne() -> Callable[[str], str]:
    """GeneralNewsExtractor."""
    from gne import GeneralNewsExtractor

    return lambda html: GeneralNewsExtractor().extract(html)["content"]


def newspaper() -> Callable[[str], str]:
    """newspaper4k, set to Chinese."""
    from newspaper import Article

    def read(html: str) -> str:
        article = Article("http://example.com/", language="zh", fetch_images=False)
        article.download(input_html=html)
        article.parse()
        return article.text

    return read


SYSTEMS = (huixun, trafilatura, readability, gne, newspaper)


def own_pages() -> Iterator[Gold]:
    """The pages of our own tests."""
    for name in ("pages_portal.toml", "pages_reprint.toml", "pages_layout.toml"):
        for case in tomllib.loads((CASES / name).read_text(encoding="utf-8"))["case"]:
            if case.get("type", "text/html") == "text/html":
                yield Gold(case["label"], case["html"], "".join(case["body"]), ())


def pages_in(pages: Path, gold: Path) -> Iterator[Gold]:
    """Pages of a folder with gold beside them."""
    for file in sorted(gold.glob("*.json")):
        data = json.loads(file.read_text(encoding="utf-8"))
        html = (pages / data["file"]).read_bytes().decode(data.get("encoding_on_disk") or "utf-8", "replace")
        yield Gold(file.stem, html, "".join(data["body_paragraphs"]), tuple(data["noise"]), taste(data))


def taste(data: dict) -> tuple[str, ...]:
    """Folded lines that may stand in a body or not, the longest first."""
    lines = [line for key in ("ambiguous", "captions", "unsure_in_body") for line in data.get(key, ())]
    lines += [line for line in data.get("dropped_in_container", ()) if line.get("ambiguous")]
    folded = {fold(line if isinstance(line, str) else line["text"]) for line in lines}
    return tuple(sorted((line for line in folded if len(line) > 3), key=len, reverse=True))


def measure(read: Callable[[str], str], golds: list[Gold]) -> tuple[list[tuple[str, Score]], float, int]:
    """Scores by page, the median time in milliseconds, the number of pages that raised."""
    scores, times, errors = [], [], 0
    read(golds[0].html)
    for gold in golds:
        start = time.perf_counter()
        try:
            output = read(gold.html)
        except Exception:  # noqa: BLE001 - a peer that raises scores nothing on that page
            output, errors = "", errors + 1
        times.append(1000 * (time.perf_counter() - start))
        scores.append((gold.name, score(gold, output)))
    return scores, statistics.median(times), errors


def main() -> None:
    """Print a line for each system that is installed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--pages", type=Path)
    parser.add_argument("--gold", type=Path)
    parser.add_argument("--worst", type=int, default=0)
    options = parser.parse_args()
    sys.path.insert(0, str(ROOT))
    golds = list(pages_in(options.pages, options.gold) if options.gold and options.pages else own_pages())
    print(f"{len(golds)} pages")
    print(f"{'system':12} {'f1':>6} {'prec':>6} {'recall':>6} {'noise':>6} perfect  errors     ms")
    times: dict[str, float] = {}
    for system in SYSTEMS:
        try:
            read = system()
        except ImportError as error:
            print(f"{system.__name__:12} not installed ({error.name}); it comes with the extra `peers`")
            continue
        scores, ms, errors = measure(read, golds)
        times[system.__name__] = ms
        means = [statistics.mean(column) for column in zip(*(s for _, s in scores), strict=True)]
        perfect = sum(s.f1 > 0.995 for _, s in scores)
        figures = " ".join(f"{mean:6.3f}" for mean in means)
        print(f"{system.__name__:12} {figures} {perfect:3}/{len(golds):<3} {errors:6} {ms:8.1f}")
        for name, worst in sorted(scores, key=lambda pair: pair[1].f1)[: options.worst]:
            print(f"    {worst.f1:.3f} {name}")
    if peer := times.get("trafilatura"):
        print(f"time of a page: {times['huixun'] / peer:.2f} of trafilatura's")


if __name__ == "__main__":
    main()
