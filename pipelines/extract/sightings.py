"""Who is seen in the text, sentence by sentence: people, what they do there, and how sure that is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from pipelines.extract.anaphora import called_by_given, he_said, said_again
from pipelines.extract.blanks import with_marks
from pipelines.extract.gaps import is_neutral
from pipelines.extract.labels import BELOW, LABELLED, WHO_CAME, go_on, labels_within, read_label
from pipelines.extract.mentions import Mention, find_mentions, key_of
from pipelines.extract.predicates import Act, any_verb
from pipelines.extract.roles import Seen, Series, series_of
from pipelines.extract.text import HIDDEN, Sentence
from pipelines.extract.words import word_set

_IMPERATIVE = re.compile(
    r"[一二三四五六七八九十]{1,2}要|要(?!求)|必须|务必|切实|坚持|坚决|不断|持续|进一步|[加增]强|确保|推动|严格|抓好"
)
_WORDS = re.compile(
    r",*(?P<name>[㐀-鿿·]{2,8}?|[㐀-鿿] [㐀-鿿])(?:同志)?"
    rf"(?P<verb>意见|建议|总结|发言|补充|汇报)?(?:\({HIDDEN}{{1,30}}\))?:(?=.)"
)
_QUOTED = re.compile(rf":“{HIDDEN}+”(?=[一-鿿])")  # 他说:“…。”会议由裘敏主持
_HEADLINE = re.compile(r"[^,:、 ]{4,}(?: [^,:、 ]{4,}){1,8}")
"""Clauses of a headline, with blanks for marks: 柏远主持大会 裘敏作政府工作报告."""
_SHE_SAID = re.compile(r",[他她](?:还|同时|最后)?(?P<verb>表示|强调|指出|要求|希望|说|认为)")
_NUMBER = re.compile(r"(?:\d{1,2}[、.]|[一二三四五六七八九十]{1,3}、)[ \u3000]*(?=[㐀-鿿])")
_ITEM = re.compile(r"[一二三四五六七八九十]{1,2}是")
_TO_THE_END = re.compile(r"(?:;[^。;\n]{0,200}){1,8}?(?P<verb>出席|参加|列席|到会|参会)")
"""What a list may go on with behind a ; : groups without names, and what all of them did."""
_FEW = 2  # records of what listed people said that make a record of who said what
_LONG = 4  # characters of a name that no word of the text is by chance
_VOUCHED = ("title_before", "title_carried")  # a post before the name, or before the list it stands in
_MOST_LISTED = 200  # names of lists that are looked for behind units


def see_people(masked: str, every: Iterable[Sentence]) -> list[Seen]:
    """All series of people in the body, sentence by sentence, doubtful names settled.

    >>> from pipelines.extract.text import sentences
    >>> text = "县长裘敏主持会议。裘敏强调,值守要跟上。"
    >>> [s.series.acts[0].role for s in see_people(text, sentences(text))]
    ['host', 'speaker']
    """
    reader = _Reader(masked)
    for sentence in every:
        if not _IMPERATIVE.match(masked, sentence.start):
            for part in _parts(masked, sentence):
                reader.take(part)
    seen = called_by_given(_with_lists(masked, reader.seen_with_words()))
    known = {m.name for s in seen for m in s.series.people if _is_known(m)} | reader.listed.keys()
    named = {(s.sentence.start, act.role) for s in seen if _is_sure(s.series) for act in s.series.acts}
    settled = []
    for one in seen:
        beside = any((one.sentence.start, act.role) in named for act in one.series.acts)
        series = _settle(one.series, known, beside)
        if series.people:
            settled.append(one if series is one.series else replace(one, series=series))
    return settled


def _with_lists(masked: str, seen: list[Seen]) -> list[Seen]:
    """The same; people of a sentence that only lists them take part as the next ones do (…柏远;…等出席)."""
    for at in range(len(seen) - 1, -1, -1):
        one, following = seen[at], seen[at + 1] if at + 1 < len(seen) else None
        people, size = one.series.people, one.sentence.end - one.sentence.start
        if not people or people[0].first or one.series.acts:
            continue
        if not is_neutral(masked[one.sentence.start + people[-1].last : one.sentence.end]):
            continue  # 县人大主任柏远,县直各单位负责人;… 参加会议
        if following and _goes_on(masked, one, following):
            acts = tuple(act for act in following.series.acts if act.role == "attendee")
            seen[at] = replace(one, series=replace(one.series, acts=acts))
        elif (rest := _TO_THE_END.match(masked, one.sentence.end)) and not any_verb().search(
            masked, one.sentence.end, rest.start("verb")
        ):
            act = Act("attendee", "attends", rest["verb"], size)
            seen[at] = replace(one, series=replace(one.series, acts=(act,)))
    return seen


def _goes_on(masked: str, one: Seen, following: Seen) -> bool:
    """True if the next sentence begins with people, one mark behind."""
    people = following.series.people
    apart = following.sentence.start - one.sentence.end
    return bool(people) and people[0].first == 0 and apart == 1


class _Reader:
    """Reads sentence by sentence and keeps whom it knows: from titles, from the lists of minutes.

    ``listed`` are names of lists in their order; ``words`` are records of who said what (裘敏:…), which
    count for those alone.
    """

    def __init__(self, masked: str) -> None:
        self.masked = masked
        self.seen: list[Seen] = []
        self.words: list[Seen] = []
        self.listed: dict[str, None] = {}
        self._titled: dict[str, None] = {}
        self._label: Series | None = None

    def take(self, sentence: Sentence) -> None:
        """Read one more sentence."""
        text = self.masked[sentence.start : sentence.end]
        if number := _NUMBER.match(text):
            text = "," * number.end() + text[number.end() :]  # 3.柏远提出
        if " " in text and self._is_line(sentence) and _HEADLINE.fullmatch(text):
            text = text.replace(" ", ",")
        elif " " in text or "\u3000" in text:
            text = with_marks(text)
        if item := _ITEM.match(text):
            self.seen.extend(_of_item(sentence, " " * item.end() + text[item.end() :], self.seen))
        elif not self._of_label(sentence, text) and not self._again(sentence, text):
            self._named(sentence, text)

    def _is_line(self, sentence: Sentence) -> bool:
        """True for a line that is one sentence, without a mark at its end."""
        first = self.masked[max(0, sentence.start - 1) : sentence.start] in ("", "\n")
        return first and self.masked[sentence.end : sentence.end + 1] in ("", "\n")

    def _of_label(self, sentence: Sentence, text: str) -> bool:
        """A labelled line of minutes, or one below a label."""
        whole = self.masked[sentence.end : sentence.end + 1] in ("", "\n")
        above, self._label, label = self._label, None, None
        if whole or ":" in text or text.startswith(WHO_CAME):
            label = read_label(text, above if whole and not self._runs_on(sentence) else None)
        prose = label is not None and ":" not in text and text.startswith(WHO_CAME)
        if prose and label and len(label.people) <= len(find_mentions(text)):
            return False  # a list of posts, which the grammar reads better
        if label is None and above and ":" not in text and self._runs_on(sentence):
            label = go_on(text, above)
        self._label = label
        if label is None:
            return False
        self.seen.append(Seen(sentence, label))
        if label.acts:
            self.listed.update(dict.fromkeys(mention.name for mention in label.people))
        return True

    def _runs_on(self, sentence: Sentence) -> bool:
        """True behind a ; within a line."""
        return self.masked[sentence.start - 1 : sentence.start] == ";"

    def _again(self, sentence: Sentence, text: str) -> bool:
        """他强调; True if whoever is named behind is only spoken of."""
        said = he_said(text) if self.seen else None
        if said is None:
            return False
        self.seen.extend(said_again(self.seen, sentence, said))
        return text.startswith((":", ","), said.end()) and not _QUOTED.match(text, said.end())

    def _named(self, sentence: Sentence, text: str) -> None:
        """Whom the sentence names."""
        if ":" in text and (spoken := _WORDS.match(text)):
            self.words.append(_of_words(sentence, spoken))
        mentions = find_mentions(text, tuple(self._titled), tuple(self.listed)[:_MOST_LISTED])
        first = mentions[0] if mentions else None
        if first and first.title and not first.first and text[first.last :][:1] == ":":
            self.words.append(Seen(sentence, Series((first,), (_said(first.last),))))
        elif first:
            series = series_of(text, mentions)
            sure = [number for number, one in enumerate(series) if any(m.doubt < 2 for m in one.people)]
            if len(sure) == 1:
                series[sure[0]] = _with_pronoun(text, series[sure[0]])
            self.seen.extend(Seen(sentence, one) for one in series)
            parts = word_set("names", "parts")  # 德吉
            listed = (m for one in series for m in one.people if len(m.name) >= _LONG or m.name in parts)
            vouched = (m for m in (*mentions, *listed) if m.rule in _VOUCHED)
            titled = (m.name for m in vouched if not m.doubt or m.name in parts)
            self._titled.update(dict.fromkeys(titled))

    def seen_with_words(self) -> list[Seen]:
        """All that was seen, in the order of the text."""
        there = set(map(key_of, self.listed))
        known = [key_of(one.series.people[0].name) in there for one in self.words]
        sure = sum(known) >= _FEW  # then whoever has a post is one more (村民代表 裘敏:…)
        words = (
            one
            for one, listed in zip(self.words, known, strict=True)
            if listed or (sure and one.series.people[0].title)
        )
        return sorted((*self.seen, *words), key=lambda one: one.sentence.start)


def _with_pronoun(text: str, series: Series) -> Series:
    """The one person of a sentence who goes on to speak in it: 柏远感谢各界的支持,她表示…."""
    (first, *others), acts = series.people, series.acts
    said = None if others or first.first else _SHE_SAID.search(text, first.last)
    if said is None or any(act.role == "speaker" for act in acts):
        return series
    return replace(series, acts=(*acts, Act("speaker", "pronoun", said["verb"], said.start("verb"))))


def _parts(masked: str, sentence: Sentence) -> Iterable[Sentence]:
    """The sentence, cut where a label stands within its line."""
    inside = labels_within(masked[sentence.start : sentence.end])
    if not inside:
        return (sentence,)
    starts = [sentence.start, *(sentence.start + at for at in inside)]
    ends = [*starts[1:], sentence.end]
    return [Sentence(start, end, sentence.paragraph) for start, end in zip(starts, ends, strict=True)]


def _is_known(mention: Mention) -> bool:
    """True if a post makes a person of the name: its own, or that of its list (副校长柏远、云澈)."""
    return mention.title is not None and mention.doubt <= (mention.rule == "title_carried")


def _is_sure(series: Series) -> bool:
    return any(m.title and not m.doubt for m in series.people)


def _of_words(sentence: Sentence, spoken: re.Match[str]) -> Seen:
    """柏远:管网要先改造 - a record of who said what; whether it is a person is seen from the lists."""
    start, end = spoken.span("name")
    one = Mention(spoken["name"], start, end, start, end)
    return Seen(sentence, Series((one,), (_said(end, spoken["verb"]),)))


def _said(at: int, verb: str | None = None) -> Act:
    return Act("speaker", "colon", verb or "说", at)


def _of_item(sentence: Sentence, text: str, before: Iterable[Seen]) -> list[Seen]:
    """Who does an item of the agenda (一是…传达): only people with a post here or before."""
    known = {m.name for one in before for m in one.series.people if m.title}
    mentions = find_mentions(text.replace(" ", ",", 2))
    return [
        Seen(sentence, series)
        for series in series_of(text, mentions)
        if all(m.title or m.name in known for m in series.people)
    ]


def _settle(series: Series, known: set[str], beside: bool) -> Series:
    """Drop bare names that are ordinary words, unless known by a title or standing among sure names.

    ``beside``: in the same sentence a person with a post does the same (院长柏远作报告、裘敏作报告). What is
    done by someone (由谢岚主持) is done by a person, minutes label people, and people make reports.
    """
    said = any(m.lead.endswith("由") for m in series.people if series.acts)
    beside = beside or said or any(act.rule in (LABELLED, BELOW, "heard") for act in series.acts)
    named = sum(m.doubt < 2 for m in series.people)
    sure = any(not m.doubt or m.title or m.name in known for m in series.people)
    if sure and named * 2 > len(series.people) > 1:
        return series
    people = tuple(m for m in series.people if m.doubt <= beside or m.title or m.name in known)
    return series if len(people) == len(series.people) else replace(series, people=people)
