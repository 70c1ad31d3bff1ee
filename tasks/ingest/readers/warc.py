"""WARC files, as crawlers write them (Common Crawl news): one record, one page."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any, BinaryIO

from tasks.ingest.limits import Limits
from tasks.ingest.readers.base import Format, Item, Options
from tasks.ingest.readers.html import page_record
from tasks.ingest.record import Record, refuse
from tasks.ingest.source import Source

_PAGES = ("text/html", "application/xhtml+xml")


def recognise(head: bytes, suffix: str) -> bool:
    """Return True for the first line of a WARC file."""
    return head.startswith(b"WARC/1.")


def read(source: Source, limits: Limits, options: Options) -> Iterator[Item]:
    """Yield a record or a refusal for each response or resource; requests and the like are passed.

    Records are counted from 1 in the order of the file, those that are passed included.
    """
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    wanted = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
    stream, cursor = source.begin()
    base = cursor.offset
    with stream:
        entries = ArchiveIterator(
            _Pieces(stream),
            record_types=WarcRecordType.any_type,
            auto_decode="all",
            fsspec_args=False,
            quirks_mode=True,
        )
        for number, entry in enumerate(entries, cursor.number):
            cursor.move(number, base + entry.stream_pos)
            if entry.record_type & wanted:
                item = _read_entry(entry, source.uri, number, limits, options)
                if item is not None:
                    yield item


class _Pieces:
    """Hands a stream on piece by piece, so that what precedes a break is read."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._position = 0

    def read(self, size: int = -1) -> bytes:
        data: bytes = self._stream.read1(size)  # type: ignore[attr-defined]
        self._position += len(data)
        return data

    def seek(self, offset: int, whence: int = 0) -> int:
        raise io.UnsupportedOperation("a stream that is read once")

    def tell(self) -> int:
        return self._position

    def close(self) -> None:
        self._stream.close()


def _read_entry(entry: Any, uri: str, number: int, limits: Limits, options: Options) -> Item | None:
    """Return the record of a page; None for what is no page (pictures, redirects, DNS)."""
    http = entry.http_headers
    if http is not None and http.status_code is not None and http.status_code >= 300:
        return None
    kind = (entry.http_content_type or entry.headers.get("Content-Type") or "").lower()
    url = entry.headers.get("WARC-Target-URI", "").strip("<>")
    if url.startswith(("dns:", "whois:", "metadata:", "urn:")):
        return None
    is_text = kind.startswith("text/plain")
    if kind and not is_text and not kind.startswith((*_PAGES, "application/http")):
        return None
    data = entry.reader.read(limits.page_bytes + 1)
    if not data.strip():
        return refuse(uri, number, "empty", f"no content for {url}")
    if is_text:
        text = data.decode("utf-8", "replace")
        return Record(uri, number, len(data), text, url=url)
    return page_record(data, uri, number, limits, options, url=url, charset=entry.http_charset)


FORMAT = Format("WARC", recognise, read)
