"""What a report says of its place: its words, and every witness in them, the weightiest first, read once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from pipelines.extract.regions import hosts, kin, margin, witnesses
from pipelines.extract.regions.gazetteer import place_at
from pipelines.extract.regions.witnesses import Witness

LINE, READ, EDGE = 400, 8_000, 100
"""Characters looked at of a title, a source, an address, a sentence; of the body; of its head and tail."""

_SENTENCE_END = re.compile(r"[。！？\n]")


@dataclass(frozen=True)
class Told:
    """The words of a report that may tell its place; ``margin`` are those of the page around it.

    ``site_region`` is the path of the place whose site it is. Witnesses that depend on no meeting are read
    when first asked for, then kept.
    """

    body: str
    title: str = ""
    source: str = ""
    url: str = ""
    site_region: str | None = None
    margin: str = ""

    @cached_property
    def around(self) -> tuple[Witness, ...]:
        """The witnesses beside the text: source, site, title, dateline, media, the page's margin."""
        body = self.body
        site = place_at(self.site_region) if self.site_region else None
        return (
            *witnesses.by_source(self.source[:LINE]),
            *((Witness("site", (site,)),) if site else ()),
            *witnesses.by_title(self.title[:LINE]),
            *witnesses.by_dateline(body),
            *margin.by_media(f"{self.title[:LINE]}\n{body[:EDGE]}\n{body[EDGE:READ][-EDGE:]}"),
            *margin.by_margin(self.margin[:READ]),
        )

    @cached_property
    def votes(self) -> tuple[Witness, ...]:
        """The places named in title and body, most often first; one alone yields to a government's host."""
        found = tuple(witnesses.by_body(f"{self.title[:LINE]}\n{self.body[:READ]}"))
        url = self.url[:LINE]
        own = next(hosts.by_host(url), None) if found and hosts.is_official(url) else None
        return tuple(vote for vote in found if own is None or vote.weight > 1 or vote.agrees(own))

    @cached_property
    def host(self) -> tuple[Witness, ...]:
        """The places that the host's letters spell; a private host is not believed against the text."""
        url = self.url[:LINE]
        found = tuple(hosts.by_host(url))
        if not found or hosts.is_official(url):
            return found
        near = (*kin.by_kin(self.body[:READ]), *(vote for vote in self.votes[:1] if vote.weight > 1))
        return tuple(witness for witness in found if not near or witness.meets(near[0]))

    @cached_property
    def last(self) -> tuple[Witness, ...]:
        """The weakest: folders of the address, what the short names in the body have in common."""
        body = self.body[:READ]
        return (
            *hosts.by_path(self.url[:LINE]),
            *kin.by_townships(body),
            *kin.by_kin(body),
            *kin.by_lone_township(body),
            *kin.by_province(body),
        )

    def sentence_of(self, name: str) -> str:
        """The sentence that names the meeting; the first one when none does."""
        at = max(self.body.find(name), 0) if name else 0
        begin = max(self.body.rfind(mark, 0, at) for mark in "。！？\n") + 1
        end = _SENTENCE_END.search(self.body, at)
        return self.body[begin : end.start() if end else len(self.body)][:LINE]


class Case:
    """The witnesses for one meeting, made no further than asked for, each once, whoever asks.

    Without ``vote`` what the body and the folders of the address name is left out.
    """

    def __init__(self, told: Told, name: str, *, vote: bool = True) -> None:
        self.told, self.name = told, name[:LINE]
        self.sentence = told.sentence_of(self.name)
        self.labels = hosts.labels_of(told.url[:LINE])
        self._rest = self._all(vote)
        self._read: list[Witness] = []

    @cached_property
    def text(self) -> str:
        """All words of the report."""
        told = self.told
        return f"{told.title[:LINE]}\n{told.source[:LINE]}\n{told.body[:READ]}"

    def _all(self, vote: bool) -> Iterator[Witness]:
        told = self.told
        yield from list(witnesses.by_words("name", self.name))[::-1]
        yield from list(witnesses.by_subject(self.sentence))[::-1]
        yield from witnesses.by_organization(self.sentence, told.title[:LINE], told.body[:READ])
        yield from told.around
        yield from told.votes if vote else ()
        yield from told.host
        yield from told.last if vote else ()

    def seen(self) -> Iterator[Witness]:
        """All witnesses, the weightiest first."""
        index = 0
        while True:
            if index == len(self._read):
                self._read.extend(islice(self._rest, 1))
            if index == len(self._read):
                return
            yield self._read[index]
            index += 1
