"""What extraction costs: each article's time, and that time beside a fixed work on the same text.

Usage: ``python -m bench.extract [FOLDER] [--profile N]``: the articles of FOLDER (pages or texts), else 20 of
2,000 characters, dense with people, made of the invented reports of tests/restore.

A machine that others use as well is slower at one time than at another. So extraction and the fixed work
(cutting the article into words with rjieba, ten times) take turns, both in processor time; the median of their
ratio can be compared between programs and between days, the milliseconds only within one run.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import statistics
from collections.abc import Callable, Iterator
from pathlib import Path

import rjieba

from bench.hostile import REPORTS, seconds
from crawler.records import Cleaned
from pipelines.clean import clean
from pipelines.decode import decode
from pipelines.extract import extract
from pipelines.restore import restore

CUTS = 10
ROUNDS = 15


def dense() -> Iterator[Cleaned]:
    """20 articles of 2,000 characters that name somebody in nearly every sentence."""
    reports = REPORTS.read_text("utf-8").split("\n\n")
    joined = "\n".join((*reports, *reports))
    for start in range(0, 2000, 100):
        yield clean(restore(joined[start : start + 2000]).text)


def articles(folder: Path) -> Iterator[Cleaned]:
    """The articles of the pages in a folder."""
    for file in sorted(path for path in folder.iterdir() if path.is_file()):
        yield clean(restore(decode(file.read_bytes(), None).text).text)


def work(article: Cleaned) -> None:
    """The fixed work that extraction is measured by."""
    for _ in range(CUTS):
        rjieba.cut(article.body, False)


def turns(article: Cleaned) -> tuple[float, float]:
    """Milliseconds of extraction and of the fixed work: the medians of rounds in which both take turns."""
    both: tuple[Callable[[], object], ...] = (lambda: extract(article), lambda: work(article))
    rounds = [[1000 * seconds(call) for call in both] for _ in range(ROUNDS)]
    ours, fixed = (statistics.median(column) for column in zip(*rounds, strict=True))
    return ours, fixed


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
    found = list(articles(options.folder) if options.folder else dense())
    for article in found:
        extract(article)
    measured = [turns(article) for article in found]
    letters = statistics.median(len(article.body) for article in found)
    ms = statistics.median(ours for ours, _ in measured)
    ratio = statistics.median(ours / max(fixed, 1e-6) for ours, fixed in measured)
    print(
        f"{len(found)} articles, {letters:.0f} characters: {ms:.2f} ms, {ratio:.2f} times {CUTS} cuts by rjieba"
    )
    if options.profile:
        profile(found, options.profile)


if __name__ == "__main__":
    main()
