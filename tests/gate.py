"""``make gate``: figures that may not fall, and generated documents that must be fresh."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
FLOORS = tomllib.loads((ROOT / "tests" / "gates.toml").read_text(encoding="utf-8"))


def main() -> int:
    """Measure, compare, print each figure beside its floor; 1 when one has fallen."""
    failures = [*stale_documents()]
    if (SHARED / "score").is_dir():
        failures += fallen("extraction", extraction_figures(run_score("extraction.py")))
        failures += fallen("facts", facts_figures(run_score("facts.py")))
    else:
        print("gate: no development data beside the project; only the documents were checked")
    for failure in failures:
        print(f"gate: {failure}", file=sys.stderr)
    return int(bool(failures))


def run_score(script: str) -> str:
    """What a score script prints."""
    command = [sys.executable, str(SHARED / "score" / script)]
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout


def extraction_figures(printed: str) -> dict[str, float]:
    """Figures of the line that begins with ``project``."""
    line = next(line for line in printed.splitlines() if line.startswith("project"))
    return {name: float(value) for name, value in re.findall(r"(\w+) ([\d.]+)", line)}


def facts_figures(printed: str) -> dict[str, float]:
    """Shares (``name 12/13``) and F1 figures (``hosts … f1 0.97``)."""
    shares = {
        name: int(good) / max(1, int(all_)) for name, good, all_ in re.findall(r"(\w+) (\d+)/(\d+)", printed)
    }
    return shares | {name: float(f1) for name, f1 in re.findall(r"^(\w+)\s+p .* f1 ([\d.]+)", printed, re.M)}


def fallen(kind: str, figures: dict[str, float]) -> list[str]:
    """Print each figure; name those below their floor."""
    for name, floor in FLOORS[kind].items():
        print(f"{kind:11s} {name:11s} {figures[name]:.3f}  floor {floor:.3f}")
    return [
        f"{kind} {name} has fallen to {figures[name]:.3f}; its floor is {floor:.3f}"
        for name, floor in FLOORS[kind].items()
        if figures[name] < floor
    ]


def stale_documents() -> list[str]:
    """docs/schema.md must be what the tables say."""
    from crawler.database.describe import describe

    written = (ROOT / "docs" / "schema.md").read_text(encoding="utf-8")
    return [] if written == describe() else ["docs/schema.md is not what the tables say; run make schema"]


if __name__ == "__main__":
    sys.exit(main())
