"""Exports of press databases: LexisNexis text and DOCX (one file, many articles), Factiva text.

LexisNexis text: each document begins with `3 of 250 DOCUMENTS`; Nexis DOCX: each ends with
`End of Document`; fields stand on lines of their own (`LENGTH:`, `BYLINE:`, `BODY:`,
`LOAD-DATE:`). Factiva text: two-letter codes at the beginning of lines (HD, BY, PD, SN, LP, TD).
LOAD-DATE is when the database took a document in, so it is never a date of publication.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

from lxml import etree

from tasks.ingest.dates import find_dates
from tasks.ingest.decode import decode, looks_binary
from tasks.ingest.limits import Limits
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
from tasks.ingest.unpack import bomb_of

_LEXIS_START = re.compile(r"^[ \t]*\d+ of \d+ DOCUMENTS[ \t]*$", re.MULTILINE)
_NEXIS_END = re.compile(r"^[ \t]*End of Document[ \t]*$", re.MULTILINE)
_FIELD = re.compile(
    r"^(SECTION|LENGTH|BYLINE|DATELINE|HEADLINE|BODY|LOAD-DATE|LANGUAGE|PUBLICATION-TYPE|SUBJECT"
    r"|GEOGRAPHIC|COUNTRY|GRAPHIC|HIGHLIGHT|Copyright \d{4}|Classification|Load-Date|Body|Length|Byline"
    r"|Section|Dateline|Highlight|Graphic|Language|Subject|Publication-Type)(?::[ \t]*|[ \t]*$)(.*)$",
    re.MULTILINE,
)
_FACTIVA = re.compile(r"^(HD|BY|CR|WC|PD|ET|SN|SC|ED|PG|LA|CY|LP|TD|CO|IN|NS|RE|PUB|AN|SE|CLM)(?:[ \t]+(.*))?$", re.MULTILINE)  # fmt: skip
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def recognise(head: bytes, suffix: str) -> bool:
    """Return True for text that begins as an export of LexisNexis or Factiva."""
    if looks_binary(head):
        return False
    text = decode(head[:8192])[0].replace("\r\n", "\n")
    if _LEXIS_START.search(text[:2000]):
        return True
    codes = [m[1] for m in _FACTIVA.finditer(text)]
    return "HD" in codes[:4] and "PD" in codes and "WC" in codes


def read(source: Source, limits: Limits, options: Options) -> Iterator[Item]:
    """Yield a record or a refusal for each article, counted from 1."""
    data = read_whole(source, limits.record_bytes * 32)
    if isinstance(data, Refusal):
        yield data
        return
    text, repairs = decode(data)
    yield from documents(text, source.uri, repairs)


def documents(text: str, uri: str, repairs: dict[str, int]) -> Iterator[Item]:
    """Yield the articles of an export, counted from 1; none if the text is no export.

    Args:
        text: LexisNexis or Factiva text.
        uri: File that it was read from.
        repairs: What decoding did.
    """
    text = text.replace("\r\n", "\n").replace("\f", "\n")
    read_part = _lexis
    if _LEXIS_START.search(text):
        parts = _LEXIS_START.split(text)[1:]
    elif _NEXIS_END.search(text):
        parts = _NEXIS_END.split(text)[:-1]
    else:
        parts, read_part = _factiva_parts(text), _factiva
    for number, part in enumerate(parts, 1):
        yield read_part(part, uri, number, repairs)


def _fields(text: str) -> tuple[str, dict[str, str]]:
    """Return what stands before the first field, and the fields by upper-case name."""
    marks = list(_FIELD.finditer(text))
    if not marks:
        return text, {}
    found: dict[str, str] = {}
    for mark, behind in zip(marks, [*marks[1:], None], strict=True):
        name = mark[1].upper()
        if "BODY" in found and name not in ("LOAD-DATE", "LANGUAGE", "SUBJECT", "CLASSIFICATION", "GRAPHIC", "PUBLICATION-TYPE"):  # fmt: skip
            found["BODY"] += "\n" + text[mark.start() : behind.start() if behind else len(text)]
            continue
        end = behind.start() if behind else len(text)
        found.setdefault(name, text[mark.start(2) : end].strip())
    return text[: marks[0].start()], found


def _lexis(part: str, uri: str, number: int, repairs: dict[str, int]) -> Item:
    head, fields = _fields(part)
    lines = [line.strip() for line in head.split("\n") if line.strip()]
    size = len(part.encode("utf-8", "replace"))
    body = fields.get("BODY")
    if not body:
        detail = "a document without BODY"
        return refuse(uri, number, "no_text", detail, n_bytes=size, raw=part.strip()[:200])
    headline, publisher, dated = _head_of(lines)
    headline = fields.get("HEADLINE") or headline
    return Record(
        uri=uri,
        number=number,
        n_bytes=size,
        text=body,
        title=" ".join(headline.split()) if headline else None,
        publisher=publisher,
        author=_one_line(fields.get("BYLINE")),
        published=dated,
        published_field="date",
        tags=tuple(t.strip() for t in fields.get("SUBJECT", "").split(";") if t.strip()),
        repairs=repairs,
    )


def _head_of(lines: list[str]) -> tuple[str | None, str | None, str | None]:
    """Return headline, publication and date of the lines above the first field.

    The text export has publication, date, headline; the DOCX has headline, publication, date.
    """
    lines = [line for line in lines if not line.startswith("Copyright")]
    at = next((i for i, line in enumerate(lines) if any(find_dates(line))), None)
    if at is None:
        return None, lines[0] if lines else None, None
    before, behind = lines[:at], lines[at + 1 :]
    headline = before[0] if len(before) > 1 else next(iter(behind), None)
    return headline, before[-1] if before else None, lines[at]


def _one_line(text: str | None) -> str | None:
    return re.sub(r"^by\s+", "", text.split("\n")[0].strip(), flags=re.IGNORECASE) if text else None


def _factiva_parts(text: str) -> list[str]:
    """Return the articles: each begins with its headline; one needs a date and a text at least."""
    if not {"HD", "PD"} <= {m[1] for m in _FACTIVA.finditer(text)}:
        return []
    starts = [m.start() for m in _FACTIVA.finditer(text) if m[1] == "HD"]
    return [text[a:b] for a, b in zip(starts, [*starts[1:], len(text)], strict=True)]


def _factiva(part: str, uri: str, number: int, repairs: dict[str, int]) -> Item:
    marks = list(_FACTIVA.finditer(part))
    found: dict[str, str] = {}
    for mark, behind in zip(marks, [*marks[1:], None], strict=True):
        end = behind.start() if behind else len(part)
        found.setdefault(mark[1], part[mark.end(1) : end].strip())
    size = len(part.encode("utf-8", "replace"))
    body = "\n\n".join(found[code] for code in ("LP", "TD") if found.get(code))
    if not body:
        detail = "an article without LP or TD"
        return refuse(uri, number, "no_text", detail, n_bytes=size, raw=part.strip()[:200])
    return Record(
        uri=uri,
        number=number,
        n_bytes=size,
        text=body,
        title=" ".join(found["HD"].split()) or None,
        identity=found["AN"].split()[-1] if found.get("AN") else None,
        publisher=found.get("SN"),
        author=_one_line(found.get("BY")),
        published=found.get("PD"),
        published_field="PD",
        tags=tuple(t.strip() for t in found.get("NS", "").split("|") if t.strip()),
        repairs=repairs,
    )


def read_docx(source: Source, archive: zipfile.ZipFile, limits: Limits) -> Iterator[Item]:
    """Yield the articles of a DOCX file: those of a Nexis export, else the whole as one."""
    try:
        info = archive.getinfo("word/document.xml")
    except KeyError:
        yield refuse(source.uri, 0, "unsupported", "Office document that is no DOCX")
        return
    if info.file_size > limits.record_bytes * 32:
        yield refuse(source.uri, 0, "too_large", "a document of more than record_bytes * 32")
        return
    bomb = bomb_of(info.file_size, info.compress_size, limits)
    if bomb is not None:
        yield refuse(source.uri, 0, "bomb", bomb, n_bytes=source.size or 0)
        return
    data = archive.read(info)
    refusal = too_many_elements(data, source, limits)
    if refusal is not None:
        yield refusal
        return
    yield from read_guarded(limits, _docx_articles, data, source.uri, 0, source.size)


def _docx_articles(data: bytes, uri: str, number: int, size: int | None) -> Iterator[Item]:
    """Yield the articles of the XML of a document; a paragraph is forgotten once it is read."""
    paragraphs = []
    for _, element in etree.iterparse(
        io.BytesIO(data),
        tag=f"{_WORD}p",
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        recover=True,
    ):
        paragraphs.append(_paragraph(element))
        element.clear(keep_tail=True)
        while (before := element.getprevious()) is not None:
            element.getparent().remove(before)
    text = "\n".join(p for p in paragraphs if p)
    if _NEXIS_END.search(text):
        yield from documents(text, uri, {})
    else:
        yield Record(uri, number, size or len(text), text)


def _paragraph(element: etree._Element) -> str:
    pieces = (
        str(part.text or "") if part.tag == f"{_WORD}t" else " "
        for part in element.iter(f"{_WORD}t", f"{_WORD}tab", f"{_WORD}br")
    )
    return "".join(pieces).replace("\xa0", " ").strip()


FORMAT = Format("LexisNexis or Factiva", recognise, read)
