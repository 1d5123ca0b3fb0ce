"""Read a PDF or Word file in a program of its own, so that a hostile one harms nobody; never raises."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from typing import Any

from crawler.files.child import MEMORY
from crawler.files.kinds import FileKind, kind_of
from crawler.files.lines import MOST_BYTES, Lines
from crawler.records import Cut, Evidence, Reading, Rejection

SECONDS = 10  # of processor time
WAIT = 25  # seconds that a busy machine may take; less than a worker of the pool has


def read_file(body: bytes) -> Reading | None:
    """The text of a file, or why there is none; None for bytes that are a page of text.

    >>> read_file("会议".encode()) is None
    True
    >>> read_file(b"\\xff\\xd8\\xff\\xe0").rejection.reason
    'file_kind'
    """
    kind = kind_of(body)
    if kind is None:
        return None
    if kind.reader is None:
        return _refusal(kind, "file_kind", f"not read: {kind.name}; {kind.remedy}")
    if len(body) > MOST_BYTES:
        return _refusal(kind, "file_limit", f"{len(body) >> 20} MiB, more than {MOST_BYTES >> 20} MiB")
    try:
        answer = _ask(kind.reader, body)
        return _reading(kind, answer)
    except subprocess.TimeoutExpired:
        return _refusal(kind, "file_limit", f"reading it took more than {WAIT} seconds")
    except (OSError, ValueError, TypeError, KeyError) as error:
        return _refusal(kind, "error", f"its reader failed: {type(error).__name__}: {error}")


def _ask(reader: str, body: bytes) -> dict[str, Any]:
    """What the program says of the bytes. Raises TimeoutExpired when it says nothing in time."""
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as got:
        given.write(body)
        given.seek(0)
        done = subprocess.run(  # noqa: S603 - our own module, by a name from kinds.toml
            [sys.executable, "-B", "-m", "crawler.files.child", reader, str(SECONDS)],
            stdin=given,
            stdout=got,
            stderr=subprocess.DEVNULL,
            env={"PYTHONPATH": os.pathsep.join(sys.path), "PATH": os.defpath},
            timeout=WAIT,
            check=False,
        )
        if done.returncode:
            return {"refused": ("file_limit", _ended(done.returncode))}
        got.seek(0)
        return dict(json.loads(got.read(MOST_BYTES)))


def _ended(code: int) -> str:
    """How the program ended before it had an answer."""
    if code in (-signal.SIGXCPU, -signal.SIGKILL):
        return f"reading it takes more than {SECONDS} seconds of processor time"
    return f"reading it broke off ({code}): it is damaged, or takes more than {MEMORY >> 20} MiB of memory"


def _reading(kind: FileKind, answer: dict[str, Any]) -> Reading:
    if refused := answer.get("refused"):
        return _refusal(kind, *refused)
    found = Lines(**answer["found"])
    counted = "" if found.pages is None else f"pages: {found.pages}"
    notes = [Evidence("read", "file", value, rule, place, chosen=False) for rule, value, place in found.notes]
    return Reading(
        kind=kind.name,
        lines=tuple(found.lines),
        pages=found.pages,
        truncated=not found.whole,
        cuts=tuple(Cut(*cut) for cut in found.cuts),
        evidence=(Evidence("read", "file", found.reader, "file_reader", counted), *notes),
    )


def _refusal(kind: FileKind, reason: str, detail: str) -> Reading:
    return Reading(kind.name, rejection=Rejection(reason, detail))
