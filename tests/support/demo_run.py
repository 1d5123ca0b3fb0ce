"""``huixun demo``, run twice in one folder for all tests that look at what it leaves."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
from contextlib import ExitStack
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
    """Run the demo twice in a new folder, on ports that are free here (another demo may be running)."""
    folder = Path(tempfile.mkdtemp(prefix="huixun-demo-"))
    port = str(free_ports(5))
    return DemoRun(
        folder, huixun("demo", "--port", port, cwd=folder), huixun("demo", "--port", port, cwd=folder)
    )


def free_ports(count: int) -> int:
    """The first of ``count`` loopback ports in a row on which nobody listens."""
    for first in range(
        20_000 + os.getpid() % 4_000 * 10, 62_000, 10
    ):  # neighbouring processes never share one
        with ExitStack() as stack:
            try:
                for port in range(first, first + count):
                    stack.enter_context(socket.create_server(("127.0.0.1", port)))
            except OSError:
                continue
            return first
    raise RuntimeError("no free ports on 127.0.0.1")
