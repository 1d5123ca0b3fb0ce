"""The level of the body that held a meeting: central, province, prefecture, county, township, organization.

The ladder: the meeting's name > its organiser > the posts of host and speakers > the announcing sentence >
the rest of the text. The words are data (``level.toml``). 市 and 区, and an office that names no place
(我局), are settled by the place that the report is from.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from crawler.records import Level
from pipelines.extract.regions.gazetteer import MUNICIPALITIES, RANKS, Place, place_at, rank
from pipelines.extract.regions.mentions import chain_at
from pipelines.extract.regions.resolve import kind_of
from pipelines.extract.regions.witnesses import standing

Grade = Literal[
    "central", "province", "prefecture", "county", "township", "organization", "office", "city", "district"
]
CLAUSE, READ = 400, 20_000
"""Characters looked at before the convening verb, and of the text as a whole."""
DEPTH: tuple[Grade, ...] = ("central", "province", "prefecture", "city", "county", "district", "township")
_EVERY: tuple[Grade, ...] = (*DEPTH, "organization", "office")

_ABOVE_CITY = re.compile(r"(?:省委|区党委)(?:常委|副书记)、[^、]{0,8}市[委长]")
"""The head of a city that is a prefecture has such a post besides."""

_BELOW_CITY = re.compile(
    r"(?:[州盟]委|地委)(?:常委|副书记|委员)、[^、]{0,8}市[委长]|市委常委、[^、副]{2,3}市(?:委书记|长)"
)
"""The head of a city that is a county has one of these."""

_OF_LEVEL = ("区级", "县级", "市级")
_OWN_HOUSE = re.compile(r"[我本全]院")
_COURT = re.compile(r"干警|检[察委]会|审委会|审判委员会|检察(?:委员会|官)|法官|审判庭")
_NO_COURT = re.compile(r"医[院护疗务生]|患者|师生|学[生院校科]|教[学师授]|研究所")
"""What tells the courts and procuratorates that say 我院 from hospitals and colleges."""

_DISTRICT = re.compile(r"(?<!自治)区(?:委|长|政府|直)")

_PLAIN = (
    "lead",
    "topic",
    "honour",
    "several",
    "convenes",
    "time",
    "ours",
    "autonomous",
    "area",
    "counties_below",
    "towns_below",
)


@dataclass(frozen=True, slots=True)
class LevelBy:
    """A level and the name of the rule that decided it."""

    level: Level | None
    rule: str


def level_of(
    name: str, organiser: str | None, titles: Sequence[str], text: str, *, home: str | None = None
) -> LevelBy:
    """The level of a meeting from its name, its organiser, the titles of host and speakers, the text.

    ``text`` is the announcing sentence first, then whatever else the report says (title, body). ``home`` is
    the path of the region that the report comes from (``regions.home_of``): it decides whether 市 is a
    prefecture or a county-level city.

    >>> level_of("全市防汛工作会议", None, (), "", home="湖南省/长沙市/浏阳市").level
    'county'
    """
    text = text[:READ]
    office = _is_court(text)
    for rule, grade in _rungs(name[:CLAUSE], (organiser or "")[:CLAUSE], titles, text):
        if grade == "office" or (office and rule == "text"):
            office = True  # the text speaks of those above and below it as well
        elif grade is not None and not (office and grade == "organization"):  # 院长 of a court
            if grade == "city" and any(map(_ABOVE_CITY.search, titles)):
                return LevelBy("prefecture", rule)
            if grade == "city" and any(map(_BELOW_CITY.search, titles)):
                return LevelBy("county", rule)
            return LevelBy(_settled(grade, home, text), rule)
    return LevelBy(_settled("office", home, text), "office") if office else LevelBy(None, "none")


def _is_court(text: str) -> bool:
    """Whether a text that says 我院 is a court's or a procuratorate's."""
    return bool(_OWN_HOUSE.search(text) and _COURT.search(text)) and not _NO_COURT.search(text)


def _rungs(name: str, organiser: str, titles: Sequence[str], text: str) -> Iterator[tuple[str, Grade | None]]:
    """What each rung of the ladder says, the weightiest first."""
    named, held = _of_phrase(name, own=False), _of_phrase(organiser, own=True)
    if named == "district" and "province" in (held, _of_titles(titles)):
        named = "province"  # 自治区教育厅召开全区会议, 自治区党委副书记在全区会议上
    if named in ("city", "district") and held in ("prefecture", "county"):
        named = held  # 万宁市召开全市会议
    if held == "township" and name.startswith(_OF_LEVEL):
        named = None  # 大良街道召开区级人大换届选举工作会议
    yield "name", None if held and _is_topic(name, named, held) else named
    yield "organiser", held
    yield "titles", _of_titles(titles)
    lines = re.split(r"[。\n]", text, maxsplit=3)
    yield "sentence", _of_subject(lines[0])
    yield "text", _of_text(lines[0])
    for line in lines[1:3]:
        yield "text", _of_subject(line)
    yield "text", _of_text(text)


def _is_topic(name: str, named: Grade | None, held: Grade) -> bool:
    """True if a name's grade is what the meeting is about (村委会换届), or who comes (县委书记座谈会)."""
    if named is None or held not in DEPTH:
        return False
    if named == "central":
        return not name.startswith("全国")  # 山西省第四次全国经济普查培训会议
    return named not in DEPTH or (_depth(named) > _depth(held) and not name.startswith("全"))


def _of_phrase(phrase: str, *, own: bool) -> Grade | None:
    """The grade of a meeting's name, or (``own``) of the name of a body."""
    words = _table()
    phrase = words["lead"].sub(
        "", words["several"].sub("", words["honour"].sub("", phrase)).strip('“”"《》「」 ')
    )
    topic = words["topic"].search(phrase)
    head = phrase[: topic.start()] if topic else phrase
    place, end = _place_at_head(head)
    rest = head[end:]
    body = _body(rest if place else head, own=own)
    if body == "office":
        return place.level if place else _rank_of_office(head)
    if body is not None:
        return "organization" if place else _first(head, ("central", "organization")) or "organization"
    if place is not None:
        town = not rest.startswith(("全", "镇", "乡", "村", "市县", "县乡", "县镇")) and _first(
            rest[:9], ("township",)
        )
        return town or place.level
    return _first(head, _EVERY)


def _body(phrase: str, *, own: bool) -> Grade | None:
    """An office (教育局) or an institution (第三医院) that a phrase begins with; None for a whole place."""
    words = _table()
    if phrase.startswith("全") or words["bodies.central"].match(phrase):
        return None
    found = words["any"].match(phrase)
    if found is None:
        found = words["institution"].match(phrase)
        whole = found is not None and (own or found.end() < len(phrase))
        if found is None or not whole or not words["tail"].match(phrase, found.end()):
            return None
    return "office" if found["office"] else "organization"


def _rank_of_office(name: str) -> Grade:
    """The grade that the name of an office begins with (市教育局); ``office`` when it tells none (我局)."""
    return _first(name, _EVERY) or "office"


def _depth(grade: Grade) -> int:
    return DEPTH.index(grade)


def _place_at_head(phrase: str) -> tuple[Place | None, int]:
    """The deepest place that the phrase begins with, and where it ends."""
    chain = chain_at(phrase, 0)
    if not chain:
        return None, 0
    places = standing(chain[-1].places)
    return max(places, key=rank), chain[-1].end


def _first(phrase: str, grades: Iterable[Grade]) -> Grade | None:
    """The grade whose word stands first; at one place the order of ``grades`` decides."""
    best: tuple[int, Grade] | None = None
    for grade in grades:
        found = _table()[f"bodies.{grade}"].search(phrase)
        if found and (best is None or found.start() < best[0]):
            best = found.start(), grade
    return best[1] if best else None


def _of_titles(titles: Sequence[str]) -> Grade | None:
    """The lowest level among one person's posts: a 省委常委、市委书记 speaks for the 市."""
    fallback: Grade | None = None
    for title in titles:
        posts = re.split(r"[、，,兼]", title[:CLAUSE])
        found = [_of_post(post) for post in posts if post != "党组书记" or len(posts) == 1]
        grades = [grade for grade in found if grade in DEPTH]
        if grades:
            return max(grades, key=_depth)
        fallback = next((grade for grade in found if grade is not None), fallback)
    return fallback


def _of_post(post: str) -> Grade | None:
    words = _table()
    if body := words["any"].match(post):
        return _rank_of_office(body.group()) if body["office"] else "organization"
    grades: tuple[Grade, ...] = (*reversed(DEPTH), "organization", "office")
    return next((grade for grade in grades if words[f"posts.{grade}"].search(post)), None)


def _of_subject(sentence: str) -> Grade | None:
    """The grade of who convenes: the last part before the verb that names a body."""
    verb = _table()["convenes"].search(sentence)
    if verb is None:
        return None
    parts = _table()["time"].split(sentence[max(0, verb.start() - CLAUSE) : verb.start()])
    return next(filter(None, (_of_phrase(part, own=True) for part in reversed(parts) if part)), None)


def _of_text(text: str) -> Grade | None:
    """The grade that a text speaks of as its own most often: 我县, 全县, 县领导."""
    counts: Counter[Grade] = Counter()
    words = Counter(found[0] for found in _table()["ours"].finditer(text))
    for word, count in words.items():
        grade = _first(word, (*DEPTH, "organization")) or _first(word[:1], DEPTH)
        if grade is not None:
            counts[grade] += count
    return max(counts, key=lambda grade: (counts[grade], (*DEPTH, "organization").index(grade)), default=None)


def _settled(grade: Grade, home: str | None, text: str) -> Level:
    """A level for the grade: 市 and 区 by where the report is from, else by what the text has below them."""
    place = place_at(home) if home else None
    if grade == "office":
        return place.level if place is not None else "organization"
    if grade != "city" and grade != "district":
        return grade
    if grade == "district":
        whole = _is_of_region(home or "", text)
        unsaid = place is None and _table()["autonomous"].search(text)
        if not whole and _table()["area"].search(text):
            return "prefecture"
        return "province" if whole or unsaid else "county"
    if place is not None:
        if place.code[:2] in MUNICIPALITIES:
            return "province"
        if rank(place) >= RANKS.index("county"):
            city = place if place.level == "county" else None
            was = f"{city.short}市" if city is not None else ""  # 奉化区, which was 奉化市
            own = city is not None and (
                city.name.endswith("市") or (was in text and kind_of(was) == "county")
            )
            return "county" if own else "prefecture"
        if place.level == "prefecture":
            return "prefecture"
    below = _table()
    if below["towns_below"].search(text) and not below["counties_below"].search(text):
        return "county"
    return "prefecture"


def _is_of_region(home: str, text: str) -> bool:
    """True where 全区 is an autonomous region: the report is from it, or from a city or county of it."""
    first, *below = home.split("/")
    if not first.endswith("自治区"):
        return False
    return not below or not (below[-1].endswith("区") or _DISTRICT.search(text))


@cache
def _table() -> dict[str, re.Pattern[str]]:
    """The patterns of ``level.toml`` by section and grade, compiled once."""
    data = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    table = {key: re.compile(data[key]) for key in _PLAIN}
    names = {"institution": "pattern", "tail": "tail", "any": "any"}
    table.update({name: re.compile(data["institution"][key]) for name, key in names.items()})
    for section in ("bodies", "posts"):
        table.update({f"{section}.{grade}": re.compile(word) for grade, word in data[section].items()})
    return table


__all__ = ["LevelBy", "kind_of", "level_of"]
