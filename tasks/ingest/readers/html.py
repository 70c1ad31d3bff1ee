"""HTML pages: one page, one article."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tasks.ingest.decode import decode
from tasks.ingest.limits import Limits
from tasks.ingest.markup import declared_encoding, overload_of
from tasks.ingest.readers.base import Format, Item, Options, read_guarded, read_whole
from tasks.ingest.record import Record, Refusal, refuse
from tasks.ingest.sidecar import apply_sidecar
from tasks.ingest.source import Source

_START = re.compile(rb"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head)\b", re.I | re.S)  # fmt: skip
_SUFFIXES = (".html", ".htm", ".xhtml", ".shtml")


def recognise(head: bytes, suffix: str) -> bool:
    """Return True if the file begins as a page does, or is named so and holds an element."""
    plain = head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe")
    return _START.match(plain) is not None or (suffix in _SUFFIXES and b"<" in plain)


def read(source: Source, limits: Limits, options: Options) -> Iterator[Item]:
    """Yield the one article of the page; a sidecar's fields take precedence."""
    data = read_whole(source, limits.file_bytes)
    if isinstance(data, Refusal):
        yield data
        return
    record = page_record(data, source.uri, 0, limits, options)
    if isinstance(record, Record) and source.sidecar is not None:
        record, refusal = apply_sidecar(record, source.sidecar)
        if refusal is not None:
            yield refusal
    yield record


def page_record(
    data: bytes,
    uri: str,
    number: int,
    limits: Limits,
    options: Options,
    *,
    url: str | None = None,
    charset: str | None = None,
) -> Item:
    """Return the record of a page.

    Args:
        data: The page.
        uri: File that it was read from.
        number: Its number in that file; 0 if it is the file.
        limits: Most bytes, elements and attributes of a page; time and memory for it.
        options: The library to use.
        url: Address that it was fetched from; else its canonical one counts.
        charset: Encoding that the server named.
    """
    if len(data) > limits.page_bytes:
        detail = f"more than page_bytes = {limits.page_bytes}"
        return refuse(uri, number, "too_large", detail, n_bytes=len(data), raw=data[:800])
    overload = overload_of(data, limits)
    if overload is not None:
        return refuse(uri, number, "too_large", overload, n_bytes=len(data), raw=data[:800])
    (item,) = read_guarded(limits, _read_page, data, uri, number, options.html, url, charset)
    return item


def _read_page(
    data: bytes, uri: str, number: int, library: str, url: str | None, charset: str | None
) -> list[Item]:
    from tasks.ingest.page import read_page  # its libraries take half a second to load

    html, repairs = decode(data, declared_encoding(data) or charset)
    page = read_page(html, url, library)
    if page is None or not page.text.strip():
        detail = "a page without an article"
        return [refuse(uri, number, "no_text", detail, n_bytes=len(data), raw=html[:800])]
    meta = page.meta
    record = Record(
        uri=uri,
        number=number,
        n_bytes=len(data),
        text=page.text,
        title=meta.title,
        url=url or meta.url,
        publisher=meta.site,
        author=meta.author,
        published=page.published,
        published_field=page.published_field,
        shown_date=page.shown,
        lang=meta.lang,
        tags=meta.tags,
        repairs=repairs,
    )
    return [record]


FORMAT = Format("HTML", recognise, read)
