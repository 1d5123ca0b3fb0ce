"""What a report says of its place, each with its rule: its words, its source, its site, its address."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product

from pipelines.extract.regions.gazetteer import FOREVER, HERE, MUNICIPALITIES, Place, lineage, place_at, rank
from pipelines.extract.regions.mentions import (
    Named,
    chain_at,
    full_names,
    short_name_at,
    short_name_before,
)

_CONVENES = re.compile(r"召开|举行|主持|召集|举办|部署|传达|安排|开展|组织")
_SUBJECT_EDGE = re.compile(
    r"[，、（）()“”\s]|(?:(?<=[\d今昨近前当即一二三四五六七八九十)）])日|(?<=[今昨前当明])天|晚|(?<=[上下中])午)(?=.)|讯|(?<![供发水火光风核机])电(?![信力网厂站局视台业影商气子])"
)
_COMPANY = re.compile(
    r"国网|中国(?:移动|电信|联通|邮政|铁塔|人寿|人保|石化|石油|银行|工商银行|农业银行|建设银行)"
)
_TITLE_HEAD = re.compile(r"^(?:[【\[][^】\]\n]{0,12}[】\]])?[ \u3000]*")
_SHORT_HEAD = re.compile(r"^(?:云上|掌上|视听|今日|美丽|魅力|i|I|爱|微|看|最|新|在)(?=..)")
_AFTER_SHORT = re.compile(
    r"[：:]|新闻[丨｜|：:]|召开|举行|部署|传达|组织|安排|收[听看]|高新|经开|经济|新区|市委|县委|区委|州委|县政府|政协|人大"
    r"|(?:\d{1,2}|[一二三四五六七八九十]{1,3})届|法院|检察院|公安(?!部)|教育|水利|财政|税务|气象|消防|交警|供电|林业|应急"
    r"|民政|司法|人社|统计|审计|市场监管|城管|交通|医院|中学|一中|小学|党校|团委|妇联|总工会|残联|工商联|农商|分公司|[一-鿿]{0,8}(?:局|办公室|委员会)(?![长员])"
)
_TOWN = re.compile(r"[一-鿿]{0,4}?(?:镇|乡|街道|苏木)(?=$|[党政人办委机宣综])")
"""What goes on behind a short name that is a township's: 南丰|镇政府, 延吉|新村街道."""
_LONGEST_SEAT, _SHORTEST_SEAT = 20, 4  # characters of an organization's name
_INSTITUTION = re.compile(
    r"(?![省市县区])[一-鿿]{1,10}?(?:大学|学院|学校|中学|小学|医院|集团|公司)(?![一-鿿]{0,4}(?:校区|分校|分院|分公司|研究院))"
)
_NAMES_OF_MORE = frozenset(["中山", "朝阳", "延安"])  # hospitals and schools elsewhere bear these names
_BRANCH = re.compile(r"校区|分校|分院|分部|附属|附中|附小|研究院|研究生院|分公司")
_DATELINE = re.compile(r"^[^\n。，]{0,24}?(?:讯|电|消息)")
_BEFORE = dict.fromkeys(("召开", "举行", "开幕", "闭幕", "分会场"), "在")
_BEFORE |= dict.fromkeys(("单位", "各单位", "有关单位"), "驻") | {"故事": "讲好"}
"""What must stand before the short name: 在长沙召开, 中省驻正宁各单位, 讲好长沙故事."""
_SLOGAN = re.compile(
    r"(?=[召举开闭各有单分总担力新篇样高落经大实的教好故法检第一二三四五中职小])(?:"  # else none is tried
    r"召开|举行|开幕|闭幕|(?:各|有关)?单位|分会场|总部|担当|力量|新篇章|篇章|样板|样本|高质量(?:跨越式)?发展|落地(?:见效|生根)"
    r"|经济(?:社会)?高质量(?:跨越式)?发展|经济社会|大地|实际|的发展|教育的|的好?故事|故事"
    r"|(?:经济技术|高新技术产业|经济)?开发区|高新区|经开区|法院|检察院|第?[一二三四五]中|(?:实验|职业|高级)?中学|小学)"
)
_POST = r"(?:委|政协|人大(?:常委会)?|政府)(?:党组)?(?:常务副|副)?(?:书记|主席|主任|市长|县长|区长|秘书长)"
_OWN_POST = re.compile(rf"(?<![^，。、；\n])[市县区州旗]{_POST}")
_GUEST = re.compile(_POST)
"""Posts without a place are those of one's own place, so that those with one are guests'."""
_ELSEWHERE_BEFORE = re.compile(r"(?:从|由|赴|往|到|来自|驰援|支援|援助?|学习|考察|借鉴|对口|与|籍)$")
_VISITED = re.compile("赴|前往|抵达")  # 赴浙江省嵊州市参观,并在嵊州召开
_ELSEWHERE_AFTER = re.compile(
    r"(?:分公司|支公司|供电|分行|支行|分局|返|来|籍|输入|方向|旅居|疫情|等地|等省|路|[^，。；]{0,16}(?:爆炸|火灾|坍塌|地震|泥石流|矿难|溃坝)|大道|街(?!道)|医院|大学|小学|幼儿园|宾馆|大酒店)"
)


@dataclass(frozen=True, slots=True)
class Witness:
    """The places one piece of evidence may mean, and its rule; ``weight`` counts its mentions."""

    rule: str
    places: tuple[Place, ...]
    weight: int = 1

    def meets(self, other: Witness) -> bool:
        """Whether one of its places is one of the other's, or lies above or below it."""
        pairs = product(self.places, other.places)
        return any(place.lies_in(one) or one.lies_in(place) for place, one in pairs)

    def agrees(self, other: Witness) -> bool:
        """Whether it meets the other, or names the same place under an older name (济阳县, 济阳区)."""
        shorts = {place.short for place in other.places}
        return self.meets(other) or any(place.short in shorts for place in self.places)


def standing(places: Iterable[Place]) -> tuple[Place, ...]:
    """The places of today; only where none is left the old ones, the last of each name and province.

    >>> from pipelines.extract.regions.gazetteer import gazetteer
    >>> [place.code for place in standing(gazetteer().by_name["济源市"])]
    ['419001']
    """
    found = tuple(places)
    if today := tuple(place for place in found if place.until == FOREVER):
        return today
    by_age = sorted(found, key=lambda place: place.until)
    return tuple({(place.name, place.code[:2]): place for place in by_age}.values())


def highest(places: Iterable[Place]) -> tuple[Place, ...]:
    """The places that a short name means: 邵阳 is the prefecture, not the county in it; 吉林 the province."""
    found = standing(places)
    top = min((rank(place) for place in found), default=0)
    return tuple(place for place in found if rank(place) == top)


def by_words(rule: str, text: str) -> Iterator[Witness]:
    """The full names in a text, each narrowed by the name right before it (重庆市渝中区)."""
    before: Named | None = None
    for named in full_names(text):
        places = named.places
        if before is not None and before.end == named.start:
            inside = tuple(p for p in places if any(p.lies_in(above) for above in before.places))
            places = inside or places
        places = standing(places)
        before = Named(named.start, named.end, places)
        yield Witness(rule, places)


def subject_of(sentence: str) -> str:
    """What stands before the convening verb of a sentence, the whole of one without."""
    verb = _CONVENES.search(sentence)
    return sentence[: verb.start()] if verb else sentence


def by_subject(sentence: str) -> Iterator[Witness]:
    """The places before the sentence's convening verb: who held the meeting."""
    verb = _CONVENES.search(sentence)
    if verb is None:
        return
    head = sentence[: verb.start()]
    edge = max((found.end() for found in _SUBJECT_EDGE.finditer(head)), default=0)
    company = _COMPANY.match(sentence, edge)
    edge = company.end() if company else edge
    short = short_name_at(sentence, edge)
    if short is not None and _AFTER_SHORT.match(sentence, short.end) and not chain_at(sentence, edge):
        yield Witness("sentence", highest(short.places))
    passed, start = -1, None
    for named in full_names(head):
        elsewhere = _ELSEWHERE_BEFORE.search(head[: named.start]) is not None
        if start is None and named.start != passed and not elsewhere:
            start = named.start
        elif start is not None and elsewhere:
            head = head[: named.start]  # 长春市交通局与公主岭市交通局
            break
        passed = named.end  # 浙江省|嵊州市 behind 赴
    if start is not None:
        yield from by_words("sentence", head[start:])


def by_organization(sentence: str, title: str, around: str = "") -> Iterator[Witness]:
    """The seat of a known school or office that convenes, or that the title begins with (福州大学召开…).

    A school or firm may also bear the name of its place: of a county, if the text ``around`` tells its
    province.
    """
    verb = _CONVENES.search(sentence)
    head = sentence[: verb.start()] if verb else ""
    edge = max((found.end() for found in _SUBJECT_EDGE.finditer(head)), default=0)
    start = _TITLE_HEAD.match(title)
    texts = (head[edge:], sentence[verb.end() :] if verb else "", title[start.end() if start else 0 :])
    for text in texts:
        path = _seat(text)
        place = place_at(path) if path else named_after(text, around)
        if place is not None:
            yield Witness("organization", (place,))


def named_after(text: str, around: str = "") -> Place | None:
    """The prefecture or municipality by whose short name a school, hospital or company calls itself, or the
    county whose province the text ``around`` names."""
    short = short_name_at(text, 0)
    if short is None or text[: short.end] in _NAMES_OF_MORE or not _INSTITUTION.match(text, short.end):
        return None
    places = highest(short.places)
    if len(places) != 1:
        return None
    city = places[0].level == "prefecture" or places[0].code[:2] in MUNICIPALITIES
    told = places[0].level == "county" and lineage(places[0])[0].short in around
    return places[0] if city or told else None


def _seat(text: str) -> str | None:
    """The path of the organization that ``text`` begins with; None for a part that may lie elsewhere."""
    for size in range(min(_LONGEST_SEAT, len(text)), _SHORTEST_SEAT - 1, -1):
        if path := _seats().get(text[:size]):
            rest = _CONVENES.split(text[size : size + _LONGEST_SEAT])[0]
            elsewhere = _BRANCH.search(rest) or any(short_name_at(rest, at) for at in range(len(rest)))
            return None if elsewhere else path
    return None


def by_title(title: str) -> Iterator[Witness]:
    """The places in the title; a short name only at its head (洞口召开…)."""
    head = _TITLE_HEAD.match(title)
    start = head.end() if head else 0
    short = short_name_at(title, start)
    if short is not None and not chain_at(title, start) and _AFTER_SHORT.match(title, short.end):
        yield Witness("title", highest(short.places))
    yield from by_words("title", title)


def by_source(source: str) -> Iterator[Witness]:
    """The place that a source's name holds: 双牌县政府网, 滦南融媒, 大众日报."""
    for part in re.split(r"[-—|/、，, ]+", source)[::-1]:
        named = list(by_words("source", part))
        yield from reversed(named)
        if named:
            continue
        brand, path = next((row for row in table("media.tsv") if part.startswith(row[0])), ("", ""))
        short = short_name_at(part, len(brand)) or short_name_at(_SHORT_HEAD.sub("", part), 0)
        town = short is not None and _TOWN.match(part, short.end)
        if short is not None and not town and (brand == "" or short.start):
            yield Witness("source", highest(short.places))
        place = place_at(path) if path else None
        if place is not None:
            yield Witness("source", (place,))


def by_dateline(body: str) -> Iterator[Witness]:
    """The place in a dateline: 本报洞口讯, 新华社长沙1月22日电."""
    found = _DATELINE.match(body)
    if found is None:
        return
    for start in range(found.end() - 1):
        short = short_name_at(body[: found.end()], start)
        if short is not None:
            known = any(body.startswith(name, start) for name, path in table("media.tsv") if not path)
            if not known:
                yield Witness("dateline", highest(short.places))
                return


def by_body(body: str) -> Iterator[Witness]:
    """The places named in the body, most often first; those that people come from or go to are left out.

    A short name counts where a body praises its own place (展现株洲担当) or names the venue (在长沙召开).
    """
    counts: Counter[tuple[Place, ...]] = Counter()
    every = list(full_names(body))
    begun, first, ended = {named.start for named in every}, 0, 0
    for named in every:
        first, ended = (first if named.start == ended else named.start), named.end
        if named.end in begun:
            continue  # 陕西省 in 陕西省城固县
        if _GUEST.match(body, named.end) and _has_own_post(body, body[named.end - 1]):
            continue  # 上海市政协副主席柏远, where 市政协 is whose report it is
        near = body[max(0, first - 3) : first]
        if not _ELSEWHERE_BEFORE.search(near) and not _ELSEWHERE_AFTER.match(body, named.end):
            counts[standing(named.places)] += 1
    for found in _SLOGAN.finditer(body):
        short = short_name_before(body, found.start())
        if short is None or body[short.end - 1] in "县市区旗":
            continue  # 副县长柏远和县法院院长裘敏
        if not body.endswith(_BEFORE.get(found[0], ""), 0, short.start):
            continue
        if any(named.start <= short.start < named.end for named in every):
            continue  # 安县 in 吉安县高质量发展
        earlier = body.rfind(body[short.start : short.end], 0, short.start)
        if earlier < 0 or not _VISITED.search(body, max(0, earlier - 8), earlier):
            counts[highest(short.places)] += 1
    for places, weight in counts.most_common():
        yield Witness("body", places, weight)


def _has_own_post(body: str, kind: str) -> bool:
    """Whether a text tells posts of a 市 or 县 without its name."""
    return any(found[0][0] == kind for found in _OWN_POST.finditer(body))


def with_code(code: str) -> tuple[Place, ...]:
    """The places that have a telephone area code.

    >>> [place.name for place in with_code("0375")]
    ['平顶山市']
    """
    places = (place_at(path) for known, path in table("area_codes.tsv") if known == code)
    return tuple(place for place in places if place is not None)


@cache
def _seats() -> dict[str, str]:
    """The path of each organization that is known by its whole name."""
    return dict(table("organizations.tsv"))


@cache
def table(name: str) -> tuple[tuple[str, str], ...]:
    """The rows (key, path) of one of the small tables beside this file.

    >>> table("hosts.tsv")[0]
    ('gd.gov.cn', '广东省')
    """
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if "\t" in line and not line.startswith("#"))
    return tuple((key, path) for key, path in rows)
