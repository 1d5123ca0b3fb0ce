"""The program that reads one file: bytes on standard input, JSON on standard output, under hard limits.

It is started by ``crawler.files.reader`` and ends with its file. What is wrong with the file it says itself;
what exceeds a limit the system ends, and the reader says so.
"""

from __future__ import annotations

import importlib
import json
import resource
import sys

from crawler.files.lines import MOST_BYTES, MOST_CUTS, Lines, Unreadable

MEMORY = 1 << 30  # bytes of address space
MISSING = (
    "reading it needs the package {}, which is not installed: pip install 'huixun[documents]'; "
    "then read it again (huixun reprocess --apply for what a crawl has kept)"
)
_SHOWN = 300  # characters of a cut


def main(module: str, seconds: int) -> None:
    """Read standard input with a reader's module, in so much processor time, and write what was found."""
    _limit(seconds)
    answer: dict[str, object]
    try:
        found = importlib.import_module(module).read(sys.stdin.buffer.read())
        answer = {"found": _tidy(found)._asdict()}
    except Unreadable as error:
        answer = {"refused": (error.reason, error.detail)}
    except ModuleNotFoundError as error:
        answer = {"refused": ("reader_missing", MISSING.format(error.name))}
    except MemoryError:
        answer = {"refused": ("file_limit", f"reading it takes more than {MEMORY >> 20} MiB of memory")}
    json.dump(answer, sys.stdout)


def _limit(seconds: int) -> None:
    """Bounds that no library can talk its way out of; nothing of use can be written to disk."""
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, MOST_BYTES),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(what)
        allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (allowed, allowed))


def _tidy(found: Lines) -> Lines:
    """No more than is of use: long cuts shortened, endless ones ended."""
    cuts = [cut._replace(text=cut.text[:_SHOWN]) for cut in found.cuts[:MOST_CUTS]]
    return found._replace(cuts=cuts, notes=found.notes[:MOST_CUTS])


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
