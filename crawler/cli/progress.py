"""A crawl as it goes: one live line per site on a terminal, plain lines in a log."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Protocol

from rich.console import Console
from rich.live import Live
from rich.table import Table
from rich.text import Text

from crawler.events import PageClosed
from crawler.outcomes import Outcome

_EVERY = 50  # pages between two lines in a log


class Progress(Protocol):
    """Whoever is told of each page that a crawl has finished with."""

    def __call__(self, event: PageClosed) -> None:
        """Take note of one page."""


@contextmanager
def shown(console: Console) -> Iterator[Progress]:
    """Show the progress of a crawl on ``console`` while the block runs."""
    if console.is_terminal:
        with Live(console=console, refresh_per_second=8, transient=True) as live:
            yield _Board(live)
    else:
        yield _Log(console)


class _Board:
    """The live table: a row a site, a column an outcome, and the page just done."""

    def __init__(self, live: Live) -> None:
        self._live = live
        self._counts: dict[str, Counter[str]] = {}
        self._started = monotonic()

    def __call__(self, event: PageClosed) -> None:
        self._counts.setdefault(event.site, Counter())[event.outcome] += 1
        self._live.update(self._table(event))

    def _table(self, event: PageClosed) -> Table:
        done = sum(count.total() for count in self._counts.values())
        seconds = monotonic() - self._started
        table = Table(
            caption=Text(f"{done} pages in {seconds:.0f} s   {event.url}", overflow="ellipsis", no_wrap=True)
        )
        for column in ("site", *Outcome):
            table.add_column(column, justify="left" if column == "site" else "right")
        for site, count in sorted(self._counts.items()):
            table.add_row(site, *(str(count[outcome] or "") for outcome in Outcome))
        return table


class _Log:
    """A line for each failed page, and one every so many pages."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._count: Counter[str] = Counter()

    def __call__(self, event: PageClosed) -> None:
        self._count[event.outcome] += 1
        if event.outcome is Outcome.FAILED:
            self._console.print(Text(f"failed {event.site} {event.url}: {event.detail}"))
        if self._count.total() % _EVERY == 0:
            sums = ", ".join(f"{name} {number}" for name, number in sorted(self._count.items()))
            self._console.print(Text(f"{self._count.total()} pages: {sums}"))
