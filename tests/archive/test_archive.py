"""What goes into the archive comes out again, byte for byte; a place points at a record that is on disk."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

import pytest
from warcio.archiveiterator import ArchiveIterator

from crawler.archive import Archive
from crawler.errors import ArchiveError

MOMENT = datetime(2023, 3, 6, 1, 2, 3, tzinfo=UTC)
URL = "http://example.com/%E4%BC%9A.html"


@pytest.fixture
def archive(tmp_path):
    with Archive(tmp_path / "warc") as archive:
        yield archive


def test_a_response_comes_back_as_it_was(archive):
    headers = [
        ("Content-Type", "text/html; charset=gbk"),
        ("ETag", '"a"'),
        ("Set-Cookie", "a=1"),
        ("Set-Cookie", "b=2"),
    ]
    body = "县长柏远主持会议".encode("gb18030") + b"\x00\xff\r\n\r\n"
    place = archive.write(URL, 200, headers, body, MOMENT)
    record = archive.read(place.file, place.offset)
    assert (record.url, record.status, record.body, record.fetched_at) == (URL, 200, body, MOMENT)
    assert record.headers[:4] == tuple(headers)
    assert record.content_type == "text/html; charset=gbk"
    assert place.sha256 == hashlib.sha256(body).hexdigest()


def test_a_file_comes_back_as_it_was(archive):
    body = "县长柏远主持会议".encode("gb18030")
    place = archive.write("file:///dev/stdin", 200, [("Content-Type", "text/plain")], body, MOMENT)
    record = archive.read(place.file, place.offset)
    assert (record.url, record.status, record.body, record.fetched_at) == (
        "file:///dev/stdin",
        200,
        body,
        MOMENT,
    )
    assert record.content_type == "text/plain"


def test_headers_of_the_wire_are_kept_under_another_name(archive):
    """The body is unpacked already: a reader must not try to unpack it again."""
    headers = [("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked"), ("Content-Length", "7")]
    place = archive.write(URL, 200, headers, b"unpacked", MOMENT)
    record = archive.read(place.file, place.offset)
    assert record.body == b"unpacked"
    assert ("X-Archive-Orig-Content-Encoding", "gzip") in record.headers
    assert ("Content-Length", "8") in record.headers


def test_places_point_at_their_own_records(archive):
    places = [archive.write(f"{URL}?n={n}", 200, [], b"x" * n, MOMENT) for n in range(20)]
    assert len({place.file for place in places}) == 1
    for n in (19, 0, 7):
        assert archive.read(places[n].file, places[n].offset).body == b"x" * n


def test_a_part_names_its_article(archive, tmp_path):
    place = archive.write(f"{URL}_2", 200, [], b"two", MOMENT, part_of=URL)
    with (tmp_path / "warc" / place.file).open("rb") as stream:
        told = [
            record.rec_headers.get_header("WARC-Refers-To-Target-URI") for record in ArchiveIterator(stream)
        ]
    assert told[-1] == URL


def test_any_warc_reader_can_read_the_file(archive, tmp_path):
    place = archive.write(URL, 404, [("Content-Type", "text/html")], b"gone", MOMENT)
    with (tmp_path / "warc" / place.file).open("rb") as stream:
        records = [(r.rec_type, r.rec_headers.get_header("WARC-Target-URI")) for r in ArchiveIterator(stream)]
    assert records == [("warcinfo", None), ("response", URL)]


def test_each_run_has_a_file_of_its_own(tmp_path):
    places = []
    for _ in range(2):
        with Archive(tmp_path) as archive:
            places.append(archive.write(URL, 200, [], b"same", MOMENT))
    assert places[0].file != places[1].file
    assert Archive(tmp_path).read(places[0].file, places[0].offset).body == b"same"


def test_reading_makes_no_file(tmp_path):
    with pytest.raises(ArchiveError, match=r"none\.warc\.gz"):
        Archive(tmp_path / "warc").read("none.warc.gz", 0)
    assert not (tmp_path / "warc").exists()


@pytest.mark.parametrize("offset", [3, 10**9])
def test_a_wrong_place_is_said_to_be_one(archive, offset):
    place = archive.write(URL, 200, [], b"body", MOMENT)
    with pytest.raises(ArchiveError, match=f"at offset {place.offset + offset}"):
        archive.read(place.file, place.offset + offset)


def test_a_torn_tail_spoils_nothing_before_it(archive, tmp_path):
    """What kill -9 leaves: half a record at the end."""
    whole = archive.write(URL, 200, [], b"whole", MOMENT)
    torn = archive.write(URL, 200, [], b"torn" * 1000, MOMENT)
    path = tmp_path / "warc" / torn.file
    path.write_bytes(path.read_bytes()[: torn.offset + 60])
    assert archive.read(whole.file, whole.offset).body == b"whole"
    with pytest.raises(ArchiveError):
        archive.read(torn.file, torn.offset)


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "warc").write_text("a file, no folder")
    with pytest.raises(ArchiveError, match="cannot write"):
        Archive(tmp_path / "warc").write(URL, 200, [], b"", MOMENT)
