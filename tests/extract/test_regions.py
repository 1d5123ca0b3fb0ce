"""Where does the meeting belong? The witnesses case by case, the gazetteer's facts, and what must never happen."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.extract.regions import Region, Told, as_of, home_of, kind_of, resolve_region
from pipelines.extract.regions.gazetteer import gazetteer, named_in, path_of, place_at, townships
from pipelines.extract.regions.mentions import full_names

CASES = tomllib.loads((Path(__file__).parent / "cases" / "regions.toml").read_text(encoding="utf-8"))
SOUND = [case for group in ("seen", "made_up", "null") for case in CASES[group]]


def placed(case: dict) -> Region:
    told = Told(
        case["body"],
        case.get("title", ""),
        case.get("source", ""),
        case.get("url", ""),
        case.get("site_region"),
        case.get("margin", ""),
    )
    return resolve_region(told, case.get("level"), case.get("name", ""))


@pytest.mark.parametrize("case", SOUND, ids=lambda case: case["label"])
def test_case(case: dict) -> None:
    found = placed(case)
    assert (found.path or "") == case.get("expected", "")
    assert found.rule == case.get("rule", found.rule)
    assert found.code == case.get("code", found.code)
    assert list(found.candidates) == case.get("candidates", list(found.candidates))


@pytest.mark.parametrize("case", CASES["xfail"], ids=lambda case: case["label"])
@pytest.mark.xfail(strict=True)
def test_known_failure(case: dict) -> None:
    assert placed(case).path == case["expected"]


@pytest.mark.parametrize("case", SOUND, ids=lambda case: case["label"])
def test_a_path_leads_back_to_its_code(case: dict) -> None:
    found = placed(case)
    if found.path is not None:
        path = found.path.rpartition("/")[0] if found.rule.endswith("/unlisted") else found.path
        place = place_at(path)
        assert place is not None
        assert place.code == found.code


@pytest.mark.parametrize(
    ("path", "code", "year", "expected"),
    [
        ("陕西省/汉中市/南郑区", "610703", 2004, ("陕西省/汉中市/南郑县", "610721")),
        ("陕西省/汉中市/南郑区", "610703", 2020, ("陕西省/汉中市/南郑区", "610703")),
        ("陕西省/汉中市/南郑区", "610703", None, ("陕西省/汉中市/南郑区", "610703")),
        ("陕西省/汉中市", "610700", 2004, ("陕西省/汉中市", "610700")),
        ("湖南省/永州市/祁阳市/茅竹镇", "431181109", 2014, ("湖南省/永州市/祁阳县/茅竹镇", "431181109")),
        (None, None, 2004, (None, None)),
    ],
)
def test_a_county_has_the_name_of_the_year(
    path: str | None, code: str | None, year: int | None, expected: tuple[str | None, str | None]
) -> None:
    found = as_of(Region(path, code, "host"), year)
    assert (found.path, found.code) == expected


@pytest.mark.parametrize(
    ("source", "title", "url", "site", "home"),
    [
        ("滦南融媒", "", "", None, "河北省/唐山市/滦南县"),
        (None, "浏阳市召开全市会议", "", "湖南省/长沙市", "湖南省/长沙市/浏阳市"),
        (None, "", "http://hanchuan.example.org/p/44757.html", None, "湖北省/孝感市/汉川市"),
        ("新华网", "", "", None, None),
        (None, "鼓楼区召开会议", "", None, None),
    ],
)
def test_home(source: str | None, title: str, url: str, site: str | None, home: str | None) -> None:
    assert home_of(Told("我市召开会议。", title, source or "", url, site)) == home


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("北京市", "province"),
        ("唐山市", "prefecture"),
        ("济源市", "county"),
        ("浏阳市", "county"),
        ("东莞市", "prefecture"),
        ("凉山州", "prefecture"),
        ("鄂伦春自治旗", "county"),
        ("邵阳", "prefecture"),
        ("无此市", None),
        ("", None),
    ],
)
def test_kind(name: str, level: str | None) -> None:
    assert kind_of(name) == level


@pytest.mark.parametrize(
    ("code", "year", "name"),
    [
        ("420600", 2005, "襄樊市"),
        ("420600", 2020, "襄阳市"),
        ("110103", 2005, "崇文区"),
        ("530800", 2006, "思茅市"),
        ("140405", 2024, "屯留区"),
    ],
)
def test_names_have_their_years(code: str, year: int, name: str) -> None:
    place = named_in(code, year)
    assert place is not None
    assert place.name == name


def test_the_gazetteer_is_whole() -> None:
    places = [place for found in gazetteer().by_code.values() for place in found]
    today = [place for place in places if place.until > 2024]
    assert sum(place.level == "province" for place in today) == 34
    assert 330 <= sum(place.level == "prefecture" for place in today) <= 345
    assert 2800 <= sum(place.level == "county" for place in today) <= 2900
    assert all(len(place.name) > 1 for place in places)


def test_every_place_of_today_has_its_own_path() -> None:
    today = [place for found in gazetteer().by_code.values() for place in found if place.until > 2024]
    assert len({path_of(place) for place in today}) == len(today)
    assert all(path_of(place).split("/")[0][-1] in "省市区" for place in today)


def test_townships_lie_in_their_county() -> None:
    (place,) = townships("蔡牛镇")
    assert path_of(place) == "辽宁省/铁岭市/铁岭县/蔡牛镇"
    assert place.level == "township"


PIECES = "县 市 区 省 召开 洞口 洞口县 长沙市 城区 桥西区 蔡牛镇 街道 我县 全市 开 代 长 《 》 ， 。 讯 北京 日报 a/ .gov.cn"
words = st.lists(st.sampled_from(PIECES.split(" ")), max_size=25).map("".join)
levels = st.sampled_from([None, "central", "province", "prefecture", "county", "township", "organization"])


@settings(max_examples=200, deadline=None)
@given(words | st.text(max_size=80), words, words, levels)
def test_never_raises_and_keeps_to_the_level(body: str, title: str, source: str, level: str | None) -> None:
    told = Told(body, title, source, "http://" + source, title, source)
    found = resolve_region(told, level, title)
    assert found == resolve_region(told, level, title)
    if found.path is None:
        return
    if found.rule.endswith("/unlisted"):
        county = place_at(found.path.rpartition("/")[0])
        assert level == "township" and county is not None and county.code == found.code
        return
    place = place_at(found.path)
    assert place is not None
    if level in ("province", "township"):
        assert place.level == level
    if level == "county":
        assert place.level == "county" or found.rule == "zone"


@settings(max_examples=150, deadline=None)
@given(words)
def test_names_slice_the_text(text: str) -> None:
    passed = 0
    for named in full_names(text):
        assert passed <= named.start < named.end
        assert text[named.start : named.end] in gazetteer().by_name
        passed = named.end
