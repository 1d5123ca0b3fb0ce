"""How well damaged pages are restored: our step beside a regular expression with OpenCC, in one run.

    python -m bench.restore [--texts FOLDER] [--show N]

``FOLDER`` holds clean reports (``*.txt``, a paragraph a line; ``*.json`` with a list ``body``); without it
the invented reports of ``bench.articles`` serve, no line of which is in the language table. Each is damaged
by every mirror of ``bench.mirror``; by the hard ones once more with its paragraphs indented and some of them
numbered, for a mirror's damage then takes in the indent as well.
"""

from __future__ import annotations

import argparse
import difflib
import json
import re
import time
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from opencc import OpenCC

from bench.articles import reports
from bench.mirror import Mirror, damage, mild_mirrors, mirrors
from pipelines.restore import restore

LENGTH = 700
NUMERALS = "一二三四五六七八九十"


def texts(folder: Path | None) -> Iterator[str]:
    """Yield clean texts of about ``LENGTH`` letters that GBK can write."""
    if folder is None:
        bodies = reports()
    else:
        bodies = [path.read_text("utf-8") for path in sorted(folder.glob("*.txt"))]
        bodies += ["\n".join(_body(path)) for path in sorted(folder.glob("*.json"))]
    for body in bodies:
        sound = body.encode("gbk", "ignore").decode("gbk")
        for start in range(0, len(sound), LENGTH):
            piece = sound[start : start + LENGTH]
            if len(piece) > LENGTH // 2:
                yield piece


def _body(path: Path) -> list[str]:
    loaded = json.loads(path.read_text("utf-8"))
    return loaded.get("body") or [] if isinstance(loaded, dict) else []


def indented(text: str) -> str:
    """Return a text with indented paragraphs, each third of them numbered: as most printed pages have it."""
    lines = text.split("\n")
    heads = (f"（{NUMERALS[n // 3 % 10]}）" if n % 3 == 2 else "" for n in range(len(lines)))
    return "\n".join(f"　　{head}{line}" for head, line in zip(heads, lines, strict=True))


_PINYIN = re.compile(r"\([a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜ]+ ?\)")
_T2S = OpenCC("t2s")


def plain(text: str) -> str:
    """What a regular expression and OpenCC make of a page."""
    return _T2S.convert(re.sub(r",(?=[,，。、；！？;!?])", "", _PINYIN.sub("", text)))


def wrong(found: str, truth: str) -> int:
    """Return how many letters differ, full and half width being the same."""
    a, b = (re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)) for text in (found, truth))
    if a == b:
        return 0
    codes = difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
    return sum(max(j - i, n - m) for tag, i, j, m, n in codes if tag != "equal")


@dataclass
class Tally:
    """The sums of one method."""

    texts: float = 0
    perfect: float = 0
    letters: float = 0
    wrong: float = 0
    bytes: float = 0
    seconds: float = 0.0

    def add(self, method: Callable[[str], str], seen: str, truth: str) -> int:
        """Restore ``seen`` with a method and count its errors against ``truth``; gives the wrong letters."""
        start = time.process_time()
        found = method(seen)
        self.seconds += time.process_time() - start
        errors = wrong(found, truth)
        self.texts += 1
        self.perfect += not errors
        self.letters += len(truth)
        self.wrong += errors
        self.bytes += len(seen.encode())
        return errors

    def merge(self, part: Tally) -> None:
        """Add the sums of a part."""
        for name in vars(part):
            setattr(self, name, getattr(self, name) + getattr(part, name))

    def mixed(self, hard: Tally) -> Tally:
        """Return the sums for two such texts to each ``hard`` one."""
        share = 2 * hard.texts / self.texts
        return Tally(*(getattr(self, name) * share + getattr(hard, name) for name in vars(self)))

    def __str__(self) -> str:
        speed = self.bytes / self.seconds / 1e3
        return (
            f"{self.perfect / self.texts:7.1%} of {self.texts:.0f} texts without a wrong letter, "
            f"{self.wrong / self.letters * 1e4:6.1f} wrong per 10,000, {speed:8.0f} KB/s"
        )


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=Path)
    parser.add_argument("--show", type=int, default=0, help="show so many texts that came out wrong")
    parser.add_argument("--step", type=int, default=1, help="take every STEPth text only")
    options = parser.parse_args()
    clean = list(texts(options.texts))[:: options.step]
    restore(damage(clean[0], Mirror(marks="；！？")))
    sound = Tally()
    for text in clean:
        sound.add(lambda seen: restore(seen).text, text, text)
    print(f"sound texts\n    ours   {sound}")
    mild, hard = (run(each, clean, options) for each in (mild_mirrors(), mirrors()))
    printed = run(mirrors(), list(map(indented, clean)), options)
    for name, method in (("ours  ", 0), ("OpenCC", 1)):
        print(f"\n{name} mild    {mild[method]}\n{name} hard    {hard[method]}")
        print(f"{name} 2 to 1  {mild[method].mixed(hard[method])}\n{name} indents {printed[method]}")


def run(chosen: list[Mirror], clean: list[str], options: argparse.Namespace) -> tuple[Tally, Tally]:
    """Run some mirrors on all texts, print a line for each, and return the sums of both methods."""
    ours, theirs = Tally(), Tally()
    for mirror in chosen:
        mine, other = Tally(), Tally()
        for text in clean:
            seen = damage(text, mirror)
            errors = mine.add(lambda seen: restore(seen).text, seen, text)
            other.add(plain, seen, text)
            if errors and options.show > 0:
                options.show -= 1
                show(seen, restore(seen).text, text)
        print(f"{mirror}\n    ours   {mine}\n    OpenCC {other}")
        ours.merge(mine)
        theirs.merge(other)
    return ours, theirs


def show(seen: str, found: str, truth: str) -> None:
    """Print the lines of a text that came out wrong."""
    for line, got in zip(truth.split("\n"), found.split("\n"), strict=False):
        if wrong(got, line):
            a, b = (unicodedata.normalize("NFKC", text) for text in (got, line))
            for tag, i, j, m, n in difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
                if tag != "equal":
                    print(f"      {a[max(0, i - 8) : j + 6]!r} should be {b[max(0, m - 8) : n + 6]!r}")


if __name__ == "__main__":
    main()
