"""What the worst pages cost: processor seconds of ``process`` for each, and each step on a usual article.

Usage: ``python -m bench.hostile [WORD]``: only the inputs whose name holds WORD. Ends with 1 when a page
takes more than two seconds. A page over the limit is measured again, and its best time counts: the clock of a
machine wanders, a page does not. A loaded machine tells nothing.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator

from bench.articles import articles
from bench.decode_cases import SENTENCES
from pipelines import Page, process
from pipelines.clean import clean
from pipelines.decode import decode
from pipelines.extract import extract
from pipelines.restore import restore

LIMIT = 2.0
TRIES = 3
MEGABYTE = 1_000_000
TEXT = "".join(SENTENCES)
PEOPLE = "县委书记柏远、县长苏镕、副县长喆瑞宁、县委常委秦笙、政协主席李青禾参加会议，"

Body = Callable[[], bytes]


def inputs() -> Iterator[tuple[str, Body]]:
    """The worst pages that were thought of, by name; each is made when it is asked for."""
    for name, megabytes, piece in PIECES:
        yield name, lambda piece=piece, size=megabytes: _filled(piece, size).encode("utf-8", "surrogatepass")
    yield "10 MB of sound UTF-8", lambda: _page(10).encode()
    yield "10 MB of GB18030", lambda: _page(10).encode("gb18030")
    yield "10 MB of Big5", lambda: _page(10).encode("big5", "ignore")
    yield "5 MB of UTF-16", lambda: _page(5).encode("utf-16")
    yield "5 MB of HZ", lambda: _filled(TEXT, 5).encode("gb2312", "ignore").decode("gb2312").encode("hz")
    yield (
        "5 MB of EUC-JP",
        lambda: _filled("きょうの会議では、町の予算について話し合いました。", 5).encode("euc_jp"),
    )
    yield "5 MB of GB18030 with broken bytes", lambda: _broken(_page(5).encode("gb18030"))
    yield "5 MB of UTF-8 with broken bytes", lambda: _broken(_page(5).encode())
    yield "5 MB of UTF-8 and GBK in turn", lambda: _woven(5)
    yield "5 MB of mojibake (latin-1)", lambda: _page(2).encode().decode("latin-1").encode()
    yield "5 MB of mojibake (GBK)", lambda: _page(5).encode().decode("gb18030", "replace").encode()
    yield "5 MB of UTF-8 in runs that are cut", lambda: "会议强调".encode()[:-1].ljust(12) * 400_000
    yield "5 MB of GBK in runs that are cut", lambda: ("会议强调".encode("gbk")[1:] + b" ") * 600_000
    yield (
        "5 MB of mojibake in short runs",
        lambda: ("会".encode().decode("latin-1") + " 会").encode() * 500_000,
    )
    yield (
        "5 MB of mirrored GBK, long lines",
        lambda: (_filled("會(huì)議強調,，要壓實責(zé)任,，", 0.006) + "\n").encode("gbk") * 1000,
    )
    yield "100 KB of GBK, doubled marks in long lines", lambda: (",，" * 1900 + "\n").encode("gbk") * 17
    yield "5 MB of random bytes", lambda: random.Random(1).randbytes(5 * MEGABYTE)
    yield (
        "5 MB of random high bytes",
        lambda: bytes(byte | 0x80 for byte in random.Random(1).randbytes(5 * MEGABYTE)),
    )


PIECES: tuple[tuple[str, float, str], ...] = (
    ("10 MB of nested divs", 10, "<div>"),
    ("10 MB of nested spans with text", 10, "<span>会"),
    ("100,000 links", 3.4, "<a href='/c/1.html'>会议召开</a>\n"),
    ("5 MB in one line", 5, TEXT),
    ("5 MB without a mark", 5, "会议强调"),
    ("5 MB of meetings without names in one sentence", 5, "会议后,主持召开会议,"),
    ("5 MB of names with dots in one list", 5, "艾克·吐尔地、"),
    ("5 MB of lines", 5, TEXT + "\n"),
    ("5 MB of <", 5, "<"),
    ("5 MB of </", 5, "</"),
    ("5 MB of <a", 5, "<a "),
    ("5 MB of scripts with open strings", 5, "<script>" + "a={content:\"会'\\" * 40 + "</script>"),
    ("5 MB of scripts with texts", 5, '<script>a={"content":"\\u4f1a会' + TEXT + '"}</script>'),
    ("5 MB of annotations", 5, "会(ā)"),
    ("5 MB of right annotations", 5, "會(huì)"),
    ("5 MB of ？！", 5, "？！"),
    ("5 MB of ?！", 5, "中?！"),
    ("5 MB of shifted bytes", 5, "有序?qū)嵤┬滦，"),
    ("5 MB of &#x", 5, "&#x"),
    ("5 MB of &#x4f1a;", 5, "&#x4f1a;"),
    ("5 MB of 来源：", 5, "来源："),
    ("5 MB of 来源：, in lines", 5, "来源：\n"),
    ("5 MB of unclosed attributes", 5, '<a x="'),
    ("5 MB of one tag's attributes", 5, " x=1"),
    ("5 MB of unclosed comments", 5, "<!--"),
    ("5 MB of unclosed scripts", 5, "<script>"),
    ("5 MB of form fields with markup", 5, "<textarea>&lt;p&gt;会议</textarea>"),
    ("a form field with 5 MB of markup", 5, "<textarea>" + "&lt;p&gt;会议强调，" * 230_000 + "</textarea>"),
    ("5 MB of text behind a click", 5, "<p>展开全文</p><div hidden>会议强调，"),
    ("5 MB of unclosed titles", 5, "<title>会"),
    ("1 MB of 一、二、", 1, "一、二、"),
    ("1 MB of points", 1, "一要压实责任；二要抓好落实；"),
    ("10,000 paragraphs alike", 0.9, "<p>会议强调，要压实责任，抓好落实。</p>\n"),
    ("10,000 paragraphs with people", 2, f"<p>3月6日，{PEOPLE}柏远强调要抓好落实。</p>\n"),
    ("10,000 nested tables", 0.16, "<table><tr><td>"),
    ("10,000 tables", 1.1, "<table><tr><td>柏远<td>县长</table>\n"),
    ("5 MB of people", 5, PEOPLE),
    ("5 MB of names", 5, "柏远、李青禾、"),
    ("5 MB of dates", 5, "3月6日，"),
    ("5 MB of digits", 5, "2021"),
    ("5 MB of 《", 5, "《"),
    ("5 MB of “", 5, "“"),
    ("5 MB of traditional text", 5, "會議強調，標志著我國進入新階段。\n"),
    ("5 MB of mirrored text", 5, "會(huì)議強調,，要壓實責(zé)任,，抓好落實,。\n"),
    ("5 MB of lines that cleaning changes", 5, "會議１２召開。\n"),
    ("5 MB of tags between traditional letters", 5, "<b>會</b>議 "),
    ("5 MB of blanks between traditional letters", 5, "會 議\t"),
    ("5 MB of U+FFFD", 5, "\ufffd"),
    ("5 MB of 會\ufffd", 5, "會\ufffd"),
    ("5 MB of invisible characters", 5, "\u200b"),
    ("5 MB of control characters", 5, "\x07"),
    ("5 MB of NUL", 5, "\0"),
    ("5 MB of blanks", 5, " "),
    ("5 MB of line ends", 5, "\r\n"),
    ("5 MB of full-width blanks", 5, "。\u3000\u3000"),
    ("5 MB of list items", 5, "<li><a href=1>会议召开</a><p>会议强调，要压实责任，抓好落实工作。"),
    ("5 MB of search words", 5, "一区二区三区久久久无码，"),
    ("5 MB of brands", 5, "bet365，"),
    ("5 MB of counters", 5, "1、"),
    ("5 MB of dashes", 5, "—"),
    ("5 MB of ）", 5, "）"),
    ("5 MB of （", 5, "（"),
    ("5 MB of regions", 5, "青溪县桥西区"),
)


def _filled(piece: str, megabytes: float) -> str:
    return piece * max(1, round(megabytes * MEGABYTE) // len(piece.encode("utf-8", "surrogatepass")))


def _page(megabytes: int) -> str:
    return f"<html><body>{_filled(f'<p>{TEXT}</p>', megabytes)}</body></html>"


def _broken(body: bytes) -> bytes:
    draw, broken = random.Random(2), bytearray(body)
    for _ in range(len(body) // 1000):
        broken[draw.randrange(len(body))] = draw.randrange(256)
    return bytes(broken)


def _woven(megabytes: int) -> bytes:
    pair = f"<p>{SENTENCES[0]}</p>".encode() + f"<p>{SENTENCES[1]}</p>".encode("gbk")
    return pair * (megabytes * MEGABYTE // len(pair))


def seconds(work: Callable[[], object]) -> float:
    """Processor time of a call."""
    start = time.process_time()
    work()
    return time.process_time() - start


def measure(word: str) -> list[str]:
    """Print each input's figures; gives the names of those over the limit."""
    over: list[str] = []
    for name, make in inputs():
        if word not in name:
            continue
        for kind in ("text/html", "text/plain"):
            page = Page("http://example.com/1.html", make(), kind)
            taken = seconds(lambda page=page: process(page))
            for _ in range(TRIES - 1):
                if taken > LIMIT:
                    taken = min(taken, seconds(lambda page=page: process(page)))
            mark = f"  over {LIMIT} s" if taken > LIMIT else ""
            print(f"{taken:8.2f} s  {kind:10} {name}{mark}", flush=True)
            if mark:
                over.append(f"{name} ({kind})")
    return over


def measure_steps() -> None:
    """Print the median time of each step on an article of 2,000 characters."""
    times: dict[str, list[float]] = {}
    for text in articles():
        body = text.encode("gb18030")
        decoded = decode(body, None)
        cleaned = clean(restore(decoded.text).text)
        for name, work in {
            "decode": lambda body=body: decode(body, None),
            "restore": lambda text=text: restore(text),
            "clean": lambda text=text: clean(text),
            "extract": lambda cleaned=cleaned: extract(cleaned),
        }.items():
            work()
            times.setdefault(name, []).append(1000 * min(seconds(work) for _ in range(3)))
    for name, taken in times.items():
        print(f"{statistics.median(taken):8.2f} ms {name}, 2,000 characters")


def main(word: str) -> None:
    """Print the table."""
    process(Page("http://example.com/1.html", "會(huì)議中?qū)嵤".encode(), "text/html"))
    measure_steps()
    if over := measure(word):
        sys.exit(f"over {LIMIT} s: {', '.join(over)}")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "")
