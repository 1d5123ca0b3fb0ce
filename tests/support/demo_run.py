"""``huixun demo``, run twice in one folder for all tests that look at what it leaves."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class DemoRun:
    """The folder the demo ran in, and how its two runs ended."""

    folder: Path
    first: subprocess.CompletedProcess[str]
    second: subprocess.CompletedProcess[str]

    @property
    def database(self) -> Path:
        return self.folder / "demo-data" / "huixun.db"


def environment(**changes: str) -> dict[str, str]:
    """The environment without any HUIXUN_ setting, the commands of this interpreter first on the path."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("HUIXUN_")}
    path = f"{Path(sys.executable).parent}{os.pathsep}{kept.get('PATH', '')}"
    return {**kept, "PATH": path, "COLUMNS": "120", "NO_COLOR": "1", **changes}


def huixun(
    *arguments: str, cwd: Path, stdin: bytes | str | None = None, **changes: str
) -> subprocess.CompletedProcess[str]:
    """Run the command line as a user would, in a folder of its own."""
    command = [str(Path(sys.executable).parent / "huixun"), *arguments]
    text = stdin.decode("latin-1") if isinstance(stdin, bytes) else stdin
    return subprocess.run(
        command, cwd=cwd, env=environment(**changes), capture_output=True, text=True, input=text, timeout=170
    )


@cache
def demo_run() -> DemoRun:
    folder = Path(tempfile.mkdtemp(prefix="huixun-demo-"))
    return DemoRun(folder, huixun("demo", cwd=folder), huixun("demo", cwd=folder))
