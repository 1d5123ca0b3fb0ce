"""A site file that is wrong says where and what; a right one is read, whichever editor wrote it."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler.errors import SiteError
from crawler.sites import load_site, load_sites

CASES = tomllib.loads(Path(__file__).with_name("cases").joinpath("faults.toml").read_text("utf-8"))["case"]
SOUND = r"""name = "青溪县人民政府网"
type = "portal"
hosts = ["qingxi.example"]
[lists]
urls = ["http://qingxi.example/xw/"]
report = '/\d+'
links = "li a"
[politeness]
delay = 1
"""


def written(folder: Path, text: str, name: str = "qingxi") -> Path:
    path = folder / f"{name}.toml"
    path.write_text(text, encoding="utf-8")
    return path


def changed(case: dict[str, str]) -> str:
    assert SOUND.count(case["before"]) == 1, "the case must change the sound file in one place"
    return SOUND.replace(case["before"], case["after"])


@pytest.mark.parametrize("case", [c for c in CASES if "words" in c], ids=lambda case: case["label"])
def test_a_mistake_is_named_with_its_line(tmp_path: Path, case: dict[str, str]) -> None:
    path = written(tmp_path, changed(case))
    with pytest.raises(SiteError) as caught:
        load_site(path)
    told = str(caught.value)
    assert all(line.startswith(str(path)) for line in told.splitlines() if line.strip()), told
    for words in case["words"]:
        assert words in told


@pytest.mark.parametrize("case", [c for c in CASES if "words" not in c], ids=lambda case: case["label"])
def test_what_is_right_is_read(tmp_path: Path, case: dict[str, str]) -> None:
    assert load_site(written(tmp_path, changed(case))).name == "青溪县人民政府网"


def test_a_file_that_is_not_utf8(tmp_path: Path) -> None:
    path = tmp_path / "qingxi.toml"
    path.write_bytes(SOUND.encode("gb18030"))
    with pytest.raises(SiteError, match=r"qingxi\.toml: cannot read the site file: .*utf-8"):
        load_site(path)


@pytest.mark.parametrize("name", ["Qingxi", "青溪", "a b", "-x", "x" * 65])
def test_a_name_that_can_be_no_key(tmp_path: Path, name: str) -> None:
    with pytest.raises(SiteError, match="key: String should"):
        load_site(written(tmp_path, SOUND, name))


def test_a_folder_of_sites(tmp_path: Path) -> None:
    written(tmp_path, SOUND, "shixi")
    written(tmp_path, SOUND)
    (tmp_path / "notes.txt").write_text("no site")
    assert list(load_sites(tmp_path)) == ["qingxi", "shixi"]
    written(tmp_path, "name = 1", "broken")
    with pytest.raises(SiteError, match=r"broken\.toml"):
        load_sites(tmp_path)


@pytest.mark.parametrize("place", ["nowhere", "a-file"])
def test_a_folder_that_is_not_there(tmp_path: Path, place: str) -> None:
    (tmp_path / "a-file").write_text("")
    with pytest.raises(SiteError, match=f"{place}: there is no such folder of site files: set HUIXUN_SITES"):
        load_sites(tmp_path / place)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.integers(0, len(SOUND)), noise=st.text(st.characters(exclude_categories=["Cs"]), max_size=6))
def test_any_slip_is_a_site_or_a_named_mistake(tmp_path: Path, at: int, noise: str) -> None:
    path = written(tmp_path, SOUND[:at] + noise + SOUND[at:])
    try:
        site = load_site(path)
    except SiteError as error:
        assert str(error).startswith(str(path))
    else:
        assert site.lists.urls
