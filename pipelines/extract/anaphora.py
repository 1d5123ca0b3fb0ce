"""Who speaks when the text says 他, 她 or 孔书记: a person that it has named before."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from pipelines.extract.mentions import Mention, key_of
from pipelines.extract.predicates import Act
from pipelines.extract.roles import Seen, Series
from pipelines.extract.text import Sentence
from pipelines.extract.words import word_set

_PRONOUN = re.compile(
    r"(?:会上,|就[^,。]{1,40},)?(?:他|她|并(?=[强要指]))(?:还|同时|进一步|最后|特别|代表[^,。]{1,20})*(?P<verb>强调|指出|要求|表示|说|希望|认为|提出|安排|部署|(?:详细)?[作做]了[^,。;]{2,30}?(?:报告|总结|汇报|说明|讲话))"
)
_CHAIRS = re.compile(
    r"(?:随后|随即|之后|接着|调研后|检查后|当天下午|当晚),?[他她](?:又|还)?(?P<verb>主持召开|主持)"
)
"""Behind a visit: 随后,他主持召开专题会议."""
_SURNAMED = re.compile(
    r"(?:会上,|会后,|首先,|最后,|随后,)?(?P<called>[一-鿿]{1,2})(?P<post>书记|副?[省市县区州盟旗镇乡校院局厅会行]长|主任|主席|部长|理事长|检察长|董事长|总经理|同志)(?:在[^,。]{1,16}?)?"
    r"(?:还|同时|进一步|最后|特别|总结时)*"
    r"(?:(?:就|对|围绕)[^,。;]{1,40}?,?)?(?P<verb>强调|指出|要求|表示|说|希望|认为|提出|讲话|讲了|致辞|传达|通报|介绍|[作做]了?[^,。;]{0,8}?(?:讲话|致辞|报告|总结|部署))"
)


def he_said(text: str) -> re.Match[str] | None:
    """The beginning of a sentence in which somebody speaks, or chairs, who is not named; its ``verb`` is a
    group.

    >>> he_said("他还强调,要抓紧")["verb"], he_said("孔书记在讲话中指出,要抓紧")["verb"], he_said("会议指出")
    ('强调', '指出', None)
    """
    return _PRONOUN.match(text) or _CHAIRS.match(text) or _SURNAMED.match(text)


def said_again(seen: Sequence[Seen], sentence: Sentence, said: re.Match[str]) -> list[Seen]:
    """The person who is meant, as he was seen before, with the words of this sentence; none in doubt."""
    if said.re is _SURNAMED:
        return _surnamed(seen, sentence, said)
    return _pronoun(seen, sentence, said)


def _pronoun(seen: Sequence[Seen], sentence: Sentence, said: re.Match[str]) -> list[Seen]:
    """他强调: the one person of the last predicate, in the same paragraph, speaks again."""
    near = [one for one in seen if one.sentence.paragraph == sentence.paragraph]
    before = next((one for one in reversed(near) if one.series.acts or _is_subject(one)), seen[-1])
    if len(before.series.people) != 1 or before.sentence.paragraph != sentence.paragraph:
        return []
    at = sentence.start + said.start("verb") - before.sentence.start
    act = Act("host" if said.re is _CHAIRS else "speaker", "pronoun", said["verb"], at)
    return [replace(before, series=replace(before.series, acts=(act,)))]


def _is_subject(one: Seen) -> bool:
    """True for the one person that a sentence begins with: 柏远代表市委肯定了工作."""
    people = one.series.people
    return len(people) == 1 and people[0].first == 0


def _surnamed(seen: Sequence[Seen], sentence: Sentence, said: re.Match[str]) -> list[Seen]:
    """孔书记强调, 志民主任讲了, 志民同志说: the one person so called, if he has this post, speaks again."""
    post = said["post"].removesuffix("同志")
    found = {
        key_of(mention.name): (one, mention)
        for one in reversed(seen)
        for mention in one.series.people
        if _is_called(mention.name, said["called"])
        and any(held.endswith(post) for held in (mention.title or "").split("、"))
    }
    if len(found) != 1:
        return []
    before, mention = next(iter(found.values()))
    at = sentence.start + said.start("verb") - before.sentence.start
    return [replace(before, series=Series((mention,), (Act("speaker", "surname", said["verb"], at),)))]


def called_by_given(seen: Sequence[Seen]) -> list[Seen]:
    """The same; whoever is called by a given name and his post is the one of that name and post before.

    镇长柏文秀出席…,文秀镇长提出了要求: nobody is called 文秀.
    """
    known: defaultdict[str, dict[str, tuple[Seen, Mention]]] = defaultdict(dict)  # by given name
    settled = []
    for one in seen:
        people = one.series.people
        called = people[0] if len(people) == 1 and people[0].rule == "title_behind" else None
        found = [pair for pair in known[called.name].values() if _is_he(pair[1], called)] if called else []
        if called and len(found) == 1:
            before, mention = found[0]
            by = one.sentence.start - before.sentence.start
            acts = tuple(replace(act, rule="surname", at=act.at + by) for act in one.series.acts)
            settled.append(replace(before, series=Series((mention,), acts)))
        else:
            for mention in people:
                if mention.title and mention.rule != "title_behind":
                    known[mention.name[-2:]][mention.name] = one, mention
            settled.append(one)
    return settled


def _is_he(mention: Mention, called: Mention) -> bool:
    """True for a person of this given name, of two letters, and this post."""
    surname = mention.name.removesuffix(called.name)
    held = (mention.title or "").split("、")
    given = len(called.name) == 2 and len(mention.name) == len(surname) + 2 and 0 < len(surname) < 3
    return given and any(post.endswith(called.title or " ") for post in held)


def _is_called(name: str, called: str) -> bool:
    """True for the name, the surname, or a given name of two letters: 柏远 is another man than 柏远山."""
    surname = name[: 2 if name[:2] in word_set("names", "compound") else 1]
    return called in (name, surname) or (len(called) == 2 and called == name.removeprefix(surname))
