"""Does every word of the data files do what its file says?"""

from __future__ import annotations

import re

import pytest

from crawler.records import Cleaned, Cut, Facts
from pipelines.extract import extract
from pipelines.extract.labels import read_label
from pipelines.extract.mentions import find_mentions
from pipelines.extract.naming import kind_of_meeting
from pipelines.extract.roles import series_of
from pipelines.extract.words import table, words

NAME = "柏远山"
FILES = ("names", "posts", "verbs", "meetings", "genres")


def roles(text: str) -> set[str]:
    return {act.role for one in series_of(text, find_mentions(text)) for act in one.acts}


def filled(verb: str) -> str:
    """A verb of the lists as it stands in a sentence: its gap filled."""
    return verb.replace("_", "全年工作")


@pytest.mark.parametrize("file", FILES)
def test_no_group_is_empty(file: str) -> None:
    for group, value in table(file).items():
        assert value, f"{file}.{group}"


@pytest.mark.parametrize("group", ["compound", "parts", "words"])
def test_name_words_have_two_characters_or_more(group: str) -> None:
    assert all(len(word) > 1 for word in words("names", group))


def test_no_surname_is_barred_from_given_names_by_mistake() -> None:
    barred = set(table("names")["barred"])
    assert not barred & set("海明文国平江山林云华")


@pytest.mark.parametrize("head", sorted({*words("posts", "heads")} - {*words("posts", "press")}))
def test_every_post_makes_a_title(head: str) -> None:
    found = find_mentions(f"某集团{head}{NAME}出席会议")
    assert [(m.name, m.title) for m in found] == [(NAME, f"某集团{head}")]


@pytest.mark.parametrize("press", words("posts", "press"))
def test_whoever_wrote_the_report_is_no_one_of_the_meeting(press: str) -> None:
    assert [m.name for m in find_mentions(f"本报{press} {NAME}3月6日,县长石冠宇主持召开会议")] == ["石冠宇"]


@pytest.mark.parametrize("post", words("posts", "after"))
def test_every_post_may_stand_behind_the_name(post: str) -> None:
    found = find_mentions(f"{NAME}{post}强调,要抓紧")
    assert [(m.name, m.title) for m in found] == [(NAME, post)]


@pytest.mark.parametrize("surname", words("names", "compound"))
def test_every_compound_surname_carries_two_characters(surname: str) -> None:
    text = f"副县长{surname}佑民出席会议"
    assert [m.name for m in find_mentions(text)] == [f"{surname}佑民"]


@pytest.mark.parametrize("part", words("names", "parts"))
def test_every_minority_name_part_makes_a_name_with_another(part: str) -> None:
    text = f"副县长{part}扎西出席会议"
    assert [m.name for m in find_mentions(text)] == [f"{part}扎西"]


@pytest.mark.parametrize("word", words("names", "words"))
def test_no_ordinary_word_becomes_a_person(word: str) -> None:
    assert word not in {m.name for m in find_mentions(f"{word}强调,要抓紧")}
    assert word not in {m.name for m in find_mentions(f"县长{word},")}


@pytest.mark.parametrize("verb", words("verbs", "absent"))
def test_every_verb_of_absence(verb: str) -> None:
    assert "absent" in roles(f"县长{NAME}{filled(verb)}")


@pytest.mark.parametrize("verb", words("verbs", "host"))
def test_every_verb_of_chairing(verb: str) -> None:
    assert roles(f"县长{NAME}{filled(verb)}会议") == {"host"}


@pytest.mark.parametrize("verb", [*words("verbs", "instruct"), *words("verbs", "report")])
def test_every_verb_of_speech(verb: str) -> None:
    assert "speaker" in roles(f"县长{NAME}{filled(verb)}")


@pytest.mark.parametrize("verb", words("verbs", "brief"))
def test_short_verbs_of_speech_need_a_mark(verb: str) -> None:
    assert "speaker" in roles(f"县长{NAME}{verb},要抓紧")


@pytest.mark.parametrize("verb", words("verbs", "attend"))
def test_every_verb_of_attendance(verb: str) -> None:
    assert "attendee" in roles(f"县长{NAME}{verb}会议")


@pytest.mark.parametrize("place", words("verbs", "elsewhere"))
def test_every_other_occasion_is_no_attendance(place: str) -> None:
    assert roles(f"县长{NAME}参加全县{place}") == set()


@pytest.mark.parametrize("duty", words("verbs", "duty"))
def test_a_standing_duty_is_no_chairing(duty: str) -> None:
    assert "host" not in roles(f"县长{NAME}主持{duty}")


@pytest.mark.parametrize("adverb", words("verbs", "adverbs"))
def test_every_adverb_may_stand_before_the_verb(adverb: str) -> None:
    assert "speaker" in roles(f"县长{NAME}{adverb}强调,要抓紧")


@pytest.mark.parametrize("group", words("verbs", "groups"))
def test_unnamed_groups_do_not_break_a_list(group: str) -> None:
    text = f"县长{NAME},各有关{group},副县长石冠宇出席会议"
    assert [len(one.people) for one in series_of(text, find_mentions(text))] == [2]


LABELS = {label: role for role, some in table("verbs")["labels"].items() for label in some.split()}


@pytest.mark.parametrize("label", LABELS)
def test_every_label_of_minutes_gives_its_role(label: str) -> None:
    series = read_label(f"{label}:{NAME}、石冠宇")
    assert series is not None
    roles = {"host": "host", "report": "speaker", "attend": "attendee", "absent": "absent"}
    assert [act.role for act in series.acts] == [role for key, role in roles.items() if key == LABELS[label]]


@pytest.mark.parametrize(
    ("key", "kind"), [pytest.param(k, v, id=v) for k, v in table("meetings")["kinds"].items()]
)
def test_every_kind_has_a_name_that_shows_it(key: str, kind: str) -> None:
    example = EXAMPLES[kind]
    assert re.search(key, example)
    assert kind_of_meeting(example) == kind


EXAMPLES = {
    "常务会议": "市政府第6次常务会议",
    "常委会会议": "县委常委会会议",
    "党工委会议": "园区党工委会议",
    "党组会议": "局党组会议",
    "党委会议": "镇党委会议",
    "办公会议": "校长办公会议",
    "主任会议": "县人大第二次主任会议",
    "主席团会议": "县政协十届二次会议主席团会议",
    "主席会议": "县政协第二次主席会议",
    "代表大会或届次会议": "县政协十届二次会议",
    "全体会议": "县政府全体会议",
    "联席会议": "党政联席会议",
    "领导小组会议": "县委改革领导小组会议",
    "指挥部会议": "县防汛指挥部会议",
    "民主生活会": "局党组班子民主生活会",
    "学习会": "中心组学习会",
    "调度会": "防汛调度会",
    "推进会": "项目推进会",
    "动员会": "春耕动员会",
    "部署会": "防火部署会",
    "现场会": "春耕现场会",
    "座谈会": "企业家座谈会",
    "分析研判会": "形势分析会",
    "协调会": "项目协调会",
    "汇报会": "工作汇报会",
    "总结表彰会": "年度总结会",
    "通报会": "案例通报会",
    "约谈警示会": "安全约谈会",
    "培训宣讲会": "业务培训会",
    "评审论证会": "规划评审会",
    "专题会": "防汛专题会",
    "例会": "防汛例会",
    "电视电话会议": "全国电视电话会议",
    "视频会议": "全省视频会议",
    "工作会议": "全县农业工作会议",
    "委员会会议": "县安委会会议",
    "碰头会": "市长碰头会",
    "大会": "全县干部大会",
    "会议": "全县农业会议",
}


def judged(title: str, body: str, margin: str = "") -> Facts:
    cuts = (Cut("byline", margin, "line 1"),)
    return extract(Cleaned(None, title, None, None, None, (), (), tuple(body.split("\n")), cuts=cuts))


GENRES = {
    "attendance_bulletin": (
        "县政府全体会议到会情况的通报",
        "5月22日，县政府召开全体会议。县长柏远主持会议。",
    ),
    "chronicle": (
        "",
        "●4月2日，县长柏远主持召开会\n议。\n●4月7日，县长柏远主持召开常务会\n议。\n●4月9日，副县长裘敏调度项\n目。\n"
        "●4月15日，青溪县召开交办会议。",
    ),
    "speech_day_line": (
        "县政协工作报告",
        "(2011年3月7日在县政协第五次会议上)\n柏远\n各位委员：向大会报告工作。",
    ),
    "news_list": (
        "省级领导动态",
        "■ 5月20日，柏远调研。\n■ 5月19日，秦川主持召开会议。\n■ 5月18日，季风慰问。\n",
    ),
    "chapter_heading": ("第四十二章 县委扩大会", "会议开始了。"),
    "chapter_line": ("青溪书屋", "书屋\n第9章 深夜的会（第2页）\n会议由书记主持。"),
    "book_page": ("深山", "全县扩大会议召开。", "章节目录 第四十二章"),
    "commentator": ("奋力争先", "市委会议召开，明确了方向。", "□本报评论员 花满溪"),
    "news_peg": (
        "空话检讨的看点",
        "27日,青溪市召开经济工作会议,倒数的领导作检讨。(12月28日《双河报》)\n这一幕谁看了都激灵。",
    ),
    "commentary_page": ("短会也要开出实效", "某街道召开工作会。", "青溪日报 2013年02月27日 第05版 时评"),
    "minutes_heading": ("县政府第三次常务会议纪要", "会议议定两项。"),
    "speech_heading": ("在全县护林工作会议上的讲话", "今天开会。"),
    "speech_subtitle": ("抓住机遇 加快发展", "今年的任务很重。", "——在全县护林工作会议上的讲话"),
    "ceremony_heading": ("县政府与集团举行合作签约仪式", "3月6日，签约仪式举行。"),
    "rules_of_meeting": ("协会理事会议事规则", "为规范理事会议事决策,制定本规则。"),
    "rules_of_meeting_text": (
        "",
        "一、院务会议是院长、副院长研究处理日常工作的会议。\n二、院务会议由院长主持。",
    ),
    "notice_heading": ("关于做好防汛工作的通知", "各乡镇："),
    "notice_of_meeting": ("县政协全会将于下周举行", "筹备就绪。"),
    "rules_heading": ("县政府工作规则", "为规范工作。"),
    "guide_heading": ("党委会多久召开一次", "按规定执行。"),
    "bulletin_heading": ("今日新增2例", "情况如下。"),
    "commentary_heading": ("评论员：抓好落实", "要抓好落实。"),
    "quoted_dialogue": ("风云", "他笑道：“来。”\n她问道：“谁？”\n他答道：“我。”"),
    "articles_of_rules": ("青溪", "第一条 为规范工作，制定本规定。"),
    "guide_text": ("青溪", "会议记录很重要，本文将详细介绍它的格式。"),
    "articles": ("青溪", "会议由办公室签到。" * 20 + "\n第四章 决策的落实\n第七条 各部门落实。"),
    "standing_rules": ("青溪", "市政府全体会议由市长召集和主持。"),
    "speech_opening": ("青溪", "同志们：\n下面我讲几点。"),
    "minutes_opening": ("青溪", "县政府开会。现纪要如下："),
    "invitation": ("", "青溪学会各位理事：\n六届九次理事会，敬请各位理事届时出席。"),
    "decided_meeting": ("青溪全会", "近日,县委常委会研究决定,十届三次全会于2021年8月1日在青溪召开,会期1天。"),
    "chronicle_heading": ("青溪县委2021年执政纪事", "3月6日,县委全会召开。\n3月9日,柏远调研。"),
    "coming_meeting": ("青溪", "经研究，定于12月9日召开全会。"),
    "book_text": ("", "请记住本站网址,可退出转码继续阅读。\n下午,林锦召开全县农业会议。"),
    "placeholder": ("", "同志们:今天在XX市召开大会,请大家认真听。"),
    "notice_line": ("青溪县常务会议", "关于召开县政府第8次常务会议的通知\n县直各单位：\n现定时间地点。"),
    "notice_text": ("青溪", "为做好工作。现将有关事项通知如下："),
    "training_heading": ("全市党务干部培训班开班", "3月6日，培训班开班。"),
    "bulletin_sections": (
        "青溪",
        "【数据】本周全县无新增病例。\n【部门】县教育局召开会议部署。\n【镇街】柏林镇召开会议部署。",
    ),
    "visit_heading": ("县长到西河镇调研", "县长到西河镇。"),
}


@pytest.mark.parametrize("rule", [rule["name"] for rule in table("genres")["rule"]])
def test_every_genre_rule_fires(rule: str) -> None:
    facts = judged(*GENRES[rule])
    assert next(e.rule for e in facts.evidence if e.subject == "genre") == rule
