"""WARC files, as crawlers write them (Common Crawl news): one record, one page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from tasks.ingest.decode import decode
from tasks.ingest.limits import Limits
from tasks.ingest.payload import unpacked
from tasks.ingest.readers.base import Format, Item, Options
from tasks.ingest.readers.html import page_records
from tasks.ingest.record import Record, refuse
from tasks.ingest.source import Source
from tasks.ingest.warcrecords import WarcRecord, fields_of, records_of

_PAGES = ("text/html", "application/xhtml+xml")
_WANTED = frozenset(["response", "resource", "conversion"])
_HTTP_HEAD = re.compile(rb"HTTP/\d(?:\.\d)?[ \t]+(\d{3}).*?\r?\n\r?\n", re.DOTALL)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]{3,20})", re.IGNORECASE)
_MAX_HTTP_HEAD = 1 << 16
_CLOSED = re.compile(rb"</(?:html|body)\s*>", re.IGNORECASE)
_TAIL = 4096


def recognise(head: bytes, suffix: str) -> bool:
    """Return True for the first line of a WARC file."""
    return head.lstrip(b"\xef\xbb\xbf\r\n\x00 ").startswith((b"WARC/0.", b"WARC/1."))


def read(source: Source, limits: Limits, options: Options) -> Iterator[Item]:
    """Yield a record or a refusal for each response or resource; requests and the like are passed.

    Records are counted from 1 in the order of the file, those that are passed included.
    """
    stream, cursor = source.begin()
    with stream:
        records = records_of(stream, cursor.offset, limits.page_bytes + _MAX_HTTP_HEAD)
        for number, record in enumerate(records, cursor.number):
            cursor.move(number, record.at)
            if record.headers.get("warc-type", "").lower() in _WANTED:
                yield from _read_record(record, source.uri, number, limits, options)


def _read_record(
    record: WarcRecord, uri: str, number: int, limits: Limits, options: Options
) -> list[Item]:
    """Return the records of a page; none for what is no page (pictures, redirects, DNS)."""
    url = record.headers.get("warc-target-uri", "").strip("<>")
    if url.startswith(("dns:", "whois:", "metadata:", "urn:")):
        return []
    declared = record.headers.get("content-type", "")
    http, body = {}, record.block
    head = _HTTP_HEAD.match(body[:_MAX_HTTP_HEAD])
    if head is not None:
        if int(head[1]) >= 300:
            return []
        http, body = fields_of(head[0]), body[head.end() :]
        declared = http.get("content-type") or declared
    kind = declared.lower()
    is_text = kind.startswith("text/plain")
    if kind and not is_text and not kind.startswith((*_PAGES, "application/http")):
        return []
    data, is_unpacked = _unpacked(body, http, limits)
    if not data.strip():
        return [refuse(uri, number, "empty", f"no content for {url}")]
    is_whole = record.is_whole and is_unpacked
    if not is_whole and len(data) <= limits.page_bytes and _is_cut(data, record.headers):
        detail = "the record ends in the middle of its page"
        return [refuse(uri, number, "truncated", detail, n_bytes=len(data), raw=data[:800])]
    match = _CHARSET.search(declared)
    charset = match[1] if match else None
    if is_text:
        text, repairs = decode(data, charset)
        return [Record(uri, number, len(data), text, url=url, repairs=repairs)]
    return page_records(data, uri, number, limits, options, url=url, charset=charset)


def _unpacked(body: bytes, http: Mapping[str, str], limits: Limits) -> tuple[bytes, bool]:
    codings = [c.strip() for c in http.get("content-encoding", "").lower().split(",")]
    is_chunked = "chunked" in http.get("transfer-encoding", "").lower()
    return unpacked(body[: limits.page_bytes + 1], codings, is_chunked, limits.page_bytes)


def _is_cut(data: bytes, headers: Mapping[str, str]) -> bool:
    """Return True for a page without its end, unless the crawler says that it takes no more."""
    return "warc-truncated" not in headers and _CLOSED.search(data[-_TAIL:]) is None


FORMAT = Format("WARC", recognise, read)
