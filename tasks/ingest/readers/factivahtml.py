"""Factiva's HTML export: tables whose first column holds the two-letter codes, article by article."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import html

from tasks.ingest.decode import decode
from tasks.ingest.limits import Limits
from tasks.ingest.markup import declared_encoding
from tasks.ingest.readers.base import (
    Format,
    Item,
    Options,
    read_guarded,
    read_whole,
    too_many_elements,
)
from tasks.ingest.readers.exports import documents
from tasks.ingest.record import Refusal, refuse
from tasks.ingest.source import Source

_HEADLINE = re.compile(rb"<td[^>]*>\s*(?:<b>\s*)?HD\s*(?:</b>\s*)?(?:&nbsp;\s*)?</td>", re.I)
_CODE = re.compile(r"[A-Z]{2,3}")


def recognise(head: bytes, suffix: str) -> bool:
    """Return True for a page with a cell that holds nothing but the code of a headline."""
    return head.lstrip()[:1] == b"<" and _HEADLINE.search(head) is not None


def read(source: Source, limits: Limits, options: Options) -> Iterator[Item]:
    """Yield a record or a refusal for each article, counted from 1."""
    data = read_whole(source, limits.file_bytes)
    if isinstance(data, Refusal):
        yield data
        return
    refusal = too_many_elements(data, source, limits)
    if refusal is not None:
        yield refusal
        return
    yield from read_guarded(limits, _articles, data, source.uri, 0)


def _articles(data: bytes, uri: str, number: int) -> Iterator[Item]:
    text, repairs = decode(data, declared_encoding(data))
    # Its declaration of an encoding is of no use any more, and lxml refuses it.
    root = html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text))
    items = list(documents("\n".join(_lines(root)), uri, repairs))
    yield from items or [refuse(uri, number, "no_text", "no articles in it", n_bytes=len(data))]


def _lines(root: html.HtmlElement) -> Iterator[str]:
    """Yield the rows as Factiva's text export has them: a code on its line, then its text."""
    for row in root.iter("tr"):
        cells = row.findall("td")
        code = " ".join(cells[0].text_content().split()) if len(cells) > 1 else ""
        if _CODE.fullmatch(code):
            yield code
            yield from _paragraphs(cells[1])


def _paragraphs(cell: html.HtmlElement) -> list[str]:
    blocks = list(cell.iter("p")) or [cell]
    return [text for block in blocks if (text := " ".join(block.text_content().split()))]


FORMAT = Format("Factiva HTML", recognise, read)
