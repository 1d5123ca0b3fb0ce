"""Documents and terms: titles in 《》 (nested ones too), document numbers, policy words in quotes."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"[〔\[(（【]\d{4}[〕\]）)】]\d{1,5}号")
_ISSUER = re.compile(r"(?:根据|按照|依据|依照|转发|印发|以|和|文件)?([一-鿿]{1,8})$")
_TERM = re.compile(r"“([^“”\n,。!?;:，！？；：]{2,24})”")
_SPOKEN = re.compile(r"[的了吗呢吧]$|^我|^你")


def documents_of(body: str) -> tuple[str, ...]:
    """Titles in 《》 and document numbers, in the order of the text, each once. Linear in the body.

    >>> documents_of("传达《关于〈办法〉的通知》(国发〔2020〕1号)")
    ('关于〈办法〉的通知', '国发〔2020〕1号')
    """
    found: list[tuple[int, str]] = []
    stack: list[int] = []
    for match in re.finditer("[《》\\n]", body):
        if match.group() == "《":
            stack.append(match.end())
        elif match.group() == "\n":
            stack.clear()
        elif stack:
            start = stack.pop()
            if len(stack) < 3 and 1 < match.start() - start <= 200:
                found.append((start, body[start : match.start()]))
    for match in _NUMBER.finditer(body):
        issuer = _ISSUER.search(body[max(0, match.start() - 10) : match.start()])
        if issuer is not None:
            found.append((match.start(), issuer[1] + match.group()))
    return tuple(dict.fromkeys(text for _, text in sorted(found)))


def terms_of(body: str) -> tuple[str, ...]:
    """Words in quotes that name a policy or a notion, in order, each once: “乙类乙管”, “四早”.

    >>> terms_of("实施“乙类乙管”,落实“四早”要求")
    ('乙类乙管', '四早')
    """
    words = (match[1].strip() for match in _TERM.finditer(body))
    return tuple(dict.fromkeys(word for word in words if word and not _SPOKEN.search(word)))
