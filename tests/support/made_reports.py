"""Invented reports, pages and runs for tests of what is stored."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from sqlalchemy import Engine

from crawler.database import writing
from crawler.database.columns import storable
from crawler.database.upsert import register
from crawler.frontier import Frontier, Leased, Link
from crawler.records import Cut, Document, Evidence, Meeting, Person, Point, Repair, Report, Statement
from crawler.runs import open_run

BODY = (
    "3月6日，县长柏远主持召开县政府第12次常务会议，专题研究全县安全生产和春耕备耕工作，副县长秦川参加会议。",
    "柏远强调，要把隐患排查摆在突出位置。一要逐企建立台账，做到整改一项销号一项；二要压实属地责任，夜间巡查不断档。",
    "会议指出，今年全县计划完成早稻播种18万亩，农资储备要落实到村，农技人员要下沉到田间，水利设施检修要在月底前完成。",
)


def report(**changes: object) -> Report:
    """A full report of an invented meeting; ``changes`` replace fields."""
    body = "\n".join(BODY)

    def person(name: str, title: str, rule: str) -> Person:
        start = body.index(name)
        return Person(name, title, start, start + len(name), rule, name, title)

    meeting = Meeting(
        name="县政府第12次常务会议",
        ordinal=12,
        kind="常务会议",
        date=date(2024, 3, 6),
        date_rule="body",
        level="county",
        region="湖南省/邵阳市/洞口县",
        region_code="430525",
        hosts=(person("柏远", "县长", "name_chairs"),),
        speakers=(person("柏远", "县长", "name_says"),),
        attendees=(person("秦川", "副县长", "attends"),),
        normalised="县政府第12次常务会议",
    )
    said = body.index("要把隐患")
    text = body[said : body.index("\n会议指出")]
    one = body.index("逐企")
    points = (Point(1, "逐企", one, one + 2),)
    statement = Statement("柏远", "强调", text, said, said + len(text), points, 0, "柏远")
    whole = Report(
        url="http://qingxi.example/1.html",
        site_type="portal",
        title="青溪县政府召开常务会议",
        published_at=datetime(2024, 3, 7, 9, 30),
        published_precision="minute",
        source="青溪县融媒体中心",
        reporters=("温禾",),
        editors=("陆青", "季风"),
        paragraphs=BODY,
        body_as_found=body,
        is_meeting_report=True,
        genre="report",
        meetings=(meeting,),
        statements=(statement,),
        documents=("《安全生产条例》",),
        terms=("压实属地责任",),
        document=Document(id="a1", pages=3),
        cuts=(Cut("menu", "首页", "/html/body/div[1]"),),
        repairs=(Repair("width", 4, ",", "，", located=True),),
        evidence=(Evidence("decode", "encoding", "utf-8", "meta"),),
        quality=0.95,
    )
    return replace(whole, **changes)  # type: ignore[arg-type]


def site(engine: Engine, key: str = "qingxi") -> int:
    """The number of an invented site."""
    facts = {"name": "青溪县人民政府网", "type": "portal", "region": None, "hosts": [f"{key}.example"]}
    with writing(engine) as session:
        return register(session, key, facts)


def leased_page(engine: Engine, url: str, key: str = "qingxi", run_id: int | None = None) -> Leased:
    """A report page taken by a run: by ``run_id``, or by a new one."""
    frontier, site_id = Frontier(engine), site(engine, key)
    frontier.add([Link(url)], site_id=site_id)
    frontier.make_due(site_id, urls=[url])
    number = run_id or open_run(engine, "crawl", [key])
    return next(page for page in frontier.lease(number, site_id, 1000) if page.url == storable(url))


NOON = datetime(2024, 3, 8, 12, 0, tzinfo=UTC)
