"""Which meetings a body tells of: the one it announces, and the local follow-up behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipelines.extract.anaphora import he_said
from pipelines.extract.convening import HEARD, HELD, JOINED, convened, mentioned, names_of, watched
from pipelines.extract.mentions import find_mentions
from pipelines.extract.naming import Name, object_name, subject_name
from pipelines.extract.roles import series_of
from pipelines.extract.several import of_others, several
from pipelines.extract.text import Sentence

_TRIGGER = re.compile(
    r"(?:[^,。;\n]{0,40}?(?:会议?|大会|收听收看)(?:(?:一)?(?:结束|闭幕|召开|完毕)?(?:之)?后|一(?:结束|散))|[之此]后|随后|随即|紧接着|接着|其后|同日|当日|当天|当晚)(?=[,、]|我|立即|随即|市|县|区|省|州|镇|乡|学校|医院|公司|局|又|还|迅速|马上|召|继续|接续|在|[上下]午|晚|\d{1,2}[时点:]|[㐀-鿿]{2,3}(?:要求|强调|指出|就|对))"
)
_LATER = re.compile("后|一结束|随即|接着|同日|当日|当天|当晚")  # one of these stands in whatever follows up
_AFTER = re.compile(
    r"会议?(?:结束后?|一结束|后),[^,。;]{0,10}?(?:立即|随即|迅速|接着|马上|连夜)[^,。;]{0,6}召开"
)
_AFTERWARDS = re.compile(
    r"在(?P<when>[^,。;、]{0,10}?(?:会议?|大会|收听收看)(?:一?结束)?(?:之)?后)[^,。;]{0,8}?(?:强调|指出|要求|提出|讲话)"
)
_CONTINUED = re.compile("(?:召开|举行|套开|开)了?[^,。]{0,8}续会")  # 收看全省会议,并召开续会
_SAME_DAY = re.compile(r"(?:同日|当日|当天|当晚)")
_AT_ONCE = re.compile(r"[^。;\n]{0,60}?(?:紧接着|接着|随即|随后|接续)[^,。;\n]{0,40}?召开")
"""Of a paragraph that begins with another meeting: 零点刚过,县委紧接着召开常委会议."""
_AGAIN = re.compile(r"(?:还|又|另|同时|再次)[^,。]{0,6}(?:召开|举行)")
_ANOTHER = re.compile(r"(?:又|另)(?:讯|据)|会前,[^,。]{0,16}(?:召开|举行)|[●■◆▲][ \u3000]?\d{1,2}月")
_PART = re.compile(
    r"(?:当天|当日|同日)?(?P<part>[上下]午|傍晚|晚上?)(?:\d{1,2}[时点][\d半]{0,2}分?)?(?:许|左右)?,"
)
_PARTS = ("上午", "下午", "傍晚", "晚")
_DAY = re.compile(r"(?:\d{4}年)?(?:(?P<month>\d{1,2})月)?(?P<day>\d{1,2})日(?=[上下]午|晚|,)")
_CALLED = re.compile("召开")
_ELECTED = re.compile("届[^届]{2,10}第?一次(?:全体会议|全会)")
_OWN_PAPER = "本报讯"
_ITEM = re.compile("[一二三四五六七八九十]{1,2}是")
_FIRST = 40  # sentences in which the main meeting is looked for
_HEADLINES = 6  # lines of a headline that may stand above the text
_LONGEST_HEADLINE = 40  # characters of one
MOST = 50
"""Meetings that are read of one body; no report tells of as many."""
_HEARD_REPORTS = re.compile("听取了?[^,。;]{0,40}汇报")
_OVER = re.compile(
    r"(?:会议?|大会)(?P<over>(?:收听收看)?(?:一?结束|一散|散会|召开|闭幕)?(?:之)?后|(?:收听收看)?(?:一?结束|一散)),"
)
_THEN = re.compile(r",(?:会后|随后|随即|接着|紧接着|结束后|迅速|立即|马上|连夜)[^,。]{0,12}(?:召开|举行)")
_HOSTED = re.compile("主持召开(?P<own>会议)(?=[,。;])")
_BEFORE = 400  # characters before a sentence, in which those who speak in it may be named
_WHOLE = 8  # characters of a name that no second meeting has
_CORE = 8  # characters that end a meeting's name and tell which it is
_NAMED = 6  # characters of a meeting's name that says what it is
_LISTENING = re.compile(r"收听|收看|分会场|视频会议|电视电话|参加(?:全国|全省|全市|自治区|国务院|省|市)")


_NUMBERED = re.compile(r"第?[\d一二三四五六七八九十]+次[^次]{0,8}会")


@dataclass(frozen=True, slots=True)
class Announced:
    """A meeting as announced: its name, its sentence, and its part of the body from ``start`` to ``until``.

    Meetings that one sentence names side by side share their part but for the paragraphs ``of_others``, from
    where to where each.
    """

    name: Name
    sentence: Sentence
    start: int
    until: int
    follows: bool = False
    of_others: tuple[tuple[int, int], ...] = ()


def find_meetings(masked: str, every: Sequence[Sentence]) -> list[Announced]:
    """The announced meetings in order: the main one first, then its follow-ups. Linear in the body.

    >>> from pipelines.extract.text import sentences
    >>> text = "3月6日,我县召开防汛会议。会后,县长裘敏提出要求。"
    >>> [text[m.name.start:m.name.end] for m in find_meetings(text, list(sentences(text)))]
    ['防汛会议']
    """
    main = _main(masked, every)
    if main is None:
        return []
    before = _occasion(masked, *main)
    within = before is None and main[0].rule == "watched" and _right_behind(masked, *main)
    found = [before, main] if before else [main, within] if within else [main]
    listened = _LISTENING.search(masked, main[1].start)
    for sentence in every:
        if sentence.start <= main[1].start:
            continue
        if len(found) >= MOST:
            break
        heard = listened is not None and listened.end() <= sentence.start
        follow = _follow_up(masked, sentence, heard) or _later(masked, sentence, *main)
        if follow is not None and not _is_part(masked, follow, main[0]):
            found.append((follow, sentence))
    starts = [_below_others(masked, every, *main), *(sentence.start for _, sentence in found[1:])]
    told: list[Announced] = []
    for (name, sentence), start, end in zip(found, starts, [*starts[1:], len(masked)], strict=True):
        names = several(masked, name)
        follows = start > starts[0] and not _is_apart(masked, sentence, *main)
        every_other = of_others(masked, names, start, end)
        for one, others in zip(names, every_other, strict=True):
            told.append(Announced(one, sentence, start, end, follows, others))
    return told[:MOST]


def _is_part(masked: str, name: Name, main: Name) -> bool:
    """True for a sitting of the main meeting: 当天,政协十届十九次常委会议举行全体会议."""
    called = masked[name.start : name.end]
    told = len(called) > _WHOLE or _NUMBERED.search(called)
    if called == masked[main.start : main.end] and told:
        return True  # 预备会议之后,第一届选民代表大会第一次会议正式召开
    head = main.end - (name.end - name.start)
    again = masked.endswith(called, main.start, main.end)
    if again and masked[head - 1 : head] in ("次", "届"):
        return True  # 接着召开理事扩大会议, of the 二届四次理事扩大会议
    core = masked[max(main.start, main.end - _CORE) : main.end]
    return len(core) == _CORE and f"{core}举行" in called


def _occasion(masked: str, name: Name, sentence: Sentence) -> tuple[Name, Sentence] | None:
    """The meeting from which the one of the same sentence follows: 全省会议结束后,我市随即召开会议."""
    ends = list(_OVER.finditer(masked, sentence.start, name.start))
    if not ends:
        return None
    over = ends[-1]
    floor = masked.rfind(",", sentence.start, over.start()) + 1 or sentence.start
    if masked.find("在", floor + 1, over.start()) > floor:
        return None  # 县公安局在市里的会议之后召开会议
    verbs = [*HEARD.finditer(masked, floor, over.start()), *JOINED.finditer(masked, floor, over.start())]
    end = over.start("over")
    if verbs:
        found = object_name(masked, verbs[-1].start(), verbs[-1].end(), floor)
    else:
        found = subject_name(masked, floor, end)
    if found is None or found.end > end or found.end - found.start < _NAMED:
        return None
    return Name(found.start, found.end, found.organiser, "occasion"), sentence


def _right_behind(masked: str, name: Name, sentence: Sentence) -> tuple[Name, Sentence] | None:
    """The meeting of our own that the sentence goes on with: 收看全省会议,随后召开全市会议."""
    then = _THEN.search(masked, name.end, sentence.end)
    if then is None:
        return None
    rest = Sentence(then.start() + 1, sentence.end, sentence.paragraph)
    own = next(names_of(masked, rest, HELD), None)
    return (own, rest) if own is not None else None


def _main(masked: str, every: Sequence[Sentence]) -> tuple[Name, Sentence] | None:
    """The first sound announcement; a meeting only joined or spoken at counts when none was convened."""
    headlines = _headlines(masked, every)
    told = [one for one in every[:_FIRST] if one not in headlines] if headlines else every[:_FIRST]
    ordered = (*told, *headlines)
    for search in (convened, _held_after, mentioned):
        for sentence in ordered:
            if _ITEM.match(masked, sentence.start):
                continue  # 开展六项活动:二是召开座谈会
            name = next(search(masked, sentence), None)
            if name is not None:
                return name, sentence
    return None


def _held_after(masked: str, sentence: Sentence) -> Iterator[Name]:
    """A meeting that has no name of its own, behind one that has: 全省会议结束后,市长裘敏主持召开会议."""
    found = _HOSTED.search(masked, sentence.start, sentence.end)
    own = Name(*found.span("own"), None, "held_after") if found else None
    if own and _occasion(masked, own, sentence):
        yield own


def _is_another(masked: str, start: int) -> bool:
    """True where another report begins: behind a bullet, with 又讯, with the second 本报讯."""
    if _ANOTHER.match(masked, start):
        return True
    if not masked.startswith(_OWN_PAPER, start) or masked[start - 1 : start] != "\n":
        return False
    return masked.find(_OWN_PAPER, 0, start) >= 0


def _is_apart(masked: str, sentence: Sentence, name: Name, first: Sentence) -> bool:
    """True for a meeting of another report or of a later day: it follows from none."""
    return _is_another(masked, sentence.start) or _later(masked, sentence, name, first) is not None


def _later(masked: str, sentence: Sentence, name: Name, first: Sentence) -> Name | None:
    """The meeting convened later that day or month than the main one, where a paragraph begins with it.

    The sittings of a congress, which goes on for days, are none.
    """
    called = masked[name.start : name.end]
    if masked[sentence.start - 1] != "\n" or ("届" in called and "常" not in called):
        return None
    return _on_later_day(masked, sentence, first) or _at_later_hour(masked, sentence, first)


def _at_later_hour(masked: str, sentence: Sentence, first: Sentence) -> Name | None:
    """The meeting of the afternoon, where the main one was in the morning; one that follows at once."""
    part = _PART.match(masked, sentence.start)
    told = [at for at, part in enumerate(_PARTS) if masked.find(part, first.start, first.end) >= 0]
    later = part and told and _PARTS.index(part["part"].removesuffix("上")) > max(told)
    if not later and not _AT_ONCE.match(masked, sentence.start, sentence.end):
        return None
    return next(names_of(masked, sentence, _CALLED), None)


def _on_later_day(masked: str, sentence: Sentence, first: Sentence) -> Name | None:
    """The meeting convened on a later day of the month; on the same day, the first one of whom a congress
    elected."""
    day, before = _DAY.match(masked, sentence.start), _DAY.search(masked, first.start, first.end)
    if not (day and before and day["month"] == before["month"] and int(day["day"]) >= int(before["day"])):
        return None
    if int(day["day"]) > int(before["day"]):
        return next(names_of(masked, sentence, _CALLED), None)
    held = names_of(masked, sentence, HELD)
    return next((one for one in held if _ELECTED.search(masked, one.start, one.end)), None)


def _below_others(masked: str, every: Sequence[Sentence], name: Name, first: Sentence) -> int:
    """Where the main meeting's part begins: below the headlines that tell of another one, else at the top."""
    start = 0
    for sentence in _headlines(masked, every):
        other = next(names_of(masked, sentence, HELD), None) if sentence.start < first.start else None
        if other and masked[other.start : other.end] not in masked[name.start : name.end]:
            start = sentence.end
    return start


def _headlines(masked: str, every: Sequence[Sentence]) -> list[Sentence]:
    """Short lines at the top that no mark ends, above text: 柏远主持主席团第四次会议."""
    return [
        sentence
        for number, sentence in enumerate(every[:_HEADLINES])
        if sentence.paragraph == number
        and masked[sentence.end : sentence.end + 1] == "\n"
        and sentence.end - sentence.start <= _LONGEST_HEADLINE
        and masked.find(",", sentence.start, sentence.end) < 0 <= masked.find("。", sentence.end)
    ]


def _follow_up(masked: str, sentence: Sentence, heard: bool) -> Name | None:
    """The meeting that a sentence tells of behind the main one; ``heard``: that one was watched from here."""
    if _is_another(masked, sentence.start):
        return next(convened(masked, sentence), None)
    if _CONTINUED.search(masked, sentence.start, sentence.end):
        return next(names_of(masked, sentence, HELD), None)
    if _LATER.search(masked, sentence.start, sentence.end) is None:
        return None
    trigger = _TRIGGER.match(masked, sentence.start, sentence.end)
    if trigger is None and _AFTER.search(masked, sentence.start, sentence.end):
        return next(names_of(masked, sentence, HELD), None)
    if trigger is None and heard and (later := _AFTERWARDS.search(masked, sentence.start, sentence.end)):
        return Name(*later.span("when"), None, "after_the_meeting")  # 县长裘敏在会议结束后指出
    if trigger is None:
        return None
    apart = masked[sentence.start - 1] == "\n"
    if (
        _SAME_DAY.match(masked, sentence.start)
        and not apart
        and not _AGAIN.search(masked, sentence.start, sentence.end)
    ):
        return None
    for name in names_of(masked, sentence, HELD):
        if name.start >= trigger.end() or name.organiser:
            return name
    if _SAME_DAY.match(masked, sentence.start):
        return next(watched(masked, sentence), None)  # 当天上午,与会人员还收看了全市会议
    if "会" not in trigger.group():
        return None
    if not heard or not _someone_speaks(
        masked[trigger.end() : sentence.end].lstrip(","), masked[: sentence.start]
    ):
        return None
    return Name(sentence.start, trigger.end(), None, "after_the_meeting")


def _someone_speaks(text: str, before: str) -> bool:
    """True if a named person, or he, speaks or hears reports in the clause behind 会后.

    A name of a rare shape counts when it stood ``before`` with a post.
    """
    named = tuple(m.name for m in find_mentions(before[-_BEFORE:]) if m.title)
    series = series_of(text, find_mentions(text, named))
    if he_said(text) or any(_HEARD_REPORTS.match(text, one.people[-1].last) for one in series):
        return True
    return any(
        act.role == "speaker" and any(not m.doubt for m in one.people) for one in series for act in one.acts
    )
