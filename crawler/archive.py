"""The archive: every response as it came, one gzip member a record, on disk before anything is judged.

A WARC file (ISO 28500) belongs to one run. A record's place is told only once it is on disk (flush and
fsync), so that a killed run leaves at most a torn tail that no row points at.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from io import BytesIO, FileIO
from pathlib import Path
from types import TracebackType

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.errors import ArchiveError

Headers = Sequence[tuple[str, str]]  # bytes as Latin-1 text, as HTTP libraries give them

# The body is kept as decoded (no chunks, no compression), so headers that tell of the wire get another name.
_WIRE_HEADERS = frozenset({"content-encoding", "transfer-encoding", "content-length"})
_WIRE_PREFIX = "X-Archive-Orig-"
_HTTP = ("http://", "https://")
_NO_TYPE = "application/octet-stream"
_MOMENT = "%Y-%m-%dT%H:%M:%SZ"
_PART_OF = "WARC-Refers-To-Target-URI"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a response is kept: file name inside the folder, byte offset, sha256 of the body (hex)."""

    file: str
    offset: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Record:
    """A response read back: ``headers`` in their order, ``body`` after decompression."""

    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    fetched_at: datetime

    @property
    def content_type(self) -> str | None:
        """Value of the Content-Type header, of the last one when there are several, or None."""
        found = [value for name, value in self.headers if name.lower() == "content-type"]
        return found[-1] if found else None


class _AsSent(StatusAndHeaders):  # type: ignore[misc] # warcio has no types
    """Header lines with the bytes that the site sent; warcio writes all but ASCII as percent-escapes."""

    def to_ascii_bytes(self, filter_func: object = None) -> bytes:
        text: str = self.to_str(filter_func)
        return text.encode("latin-1", "replace") + b"\r\n"


class Archive:
    """A folder of WARC files; writing appends to one new file, opened at the first record."""

    def __init__(self, folder: Path, software: str = "Huixun") -> None:
        self.folder = folder
        self._software = software
        self._opened: FileIO | None = None

    def write(
        self,
        url: str,
        status: int,
        headers: Headers,
        body: bytes,
        fetched_at: datetime,
        *,
        part_of: str | None = None,
    ) -> Place:
        """Keep one response, ``fetched_at`` in UTC; comes back when it is on disk.

        What came from a file or standard input (``file:``) is a record of type resource. ``part_of`` is the
        address of the article of which this is page 2, 3 …; the record says so.

        Raises ArchiveError naming the file when it cannot be written (disk full, no right).
        """
        try:
            file = self._file
            end = file.seek(0, os.SEEK_END)
            about = b"" if end else self._about()
            if url.startswith(_HTTP):
                record = self._response(url, status, headers, body, fetched_at, part_of)
            else:
                record = self._local(url, headers, body, fetched_at)
            try:
                _to_disk(file, about + record)
            except OSError:
                file.truncate(end)
                raise
        except OSError as error:
            raise ArchiveError(
                f"{self._path}: cannot write the archive: {error.strerror or error}"
            ) from error
        return Place(self._path.name, end + len(about), hashlib.sha256(body).hexdigest())

    def read(self, file: str, offset: int) -> Record:
        """The response kept at a place. Raises ArchiveError naming file and offset when it is not there."""
        path = self.folder / file
        try:
            with path.open("rb") as stream:
                stream.seek(offset)
                record = next(ArchiveIterator(stream, check_digests="raise"))
                body = record.content_stream().read()
                if record.rec_type == "resource":
                    return _resource(record.rec_headers, body)
                if len(body) != int(record.http_headers.get_header("Content-Length")):
                    raise EOFError(f"the record is torn after {len(body)} bytes")
                return _record(record.rec_headers, record.http_headers, body)
        except (
            OSError,
            StopIteration,
            ArchiveLoadFailed,
            AttributeError,
            TypeError,
            ValueError,
            EOFError,
        ) as error:
            raise ArchiveError(f"{path}: no response at offset {offset}: {error}") from error

    def close(self) -> None:
        """Close the file that is being written, if any."""
        if self._opened is not None:
            self._opened.close()
            self._opened = None

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @cached_property
    def _path(self) -> Path:
        started = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
        return self.folder / f"huixun-{started}-{os.getpid()}.warc.gz"

    @property
    def _file(self) -> FileIO:
        if self._opened is None:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._opened = self._path.open("xb", buffering=0)
        return self._opened

    def _about(self) -> bytes:
        """The file's first record: who wrote it."""
        writer = _writer()
        return _member(writer, writer.create_warcinfo_record(self._path.name, {"software": self._software}))

    def _response(
        self, url: str, status: int, headers: Headers, body: bytes, at: datetime, part_of: str | None
    ) -> bytes:
        about = {"WARC-Date": _moment(at)}
        if part_of is not None:
            about[_PART_OF] = part_of
        told = [(_WIRE_PREFIX + n if n.lower() in _WIRE_HEADERS else n, v) for n, v in headers]
        told.append(("Content-Length", str(len(body))))
        writer = _writer()
        record = writer.create_warc_record(
            url,
            "response",
            payload=BytesIO(body),
            length=len(body),
            http_headers=_AsSent(str(status), told, protocol="HTTP/1.1"),
            warc_headers_dict=about,
        )
        return _member(writer, record)

    def _local(self, url: str, headers: Headers, body: bytes, at: datetime) -> bytes:
        writer = _writer()
        kind = next((value for name, value in headers if name.lower() == "content-type"), _NO_TYPE)
        record = writer.create_warc_record(
            url,
            "resource",
            payload=BytesIO(body),
            length=len(body),
            warc_content_type=kind,
            warc_headers_dict={"WARC-Date": _moment(at)},
        )
        return _member(writer, record)


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime(_MOMENT)


def _writer() -> WARCWriter:
    return WARCWriter(BytesIO(), gzip=True, warc_version="1.1")


def _member(writer: WARCWriter, record: ArcWarcRecord) -> bytes:
    """A record as the bytes of one gzip member."""
    writer.write_record(record)
    data: bytes = writer.out.getvalue()
    return data


def _to_disk(file: FileIO, data: bytes) -> None:
    """All of it, without a buffer that a full disk would leave half written and waiting."""
    rest = memoryview(data)
    while rest:
        rest = rest[file.write(rest) :]
    os.fsync(file.fileno())


def _record(warc: StatusAndHeaders, http: StatusAndHeaders, body: bytes) -> Record:
    return Record(
        url=warc.get_header("WARC-Target-URI"),
        status=int(http.get_statuscode()),
        headers=tuple(http.headers),
        body=body,
        fetched_at=_date(warc),
    )


def _resource(warc: StatusAndHeaders, body: bytes) -> Record:
    if len(body) != int(warc.get_header("Content-Length")):
        raise EOFError(f"the record is torn after {len(body)} bytes")
    kind = (("Content-Type", warc.get_header("Content-Type")),)
    return Record(warc.get_header("WARC-Target-URI"), 200, kind, body, _date(warc))


def _date(warc: StatusAndHeaders) -> datetime:
    return datetime.strptime(warc.get_header("WARC-Date"), _MOMENT).replace(tzinfo=UTC)
