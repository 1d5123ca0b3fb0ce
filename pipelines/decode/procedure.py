"""The order of the witnesses: byte order mark, NUL pattern, UTF-8, then the encoding that reads best."""

from __future__ import annotations

from dataclasses import dataclass

from charset_normalizer import from_bytes

from crawler.records import Decoded, Evidence, Rejection
from pipelines.decode.candidates import (
    CHINESE,
    GOOD,
    Choice,
    choose,
    count_beyond_ascii,
    count_high,
    sample,
    utf8_share,
)
from pipelines.decode.charsets import canonical, has_holes, read
from pipelines.decode.damage import Spot, mend, refuse, report, settled
from pipelines.decode.double import Undone, undo_double
from pipelines.decode.frequency import bits
from pipelines.decode.mixed import Mixed, read_legacy, read_utf8
from pipelines.decode.stateful import read_ascii
from pipelines.decode.witnesses import Witness, declarations, split_bom

_HEAD = 4096  # bytes in which NULs are looked for
_COMMON = 12  # bits a character; UTF-16 that costs more is none
_FEW = 10  # continuation bytes; longer text that is valid UTF-8 is UTF-8, for 5 hanzi of GBK never are
_DAMAGED_UTF8 = 0.4  # share of the high bytes in UTF-8 sequences; GBK and Big5 have 0.15 at most
_MARKED_UTF8 = 0.25  # the same after a UTF-8 byte order mark
_GOOD_SINGLE = 7.5  # bits per byte of one-byte encodings, whose bytes are whole letters
_ENOUGH = 32  # high bytes from which charset-normalizer is asked about pages that read badly
_HOPELESS = 15.0  # bits a character of what is no text in any encoding we know
_HOPELESS_SINGLE = 9.0  # the same in one-byte encodings
_MUCH = 64  # high bytes from which a page that reads badly in every encoding is refused
_SHOWN = 40  # characters of a segment that its evidence quotes
_LISTED = 50  # segments listed one by one


@dataclass(frozen=True, slots=True)
class _Reading:
    """The text, holes included if it is not ``sound``, and how its encoding was found."""

    text: str
    encoding: str
    confidence: float
    rule: str
    evidence: tuple[Evidence, ...] = ()
    sound: bool = False
    rejection: Rejection | None = None


def decode(body: bytes, content_type: str | None = None) -> Decoded:
    """The text of a page: the bytes decide, what header and page declare only helps where they are few.

    ``content_type`` is the HTTP header's value. Never raises and never loses a page: bytes that no
    character stands for become U+FFFD, are counted in ``damaged`` and listed in the evidence. Too many
    of them, or a body that is no text, set ``rejection``.

    >>> page = '<meta charset="utf-8"><p>青溪县召开常务会议</p>'.encode("gbk")
    >>> decoded = decode(page, "text/html; charset=iso-8859-1")
    >>> decoded.text[-16:], decoded.encoding, decoded.damaged
    ('<p>青溪县召开常务会议</p>', 'gb18030', 0)
    """
    witnesses = declarations(body, content_type)
    reading = _read(body, witnesses)
    text, undone = undo_double(reading.text)
    lost_before = text.count("\ufffd")
    text, spots = (text, ()) if reading.sound and not undone else mend(text)
    evidence = [
        Evidence("decode", "encoding", reading.encoding, reading.rule, score=reading.confidence),
        *(_heard(witness, reading.encoding) for witness in witnesses),
        *reading.evidence,
        *_told(undone, spots),
        *report(spots),
    ]
    if lost_before:
        evidence.append(Evidence("decode", "damage", f"{lost_before} U+FFFD", "lost_before_us"))
    return Decoded(
        text=text,
        encoding=reading.encoding,
        confidence=reading.confidence,
        evidence=tuple(evidence),
        damaged=len(spots) + lost_before,
        rejection=reading.rejection or (refuse(text) if spots or lost_before else None),
    )


def _read(body: bytes, witnesses: tuple[Witness, ...]) -> _Reading:
    bom, body = split_bom(body)
    marked = (Evidence("decode", "bom", bom, "byte_order_mark", "byte 0"),) if bom else ()
    if bom and bom != "utf-8":
        return _Reading(read(body, bom), bom, 1.0, "bom", marked)
    if name := _utf16(body, witnesses):
        return _Reading(read(body, name), name, 0.99, "nul_pattern", marked)
    if body.isascii():
        text, name = read_ascii(body)
        return _Reading(text, name, 1.0, "ascii", marked, sound="\ufffd" not in text)
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        runs = sample(body)
        return _read_damaged_utf8(body, runs, marked) or _read_as_legacy(body, runs, witnesses)
    if len(body) - len(text) > _FEW or marked:
        return _Reading(text, "utf-8", 1.0, "valid_utf8", marked, sound=True)
    choice = choose(sample(body), witnesses)
    if choice.encoding == "utf-8":
        return _Reading(text, "utf-8", choice.confidence, "short_text", sound=True)
    return _read_as_legacy(body, sample(body), witnesses)


def _utf16(body: bytes, witnesses: tuple[Witness, ...]) -> str | None:
    """UTF-16 without a byte order mark: NULs or a declaration hint at it, common characters prove it."""
    declared = [w.encoding for w in witnesses if w.encoding in ("utf-16le", "utf-16be")]
    head = body[:_HEAD]
    if not declared and b"\0" not in head:
        return None
    for name in (*declared, "utf-16le", "utf-16be"):
        text = read(head[: len(head) // 2 * 2], name)
        if bits(text) <= _COMMON * count_beyond_ascii(text) and len(text) > 1:
            return name
    return None


def _read_damaged_utf8(body: bytes, runs: bytes, marked: tuple[Evidence, ...]) -> _Reading | None:
    """The reading of a body that is UTF-8 for the most part; None where it is not."""
    share = utf8_share(runs)
    if share < (_MARKED_UTF8 if marked else _DAMAGED_UTF8):
        return None
    mixed = read_utf8(body)
    seen = Evidence("decode", "utf8_share", f"{share:.3f}", "mostly_well_formed", score=share)
    evidence = (*marked, seen, *_woven(mixed))
    return _Reading(mixed.text, "utf-8", round(share, 4), "utf8_share", evidence)


def _read_as_legacy(body: bytes, runs: bytes, witnesses: tuple[Witness, ...]) -> _Reading:
    """The reading in the encoding that costs least, declared and foreign ones included."""
    choice = choose(runs, witnesses)
    lost = Evidence(
        "decode",
        "encoding",
        choice.runner_up,
        "character_frequency",
        f"{choice.margin} bits behind",
        chosen=False,
    )
    if not _plausible(choice) and count_high(runs) >= _ENOUGH:
        name = _foreign(body, witnesses)
        if name:
            return _Reading(read(body, name), name, 0.5, "charset_normalizer", (lost,))
    mixed = _read_in(body, choice.encoding)
    return _Reading(
        mixed.text,
        choice.encoding,
        choice.confidence,
        "character_frequency",
        (lost, *_woven(mixed)),
        rejection=_no_text(choice, runs),
    )


def _read_in(body: bytes, encoding: str) -> Mixed:
    if encoding == "utf-8":
        return read_utf8(body)
    return read_legacy(body, encoding) if encoding in CHINESE else Mixed(read(body, encoding))


def _single(choice: Choice) -> bool:
    return choice.encoding.startswith(("windows-", "koi8"))


def _plausible(choice: Choice) -> bool:
    return choice.per_char <= (_GOOD_SINGLE if _single(choice) else GOOD)


def _foreign(body: bytes, witnesses: tuple[Witness, ...]) -> str | None:
    """An encoding outside our tables: a declared one that explains every byte, else charset-normalizer's."""
    for witness in witnesses:
        name = witness.encoding
        if name and name not in (*CHINESE, "windows-1252") and not has_holes(read(body, name)):
            return name
    best = from_bytes(body[: 16 * _HEAD], preemptive_behaviour=False).best()
    name = canonical(best.encoding) if best else None
    if name and name not in CHINESE and not name.startswith("utf") and not has_holes(read(body, name)):
        return name
    return None


def _no_text(choice: Choice, runs: bytes) -> Rejection | None:
    hopeless = _HOPELESS_SINGLE if _single(choice) else _HOPELESS
    if choice.per_char <= hopeless or count_high(runs) < _MUCH:
        return None
    return Rejection(
        "undecodable",
        f"the best reading, {choice.encoding}, costs {choice.per_char:.1f} bits a character (text: 9–12)",
    )


def _heard(witness: Witness, encoding: str) -> Evidence:
    """What a declaration said and whether the bytes agreed."""
    rule = "unknown_label" if witness.encoding is None else "declared"
    return Evidence("decode", witness.who, witness.label, rule, chosen=witness.encoding == encoding)


def _told(undone: tuple[Undone, ...], spots: tuple[Spot, ...]) -> list[Evidence]:
    listed = [
        Evidence(
            "decode", "double_encoding", u.before[:_SHOWN], u.rule, f"character {settled(u.start, spots)}"
        )
        for u in undone[:_LISTED]
    ]
    if (rest := len(undone) - _LISTED) > 0:
        listed.append(Evidence("decode", "double_encoding", f"{rest} more stretches", undone[-1].rule))
    return listed


def _woven(mixed: Mixed) -> tuple[Evidence, ...]:
    segments = mixed.segments
    listed = [
        Evidence("decode", "segment", segment.text[:_SHOWN], segment.encoding, f"byte {segment.start}")
        for segment in segments[:_LISTED]
    ]
    if rest := segments[_LISTED:]:
        places = ", ".join(str(segment.start) for segment in rest)
        listed.append(
            Evidence("decode", "segment", f"{len(rest)} more segments", rest[0].encoding, f"bytes {places}")
        )
    if mixed.weighed is not None:
        left = f"byte {mixed.weighed}"
        listed.append(Evidence("decode", "page", "too many runs", "too_large", left, chosen=False))
    if mixed.spent:
        listed.append(Evidence("decode", "page", "too many broken runs", "too_large", chosen=False))
    return tuple(listed)
