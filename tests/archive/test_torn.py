"""What the archive holds after the worst: a full disk, a torn tail, answers of any shape."""

from __future__ import annotations

import gzip
import random
from datetime import UTC, datetime
from pathlib import Path

import pytest
from full_disk import full_disk
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from crawler.archive import Archive, Place
from crawler.errors import ArchiveError

MOMENT = datetime(2023, 3, 6, 1, 2, 3, tzinfo=UTC)
URL = "http://example.com/1.html"
ON_ONE_FOLDER = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def noise(size: int) -> bytes:
    """Bytes that no compression makes smaller."""
    return random.Random(size).randbytes(size)


@pytest.fixture
def archive(tmp_path: Path):
    with Archive(tmp_path) as archive:
        yield archive


def read_or_refused(archive: Archive, place: Place) -> bytes | None:
    """The body at a place; None when the archive says that it is not there."""
    try:
        return archive.read(place.file, place.offset).body
    except ArchiveError:
        return None


def bodies(path: Path) -> list[bytes]:
    """What another WARC reader finds in a file, from its beginning to its end."""
    with path.open("rb") as stream:
        return [r.content_stream().read() for r in ArchiveIterator(stream) if r.rec_type == "response"]


def test_a_full_disk_is_named_and_leaves_no_half_record(archive: Archive, tmp_path: Path) -> None:
    first = archive.write(URL, 200, [], b"first", MOMENT)
    path = tmp_path / first.file
    size = path.stat().st_size
    with full_disk(size + 500), pytest.raises(ArchiveError, match=f"{first.file}: cannot write.*too large"):
        archive.write(URL, 200, [], noise(100_000), MOMENT)
    assert path.stat().st_size == size, "what was half written is gone"
    third = archive.write(URL, 200, [], b"third", MOMENT)
    assert third.offset == size
    archive.close()
    assert bodies(path) == [b"first", b"third"]


def test_a_disk_that_is_full_from_the_start_leaves_a_file_that_can_still_begin(
    archive: Archive, tmp_path: Path
) -> None:
    with full_disk(100), pytest.raises(ArchiveError, match="too large"):
        archive.write(URL, 200, [], noise(1000), MOMENT)
    (path,) = tmp_path.iterdir()
    assert path.stat().st_size == 0
    place = archive.write(URL, 200, [], b"now", MOMENT)
    assert archive.read(place.file, place.offset).body == b"now"
    assert bodies(path) == [b"now"]


def test_closing_on_a_full_disk_is_quiet(archive: Archive) -> None:
    """The run is being ended because the disk is full: its end must not fail for the same reason."""
    archive.write(URL, 200, [], b"first", MOMENT)
    with full_disk(1000):
        with pytest.raises(ArchiveError):
            archive.write(URL, 200, [], noise(50_000), MOMENT)
        archive.close()


@ON_ONE_FOLDER
@given(cut=st.floats(0, 1, exclude_max=True), size=st.integers(0, 3000))
def test_a_tail_torn_anywhere_spoils_nothing_before_it(tmp_path: Path, cut: float, size: int) -> None:
    """What kill -9 or a copy that broke off leaves; half a body must never pass for the whole one."""
    with Archive(tmp_path) as archive:
        whole = archive.write(URL, 200, [], b"whole", MOMENT)
        torn = archive.write(URL, 200, [], noise(size), MOMENT)
    path = tmp_path / torn.file
    data = path.read_bytes()
    path.write_bytes(data[: torn.offset + int(cut * (len(data) - torn.offset))])
    assert archive.read(whole.file, whole.offset).body == b"whole"
    assert read_or_refused(archive, torn) in (None, noise(size))


NAMES = st.text("abcXYZ-09_", min_size=1, max_size=12).map(lambda name: f"H{name}")
VALUES = st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E), max_size=30)


@ON_ONE_FOLDER
@given(
    body=st.binary(max_size=3000),
    status=st.integers(100, 599),
    headers=st.lists(st.tuples(NAMES, VALUES), max_size=5),
    part_of=st.none() | st.just(URL),
)
def test_any_answer_comes_back_as_it_was(
    archive: Archive, body: bytes, status: int, headers: list[tuple[str, str]], part_of: str | None
) -> None:
    place = archive.write(URL, status, headers, body, MOMENT, part_of=part_of)
    record = archive.read(place.file, place.offset)
    assert (record.url, record.status, record.body, record.fetched_at) == (URL, status, body, MOMENT)
    assert record.headers == (*headers, ("Content-Length", str(len(body))))


@pytest.mark.parametrize(
    "sent", ["text/html; charset=中".encode("gb18030"), "会议".encode(), b"\xff; a=\x80"]
)
def test_headers_keep_their_bytes(archive: Archive, tmp_path: Path, sent: bytes) -> None:
    place = archive.write(URL, 200, [("X-Odd", sent.decode("latin-1"))], b"", MOMENT)
    assert b"X-Odd: " + sent + b"\r\n" in gzip.decompress((tmp_path / place.file).read_bytes())


@ON_ONE_FOLDER
@given(at=st.integers(0, 10**6), data=st.binary(min_size=20, max_size=300))
def test_a_byte_that_the_disk_changed_is_noticed_or_harmless(tmp_path: Path, at: int, data: bytes) -> None:
    """Bad sectors and bad copies: a body is never given back other than it was written."""
    with Archive(tmp_path) as archive:
        place = archive.write(URL, 200, [], data, MOMENT)
    path = tmp_path / place.file
    raw = bytearray(path.read_bytes())
    raw[place.offset + at % (len(raw) - place.offset)] ^= 0x55
    path.write_bytes(raw)
    assert read_or_refused(archive, place) in (None, data)
