"""How a page can end in a run: exactly one of five ways, so that a run is a sum."""

from __future__ import annotations

from enum import StrEnum


class Outcome(StrEnum):
    """The end of one page in one run; ``due == new + changed + unchanged + rejected + failed``."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REJECTED = "rejected"
    FAILED = "failed"
