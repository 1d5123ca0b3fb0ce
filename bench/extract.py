"""What extraction costs: each article's time, and that time beside a fixed work on the same text.

Usage: ``python -m bench.extract [FOLDER] [--profile N]``: the articles of FOLDER (pages or texts), else 20 of
2,000 characters, dense with people, made of the invented reports of tests/restore.

A machine that others use as well is slower at one time than at another. So extraction and the fixed work
(cutting the article into words with rjieba, ten times) take turns, both in processor time. Their ratio can be
compared between programs and between days; milliseconds only within one run, the least of them best.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import statistics
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import rjieba

from bench.articles import articles
from bench.hostile import seconds
from crawler.records import Cleaned
from pipelines.clean import clean
from pipelines.decode import decode
from pipelines.extract import extract
from pipelines.restore import restore

CUTS = 10
ROUNDS = 15


def dense() -> Iterator[Cleaned]:
    """Articles of 2,000 characters that name somebody in nearly every sentence."""
    return (clean(restore(text).text) for text in articles())


def of_folder(folder: Path) -> Iterator[Cleaned]:
    """The articles of the pages in a folder."""
    for file in sorted(path for path in folder.iterdir() if path.is_file()):
        yield clean(restore(decode(file.read_bytes(), None).text).text)


def work(article: Cleaned) -> None:
    """The fixed work that extraction is measured by."""
    for _ in range(CUTS):
        rjieba.cut(article.body, False)


class Cost(NamedTuple):
    """What one article costs: milliseconds, their least, and the ratio to the fixed work."""

    usual: float
    least: float
    ratio: float


def cost(article: Cleaned) -> Cost:
    """Medians over rounds in which extraction and the fixed work take turns."""
    both: tuple[Callable[[], object], ...] = (lambda: extract(article), lambda: work(article))
    rounds = [[1000 * seconds(call) for call in both] for _ in range(ROUNDS)]
    ours, fixed = zip(*rounds, strict=True)
    usual = statistics.median(ours)
    return Cost(usual, min(ours), usual / max(statistics.median(fixed), 1e-6))


def profile(found: list[Cleaned], lines: int) -> None:
    """Print the functions that take most of the time."""
    profiler = cProfile.Profile()
    profiler.runcall(lambda: [extract(article) for article in found for _ in range(ROUNDS)])
    pstats.Stats(profiler).sort_stats("tottime").print_stats(lines)


def main() -> None:
    """Print the medians over the articles."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--profile", type=int, default=0, metavar="N", help="print the N dearest functions")
    options = parser.parse_args()
    found = list(of_folder(options.folder) if options.folder else dense())
    for article in found:
        extract(article)
    letters = statistics.median(len(article.body) for article in found)
    usual, least, ratio = map(statistics.median, zip(*map(cost, found), strict=True))
    print(f"{len(found)} articles, {letters:.0f} characters")
    print(f"{usual:.2f} ms, at least {least:.2f} ms, {ratio:.2f} times {CUTS} cuts by rjieba")
    if options.profile:
        profile(found, options.profile)


if __name__ == "__main__":
    main()
