"""Build ``cns11643.tsv``: planes 1 and 2 of CNS 11643, the characters of EUC-TW and ISO-2022-CN.

Usage: ``python -m pipelines.decode.build_cns > pipelines/decode/cns11643.tsv`` (needs the command iconv).
"""

from __future__ import annotations

import subprocess
import sys

HEADER = (
    "# Planes 1 and 2 of CNS 11643: plane-row, then the 94 characters of the row (U+FFFD: none).",
    "# Made by build_cns.py from the mapping that the C library's iconv applies to EUC-TW; code points of a",
    "# public standard (Chinese National Standard 11643-1992). Do not edit.",
)
NOTHING = "\ufffd"


def character(plane: int, row: int, column: int) -> str:
    """The character at a place of a plane (row and column count from 1), U+FFFD where there is none."""
    pair = bytes((0xA0 + row, 0xA0 + column))
    body = pair if plane == 1 else bytes((0x8E, 0xA0 + plane)) + pair
    done = subprocess.run(
        ["iconv", "-f", "EUC-TW", "-t", "UTF-8"],  # noqa: S607 - found on the PATH of whoever builds
        input=body,
        capture_output=True,
        check=False,
    )
    text = done.stdout.decode("utf-8")
    return text if done.returncode == 0 and len(text) == 1 else NOTHING


def main() -> None:
    """Write the table to standard output; empty rows are left out."""
    lines = list(HEADER)
    for plane in (1, 2):
        for row in range(1, 95):
            chars = "".join(character(plane, row, column) for column in range(1, 95))
            if chars.strip(NOTHING):
                lines.append(f"{plane}-{row}\t{chars}")
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
