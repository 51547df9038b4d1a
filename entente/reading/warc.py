"""WARC files, as web archives and Common Crawl keep pages: one record after another, each bounded. warcio reads a record."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from typing import IO

from entente.errors import InputError
from entente.reading.encoding import content_type
from entente.reading.model import Skipped

MAX_RECORD = 20_000_000
_MAX_HEADER_LINES = 200
_MAX_HEADER_LINE = 20_000
_PIECE = 65_536
# Answers of sites, files, and pages that the archive has taken to text.
_HOLDING_PAGES = ("response", "resource", "conversion")
# Content beside text/... that may be an article; scripts and styles are text too, but hold none.
_KINDS = (
    "application/xhtml+xml",
    "application/rss+xml",
    "application/atom+xml",
    "application/rdf+xml",
    "application/xml",
    "application/json",
)
_NO_PAGES = ("text/css", "text/javascript", "text/calendar", "text/vcard")
# warcio warns with the words of a record, which are not to reach a terminal; what cannot be read is told as skipped.
logging.getLogger("warcio").addHandler(logging.NullHandler())
logging.getLogger("warcio").propagate = False


def open_records(file: IO[bytes], name: str) -> Iterator[tuple[str, str, bytes, str] | Skipped]:
    """Position, address, page and the encoding that its server named, of each answer in the file that is text. Other records are passed
    over.

    Records are cut by their stated length here and handed to warcio one by one, so that no header and no record can fill memory.
    """
    number = pages = 0
    try:
        while (found := _header(file)) is not None:
            number += 1
            raw, header = found
            length = header.get("content-length", "")
            if not length.isdecimal() or len(length) > 15:
                raise InputError("a record does not say how long it is")
            where = f"record {number}"
            if header.get("warc-type") not in _HOLDING_PAGES:
                _pass_over(file, int(length))
            elif int(length) > MAX_RECORD:
                pages += 1
                yield Skipped(name, where, f"is larger than {MAX_RECORD:,} bytes, too large for one page", b"")
                _pass_over(file, int(length))
            else:
                block = file.read(int(length))
                if len(block) < int(length):
                    yield Skipped(name, where, "is cut off", block)
                    return
                for page in _page(raw + block, header, name, where):
                    pages += 1
                    yield page
    except InputError as error:
        yield Skipped(name, f"after record {number}" if number else "", str(error), b"")
        return
    if not pages:
        yield Skipped(name, "", "holds no page that came with success" if number else "is empty", b"")


def _header(file: IO[bytes]) -> tuple[bytes, dict[str, str]] | None:
    """The header of the next record, as it stands and as named fields; None at the end of the file. Raises InputError."""
    for _ in range(_MAX_HEADER_LINES):
        line = file.readline(_MAX_HEADER_LINE)
        if line.strip() or not line:
            break
    if not line:
        return None
    if not line.startswith(b"WARC/"):
        raise InputError("is no WARC file, or broken here")
    raw = line
    fields: dict[str, str] = {}
    for _ in range(_MAX_HEADER_LINES):
        line = file.readline(_MAX_HEADER_LINE)
        raw += line
        if not line.strip():
            return raw, fields
        key, _, value = line.decode("utf-8", "replace").partition(":")
        fields[key.strip().lower()] = value.strip()
    raise InputError(f"a record has more than {_MAX_HEADER_LINES} lines of header")


def _pass_over(file: IO[bytes], length: int) -> None:
    while length > 0 and (piece := file.read(min(_PIECE, length))):
        length -= len(piece)


def _page(record_bytes: bytes, header: dict[str, str], name: str, where: str) -> Iterator[tuple[str, str, bytes, str] | Skipped]:
    """The page of one record, unchunked and unpacked, if it is text and came with success."""
    # Imported here: most runs read no WARC.
    from warcio.recordloader import ArcWarcRecordLoader

    try:
        record = ArcWarcRecordLoader().parse_record_stream(io.BytesIO(record_bytes), known_format="warc")
        answer = record.http_headers
        kind, charset = content_type((answer.get_header("Content-Type") if answer else header.get("content-type")) or "")
        if (answer and answer.get_statuscode() != "200") or not (
            not kind or kind in _KINDS or (kind.startswith("text/") and kind not in _NO_PAGES)
        ):
            return
        page, stream = bytearray(), record.content_stream()
        while len(page) <= MAX_RECORD and (piece := stream.read(_PIECE)):
            page += piece
    except Exception as error:  # whatever a broken record makes the parser stumble over, it is kept as skipped
        yield Skipped(name, where, f"the record could not be read ({type(error).__name__})", record_bytes)
        return
    if len(page) > MAX_RECORD:
        yield Skipped(name, where, f"unpacks to more than {MAX_RECORD:,} bytes", record_bytes)
        return
    yield where, header.get("warc-target-uri", "").strip("<>"), bytes(page), charset
