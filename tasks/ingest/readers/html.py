"""HTML pages: one page, one article."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from tasks.ingest.decode import decode
from tasks.ingest.limits import Limits
from tasks.ingest.markup import declared_encoding, overload_of
from tasks.ingest.readers.base import Format, Item, Options, read_guarded, read_whole
from tasks.ingest.record import Record, Refusal, refuse
from tasks.ingest.sidecar import apply_sidecar
from tasks.ingest.source import Source

if TYPE_CHECKING:
    from tasks.ingest.pagemeta import Update

_OWN_TEXT = 200  # characters that a live blog must say beside its entries to be an article too
_START = re.compile(rb"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head)\b", re.I | re.S)  # fmt: skip
_OPEN_TAG = re.compile(rb"<[a-z/!][^>]*\Z")
_NESTS = (
    (b"<!--", b"-->", "a comment"),
    (b"<script", b"</script", "a script"),
    (b"<style", b"</style", "a style sheet"),
    (b"<head>", b"</head", "its head"),
)
_SUFFIXES = (".html", ".htm", ".xhtml", ".shtml")


def recognise(head: bytes, suffix: str) -> bool:
    """Return True if the file begins as a page does, or is named so and holds an element."""
    plain = head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe")
    return _START.match(plain) is not None or (suffix in _SUFFIXES and b"<" in plain)


def read(source: Source, limits: Limits, options: Options) -> Iterator[Item]:
    """Yield the article of the page, of a live blog each entry too; a sidecar's fields take precedence."""
    data = read_whole(source, limits.file_bytes)
    if isinstance(data, Refusal):
        yield data
        return
    records = page_records(data, source.uri, 0, limits, options)
    record = records[0]
    is_read = isinstance(record, Record) or record.reason == "no_text"
    if is_read and (detail := cut_off(data)) is not None:
        yield refuse(source.uri, 0, "truncated", detail, n_bytes=len(data), raw=data[:800])
        return
    if isinstance(record, Record) and source.sidecar is not None and len(records) == 1:
        record, refusal = apply_sidecar(record, source.sidecar)
        if refusal is not None:
            yield refusal
        records = [record]
    yield from records


def cut_off(data: bytes) -> str | None:
    """Return in what a page ends that was not written to its end; None if it may be whole.

    Some whole pages never close their body: without its end a page counts as cut only if it breaks
    off inside of a tag, comment or script, in its head, or in the middle of text.
    """
    low = data.lower()
    if b"\x00" in low[:1000] or b"</body" in low or b"</html" in low:
        return None
    if b"<html" not in low and b"<body" not in low and b"<!doctype" not in low[:1000]:
        return None  # a piece of a page, as some feeds and databases keep it
    for opening, closing, name in _NESTS:
        if low.rfind(opening) > low.rfind(closing):
            return f"the page ends inside of {name}"
    last = low.rstrip().rpartition(b">")[2]
    if last:
        return (
            "the page ends inside of a tag" if _OPEN_TAG.search(last) else "the page ends in text"
        )
    if b"<body" not in low and b"<p" not in low:
        return "the page ends before its body"
    return None


def page_records(
    data: bytes,
    uri: str,
    number: int,
    limits: Limits,
    options: Options,
    *,
    url: str | None = None,
    charset: str | None = None,
) -> list[Item]:
    """Return the record of a page, or those of a live blog's entries with what stands beside them.

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
        return [refuse(uri, number, "too_large", detail, n_bytes=len(data), raw=data[:800])]
    overload = overload_of(data, limits)
    if overload is not None:
        return [refuse(uri, number, "too_large", overload, n_bytes=len(data), raw=data[:800])]
    return read_guarded(limits, _read_page, data, uri, number, options.html, url, charset)


def _read_page(
    data: bytes, uri: str, number: int, library: str, url: str | None, charset: str | None
) -> list[Item]:
    from tasks.ingest.page import read_page  # its libraries take half a second to load

    html, repairs = decode(data, declared_encoding(data) or charset)
    page = read_page(html, url, library)
    if page is None or not page.text.strip():
        detail = "a page without an article"
        return [refuse(uri, number, "no_text", detail, n_bytes=len(data), raw=html[:800])]
    if page.instead is not None:
        return [refuse(uri, number, "no_text", page.instead, n_bytes=len(data), raw=page.text)]
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
    return _entries(record, meta.updates) or [record]


def _entries(page: Record, updates: Sequence[Update]) -> list[Item]:
    """Return the entries of a live blog as records of their own, and the page without them.

    An entry without an address of its own has the page's with its date, which later entries above
    it do not change.
    """
    base = page.url or page.uri
    entries: list[Item] = [
        replace(
            page,
            text=u.text,
            title=u.title or page.title,
            number=page.number or n,
            url=(address := u.url or f"{base}#{u.published}"),
            identity=address,
            published=u.published,
            published_field="json-ld liveBlogUpdate",
            shown_date=None,
        )
        for n, u in enumerate(updates, 1)
    ]
    told = " ".join(" ".join(f"{u.title or ''} {u.text}".split()) for u in updates)
    own = [line for line in page.text.splitlines() if " ".join(line.split()) not in told]
    rest = "\n".join(own)
    beside: list[Item] = [replace(page, text=rest)] if len(rest) >= _OWN_TEXT else []
    return [*beside, *entries] if entries else []


FORMAT = Format("HTML", recognise, read)
