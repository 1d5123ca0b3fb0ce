"""Cases for the decoding bench: pages with a known text, turned into bytes as the web turns them.

Made from pages in a folder (each a UTF-8 file) and from sentences written for the purpose. Deterministic.
Families: truthful, absent, lying and contradicting declarations (v1–v4), broken bytes (v5), cut bodies (v6),
Chinese after much script (v7), short texts (v8), characters beyond GB2312 (v9), double encoding (v10) and
sound pages that quote it (v10n), mixed pages (v11), marks, UTF-16 and rare encodings (v12), foreign pages.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import opencc

from pipelines.decode import cns

SENTENCES = (
    "青溪县召开安全生产工作会议，县长柏远主持并讲话。",
    "会议强调，隐患要逐条销号，责任要落实到人，不得走过场。",
    "会议要求，各乡镇、各部门要抓好秋收秋种，确保颗粒归仓。",
    "副县长苏镕、喆瑞宁参加会议，堃华·买买提作了汇报——会期半天。",
    "3月6日下午，政府常务会议研究了城区供水价格调整方案。",
)
FOREIGN = {
    "euc_jp": "きょうの会議では、町の予算について話し合いました。来年度の計画はまだ決まっていません。",
    "cp932": "きょうの会議では、町の予算について話し合いました。カタカナの言葉もあります。",
    "cp949": "오늘 회의에서는 마을 예산에 대해 논의했습니다. 내년 계획은 아직 정해지지 않았습니다.",
    "cp1252": "À la séance d'hier, le maire a présenté le budget; les élus ont été déçus.",
    "cp1251": "На вчерашнем заседании мэр представил бюджет города, депутаты задали много вопросов.",
    "koi8_r": "На вчерашнем заседании мэр представил бюджет города, депутаты задали много вопросов.",
    "cp1250": "Na včerejší schůzi starosta představil rozpočet města a členové se ptali na příští rok.",
    "cp1253": "Στη χθεσινή συνεδρίαση ο δήμαρχος παρουσίασε τον προϋπολογισμό της πόλης.",
    "cp874": "ในการประชุมเมื่อวานนี้นายกเทศมนตรีได้เสนองบประมาณของเมือง",
}
SCRIPT = "<script>" + "function f(a,b){return a[b]||0};var x={k:'v',n:1};" * 6000 + "</script>"
_CHARSET = re.compile(r"<meta[^>]*charset[^>]*>|<\?xml[^>]*\?>", re.I)


@dataclass(frozen=True, slots=True)
class Case:
    """Bytes, the header that came with them, and the text that is right.

    ``original`` is the sound page where ``body`` is broken: ``expected`` is then what its own codec saves.
    """

    family: str
    name: str
    body: bytes
    header: str | None
    expected: str
    original: str | None = None


def own_pages() -> list[str]:
    """Small pages out of the sentences above."""
    pages = []
    for first in range(len(SENTENCES)):
        order = [*SENTENCES[first:], *SENTENCES[:first]]
        rows = "".join(f'<p class="t{i}">{s}</p>\n' for i, s in enumerate(order * 3))
        pages.append(f"<html><head><title>{order[0]}</title></head><body>{rows}</body></html>")
    return pages


def cases(folder: Path) -> Iterator[Case]:
    """All cases, family by family."""
    to_traditional = opencc.OpenCC("s2t").convert
    pages = own_pages()
    for path in sorted(folder.glob("*.html")) if folder.is_dir() else ():
        text = path.read_text(encoding="utf-8", errors="replace")
        pages.append(_CHARSET.sub("", text).replace("\r", "").replace("\ufeff", "").replace("\ufffd", ""))
    for number, text in enumerate(pages):
        rng = random.Random(number)
        hant = _encodable(to_traditional(text), "big5hkscs")
        for codec, page in (("utf-8", text), ("gb18030", text), ("big5hkscs", hant)):
            yield from _of_page(f"{number}-{codec}", page, codec, rng)
        yield from _double(f"{number}", text, rng)
        yield from _mixed(f"{number}", text, rng)
        yield from _rare(f"{number}", text, hant)
    yield from _short()
    yield from _foreign()


def _encodable(text: str, codec: str) -> str:
    """The text without characters that the codec lacks, or that it does not give back."""
    sound = "".join(c for c in text if c.encode(codec, "ignore").decode(codec, "ignore") == c)
    return sound.replace("•", "·").replace("､", "、")


def _labelled(page: str, label: str | None) -> str:
    return page if label is None else page.replace("<head>", f'<head><meta charset="{label}">', 1)


def _of_page(name: str, page: str, codec: str, rng: random.Random) -> Iterator[Case]:
    label = {"utf-8": "utf-8", "gb18030": "gb2312", "big5hkscs": "big5"}[codec]
    liars = [other for other in ("utf-8", "gb2312", "big5", "iso-8859-1") if other != label]
    lie = rng.choice(liars)
    for family, meta, header in (
        ("v1", label, f"text/html; charset={label}"),
        ("v2", None, None),
        ("v3", lie, f"text/html; charset={lie}"),
        ("v4", label, f"text/html; charset={lie}"),
        ("v4", lie, f"text/html; charset={label}"),
    ):
        text = _labelled(page, meta)
        yield Case(family, name, text.encode(codec), header, text)
    header = f"text/html; charset={label}"
    body = page.encode(codec)
    for share in (None, 0.001):
        yield _broken(name, body, codec, header, share, rng)
    first = next((i for i, c in enumerate(page) if c > "\u3000"), 0)
    cut = rng.randrange(len(page[: first + 20].encode(codec)), len(body))
    yield Case("v6", name, body[:cut], None, body[:cut].decode(codec, "replace"))
    text = "<html><head>" + SCRIPT + "</head><body>" + page[first : first + 300]
    yield Case("v7", name, text.encode(codec), None, text)
    if codec == "gb18030":
        text = page + "<p>苏镕、喆瑞宁、李堃、張㛃、𠮷田、€100</p>"
        yield Case("v9", name, text.encode(codec), "text/html; charset=gb2312", text)


def _broken(name: str, body: bytes, codec: str, header: str, share: float | None, rng: random.Random) -> Case:
    """Bytes overwritten; right is what the codec itself makes of them."""
    high = [i for i, b in enumerate(body) if b >= 0x80]
    broken = bytearray(body)
    for place in rng.sample(high, max(1, round(len(high) * share)) if share else 1):
        broken[place] = rng.randrange(256)
    return Case("v5", name, bytes(broken), header, bytes(broken).decode(codec, "replace"), body.decode(codec))


def _double(name: str, text: str, rng: random.Random) -> Iterator[Case]:
    sound = text.replace("\xa0", " ")
    spoilt = {
        "latin1": sound.encode().decode("latin-1"),
        "cp1252": _as_windows(sound.encode()),
        "gbk-latin1": sound.encode("gb18030").decode("latin-1"),
    }
    for kind, page in spoilt.items():
        yield Case("v10", f"{name}-{kind}", page.encode(), None, sound)
    even = _even(sound)
    yield Case("v10", f"{name}-gbk", _as_gbk(even).encode(), None, even)
    lines = sound.split("<p")
    if len(lines) > 4:
        start = rng.randrange(1, len(lines) - 2)
        block = "<p".join(lines[start : start + 2])
        if len(re.findall(r"[一-鿿]", block)) >= 8:
            for kind, spoil in (("latin1", lambda b: b.decode("latin-1")), ("cp1252", _as_windows)):
                page = "<p".join((*lines[:start], spoil(block.encode()), *lines[start + 2 :]))
                yield Case("v10", f"{name}-block-{kind}", page.encode(), None, sound)
            around = (lines[:start], lines[start + 2 :])
            even = _even(block)
            page, truth = ("<p".join((*around[0], x, *around[1])) for x in (_as_gbk(even), even))
            yield Case("v10", f"{name}-block-gbk", page.encode(), None, truth)
    quote = rng.choice(("ä¸\xadæ–‡", "ÖÐÎÄ", "锟斤拷", "涓枃", "Ã©tÃ©", "浣犲ソ", "ä½\xa0å¥½"))
    for page in (
        sound + f"<p>编码错了会显示成“{quote}”这样的字。</p>",
        sound + f"<p>如<code>{quote}</code>是乱码。</p>",
    ):
        yield Case("v10n", name, page.encode(), "text/html; charset=utf-8", page)


def _as_windows(body: bytes) -> str:
    """Windows-1252 as browsers read it, unused bytes as C1 controls."""
    return "".join(bytes([b]).decode("cp1252", "ignore") or chr(b) for b in body)


def _as_gbk(text: str) -> str:
    """UTF-8 read as GBK, of a text from ``_even``."""
    return text.encode().decode("gb18030")


def _even(text: str) -> str:
    """The text with the runs shortened that GBK cannot hold as UTF-8: the truth must be known."""

    def shorten(match: re.Match[str]) -> str:
        run = match[0]
        while run and run.encode().decode("gb18030", "ignore").encode("gb18030") != run.encode():
            run = run[:-1]
        return run

    return re.sub("[^\x00-\x7f]+", shorten, text)


def _mixed(name: str, text: str, rng: random.Random) -> Iterator[Case]:
    include = "".join(
        f'<li><a href="/c{i}">{s[: rng.randrange(2, 25)]}</a></li>' for i, s in enumerate(SENTENCES)
    )
    cut = text.rfind("</")
    page = text[:cut] + include + text[cut:]
    for base, other in (("utf-8", "gb18030"), ("gb18030", "utf-8")):
        body = text[:cut].encode(base) + include.encode(other) + text[cut:].encode(base)
        yield Case("v11", f"{name}-{base}", body, None, page)


def _rare(name: str, text: str, hant: str) -> Iterator[Case]:
    yield Case("v12", f"{name}-bom", text.encode("utf-8-sig"), "text/html; charset=gbk", text)
    for codec in ("utf-16", "utf-16-le", "utf-16-be", "utf-32"):
        yield Case("v12", f"{name}-{codec}", text.encode(codec), None, text)
    yield Case("v12", f"{name}-euc-tw", _euc_tw(hant), None, _encodable_cns(hant))
    plain = _encodable(text, "gb2312").replace("~", "-").replace("·", "")
    yield Case("v12", f"{name}-hz", plain.encode("hz"), None, plain.replace("―", "—").replace("・", "·"))


@cache
def _cns_places() -> dict[str, bytes]:
    """EUC-TW bytes by character."""
    pairs = [bytes((row, column)) for row in range(0xA1, 0xFF) for column in range(0xA1, 0xFF)]
    far = {cns.character(2, pair): b"\x8e\xa2" + pair for pair in pairs}
    return far | {cns.character(1, pair): pair for pair in pairs}


def _encodable_cns(text: str) -> str:
    return "".join(c for c in text if c < "\x80" or (c in _cns_places() and c != "\ufffd"))


def _euc_tw(text: str) -> bytes:
    return b"".join(c.encode() if c < "\x80" else _cns_places()[c] for c in _encodable_cns(text))


def _short() -> Iterator[Case]:
    rng = random.Random(8)
    to_traditional = opencc.OpenCC("s2t").convert
    text = "".join(re.findall(r"[一-鿿]", "".join(SENTENCES[:3] + SENTENCES[4:])))
    for length in (1, 2, 3, 4, 5, 8, 12):
        for _ in range(15):
            start = rng.randrange(len(text) - length)
            for codec, label in (("utf-8", "utf-8"), ("gb18030", "gbk"), ("big5hkscs", "big5")):
                words = text[start : start + length]
                words = to_traditional(words) if label == "big5" else words
                yield Case(
                    "v8", f"{length}-{label}-told", words.encode(codec), f"text/html; charset={label}", words
                )
                if length >= 4:
                    yield Case("v8", f"{length}-{label}", words.encode(codec), None, words)


def _foreign() -> Iterator[Case]:
    for codec, text in FOREIGN.items():
        page = f"<html><body><p>{text}</p><p>{text[::-1]}</p></body></html>"
        yield Case("foreign", f"{codec}-utf8", page.encode(), None, page)
        yield Case("foreign", codec, page.encode(codec), None, page)
        yield Case("foreign", f"{codec}-told", page.encode(codec), f"text/html; charset={codec}", page)
