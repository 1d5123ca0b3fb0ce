"""What a crawl is asked, what it tells while it goes, and what it gives back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from crawler.database.ledger import FINISHED
from crawler.outcomes import Outcome
from crawler.runs import FailedPage, RunSummary

MANY = 5  # so many pages rejected and none stored is no accident any more


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the caller of a crawl wants: days (inclusive) and a number of report pages."""

    since: date | None = None
    until: date | None = None
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class PageClosed:
    """One page of a crawl has ended; ``detail`` says why when it was rejected or failed.

    List pages are told of only when they fail.
    """

    site: str
    url: str
    outcome: Outcome
    detail: str = ""
    kind: str = "report"


@dataclass(slots=True)
class ListsRead:
    """How a site's list pages went in a run."""

    read: int = 0
    failed: int = 0
    last_error: str = ""


@dataclass(frozen=True, slots=True)
class RunResult:
    """A finished run: ``counts`` of report pages by outcome and ``due``; ``lists_…`` apart.

    ``known`` report pages of the sites were not due; ``faults`` are what makes the run red, one line each.
    """

    run_id: int
    counts: Mapping[str, int]
    exit_reason: str = FINISHED
    failures: tuple[FailedPage, ...] = ()
    faults: tuple[str, ...] = field(default=())
    known: int = 0

    @property
    def ok(self) -> bool:
        """Whether the exit code may be 0: the run finished, its sum closes, its sites answered."""
        return not self.faults

    @property
    def reason(self) -> str:
        """All faults in one line; empty when there is none."""
        return f"run {self.run_id}: {'; '.join(self.faults)}" if self.faults else ""


def faults_of(counts: Mapping[str, int], known: int, lists: Mapping[str, ListsRead]) -> list[str]:
    """What the figures of a run say against it.

    A page or two that failed or were rejected are a matter of course, they are rows; nothing but such pages
    is a fault, and so is a site none of whose list pages could be read.
    """
    faults = [
        f"site {site}: no list page could be read: {at.last_error}"
        for site, at in sorted(lists.items())
        if at.failed and not at.read
    ]
    due, rejected, failed = (counts.get(name, 0) for name in ("due", Outcome.REJECTED, Outcome.FAILED))
    if due and rejected == due and (due >= MANY or not known):
        faults.append(f"every page was rejected ({due}): see v_rejections")
    elif due and failed and rejected + failed == due and not known:
        faults.append(f"no page could be stored ({failed} of {due} failed): see v_failed_pages")
    return faults


def unanswered(summary: RunSummary) -> list[str]:
    """A line about the pages that failed without a definite answer of the site, if there are any."""
    if not summary.unanswered:
        return []
    first = summary.failures[0]
    pages = "page" if summary.unanswered == 1 else "pages"
    return [f"{summary.unanswered} {pages} failed and stay due: {first.url} ({first.error})"]
