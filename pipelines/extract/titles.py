"""A title: the words before a post, from where the clause begins to speak of the person."""

from __future__ import annotations

import re

from pipelines.extract.words import pattern, words

_TIME = re.compile(
    r"(?:(?:(?:\d{2,4}|[〇零一二三四五六七八九]{4})年)?\d{0,2}(?:月份?)?\d{1,2}日(?:至\d{1,2}日)?"
    r"|[今昨明当]天|[今昨]日|日前|近日|连日来|[上下]午|晚上?|中午|凌晨)(?:[讯电][ \u3000]*)?"
)
_EDGE = re.compile(r"“[^“”\ue000]{1,3}”(?=党?工委|综合党委)|[,。;:!?()\n\ue000“”《》]")
_INNER = re.compile(
    r"(?<=[局委办院室会处厅])\(\ue000{1,12}\)(?=党[组委]|书记|主任|局长|院长)"
    r"|(?<=[㐀-鿿])\(\ue000{1,8}\)(?=[㐀-鿿]{0,8}(?:公司|集团|银行|中心|学院|事务所|研究院))"
)
"""A second name of an office before a post, the place in a firm's name: 民委(宗教局)党组书记,
海港咨询(宁波)有限公司董事长."""
_ATTRIBUTE = re.compile(
    r"分管|负责|来自|主持|联系|参加|出席|到会|带队|陪同|在座|受|岁$|住|坐在|带着|扎根|任职|从|真正$"
)
_PLACE = re.compile(
    r"[^、的]{1,6}[镇乡村](?=党|镇长|乡长|村主任|支部|副)|[^、的]{2,8}(?:街道|社区)(?=党|办|主任|书记|居委)"
)
"""A township or village whose post it is, behind what is said of it: 工作靠后的柳河镇党委书记."""
_GROUP = re.compile(r"全体|各|部分|有关|相关|在家|其他|所有|等")
_OURS = re.compile(
    r"^(?:来的|来访的|与(?!会)|会议现场|(?:会议|大会)主持人、|会议(?=[^、]{0,6}书记)|(?:会议|大会)推选|(?:现年)?\d{1,3}岁的|新聘任的?|新任(?:命的)?|新?当选的?|(?:我|该|全|本)(?=[省市县区州旗镇乡校院局]))"
)
_ANOTHER = re.compile(
    r"(?<=[㐀-鿿]{3})和(?=(?:[省市县区州旗]|自治区)?(?:委(?!员)|党[委组]|常务副|副[省市县区州]长)"
    r"|[省市县区州](?:直属)?[㐀-鿿]{1,10}?(?:局|[大支]队|办公室|中心|法院|检察院|公司))"
    r"|会还(?:有|包括)(?=[省市县区州旗镇乡校院局厅])"  # 参加座谈会还有区人大副主任柏远
)
_KIND = re.compile(r"^班(?=班主任)|^([省市县区州旗镇乡村校院局厂])(?=(?:代理?|常务副|副|原)?\1[长委])")
_AND_AFTER = ("》和", "》及", "》与")  # 副镇长花永作的《…》和镇长柏远作的《…》
_JUNK = re.compile(r"^(?:[•●■◆▲]+|[!-~]*[!-'+-/:-@\[-`{-~][!-~]*(?=[㐀-鿿])|[^、]{0,12}工作的(?=副?[㐀-鿿]))")
"""What a forum or a tag leaves before a post (</h3>县长), and the duty that a chair was named by."""
_BEFORE = re.compile(r"[^,。;:!?()\n\ue000“”《》]{2,40}$")


def title_start(text: str, floor: int, head: int) -> tuple[int, int]:
    """Where the title whose last post begins at ``text[head]`` starts, not before ``floor``.

    Gives (clause, start): between the two stands the lead (由, 会上, 1月3日), which is no part of the title.

    >>> text = "会议由县委副书记、县长贺云开主持"
    >>> text[title_start(text, 0, 9)[1]:11]
    '县委副书记、县长'
    """
    clause = floor
    inner = [*_INNER.finditer(text, floor, head)] if ")" in text[floor:head] else []
    for match in _EDGE.finditer(text, floor, head):
        if len(match[0]) == 1 and not any(other.start() <= match.start() < other.end() for other in inner):
            clause = match.end()  # but “两新”工委书记
    start = _first_part(text, clause, head)
    for found in pattern("posts", "cuts").finditer(text, start, head):
        chair = text.startswith("人、", found.end())  # 会议主持人、副主席
        plain = found.group() != "的" or found.start() == start
        if not chair and (
            plain or _ATTRIBUTE.search(text, start, found.start()) or _PLACE.match(text, found.end())
        ):
            start = found.end() + (found[0] == "主持" and text.startswith("人", found.end()))
    for found in _ANOTHER.finditer(text, start, head):
        start = found.end()
    for found in _TIME.finditer(text, start, head):
        start = found.end()
    start, leads = _skip_blanks(text, start, head), pattern("posts", "leads")
    while (opener := leads.match(text, start, head)) and not text.startswith("人", opener.end()):
        start = opener.end()  # but 召集人 is a post
    if text.startswith("同志", start) and (blank := text.rfind(" ", start, head)) > 0:
        start = blank  # 柏远同志对烤烟 县长裘敏主持: what the page tore apart
    start = _skip_blanks(text, start, head)
    if text.startswith(_AND_AFTER, start - 1):
        start += 1
    return clause, _comma_part(text, floor, clause) if start == clause else start


def _first_part(text: str, clause: int, head: int) -> int:
    """Step back over the 、 of a title while each part before it ends in a post: 市委书记、市长."""
    start = text.rfind("、", clause, head) + 1 or clause
    while start > clause:
        before = text.rfind("、", clause, start - 1) + 1 or clause
        part = text[before : start - 1]
        if not part.endswith(words("posts", "heads")) or _GROUP.search(part):
            break
        start = before
    return start


def _comma_part(text: str, floor: int, clause: int) -> int:
    """Step back over a comma when the clause before it holds nothing but posts: 党组书记、主任,局长."""
    if clause <= floor or text[clause - 1] != ",":
        return clause
    before = _BEFORE.search(text[max(floor, clause - 42) : clause - 1])
    if before is None or clause - 1 - len(before.group()) < floor:
        return clause
    parts = before.group().split("、")
    posts = all(part.endswith(words("posts", "heads")) and not is_vague(part) for part in parts)
    return clause - 1 - len(before.group()) if posts and not _GROUP.search(before.group()) else clause


def _skip_blanks(text: str, start: int, head: int) -> int:
    while start < head and text[start] in " \u3000,、:":
        start += 1
    return start


def tidy_title(title: str) -> str | None:
    """A title as a person would cite it: without 我县 and 该镇, which say nothing elsewhere.

    >>> tidy_title("我县副县长"), tidy_title("该镇党委书记"), tidy_title("该县县长")
    ('副县长', '镇党委书记', '县长')
    """
    dense = _JUNK.sub("", "".join(title.split()))
    return _KIND.sub("", _OURS.sub("", dense.replace(",", "，"))) or None


def without_own_place(title: str, place: str) -> str:
    """A title without the place of the report that its post repeats; another's place tells of what it is.

    >>> without_own_place("蔡牛镇镇长", "蔡牛镇"), without_own_place("陕西省榆林市市长", "榆林市")
    ('镇长', '市长')
    >>> without_own_place("大理州副州长", "云南省")
    '大理州副州长'
    """
    kind = re.escape(place[-1:])
    above = "(?:[^、]{1,16}?[省市县区州旗])?"
    return re.sub(
        rf"(?:^|(?<=、)){above}{re.escape(place)}(?=(?:代理?|常务副|副|原)?{kind}[长委])", "", title
    )


def is_shared(title: str | None) -> bool:
    """True if the next bare names after 、 hold the same post: 副主任花永、荀政, but not 县长.

    >>> is_shared("副主任"), is_shared("县长")
    (True, False)
    """
    if title is None:
        return False
    last = title.rsplit("、", 1)[-1].replace("常务副", "")
    return any(word in last for word in words("posts", "shared"))


def is_vague(title: str | None) -> bool:
    """True if the title says no post (县领导, 同志), so that a later one is better.

    >>> is_vague("市领导"), is_vague("市长"), is_vague("现场指挥"), is_vague("副总指挥")
    (True, False, True, False)
    """
    return title is None or (title.endswith(words("posts", "vague")) and not title.endswith("总指挥"))
