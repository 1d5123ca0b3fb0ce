"""The invented reports that the benches stand on, and articles of one length made of them."""

from __future__ import annotations

from pathlib import Path

HERE = Path(__file__).parent
FILES = (HERE.parent / "tests" / "restore" / "reports.txt", HERE / "reports.txt")


def reports() -> list[str]:
    """All reports, their paragraphs a line each."""
    return [report for file in FILES for report in file.read_text("utf-8").strip().split("\n\n")]


def articles(count: int = 20, length: int = 2000) -> list[str]:
    """``count`` articles of ``length`` characters, none of which says anything twice."""
    joined = "\n".join(reports())
    step = (len(joined) - length) // (count - 1)
    return [joined[start : start + length] for start in range(0, count * step, step)]
