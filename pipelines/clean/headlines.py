"""Which line reads like a headline: short, no sentence, no bread crumb, no byline, no name of a site."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from crawler.sites import Site
from pipelines.clean.blocks import Block
from pipelines.clean.fields import is_byline, read_fields
from pipelines.clean.noise import load_noise
from pipelines.clean.site_names import is_office

_LONGEST = 90
_SHORTEST = 4
_TOP = 40  # lines above the text that are looked at
_CRUMB = re.compile(
    r"(?:>|›|»|＞|→)|^\S{2,14}(?: [-–—|] \S{2,12}){2,}$"
    r"|^(?:您的|您现在的)?(?:当前|您的|您所在的|你的|现在的|您现在的)?位置\s*[:：]"
)
_SENTENCE = re.compile(
    r"[。；;]|版权所有|未经(?:书面)?授权(?:不得|禁止)|[，,、:：…]$|^\d{1,4}\s*[年月日].{0,12}[,，]"
)
_DATELINE = re.compile(r"^.{0,20}?(?:讯|电|消息)\s*[(（【]|^[(（【](?:记者|通讯员|作者)|^\W*本报讯")
_WORD = re.compile(r"[\u4e00-\u9fffA-Za-z]")
_JOINED = "暨"
_MEETING = re.compile(
    "(?:动员|工作|推进|座谈|表彰|总结|调度|部署|专题)?(?:大会|会议|会)(?:上的|召开|举行|纪要)"
    "|(?![省市县区州旗镇乡街我全中党政人])[\u4e00-\u9fff]{2,16}(?:大会|会)(?:召开|举行)$"
)
"""How the second line of a headline begins that is broken before the kind of the meeting."""
_GOES_ON = ("暨", "及", "并", "和", "与")
_PIECES = re.compile(r"[\s|｜丨/·•,，]+")
_TEXT = 60  # characters from which a line without a headline's look is text
_NEAR = 4  # lines above a byline among which the headline is
_PARTS = frozenset("_|｜-—")  # between a title and the name of its site
_SOURCE = "来源"
_DIGITS = re.compile(r"(?:19|20)\d{2}")
_COLUMN = 6  # characters of the name of a column, which a bread crumb says as well
_LOWER = 1.0  # by how much a line must be better than the one above it
_NO_TITLE = re.compile(
    r"^(?:19|20)\d\d[-/]\d{1,2}[-/]\d{1,2}\s|^(?:核心提示|内容提要|内容摘要|导读|导语|摘要)[:：]|^欢迎(?:光临|访问|您|来到)|(?:主办|承办|技术支持)$|(?:统一)?刊号[:：]|^(?:新闻|广告|订阅)热线|(?:[|｜][^|｜]*){2,}|会场$|扫描二维码|^请选择"
    r"|^[(（][^()（）]*(?:\d年|第.{1,8}期|通过)[^()（）]*[)）]$|^[・•·].*\[\d\d-\d\d\]$|(?:[●■◆][^●■◆]{2,14}){3}"
    r"|(?:办公室|委员会|指挥部|政府|局|厅)[ \u3000]+[12〇二]\S{3}年\S{2,8}日$"
)
"""What a page greets or keeps itself with, rows of a table, captions, who put a paper out and when."""
_SUBTITLED = frozenset({("h1", "h2"), ("h1", "h3"), ("h1", "h4"), ("h2", "h3"), ("h2", "h4"), ("h3", "h4")})
_HELD = ("召开", "举行")
_ITEM = re.compile("[一二三四五六七八九十]{1,3}、")
_GREETS = re.compile(
    r"欢迎(?:来到|访问|光临|浏览|登录)[“\"]?[^。，,]{2,24}(?:网站?|本站)|天气预报[:：]?$|.{2,10}气象台\d{4}年.{4,20}发布[:：]"
)
"""Of a line above the headline that a site says to every reader."""
_IN_TABLE = re.compile(
    r"(?:信息|文件|公文)名称[:：]\s*(?P<title>\S[^:：\n]{3,118}?)(?=\s{2,}|$|\s\S{2,6}[:：])"
)
_DATED_ITEM = re.compile(r"[●■◆▲★☆][ \u3000]?\d{1,2} ?月")
_MINUTES = re.compile(
    r"(?:[一二三四五六七八九十]、|[(（][一二三四五六七八九十][)）])?(?:会议)?(?:时\s?间|(?<=会议)(?:日期|方式|形式)|地\s?点|主持人?|召集人\S{0,4}|出席\S{0,4}|参[会加]\S{0,4}|[列缺]席\S{0,4}|请假\S{0,2}"
    r"|记录人?|内容|议题|主题)\s?[:：]"
)
"""How minutes begin, which state who, when and where line by line."""
_CAPTION = re.compile(
    r"(?:现场|合影|资料图|截图|供图|[\u4e00-\u9fff] ?摄)[)）]?$|^图为|^图[一二三四五\d]?[:：]"
)
_MASTHEAD = re.compile(
    r"^总?第\s?\d{1,5}\s?期\s*(?:19|20)\d{2}年|^(?:[\u4e00-\u9fff]{2,10}报|今日[\u4e00-\u9fff]{2,4})\s*[>|·]?\s*(?:(?:19|20)\d{2}|[〇零一二三四五六七八九]{4})年|第\s?[\dA-Z一二三四五六七八九十]{1,4}\s?版(?:$|[:：])"
)
_BEHIND = re.compile(r"(?<=[\u4e00-\u9fff]{4})\s+(?:您的|您现在的)?(?:当前|所在)?位置\s*[:：]")
_BULLET = re.compile(r"^[•·▪●]\s*(?=[\u4e00-\u9fff])")
_LABELLED = re.compile(
    r"[|｜]?\s*(?:文章|信息|新闻)?标题\s*[:：]\s*(?P<title>[^|｜]{4,}?)\s*(?:\[打印本页\])?\s*[|｜]?"
)
_COUNTER = re.compile(
    r"^[〇○零一二三四五六七八九]{4}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日$|^\W*\d[\d\W年月日星期周一二三四五六天上下午今天是农历]*$|^今天是|第\d+页|共\d+页"
)


class Line(NamedTuple):
    """A headline and the index of its block (the headline may be a part of it)."""

    text: str
    block: int


@cache
def _words(key: str) -> frozenset[str]:
    data = tomllib.loads(Path(__file__).with_name("title.toml").read_text(encoding="utf-8"))
    return frozenset(data["words"][key].split())


def is_headline(text: str) -> bool:
    """Whether a line could be the title of an article by its look.

    >>> is_headline("青溪县召开防汛工作会议"), is_headline("首页 > 要闻"), is_headline("来源：青溪日报")
    (True, False, False)
    """
    if not _SHORTEST <= len(text) <= _LONGEST or len(_WORD.findall(text)) < _SHORTEST:
        return False
    if (
        _CRUMB.search(text)
        or _SENTENCE.search(text)
        or _DATELINE.search(text)
        or _COUNTER.search(text)
        or _CAPTION.search(text)
        or is_masthead(text)
        or _MINUTES.match(text)
        or _ITEM.match(text)
        or _NO_TITLE.search(text)
    ):
        return False
    if load_noise().rule("line", text) or load_noise().rule("end", text) in load_noise().boxes:
        return False
    pieces = _PIECES.split(text)
    return not any(piece.rstrip(":：") in _words("chrome") for piece in pieces) and not is_byline(text)


def is_masthead(text: str) -> bool:
    """Whether a line is the head of a printed page.

    >>> is_masthead("青溪日报 2001年4月26日 星期四 第一版"), is_masthead("青溪日报社召开会议")
    (True, False)
    """
    return _MASTHEAD.search(text) is not None


def first_headline(lines: Sequence[Block], site: Site | None = None) -> Line | None:
    """The title among the lines above the text of a plain page; None when the text begins at once.

    A byline on the title's own line is left out. Of several lines the one wins that speaks of public affairs,
    that the page repeats, that is near the byline or the text; of lines that follow each other the upper one,
    for a second line tells who was there.

    >>> lines = ["首页 > 要闻", "我县部署防汛工作 来源:青溪融媒 2022-06-15", "6月14日,全县防汛会议召开。"]
    >>> first_headline([Block(i, text, f"line {i + 1}", "line") for i, text in enumerate(lines)])
    Line(text='我县部署防汛工作', block=1)
    """
    names = {site.name, *site.brands} if site else set()
    best, best_score, best_at = None, 0.0, 0
    top = lines[:_TOP]
    for at, block in enumerate(top):
        text = _without_byline(block.text)
        if at + 1 < len(top) and _is_broken(block, top[at + 1]):
            text += top[at + 1].text
        if load_noise().rule("line", block.text) or _GREETS.match(block.text):
            continue
        if "。" in block.text or (text == block.text and _is_text(text)):
            break
        if not is_headline(text) or text in names or block.link_share > 0.5:
            continue
        if best and _is_again(text, best.text):
            dated = any(_DIGITS.search(line.text) and is_byline(line.text) for line in top[best_at:at])
            best, best_at = (best, best_at) if dated else (Line(text, block.index), at)
            continue  # <title> and a list of the sheet's headlines stand above it
        if best and "".join(text.split()) in "".join(best.text.split()):
            continue  # a piece of what a line above says in full
        score = _score(text, at, top)
        if score > best_score + (_LOWER if best and best.block >= block.index - 2 else 0.0):
            best, best_score, best_at = Line(text, block.index), score, at
    return best


def _is_again(text: str, before: str) -> bool:
    """Whether a line says once more what a line above said, perhaps with the name of the site behind it."""
    return before == text or (before.startswith(text) and before[len(text) :].lstrip()[:1] in _PARTS)


def _is_broken(block: Block, below: Block) -> bool:
    """Whether a headline goes on in the line below: before 暨, in one element before 大会上的讲话."""
    if below.text.startswith(_JOINED):
        return True
    return below.path == block.path and _MEETING.match(below.text) is not None and not _is_text(block.text)


def in_table(blocks: Sequence[Block]) -> Line | None:
    """The name that the table of an office's document gives: 信息名称：….

    >>> in_table([Block(0, "文号： 无", "", "tr"), Block(1, "信息名称： 县政府常务会议纪要", "", "tr")])
    Line(text='县政府常务会议纪要', block=1)
    """
    rows = ((block, _IN_TABLE.match(block.text)) for block in blocks)
    named = (Line(row["title"], block.index) for block, row in rows if row and is_headline(row["title"]))
    return next(named, None)


def above_byline(blocks: Sequence[Block]) -> Line | None:
    """The headline next above the first line that is a byline with a date, else with a source; None without
    such a line.

    >>> lines = ["学会章程", "全市地理学年会召开", "发布时间：2019-05-18 来源：青溪学会", "正文。"]
    >>> above_byline([Block(i, text, f"line {i + 1}", "line") for i, text in enumerate(lines)])
    Line(text='全市地理学年会召开', block=1)
    """
    dated = (b for b in blocks if _DIGITS.search(b.text) and is_byline(b.text) and read_fields(b.text))
    sourced = (b for b in blocks if _SOURCE in b.text and is_byline(b.text) and _has_source(b.text))
    byline = next(chain(dated, sourced), None)
    if byline is None:
        return None
    above = reversed(blocks[max(0, byline.index - _NEAR) : byline.index])
    found = (one for one in above if one.link_share <= 0.5 and is_headline(one.text))
    return next((_whole(_main(one, blocks), blocks) for one in found), None)


def _has_source(text: str) -> bool:
    return any(field.kind == "source" and field.value for field in read_fields(text))


def _main(block: Block, blocks: Sequence[Block]) -> Block:
    """The heading right above a lower one in the same element, which is its subtitle."""
    above = blocks[max(0, block.index - 1)]
    heads = (above.tag, block.tag) in _SUBTITLED and is_headline(above.text)
    beside = above.path.rpartition("/")[0] == block.path.rpartition("/")[0]
    return above if heads and beside else block


def _whole(block: Block, blocks: Sequence[Block]) -> Line:
    """The headline of a block, with the line above it in its element where it goes on with one (暨…)."""
    above = blocks[max(0, block.index - 1)]
    goes_on = block.text.startswith(_GOES_ON) or _MEETING.match(block.text)
    if goes_on and above.path == block.path and is_headline(above.text):
        return Line(above.text + block.text, above.index)
    return Line(_unlabelled(block.text), block.index)


def _unlabelled(text: str) -> str:
    """A headline without the label before it (标题：)."""
    labelled = _LABELLED.fullmatch(text)
    return labelled["title"] if labelled else text


def _score(text: str, at: int, lines: Sequence[Block]) -> float:
    """How much a line is like a title: its length, what follows it, and whether it comes again."""
    score = 1.0 + min(len(text), 16) / 8
    below = [line.text for line in lines[at + 1 : at + 4]]
    crumb = next((n for n, line in enumerate(below) if _CRUMB.search(line)), len(below))
    if len(text) != len(lines[at].text) or any(map(_is_told, below[:crumb])):
        score += 2.0
    elif any(_is_text(line) for line in below):
        score += 1.0
    score += 1.0 * any(word in text for word in _words("topics")) + 1.0 * any(held in text for held in _HELD)
    score -= 2.0 * (text.startswith(("—", "－", "-")) or any(word in text for word in _words("secondary")))
    score -= 2.0 * ((len(text) <= 20 and text.endswith(tuple(_words("bare_names")))) or is_office(text))
    if len(text) > _COLUMN and any(text in other.text for other in lines if other is not lines[at]):
        score += 1.5
    return score


def _is_told(text: str) -> bool:
    """Whether a line is a byline that says who or when, not a tool of the page alone."""
    return is_byline(text) and (_DIGITS.search(text) is not None or bool(read_fields(text)))


def _without_byline(text: str) -> str:
    """The part of a line before its first field, when something stands there."""
    if crumb := _BEHIND.search(text):
        text = text[: crumb.start()].rstrip()
    text = _BULLET.sub("", _unlabelled(text))
    fields = read_fields(text)
    head = text[: fields[0].start].rstrip(" \t\u3000[【(（|") if fields else ""
    return head if len(head) >= _SHORTEST and not is_byline(text) else text


def _is_text(text: str) -> bool:
    return (
        _MINUTES.match(text) is not None
        or _DATED_ITEM.match(text) is not None
        or len(text) > _LONGEST
        or "。" in text
        or (len(text) > _TEXT and "，" in text.replace(",", "，"))
    )
