"""How often the decoded text is exactly right, and what it costs, beside other decoders.

Usage: ``python bench/decode.py [FOLDER]``: FOLDER holds UTF-8 pages (*.html); without it only our own
sentences are used. Time is processor time on sound pages, in milliseconds per megabyte.
"""

from __future__ import annotations

import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

from charset_normalizer import from_bytes
from rich.console import Console
from rich.table import Table
from w3lib.encoding import html_to_unicode

from bench.decode_cases import Case, cases, own_pages
from pipelines.decode import decode

Decoder = Callable[[bytes, str | None], str]


def huixun(body: bytes, header: str | None) -> str:
    """Our own decode step."""
    return decode(body, header).text


def w3lib(body: bytes, header: str | None) -> str:
    """What Scrapy's HtmlResponse.text gives; its last resort is its own guess between UTF-8 and cp1252."""
    return html_to_unicode(header, body, auto_detect_fun=_utf8_or_cp1252)[1]


def _utf8_or_cp1252(body: bytes) -> str:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def normalizer(body: bytes, header: str | None) -> str:
    """charset-normalizer."""
    best = from_bytes(body).best()
    return str(best) if best else ""


DECODERS: dict[str, Decoder] = {"huixun": huixun, "charset-normalizer": normalizer, "w3lib (Scrapy)": w3lib}


def is_right(case: Case, text: str) -> bool:
    """Exactly the expected text; of broken bytes at least as much as the page's own codec saves."""
    if text == case.expected:
        return True
    if case.original is None:
        return False
    sound, ours, codec = (Counter(pairwise(t)) for t in (case.original, text, case.expected))
    return (sound - ours).total() + (ours - sound).total() <= (sound - codec).total() + (
        codec - sound
    ).total()


def milliseconds_per_megabyte(decoder: Decoder, pages: list[bytes]) -> float:
    """Best of several runs over the pages."""
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        for page in pages:
            decoder(page, None)
        best = min(best, time.process_time() - start)
    return best * 1e9 / sum(map(len, pages))


def main(folder: Path) -> None:
    """Print both tables: cases right, and time."""
    right: dict[str, dict[str, list[bool]]] = {name: defaultdict(list) for name in DECODERS}
    for case in cases(folder):
        for name, decoder in DECODERS.items():
            if name == "charset-normalizer" and len(case.body) > 200_000:
                continue  # minutes a page; the smaller ones tell enough
            right[name][case.family].append(is_right(case, decoder(case.body, case.header)))
    table = Table("family", *DECODERS, title="exactly right")
    families = list(right["huixun"])
    for family in families:
        table.add_row(family, *(_share(right[name][family]) for name in DECODERS))
    macros = [
        sum(sum(v) / len(v) for v in by_family.values() if v) / sum(1 for v in by_family.values() if v)
        for by_family in right.values()
    ]
    table.add_section()
    table.add_row("macro average", *(f"{macro:.1%}" for macro in macros))
    texts = [path.read_text("utf-8", "replace") for path in sorted(folder.glob("*.html"))] or [
        "\n".join(own_pages() * 16)
    ]
    for codec in ("utf-8", "gb18030"):
        pages = [text.encode(codec) for text in texts]
        costs = (f"{milliseconds_per_megabyte(decoder, pages):.1f}" for decoder in DECODERS.values())
        table.add_row(f"ms/MB, {codec}, {sum(map(len, pages)) // len(pages) // 1000} KB pages", *costs)
    Console().print(table)


def _share(results: list[bool]) -> str:
    return f"{sum(results)}/{len(results)} {sum(results) / len(results):.1%}" if results else "-"


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "."))
