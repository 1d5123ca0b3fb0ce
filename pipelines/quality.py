"""How far a report can be trusted, as one figure, and every deduction with its reason."""

from __future__ import annotations

from collections.abc import Sequence

from crawler.records import Cleaned, Decoded, Evidence, Repair, Restored

CERTAIN = 0.8  # repairs below are marked uncertain
DEDUCTIONS = {
    "damaged_bytes": 0.15,
    "uncertain_encoding": 0.1,
    "uncertain_repair": 0.15,
    "no_title": 0.1,
    "no_date": 0.1,
    "no_source": 0.05,
    "title_shares_nothing": 0.2,
    "truncated": 0.15,
    "very_short": 0.1,
}
_SHORT = 60  # characters of a body that is hardly a report


def rate(
    decoded: Decoded, restored: Restored, cleaned: Cleaned, repairs: Sequence[Repair]
) -> tuple[float, tuple[Evidence, ...]]:
    """Quality in 0–1 (1: nothing to complain of) and one Evidence per deduction, scored by what it cost."""
    title, body = cleaned.title or "", cleaned.body
    reasons = {
        "damaged_bytes": decoded.damaged and f"{decoded.damaged} spots",
        "uncertain_encoding": decoded.confidence < 0.5 and f"{decoded.encoding} {decoded.confidence:.2f}",
        "uncertain_repair": _uncertain(repairs),
        "no_title": not title and "no title found",
        "no_date": cleaned.published_at is None and "no date of publication found",
        "no_source": cleaned.source is None and "no source found",
        "title_shares_nothing": title and body and not set(title) & set(body) and title,
        "truncated": cleaned.truncated and body[-20:],
        "very_short": len(body) < _SHORT and f"{len(body)} characters",
    }
    lost = [
        Evidence("quality", "deduction", str(reason), rule, score=DEDUCTIONS[rule])
        for rule, reason in reasons.items()
        if reason
    ]
    return round(max(0.0, 1.0 - sum(e.score or 0.0 for e in lost)), 2), tuple(lost)


def _uncertain(repairs: Sequence[Repair]) -> str:
    doubtful = [r.after for r in repairs if r.located and r.certainty < CERTAIN]
    return f"{len(doubtful)}: {'、'.join(doubtful[:3])}" if doubtful else ""
