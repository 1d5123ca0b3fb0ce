"""Dates with or without a time of day, as pages print them: 2021年01月23日13:29, 2023/1/28, 112-03-24."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from crawler.records import Precision

_TIME = (
    r"(?:(?:[\s\u3000]*(?:星期|周)[一二三四五六日天](?=\s))?[T\s\u3000\xa0-]*(?P<half>[上下]午|中午|[早晚]上|凌晨|[AaPp][Mm])?\s?(?P<hour>\d{1,2})[:：时點点](?P<minute>\d{2})(?:[:：分](?P<second>\d{2})?)?"
    r"(?:\.\d+)?(?P<zone>Z|[+-]\d{2}:?\d{2})?)?"
)
_LATE = frozenset({"下午", "晚上", "pm"})
_DATE = re.compile(
    r"(?<![\d.])(?P<year>(?:19|20)\d{2})\s?(?P<mark>[-/.年])\s?(?P<month>\d{1,2})\s?[-/.月]\s?(?P<day>\d{1,2})(?:\s?[日号])?"
    + _TIME
)
_ROC = re.compile(
    r"(?:民國|民国)?\s?(?<!\d)(?P<year>\d{2,3})\s?[-/.年]\s?(?P<month>\d{1,2})\s?[-/.月]\s?(?P<day>\d{1,2})(?!\d)日?"
    + _TIME
)
_EIGHT = re.compile(r"(?<!\d)(?P<year>20\d{2})(?P<month>0[1-9]|1[0-2])(?P<day>[0-3]\d)(?!\d)")
_HAN = re.compile(
    r"(?P<year>[一二][〇零○OＯo一二三四五六七八九]{3})年(?P<month>十?[一二]|[三四五六七八九十])月"
    r"(?P<day>(?:[二三]?十)?[一二三四五六七八九]|[二三]?十)日"
)
_DIGITS = str.maketrans("〇零○OＯo一二三四五六七八九", "000000123456789")
_LAST_SHORT = 50
"""Up to here a year of two digits is one of this century; above it (98) nobody can tell 1998 from 2009, if no
民国 stands before it."""

_DAY_FIRST = re.compile(
    r"(?<![\d.])(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>(?:19|20)\d{2})(?!\d)" + _TIME
)
_MONTH_FIRST = re.compile(
    r"(?<!\d)(?P<month>0?[1-9]|1[0-2])/(?P<day>1[3-9]|2\d|3[01])/(?P<year>20\d{2})(?!\d)" + _TIME
)
"""As Americans write; a day that could be a month as well (3/4/2021) says nothing."""
_JAVA = re.compile(
    r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) (?P<name>[A-Z][a-z]{2}) (?P<day>\d{2})"
    r" (?P<hour>\d{2}):(?P<minute>\d{2}):(?P<second>\d{2}) CST (?P<year>20\d{2})"
)
"""As a server prints a time that nobody formatted: Mon Mar 11 09:20:15 CST 2019."""
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_LOOSE = re.compile(r"(?P<year>20\d{2})\s+(?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})日?" + _TIME)
_SPLIT = re.compile(
    r"(?<!\d)(?P<year>20\d{2})\s*(?P<month>\d{2})/(?P<day>\d{2})\s*(?P<hour>\d{2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?"
)
_COMPACT = re.compile(
    r"(?<!\d)(?P<year>20\d{2})(?P<month>0[1-9]|1[0-2])(?P<day>[0-3]\d)(?P<hour>[0-2]\d)(?P<minute>\d{2})(?P<second>\d{2})(?!\d)"
)
_ADDRESSES = tuple(
    re.compile(r"(?<!\d)(?P<year>(?:19|20)\d{2})" + rest + r"(?!\d)")
    for rest in (
        r"[-/_](?P<month>\d{1,2})[-/_](?P<day>\d{1,2})",
        r"(?P<month>0[1-9]|1[0-2])/?(?P<day>[0-3]\d)",
        r"[-/](?P<month>0[1-9]|1[0-2])(?P<day>[0-3]\d)",
    )
)

_DAY_BEHIND = re.compile(r"\s*[(（]\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?[)）]$")
_NO_YEAR = re.compile(r"\s*(?P<month>\d{1,2})[-/月](?P<day>\d{1,2})日?(?!\d)" + _TIME + r"\s*")
_URL_MONTH = re.compile(
    r"(?<!\d)(?P<year>20\d{2})[-/_]?(?P<month>0[1-9]|1[0-2])(?=/?(?:[0-2]\d|3[01])(?!\d)|(?!\d))"
)


class Moment(NamedTuple):
    """A time without a zone (China's), how exact it is, and the text it was read from."""

    at: datetime
    precision: Precision
    text: str


def find_moments(text: str, *, labelled: bool = False, loose: bool = False) -> list[Moment]:
    """The dates of a short text in order; impossible ones (2月30日) are left out.

    ``labelled``: the text stands behind a word like 发布时间, so that years of the Republic (112 is 2023), of
    two digits, and in Chinese numerals count too. ``loose``: so does a year apart from its day, as pages
    print that set each part in a box of its own.

    >>> [str(m.at) for m in find_moments("2021年01月23日13:29来源")], find_moments("2023/1/28")[0].precision
    (['2021-01-23 13:29:00'], 'day')
    >>> str(find_moments("21.01.2019  11:10")[0].at)
    '2019-01-21 11:10:00'
    >>> str(find_moments("2021年3月7日 下午3:20")[0].at)
    '2021-03-07 15:20:00'
    >>> odd = "112-03-24", "23-05-06", "二〇二一年五月六日"
    >>> [find_moments(text, labelled=True)[0].at.year for text in odd]
    [2023, 2023, 2021]
    >>> find_moments("2022年2月30日")
    []
    """
    patterns = [_DATE, _COMPACT, _SPLIT, _DAY_FIRST] + ([_LOOSE] if loose else [])
    text = in_digits(text)
    found = [moment for pattern in patterns for match in pattern.finditer(text) if (moment := _moment(match))]
    return found if found or not labelled else list(_labelled(text))


def _labelled(text: str) -> Iterator[Moment]:
    """The dates that only a label makes believable."""
    yield from filter(None, map(_moment, _MONTH_FIRST.finditer(text)))
    for match in _EIGHT.finditer(text):
        yield from filter(None, [_moment(match)])
    for match in _ROC.finditer(text):
        short = len(match["year"]) == 2 and match[0].strip()[:1] != "民"
        if not short or int(match["year"]) <= _LAST_SHORT:
            yield from filter(None, [_moment(match, 2000 if short else 1911)])
    for match in _HAN.finditer(text):
        from cn2an import cn2an  # 200 ms: few pages print their date in numerals

        year = int(match["year"].translate(_DIGITS))
        try:
            at = datetime(year, int(cn2an(match["month"])), int(cn2an(match["day"])))
        except ValueError:
            continue
        yield Moment(at, "day", match[0])


def without_day(text: str) -> str:
    """A headline without the day in brackets behind it.

    >>> without_day("青溪县部署防汛(2011年03月11日)"), without_day("青溪县部署防汛(第2次)")
    ('青溪县部署防汛', '青溪县部署防汛(第2次)')
    """
    return _DAY_BEHIND.sub("", text)


def is_time(text: str) -> bool:
    """Whether a line is nothing but a date with its time of day.

    >>> is_time("2019-09-08 11:42:03"), is_time("2019-09-08"), is_time("要闻 2019-09-08 11:42")
    (True, False, False)
    """
    found = _DATE.fullmatch(text.strip())
    return bool(found and found["hour"])


def moment_in_url(url: str) -> Moment | None:
    """The day that an address names (…/2020/11/05/…, t20200126_…, /202001/26/…), if any.

    >>> str(moment_in_url("http://example.com/n1/2019/0615/c10-3.html").at)
    '2019-06-15 00:00:00'
    >>> moment_in_url("http://example.com/p/1.html") is None
    True
    """
    path = url.partition("//")[2].partition("/")[2]
    for pattern in _ADDRESSES:
        for match in pattern.finditer(path):
            if moment := _moment(match):
                return moment
    return None


def moment_without_year(text: str, url: str) -> Moment | None:
    """The day that a text is, when the address has its month, with the year.

    >>> str(moment_without_year("06-09 10:20", "http://example.com/a/202206/2970.html").at)
    '2022-06-09 10:20:00'
    >>> moment_without_year("06-09", "http://example.com/a/202207/2970.html") is None
    True
    """
    said = _NO_YEAR.fullmatch(text)
    month = _URL_MONTH.search(url.partition("//")[2].partition("/")[2]) if said else None
    if not said or not month or int(month["month"]) != int(said["month"]):
        return None
    whole = _DATE.fullmatch(f"{month['year']}-{said[0].strip()}")
    moment = _moment(whole) if whole else None
    return moment and moment._replace(text=said[0].strip())


def moment_of_epoch(seconds: str) -> Moment:
    """The moment that a script counts in seconds since 1970.

    >>> str(moment_of_epoch("1581517074").at)
    '2020-02-12 22:17:54'
    """
    at = datetime(1970, 1, 1) + timedelta(seconds=int(seconds), hours=8)
    return Moment(at, "second", seconds)


def in_digits(text: str) -> str:
    """A text with the times that a server printed unformatted as others write them.

    >>> in_digits("青溪网 Mon Mar 11 09:20:15 CST 2019")
    '青溪网 2019-03-11 09:20:15'
    """
    return _JAVA.sub(_of_java, text) if "CST" in text else text


def _of_java(match: re.Match[str]) -> str:
    month = _MONTHS.index(match["name"]) + 1 if match["name"] in _MONTHS else 0
    return f"{match['year']}-{month:02}-{match['day']} {match['hour']}:{match['minute']}:{match['second']}"


def _moment(match: re.Match[str], add: int = 0) -> Moment | None:
    part = match.groupdict()
    try:
        day = datetime(int(part["year"]) + add, int(part["month"]), int(part["day"]))
        at = day
        if part.get("hour"):
            at = day.replace(
                hour=_hour(int(part["hour"]), part.get("half") or ""),
                minute=int(part["minute"]),
                second=int(part["second"] or 0),
            )
    except ValueError:
        return None
    if at == day:
        return Moment(at, "day", match[0])
    return Moment(_to_china(at, part.get("zone")), "second" if part["second"] else "minute", match[0])


def _hour(hour: int, half: str) -> int:
    """The hour of 24 from one of 12 with its half of the day (下午3)."""
    return hour + 12 if hour < 12 and half.lower() in _LATE else hour


def _to_china(at: datetime, zone: str | None) -> datetime:
    """A time of another zone as China's wall clock; a time without a zone is China's already."""
    if not zone:
        return at
    digits = "0000" if zone == "Z" else re.sub(r"\D", "", zone)
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:])) * (-1 if zone[0] == "-" else 1)
    return at - offset + timedelta(hours=8)
