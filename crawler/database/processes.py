"""Who runs where: the name of this machine, and whether a process of it still lives."""

from __future__ import annotations

import os
import socket
from datetime import UTC, datetime, timedelta
from pathlib import Path

_PROC = Path("/proc")
_SLACK = timedelta(seconds=2)  # the kernel counts starts in hundredths, from a boot time in whole seconds


def this_host() -> str:
    """Name of this machine, as runs keep it."""
    return socket.gethostname()


def alive(pid: int, since: datetime) -> bool:
    """Whether process ``pid`` of this machine lives and already lived at ``since``.

    Numbers are given again, in a container at once; where the kernel tells when a process began
    (Linux), a later one of the same number is not taken for the old one.
    """
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    state, started = _linux(pid)
    return state != "Z" and (started is None or started <= since + _SLACK)


def _linux(pid: int) -> tuple[str, datetime | None]:
    """State and start of a process, from /proc (proc(5): fields 3 and 22); unknown elsewhere."""
    try:
        fields = (_PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
        boot = next(
            line.split()[1] for line in (_PROC / "stat").read_text().splitlines() if line.startswith("btime")
        )
    except (OSError, StopIteration):
        return "", None
    ticks = int(fields[19]) / os.sysconf("SC_CLK_TCK")
    return fields[0], datetime.fromtimestamp(int(boot) + ticks, UTC)
