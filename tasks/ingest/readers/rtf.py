"""RTF: exports of press databases in it, else one file, one article; text by striprtf."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tasks.ingest.limits import Limits
from tasks.ingest.readers.base import Format, Item, Options, read_guarded, read_whole
from tasks.ingest.readers.exports import documents
from tasks.ingest.record import Record, Refusal, refuse
from tasks.ingest.source import Source

_START = b"{\\rtf"
# Tables come as cells between bars; Factiva sets its codes in a column of their own.
_CODE_CELL = re.compile(r"^[ \t]*([A-Z]{2,3})[ \t]*\|[ \t]*", re.MULTILINE)
_LAST_BAR = re.compile(r"[ \t]*\|[ \t]*$", re.MULTILINE)


def recognise(head: bytes, suffix: str) -> bool:
    """Return True for the signature of RTF."""
    return head.lstrip().startswith(_START)


def read(source: Source, limits: Limits, options: Options) -> Iterator[Item]:
    """Yield the articles of an export, counted from 1, or the one article of the file."""
    data = read_whole(source, limits.file_bytes)
    if isinstance(data, Refusal):
        yield data
        return
    yield from read_guarded(limits, _articles, data, source.uri, 0)


def _articles(data: bytes, uri: str, number: int) -> Iterator[Item]:
    text = text_of(data)
    if not text.strip():
        yield refuse(uri, number, "no_text", "an RTF file without text", n_bytes=len(data))
        return
    coded = _LAST_BAR.sub("", _CODE_CELL.sub(r"\1 ", text))
    items = list(documents(coded, uri, {}))
    yield from items or [Record(uri, number, len(data), text)]


def text_of(data: bytes) -> str:
    """Return the text of an RTF file; characters above U+FFFF come in it as two halves."""
    from striprtf.striprtf import rtf_to_text

    text = str(rtf_to_text(data.decode("latin-1"), errors="replace"))  # type: ignore[no-untyped-call, unused-ignore]
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


FORMAT = Format("RTF", recognise, read)
