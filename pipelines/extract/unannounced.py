"""A meeting that no sentence announces: of a speech, of minutes, of a report that only says 会议."""

from __future__ import annotations

import re
from datetime import date

from crawler.records import Genre, Meeting
from pipelines.extract.article import Article, placed
from pipelines.extract.date_words import mentions
from pipelines.extract.dates import date_meeting
from pipelines.extract.headline import title_name
from pipelines.extract.known_day import day_or_none
from pipelines.extract.labels import BELOW, LABELLED
from pipelines.extract.naming import kind_of_meeting, normalise_name, object_name, ordinal_of
from pipelines.extract.people import attendance_of, told_at, with_deliverer
from pipelines.extract.predicates import Act
from pipelines.extract.roles import Seen
from pipelines.extract.setting import frame_of, setting_of
from pipelines.extract.statements import MEETING
from pipelines.extract.text import fold

_SUBTITLE = re.compile(
    r"^(?:[—―-]{1,3} ?(?P<under>在.{4,80})"
    r"|(?:\(|[—―-]{1,3} ?(?=\d))(?P<day>\d{4}年\d{1,2}月\d{1,2}日,?)?(?P<inside>在[^()\n]{4,80}会议?上)\)?)$",
    re.MULTILINE,
)
_RUN_ON = re.compile(
    r"[^。,:!\n]{4,100}?(?:上的?(?:讲话|发言|致辞|报告)(?:稿|材料)?|主持词)(?=[^。,\n]{0,12}\(|同志们|各位|尊敬的)"
)
"""A headline that runs on into the salutation, where a page has lost its line ends."""

_HEAD_LINES = 4  # of a speech, in which its subtitle may stand
_WHEN = re.compile(
    r"(?:^|(?<=\s))(?:[一二三四五]、)?(?:(?:会议|开会|召开)?时[^\S\n]*间|会议日期)[^\S\n]*[: \n]\s*[^\n]*",
    re.MULTILINE,
)
_NAMED = re.compile(r"^会议名称[^\S\n]*:[^\S\n]*(?P<name>[^\n]{4,60}?会议?)[^\S\n]*$", re.MULTILINE)
_DATE_LINE = re.compile(
    r"(?:[^\n,。]{3,40}\n){0,3}\s*\(?[\d〇○零一二三四五六七八九]{4}年[\d一二三四五六七八九十]{1,2}月[\d一二三四五六七八九十]{1,3}日"
    r"(?:,[^\n()]{2,20}|[上下]午|晚上?)?(?:\d{1,2}[:点时]\d{0,2}分?)?\)?\s*(?:\n|(?=同志们|各位|尊敬的))"
)
_CHAIRED = re.compile(r"会议?由[^。]{2,40}主持")
_CAME = re.compile(
    r"同志[^。]{0,20}(?:出席|参加|列席|到会)(?:了|指导|今天|这次|本次|此次|我们|会议|大会|,|。|$)"
)
"""县政协副主席柏远同志出席会议, in the opening of a speech."""
_NOT_NOW = re.compile(
    r"去年|上[次周月]|前不久|[昨前]天|\d月|最近|近日|日前|刚刚|全国|全省|国务院|中央|省[里委]|上级"
)
_TO_SPEAK = re.compile(
    r"(?:等会儿?|等一下|稍后|一会儿?|待会儿?|随后|最后),?[^。]{0,24}还?[要将]作?[^。,]{0,8}讲话"
)
_AGENDA = re.compile(r"(?:会议|大会|下面|首先|现在)(?:首先)?进行第[一二三四五六]项[^。]{0,8}请")
_CHAIRS_TEXT = re.compile(r"主持词|主持(?:讲话|发言)?稿")
_ASKED = re.compile("请|欢迎")
_ITEM = re.compile(r"[一二三四五六七八九]是|(?<=\n)[ \u3000]*(?:\d{1,2}|[一二三四五六七八九])[、.]")
_CALLS = re.compile("召开|举行")
_THIS = re.compile(r"(?:^|(?<=[:,!\n。]))\s*(?:这次|本次|此次)(?:召开的)?", re.MULTILINE)
_PURPOSE = re.compile(
    r",?(?:(?:主要)?是(?=传达|贯彻|总结|研究|部署)|是(?=[^。\n]{0,40}召开)|的?(?:主要)?(?:目的|任务|议题)(?=是)|在(?=[^。\n]{0,60}召开)|开了|历时|经过)"
)
_BARE = 5  # characters of a name that says nothing: 全体会议
_OPENING = 6  # sentences of a speech in which its meeting is named
_LISTS = ("listed", LABELLED, BELOW)


def unannounced(article: Article, genre: Genre) -> Meeting | None:
    """A meeting that the body does not announce: of a speech, or of a report that only says 会议."""
    body = article.body
    label = _NAMED.search(article.folded) if genre == "minutes" else None
    place = label.span("name") if label else None
    found, told_day = (body[slice(*place)] if place else title_name(article.title)), None
    if found is None and genre == "report":
        lines = (
            line.strip("—―- 　") for line in article.margin.split("\n") if line.startswith(("—", "―", "--"))
        )
        found = next(filter(None, map(title_name, lines)), None)  # the line under the headline
    if found is None and genre == "speech":
        found, told_day = _subtitle(article)
        place = None if found else _called_here(article)
    name = found or (body[slice(*place)] if place else MEETING if genre != "speech" else None)
    if name is None:
        return None
    chair = _CHAIRS_TEXT.search(article.title) is not None or _AGENDA.search(article.masked) is not None
    told = genre != "speech"
    seen = [
        one
        for one in article.seen
        if told or _before_him(article, one) or (chair and _is_asked(article, one))
    ]
    people = attendance_of(seen, 0, len(body), article.titles)
    if genre == "speech":
        people = with_deliverer(people, article.title, body, chair=chair)
    end = article.sentences[0].end if article.sentences else 0
    line = _DATE_LINE.match(article.folded) if genre == "speech" else None
    when = _WHEN.search(article.folded) if genre == "minutes" else line
    start, stop = when.span() if when else (0, end)
    dated = date_meeting(body, start, stop, article.cleaned.published_at, article.url)
    setting = setting_of(name, "" if genre == "speech" else frame_of(article.masked))
    rule = "label" if label else "opening" if place else "title" if found else "unnamed"
    article.note("meeting", name, rule)
    article.note("format", setting.format, setting.rule)
    meeting = Meeting(
        name=name,
        ordinal=ordinal_of(name),
        kind=kind_of_meeting(name),
        date=told_day or (dated.date if line or genre != "speech" else None),
        date_rule="subtitle/written" if told_day else dated.rule,
        format=setting.format,
        hosts=people.hosts,
        speakers=people.speakers,
        attendees=people.attendees,
        absent=people.absent,
        venue=setting.venue,
        start=place[0] if place else None,
        end=place[1] if place else None,
        normalised=normalise_name(name, None),
    )
    return placed(article, meeting, 0, end)


def _subtitle(article: Article) -> tuple[str | None, date | None]:
    """The meeting, and the day, that the line under a speech's headline names, or the headline in its text.

    ——在全县护林工作会议上的讲话; (2011年3月7日在县政协第五次会议上); …会议上的讲话同志们:….
    """
    head = article.folded.split("\n", _HEAD_LINES)[:_HEAD_LINES]
    for text in (article.title, article.margin, "\n".join(head)):
        if line := _SUBTITLE.search(fold(text)):
            day = next(mentions(line["day"]), None) if line["day"] else None
            told = day_or_none(day.year or 0, day.month or 0, day.day or 0) if day else None
            return title_name(line["under"] or f"{line['inside']}的讲话"), told
    run_on = _RUN_ON.match(article.folded)
    return (title_name(run_on[0]) if run_on else None), None


def _called_here(article: Article) -> tuple[int, int] | None:
    """Where the opening of a speech names its meeting: 今天,我们召开全县护林工作会议."""
    for sentence in article.sentences[:_OPENING]:
        for verb in _CALLS.finditer(article.masked, sentence.start, sentence.end):
            name = object_name(article.masked, verb.start(), verb.end(), sentence.start)
            here = name is not None and article.masked.startswith(("这次", "本次", "此次"), name.start)
            if name is not None and name.rule == "object" and not here:
                return name.start, name.end
        for this in _THIS.finditer(article.masked, sentence.start, sentence.end):
            name = object_name(article.masked, *this.span(), this.start())
            told = name is not None and _PURPOSE.match(article.masked, name.end) is not None
            if name is not None and told and name.end - name.start > _BARE:
                return name.start, name.end
    return None


def _before_him(article: Article, one: Seen) -> bool:
    """True for people who spoke before him (刚才,副县长柏远通报了情况), chair, came or are still to speak;
    others are talk."""
    start, end = one.sentence.start, one.sentence.end
    told = told_at(one)
    said = article.masked[article.masked.rfind("\n", 0, told) + 1 : max(told, end)]
    here = article.masked[start:end]
    if any(act.rule == "heard" for act in one.series.acts):
        return True
    if one.sentence in article.sentences[:_OPENING] and _CAME.search(here) and _NOT_NOW.search(said) is None:
        return True
    if (
        _TO_SPEAK.search(here)
        or "刚才" in here
        or _CHAIRED.search(here)
        or any(act.rule in _LISTS for act in one.series.acts)
    ):
        return True
    return (
        "刚才" in said and "下面" not in said and any(_is_done(article, one, act) for act in one.series.acts)
    )


def _is_done(article: Article, one: Seen, act: Act) -> bool:
    """True for what was done: 宣读了."""
    return "了" in act.verb or article.masked.startswith(f"{act.verb}了", one.sentence.start + act.at)


def _is_asked(article: Article, one: Seen) -> bool:
    """True for whom the chair gives the floor, or names in the agenda: 请镇长柏远同志发言, 二是县长…讲话."""
    if _ITEM.search(article.masked, one.sentence.start, one.sentence.end):
        return any(act.role == "speaker" for act in one.series.acts)
    return _ASKED.search(article.masked, one.sentence.start, one.sentence.end) is not None
