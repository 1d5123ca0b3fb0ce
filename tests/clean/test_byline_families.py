"""Do title, time, source and makers come out of the page shapes that the large CMS families make?"""

import tomllib
from pathlib import Path

import pytest

from pipelines.clean import clean

TITLE = "青溪县召开全县防汛工作会议"
PARAGRAPHS = (
    "3月6日，县委召开全县防汛工作会议，县委书记柏远山主持会议并讲话，要求各地各部门压实责任，抓好隐患排查整改。",
    "会议指出，要强化预警预报，做到早发现、早处置。各乡镇要落实值班值守制度，确保信息畅通，群众安全。",
    "会议强调，要备足物资，组建队伍，开展演练，确保关键时刻拉得出、用得上、打得赢，全力保障安全度汛。",
)
CASES = tomllib.loads((Path(__file__).parent / "cases" / "byline_families.toml").read_text(encoding="utf-8"))[
    "case"
]


def fill(page: str) -> str:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    dateline = text.replace("<p>", "<p>本报讯（记者 柏远山）", 1)
    return page.replace("{title}", TITLE).replace("{text}", text).replace("{dateline}", dateline)


@pytest.fixture(params=CASES, ids=lambda case: case["label"])
def case(request):
    return request.param


def test_family(case):
    cleaned = clean(fill(case["input"]), url="http://example.com/a.html", content_type="text/html")
    assert cleaned.title == TITLE
    assert str(cleaned.published_at) == case["published"]
    assert list(cleaned.reporters) == case.get("reporters", [])
    assert list(cleaned.editors) == case.get("editors", [])
    if "source" in case:
        assert cleaned.source == case["source"]
    assert cleaned.paragraphs[-1] == PARAGRAPHS[-1]
    assert not set(PARAGRAPHS[1:]) - set(cleaned.paragraphs)


def test_family_without_its_title_has_another_or_none(case):
    """A mirror may lose the title: neither dateline nor byline may take its place."""
    page = fill(case["input"].replace("{title}", ""))
    title = clean(page, url="http://example.com/a.html", content_type="text/html").title or ""
    assert not title.startswith(("3月6日", "本报讯", "来源", "发布"))
    assert title not in PARAGRAPHS


def test_family_as_rendered_text(case):
    """The same page as lines of text, as archives keep it: what a reader sees is enough."""
    from pipelines.clean.blocks import parse

    lines = [block.text for block in parse(fill(case["input"]), is_html=True).blocks]
    cleaned = clean("\n".join(lines), content_type="text/plain")
    assert cleaned.title == TITLE
    assert cleaned.published_at is None or str(cleaned.published_at)[:10] == case["published"][:10]
    assert set(cleaned.reporters) <= set(case.get("reporters", []))
