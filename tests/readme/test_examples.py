"""Every example of the README runs, and prints what the README shows.

In a ```console block a line ``$ command`` is run and the lines below it must be its output; a line ``…``
stands for any number of lines. Commands run in a folder with the demo's database and the files of docs/examples.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from demo_run import demo_run, environment

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```console\n(.*?)^```", README, re.M | re.S)
EXAMPLES = [
    tuple(example.split("\n", 1))
    for block in BLOCKS
    for example in re.split(r"^\$ ", block, flags=re.M)
    if example.strip()
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    place = tmp_path_factory.mktemp("readme")
    shutil.copytree(demo_run().folder / "demo-data", place / "demo-data")
    shutil.copytree(ROOT / "docs" / "examples", place / "docs" / "examples")
    return place


def plain(text: str) -> list[str]:
    """Lines without trailing blanks; empty lines and the length of ruled lines do not count."""
    return [re.sub("─+", "─", line.rstrip()) for line in text.split("\n") if line.strip()]


def pattern(shown: str) -> str:
    """A regular expression of the shown output: a line … is any number of lines, … inside a line is any text."""
    return "".join(
        r"(?:.*\n?)*?" if line == "…" else ".*".join(map(re.escape, line.split("…"))) + "\n"
        for line in plain(shown)
    )


def test_the_readme_has_examples_of_all_three_uses():
    commands = " ".join(command for command, _ in EXAMPLES)
    assert all(
        use in commands
        for use in ("schedule add every-morning", "huixun runs", "huixun scrape", "huixun sql")
    )


@pytest.mark.parametrize(("command", "shown"), EXAMPLES, ids=[command for command, _ in EXAMPLES])
def test_example(command, shown, folder):
    run = subprocess.run(
        command,
        shell=True,
        cwd=folder,
        env=environment(HUIXUN_DATA="demo-data", HUIXUN_SITES=os.fspath(ROOT / "crawler" / "demo" / "sites")),
        capture_output=True,
        text=True,
        timeout=120,
    )
    printed = "\n".join([*plain(run.stdout + run.stderr), ""])
    assert re.fullmatch(pattern(shown), printed), f"exit {run.returncode}\n{printed}"


def test_the_two_commands_are_make_targets():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in set(re.findall(r"\bmake ([a-z-]+)", README)):
        assert re.search(rf"^{target}:", makefile, re.M), f"README names make {target}"


def test_every_file_that_the_readme_links_exists():
    for link in re.findall(r"\]\((?!http|#)([^)#]+)", README):
        assert (ROOT / link).exists(), link
