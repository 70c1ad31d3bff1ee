"""RSS, RDF and Atom feeds, and the news agencies' XML (NewsML-G2, NewsML 1, NITF).

Elements are told by their local names, so that the many dialects and broken namespaces read
alike. No external entity is loaded, no entity is expanded, nothing is fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from tasks.ingest.dates import is_date
from tasks.ingest.decode import decode
from tasks.ingest.guard import Failed
from tasks.ingest.limits import Limits
from tasks.ingest.markup import declared_encoding, has_markup, markup_to_text
from tasks.ingest.readers.base import (
    Format,
    Item,
    Options,
    read_guarded,
    read_whole,
    too_many_elements,
)
from tasks.ingest.record import Record, Refusal, refuse
from tasks.ingest.source import Source

_ROOT = re.compile(
    rb"\s*(?:<\?xml[^>]*\?>\s*)?(?:<\?[^>]*\?>\s*|<!--.{0,2000}?-->\s*|<!DOCTYPE[^>\[]*(?:\[.{0,20000}?\])?\s*>\s*)*"
    rb"<(?:[\w.-]+:)?(rss|feed|RDF|nitf|NewsML|newsItem|newsMessage|channel)\b",
    re.DOTALL,
)
_ITEMS = ("item", "entry", "nitf", "newsItem", "NewsItem")
_CLOSED_ITEM = re.compile(rf"</(?:[\w.-]+:)?(?:{'|'.join(_ITEMS)})\s*>")
_TEXT = (
    "encoded",
    "content",
    "body.content",
    "inlineXML",
    "inlineData",
    "DataContent",
    "description",
    "summary",
)
_TITLE = ("headline", "HeadLine", "hl1", "title")
_DATE = (
    "pubDate",
    "published",
    "issued",
    "date",
    "firstCreated",
    "versionCreated",
    "FirstCreated",
    "ThisRevisionCreated",
    "date.issue",
    "updated",
)
_AUTHOR = ("creator", "author", "byline", "by", "ByLine")
_IDENTITY = ("guid", "id", "NewsItemId")
_PUBLISHER = ("source", "provider", "Provider")
_WANTED = frozenset((*_TEXT, *_TITLE, *_DATE, *_AUTHOR, *_IDENTITY, *_PUBLISHER))
_BLOCK = ("p", "hl2", "br", "block")


def recognise(head: bytes, suffix: str) -> bool:
    """Return True if the first element is that of a feed or of an agency's item."""
    return _ROOT.match(head.removeprefix(b"\xef\xbb\xbf")) is not None


def read(source: Source, limits: Limits, options: Options) -> Iterator[Item]:
    """Yield a record or a refusal for each item, counted from 1."""
    data = read_whole(source, limits.file_bytes)
    if isinstance(data, Refusal):
        yield data
        return
    refusal = too_many_elements(data, source, limits)
    if refusal is not None:
        yield refusal
        return
    yield from read_guarded(limits, _items, data, source.uri, 0, limits)


def _items(data: bytes, uri: str, number: int, limits: Limits) -> Iterator[Item]:
    xml, repairs = decode(data, declared_encoding(data))
    parser = etree.XMLParser(
        encoding="utf-8",  # whatever the declaration says
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=True,
    )
    try:
        root = etree.fromstring(xml.encode("utf-8"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        yield refuse(uri, 0, "malformed", f"{error}", n_bytes=len(data), raw=data[:800])
        return
    items = [] if root is None else [e for e in root.iter() if _name(e) in _ITEMS and _is_top(e)]
    if root is not None and not re.search(rf"</(?:[\w.-]+:)?{_name(root)}\s*>", xml):
        del items[sum(1 for _ in _CLOSED_ITEM.finditer(xml)) :]  # the parser mends what is cut off
        detail = f"<{_name(root)}> is not closed"
        yield refuse(uri, len(items) + 1, "truncated", detail, n_bytes=len(data))
    elif not items:
        detail = "a feed without items"
        yield refuse(uri, number, "no_text", detail, n_bytes=len(data), raw=data[:800])
    for number, item in enumerate(items, 1):
        read_item = _read_item(item, uri, number, limits)
        yield replace(read_item, repairs=repairs) if isinstance(read_item, Record) else read_item


def _name(element: etree._Element) -> str:
    tag = element.tag
    return str(etree.QName(tag).localname) if isinstance(tag, str) else ""


def _is_top(element: etree._Element) -> bool:
    """Return True for an item that is not inside of another."""
    return not any(_name(a) in _ITEMS for a in element.iterancestors())


def _read_item(item: etree._Element, uri: str, number: int, limits: Limits) -> Item:
    size = len(etree.tostring(item))
    try:
        found = _first_texts(item, limits)
    except Failed as failed:
        return refuse(uri, number, failed.reason, failed.detail, n_bytes=size)
    text = max((found[n] for n in _TEXT if n in found), key=len, default="")
    if not text.strip():
        names = ", ".join(sorted(found))[:200]
        return refuse(uri, number, "no_text", f"elements: {names}", n_bytes=size)
    dates = [name for name in _DATE if found.get(name)]
    published_field = next((n for n in dates if is_date(found[n])), next(iter(dates), ""))
    return Record(
        uri=uri,
        number=number,
        n_bytes=size,
        text=text,
        title=_pick(found, _TITLE),
        url=_link(item) or _permalink(found),
        identity=_pick(found, _IDENTITY) or item.get("guid"),
        publisher=_pick(found, _PUBLISHER),
        author=_pick(found, _AUTHOR),
        published=found.get(published_field),
        published_field=published_field,
        lang=item.get("{http://www.w3.org/XML/1998/namespace}lang"),
        tags=tuple(_tags(item)),
    )


def _pick(found: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((found[n] for n in names if found.get(n)), None)


def _first_texts(item: etree._Element, limits: Limits) -> dict[str, str]:
    """Return the text of the first element of each name, its markup undone."""
    found: dict[str, str] = {}
    for element in item.iter():
        name = _name(element)
        if name in _WANTED and name not in found:
            text = _text_of(element, limits)
            if text:
                found[name] = text
    return found


def _text_of(element: etree._Element, limits: Limits) -> str:
    """Return an element's text: markup in it, escaped or as elements, becomes lines."""
    if len(element) == 0:
        text = str(element.text or element.get("norm") or "").strip()
        return markup_to_text(text, limits) if has_markup(text) else text
    return "".join(_pieces(element)).strip()


def _pieces(element: etree._Element) -> Iterator[str]:
    """Yield the text of an element and those in it, blocks on lines of their own."""
    edge = "\n" if _name(element) in _BLOCK else ""
    yield edge + str(element.text or "")
    for part in element:
        if _name(part) != "head":
            yield from _pieces(part)
        yield str(part.tail or "")
    yield edge


def _link(item: etree._Element) -> str | None:
    """Return the address of the article: the link itself, or the one that is an alternate."""
    for element in item.iter():
        if _name(element) == "link" and element.get("rel", "alternate") == "alternate":
            href = element.get("href") or (element.text or "").strip()
            if href:
                return str(href)
    return None


def _permalink(found: dict[str, str]) -> str | None:
    guid = found.get("guid", "")
    return guid if guid.startswith(("http://", "https://")) else None


def _tags(item: etree._Element) -> Iterator[str]:
    for element in item.iter():
        if _name(element) in ("category", "subject", "keyword"):
            value = (element.text or element.get("term") or element.get("key") or "").strip()
            if value:
                yield str(value)


FORMAT = Format("feed", recognise, read)
