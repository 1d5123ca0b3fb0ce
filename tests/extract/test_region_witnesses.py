"""What each witness reads: source, title, dateline, address, body; the gazetteer's names; and at what cost."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from pipelines.extract.dates import date_meeting
from pipelines.extract.level import level_of
from pipelines.extract.regions import Region, Told, home_of, hosts, resolve_region
from pipelines.extract.regions import witnesses as w
from pipelines.extract.regions.gazetteer import counties_of, gazetteer, lineage, path_of, place_at
from pipelines.extract.regions.make_gazetteer import NOT_PLACES, pinyin_of, short_name
from pipelines.extract.regions.mentions import chain_at, full_names, plain_words, short_name_at


def paths(found: Iterable[w.Witness]) -> list[str]:
    return [path_of(place) for witness in found for place in witness.places]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("双牌县政府网", ["湖南省/永州市/双牌县"]),
        ("云上洞口", ["湖南省/邵阳市/洞口县"]),
        ("视听洞口", ["湖南省/邵阳市/洞口县"]),
        ("阜城宣传", ["河北省/衡水市/阜城县"]),
        ("南方+客户端", ["广东省"]),
        ("红网洞口站", ["湖南省/邵阳市/洞口县", "湖南省"]),
        ("新华网长沙", ["湖南省/长沙市"]),
        ("新华社", []),
        ("光明日报", []),
        ("公安部新闻中心", []),
        ("平安时报", []),
        ("本溪市农业农村局", ["辽宁省/本溪市"]),
        ("", []),
    ],
)
def test_source(source: str, expected: list[str]) -> None:
    assert paths(w.by_source(source)) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("洞口召开防汛会议", ["湖南省/邵阳市/洞口县"]),
        ("【要闻】株洲：部署春耕", ["湖南省/株洲市"]),
        ("和平召开会议", []),
        ("县委书记谈洞口的发展", []),
        ("重庆市渝中区召开会议", ["重庆市", "重庆市/渝中区"]),
    ],
)
def test_title(title: str, expected: list[str]) -> None:
    assert paths(w.by_title(title)) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://www.dongkou.gov.cn/1.html", ["湖南省/邵阳市/洞口县"]),
        ("http://yjgl.luohe.gov.cn/1.html", ["河南省/漯河市"]),
        ("http://www.nanle.gov.cn/1.html", ["河南省/濮阳市/南乐县"]),
        ("http://www.shanxi.gov.cn/1.html", ["山西省"]),
        ("http://www.shaoyang.gov.cn/1.html", ["湖南省/邵阳市"]),
        ("http://zx.haian.gov.cn/1.html", ["江苏省/南通市/海安市"]),
        ("http://www.gd.gov.cn/1.html", ["广东省"]),
        ("http://www.changzhi.gov.cn/1.html", ["山西省/长治市"]),
        ("http://m.hbwuxue.com/p/1.html", ["湖北省/黄冈市/武穴市"]),
        ("http://pingjiang-cloud.example.com/1.html", ["湖南省/岳阳市/平江县"]),
        ("http://www.gdwuxue.com/p/1.html", []),
        ("http://pyrb.pyxww.com/1.html", ["河南省/濮阳市"]),
        ("http://read.0437.com/1.asp", ["吉林省/辽源市"]),
        ("http://szb.jinrifangxian.com/1.html", ["湖北省/十堰市/房县"]),
        ("http://www.ny.gov.cn/1.html", ["山东省/泰安市/宁阳县"]),
        ("http://www.example.com/2020/1.html", []),
        ("http://www.wuxi.com/1.html", []),
        ("no address", []),
    ],
)
def test_address(url: str, expected: list[str]) -> None:
    assert paths([*hosts.by_host(url), *hosts.by_path(url)]) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("甘孜日报讯 今天", ["四川省/甘孜藏族自治州"]),
        ("本报讯 今天", []),
        ("新华社北京3月2日电 今天", ["北京市"]),
        ("会议召开。洞口讯", []),
    ],
)
def test_dateline(body: str, expected: list[str]) -> None:
    assert paths(w.by_dateline(body)) == expected


def test_the_body_counts_its_places() -> None:
    found = list(w.by_body("洞口县召开会议。洞口县讲话。隆回县发言。从黄冈市返乡。"))
    assert [(path_of(f.places[0])[-3:], f.weight) for f in found] == [("洞口县", 2), ("隆回县", 1)]


@pytest.mark.parametrize(
    "text",
    [
        *("召开县委会", "公开县域数据", "云南山区会议", "代县长讲话", "在城区举行", "全省市县区"),
        *("要规范合作市场", "培育振兴区域品牌", "支持公安县级机关", "督查室会同县安委办"),
    ],
)
def test_words_that_hold_no_place(text: str) -> None:
    assert not list(full_names(text))


@pytest.mark.parametrize("text", ["开县召开会议", "，沁县参加", "在沁县召开", "3月6日沁县召开"])
def test_two_characters_at_an_edge_are_a_place(text: str) -> None:
    assert len(list(full_names(text))) == 1


def test_plain_words_are_no_short_names() -> None:
    assert short_name_at("和平召开", 0) is None
    assert "和平" in plain_words()
    assert plain_words() <= set(gazetteer().by_short) | plain_words()


def test_names_in_a_row_are_one_chain() -> None:
    assert [named.end for named in chain_at("湖南省邵阳市洞口县委", 0)] == [3, 6, 9]
    assert chain_at("县委", 0) == []


def test_lineage_of_the_three_shapes() -> None:
    for path in ("湖南省/邵阳市/洞口县", "河南省/济源市", "重庆市/渝中区", "辽宁省/铁岭市/铁岭县/蔡牛镇"):
        place = place_at(path)
        assert place is not None
        assert "/".join(above.name for above in lineage(place)) == path
    assert place_at("湖南省/洞口县") is None
    assert place_at("") is None


def test_counties_of_a_prefecture() -> None:
    city = place_at("湖南省/邵阳市")
    assert city is not None
    assert "洞口县" in {place.name for place in counties_of(city)}


@pytest.mark.parametrize(
    ("name", "short", "pinyin"),
    [
        ("长沙市", "长沙", "chang sha"),
        ("长子县", "长子", "zhang zi"),
        ("成都市", "成都", "cheng du"),
        ("赵县", "赵县", "zhao xian"),
        ("广西壮族自治区", "广西", "guang xi"),
        ("双江拉祜族佤族布朗族傣族自治县", "双江", "shuang jiang"),
        ("吕梁市", "吕梁", "lv liang"),
    ],
)
def test_short_names_and_their_letters(name: str, short: str, pinyin: str) -> None:
    assert short_name(name) == short
    assert pinyin_of(short) == pinyin


@pytest.mark.parametrize("name", ["市辖区", "县", "省直辖县级行政区划", "市区"])
def test_headings_of_the_lists_are_no_places(name: str) -> None:
    assert NOT_PLACES.match(name)


@pytest.mark.parametrize(
    "unit", ["县", "镇", "街道", "洞口县", "今天（", "1月3日", "《", "市局院", "上周", "a/", "第一次"]
)
def test_hostile_text_is_read(unit: str) -> None:
    text = (unit * 40_000)[:40_000]
    date_meeting(text, 0, len(text), None, text)
    level_of(text, text, [text], text, home=text[:200])
    told = Told(text, text, text, "http://" + text, None, text)
    home_of(told)
    assert isinstance(resolve_region(told, "township", text), Region)


def test_every_organization_has_one_seat_that_the_gazetteer_knows() -> None:
    rows = w.table("organizations.tsv")
    assert len({name for name, _ in rows}) == len(rows) > 4000
    assert [name for name, path in rows if place_at(path) is None] == []
