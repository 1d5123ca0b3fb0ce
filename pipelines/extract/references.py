"""Documents and terms: titles in 《》 (nested ones too), document numbers, policy words in quotes."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"[\u4e00-\u9fff]{1,12}[〔\[(【]\d{4}[〕\])】]\d{1,5}号")
_TERM = re.compile(r"“([^“”\n,。!?;:]{2,24})”")
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
    found += [(match.start(), match.group()) for match in _NUMBER.finditer(body)]
    return tuple(dict.fromkeys(text for _, text in sorted(found)))


def terms_of(body: str) -> tuple[str, ...]:
    """Words in quotes that name a policy or a notion, in order, each once: “乙类乙管”, “四早”.

    >>> terms_of("实施“乙类乙管”,落实“四早”要求")
    ('乙类乙管', '四早')
    """
    words = (match[1].strip() for match in _TERM.finditer(body))
    return tuple(dict.fromkeys(word for word in words if word and not _SPOKEN.search(word)))
