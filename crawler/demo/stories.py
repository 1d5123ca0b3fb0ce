"""Invented reports and other news: the same seed gives the same stories, with the facts they hold."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

_WORDS = Path(__file__).with_name("words.toml")
_TOWNS = {
    "云和县": ("崇头镇", "石塘镇", "紧水滩镇", "雾溪乡", "赤石乡", "安溪乡"),
    "静宁县": ("威戎镇", "界石铺镇", "八里镇", "李店镇", "古城镇"),
}
_FIRST_DAY = date(2023, 3, 2)
_PERIOD = 640  # days over which the stories are spread


@dataclass(frozen=True, slots=True)
class Story:
    """One article; ``host`` and ``speaker`` are None when it is not the report of a meeting."""

    number: int
    title: str
    published: datetime
    source: str
    reporter: str
    editor: str
    paragraphs: tuple[str, ...]
    meeting: str | None = None
    host: str | None = None
    speaker: str | None = None


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(_WORDS.read_text(encoding="utf-8"))


def duties() -> list[str]:
    """Sentences that any speech may hold."""
    return list(_words()["duties"])


def topics() -> list[dict[str, Any]]:
    """The topics that meetings of the demo deal with: name, meeting, orders, heard, document."""
    return list(_words()["topics"])


def tell(place: str, source: str, *, reports: int, others: int) -> tuple[Story, ...]:
    """Stories of one county (``云和县``), newest first; ``reports`` of them are reports of meetings."""
    rng = random.Random(f"{place} {source}")  # noqa: S311 - the stories only have to repeat
    kinds = [True] * reports + [False] * others
    rng.shuffle(kinds)
    names = _names(rng)
    leaders = [next(names) for _ in range(8)]
    step = _PERIOD / len(kinds)
    stories = []
    for number, is_report in enumerate(kinds, 1):
        day = _FIRST_DAY + timedelta(days=int(step * number))
        teller = _report if is_report else _other
        stories.append(teller(rng, number, day, place, source, leaders, names))
    return tuple(reversed(stories))


def _names(rng: random.Random) -> Iterator[str]:
    words = _words()
    pairs = [surname + given for surname in words["surnames"] for given in words["given"]]
    rng.shuffle(pairs)
    while True:
        yield from pairs


def _report(
    rng: random.Random,
    number: int,
    day: date,
    place: str,
    source: str,
    leaders: list[str],
    names: Iterator[str],
) -> Story:
    topic = rng.choice(topics())
    secretary, head, *others = leaders
    unit = place[-1]
    posts = [post.format(c=unit) for post in rng.sample(_words()["posts"], 3)]
    present = rng.sample(others, 3)
    meeting = f"全{unit}{topic['meeting']}"
    attendance = "，".join(f"{post}{name}" for post, name in zip(posts, present, strict=True))
    reporter, editor = next(names), next(names)
    opening = rng.choice(
        (
            f"本报讯（记者 {reporter}）{_day(day)}，{meeting}召开。{unit}委书记{secretary}出席会议并讲话，"
            f"{unit}委副书记、{unit}长{head}主持会议。{attendance}出席会议。",
            f"{_day(day)}上午，{unit}委副书记、{unit}长{head}主持召开{meeting}，{unit}委书记{secretary}出席并讲话。"
            f"{attendance}参加会议。",
        )
    )
    orders = [
        f"{mark}{order}" for mark, order in zip("一二三四", rng.sample(topic["orders"], 4), strict=True)
    ]
    duties = rng.sample(_words()["duties"], 4)
    return Story(
        number=number,
        title=f"{place}召开{topic['meeting']}",
        published=datetime.combine(day, datetime.min.time())
        + timedelta(days=1, hours=8, minutes=rng.randrange(180)),
        source=source,
        reporter=reporter,
        editor=editor,
        paragraphs=(
            opening,
            f"会议听取了{rng.choice(topic['heard'])}，审议了{rng.choice(topic['documents'])}，"
            f"对下一阶段{topic['name']}工作进行了部署。",
            f"{secretary}指出，{rng.choice(_words()['reasons'])}。"
            f"{rng.choice(_TOWNS[place])}等重点乡镇{duties[0]}。",
            f"{secretary}强调，{'；'.join(orders)}。{duties[1]}。",
            f"{head}要求，{rng.choice(_TOWNS[place])}和{unit}直各单位要在{rng.randrange(3, 15)}个工作日内"
            f"拿出方案。{duties[2]}，{duties[3]}。",
        ),
        meeting=meeting,
        host=head,
        speaker=secretary,
    )


def _other(
    rng: random.Random,
    number: int,
    day: date,
    place: str,
    source: str,
    leaders: list[str],
    names: Iterator[str],
) -> Story:
    shape = rng.choice(_words()["others"])
    filling = {
        "place": place,
        "town": rng.choice(_TOWNS[place]),
        "p": next(names),
        "d": _day(day),
        "n": rng.choice("三四五六七八九"),
    }
    return Story(
        number=number,
        title=shape["title"].format(**filling),
        published=datetime.combine(day, datetime.min.time())
        + timedelta(days=1, hours=9, minutes=rng.randrange(180)),
        source=source,
        reporter=next(names),
        editor=next(names),
        paragraphs=tuple(line.format(**filling) for line in shape["paragraphs"]),
    )


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"
