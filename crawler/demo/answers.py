"""What a sample site answers, and how its pages are filled from the templates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Template

from crawler.demo.stories import Story

_TEMPLATES = Path(__file__).with_name("templates")
PER_LIST = 15


@dataclass(frozen=True, slots=True)
class Answer:
    """One HTTP answer; the first ``failures`` requests for it get a 500 instead."""

    body: bytes
    content_type: str = "text/html; charset=utf-8"
    status: int = 200
    location: str | None = None
    failures: int = 0


SampleSite = Mapping[str, Answer]


def fill(template: str, **values: object) -> str:
    """The template ``templates/<name>.html`` with its ``$fields`` filled in."""
    return _template(template).substitute({key: str(value) for key, value in values.items()})


def paragraphs(lines: Sequence[str]) -> str:
    """Paragraphs with the two blanks that Chinese pages begin them with."""
    return "\n".join(f"<p>\u3000\u3000{line}</p>" for line in lines)


def entries(stories: Sequence[Story], path: Mapping[int, str]) -> list[str]:
    """List entries, one story each, with the date behind the link."""
    return [
        f'<li><a href="{path[story.number]}">{story.title}</a><span>{story.published:%Y-%m-%d}</span></li>'
        for story in stories
    ]


def chunks(items: Sequence[str]) -> list[str]:
    """The entries of each list page."""
    return ["\n".join(items[at : at + PER_LIST]) for at in range(0, len(items), PER_LIST)]


@cache
def _template(name: str) -> Template:
    return Template((_TEMPLATES / f"{name}.html").read_text(encoding="utf-8"))
