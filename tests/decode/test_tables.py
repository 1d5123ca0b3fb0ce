"""Do the packaged tables hold what their makers say, and do the makers still make them?"""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.decode import build_frequency
from pipelines.decode.cns import character
from pipelines.decode.frequency import HOLE, bits

FOLDER = Path(build_frequency.__file__).parent
TABLES = ("frequency.tsv", "marks.tsv", "cns11643.tsv")


@pytest.mark.parametrize("name", TABLES)
def test_tables_say_where_they_come_from(name: str) -> None:
    text = (FOLDER / name).read_text("utf-8")
    assert text.startswith("#")
    if name != "marks.tsv":
        assert "Made by build_" in text


@pytest.mark.parametrize("name", TABLES[:2])
def test_levels_are_numbers_and_characters_single(name: str) -> None:
    for line in (FOLDER / name).read_text("utf-8").splitlines():
        if not line.startswith("#"):
            level, chars = line.split("\t")
            assert 0 < int(level) < HOLE
            assert len(set(chars)) == len(chars)


@pytest.mark.parametrize(
    "text", ["会议强调", "會議強調", "隐患要逐条销号", "の会議では", "회의에서는", "городской"]
)
def test_text_is_cheaper_than_its_mojibake(text: str) -> None:
    for codec in ("gb18030", "big5hkscs", "utf-8"):
        for other in ("gb18030", "big5hkscs", "cp949", "utf-8"):
            body = text.encode(codec, "ignore")
            found = body.decode(other, "surrogateescape")
            if body.decode(codec) == text and found != text:
                assert bits(text) < bits(found)


def test_ascii_costs_nothing_and_holes_most() -> None:
    assert bits("plain text 123") == 0
    assert bits("\udcff") == bits("\ufffd") == bits("\ue000") == bits("\0") == HOLE
    assert bits("一") < bits("镕") <= HOLE


def test_planes() -> None:
    assert character(1, b"\xc4\xa1") == "一"
    assert character(2, b"\xa1\xa1") == "乂"
    assert character(1, b"\xfe\xfe") == "\ufffd"


def test_builder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = tmp_path / "dict.txt"
    words.write_text("会议 60 n\n会 20 v\n议 20 v\nAB 5 n\n", "utf-8")
    counts = build_frequency.count_characters(words)
    assert counts[0] == {"会": 80, "议": 80}
    assert counts[1] == {"會": 80, "議": 80}
    build_frequency.main(words)
    lines = capsys.readouterr().out.splitlines()
    assert lines[:3] == list(build_frequency.HEADER)
    assert set("会议會議") <= set(lines[3].split("\t")[1])
