"""Inputs that are made to cost time or memory: small, or generated as they are written.

`COSTLY` maps a file name to what makes its bytes. Each must be read or refused within the limits that
`benchmarks/hostile.py` measures.
"""

from __future__ import annotations

import base64
import bz2
import datetime
import gzip
import io
import json
import struct
import zipfile
from collections.abc import Callable

import pyarrow as pa
import pyarrow.parquet as pq

from tests.ingest.evil import TEXT, _page, _parquet, _rss, _tar, _warc, _zip

_P = f"<p>{TEXT}</p>" * 3
_GZIP = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n"


def _html(body: str, head: str = "") -> bytes:
    return f"<html><head>{head}</head><body><article>{body}{_P}</article></body></html>".encode()


def _names(n: int) -> str:
    return " ".join(f"a{i}" for i in range(n))


def _json(**fields: object) -> bytes:
    return json.dumps(fields).encode() + b"\n" + json.dumps({"text": TEXT}).encode()


def _mail(header: str = "", body: str = TEXT) -> bytes:
    return (
        f"From: a@b.org\nTo: c@d.org\nSubject: Talks\nDate: Sun, 20 Feb 2022 08:00:00 +0000\n{header}\n{body}\n"
    ).encode()


def _parts(depth: int) -> bytes:
    opened = "".join(
        f"Content-Type: multipart/mixed; boundary=b{i}\n\n--b{i}\n" for i in range(depth)
    )
    return _mail(opened, TEXT)


def _docx(xml: bytes) -> bytes:
    return _zip({"[Content_Types].xml": b"<x/>", "word/document.xml": xml})


def _word(inner: bytes) -> bytes:
    space = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    return b'<w:document xmlns:w="' + space + b'"><w:body>' + inner + b"</w:body></w:document>"


def _overlapping(n: int = 2_000) -> bytes:
    """Return a zip whose directory names one packed member again and again."""
    once = _zip({"0.txt": b"0" * 2_000_000})
    start = once.index(b"PK\x01\x02")
    end = once.index(b"PK\x05\x06")
    entries = once[start:end] * n
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, n, n, len(entries), start, 0)
    return once[:start] + entries + tail


def _many(n: int, size: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for i in range(n):
            archive.writestr(f"{i}.txt", b"0" * size)
    return out.getvalue()


def _lines(n: int, size: int) -> bytes:
    return (json.dumps({"text": "x" * size}) + "\n").encode() * n


def _dictionary(rows: int, size: int) -> bytes:
    cells = pa.DictionaryArray.from_arrays(pa.array([0] * rows, pa.int32()), pa.array(["x" * size]))
    out = io.BytesIO()
    pq.write_table(pa.table({"text": cells}), out, compression="zstd")
    return out.getvalue()


def _stamps() -> bytes:
    """Return a column of moments, most of them impossible, the last not."""
    last = int(datetime.datetime(2022, 2, 20, tzinfo=datetime.UTC).timestamp())
    cells = pa.array([2**61, -(2**61), 0, last * 10**3], pa.timestamp("ms", "UTC"))
    return _parquet(pa.table({"text": [TEXT] * 4, "published": cells}))


COSTLY: dict[str, Callable[[], bytes]] = {
    # pages
    "attributes.html": lambda: _html(f"<div {_names(8_000)}>x</div>"),
    "attributes-values.html": lambda: _html(f"<div {_names(400_000).replace(' ', '=1 ')}>x</div>"),
    "attributes-quoted.html": lambda: _html(f"<div z='>' y=\"<\" {_names(150_000)}>x</div>"),
    "attributes-slashes.html": lambda: _html("<div " + "/".join(f"a{i}" for i in range(99_999)) + ">x</div>"),
    "attributes-body.html": lambda: f"<html><body {_names(200_000)}>{_P}</body></html>".encode(),
    "formatting.html": lambda: _html("<p><b><i><u><s>" * 12_000),
    "formatting-tables.html": lambda: _html("<table><b><tr><i><td><a>" * 9_000),
    "anchors.html": lambda: _html("<a href=x><div>" * 25_000),
    "anchors-flat.html": lambda: _html("<a href=/a>Read more here</a> " * 50_000),
    "tables.html": lambda: _html("<table><tr><td>" * 19_000),
    "rows.html": lambda: _html("<table>" + "<tr><td>1<td>2" * 19_000 + "</table>"),
    "lists.html": lambda: _html("<ul><li>" * 29_000),
    "options.html": lambda: _html("<select>" + "<option>x" * 55_000),
    "templates.html": lambda: _html("<template>" * 50_000),
    "foreign.html": lambda: _html("<svg><math><desc>" * 19_000),
    "spans.html": lambda: _html("<span>x</span>" * 29_000),
    "breaks.html": lambda: _html("word<br>" * 90_000),
    "comments.html": lambda: _html("<!--" * 90_000),
    "processing.html": lambda: _html("<?x " * 90_000),
    "entities.html": lambda: _html("&amp;&lt;&#65;&NotEqualTilde;" * 200_000),
    "bare-ampersands.html": lambda: _html("&" * 3_000_000),
    "times.html": lambda: _html("<time datetime='2022-02-20'>20 February 2022</time>" * 29_000),
    "metas.html": lambda: _html("", "<meta property='article:published_time' content='2022-02-20'>" * 50_000),
    "headings.html": lambda: _html("<h1>Talks in Vienna</h1>" * 29_000),
    "figures.html": lambda: _html("<p>" + "01/02/2022 " * 90_000 + "</p>"),
    "years.html": lambda: _html("<p>" + "2022 " * 200_000 + "</p>"),
    "digits.html": lambda: _html("<p>" + "1" * 3_000_000 + "</p>"),
    "one-word.html": lambda: _html("<p>" + "x" * 900_000 + "</p>"),
    "long-url.html": lambda: _html("", f"<link rel=canonical href='https://example.org/{'2022/' * 200_000}'>"),
    "long-title.html": lambda: _html("", f"<title>{'a | ' * 500_000}</title>"),
    "ld-deep.html": lambda: _html("", "<script type='application/ld+json'>" + "[" * 500_000 + "</script>"),
    "ld-wide.html": lambda: _html("", "<script type='application/ld+json'>[" + '{"@type":"NewsArticle","datePublished":"2022"},' * 90_000 + "{}]</script>"),
    "ld-number.html": lambda: _html("", "<script type='application/ld+json'>{\"datePublished\":" + "9" * 900_000 + "}</script>"),
    "script-words.html": lambda: _html("", "<script>for(i=0;i<n;i++){t='" + "word " * 3_000 + "'}</script>"),
    "style.html": lambda: _html("", "<style>" + "a{" * 900_000 + "</style>"),
    "nul.html": lambda: _html("\x00" * 3_000_000),
    "utf16.html": lambda: "\ufeff".encode("utf-16-le") + _html(_P * 2_000).decode().encode("utf-16-le"),
    "legacy.html": lambda: _html(_P * 2_000).replace(b"o", b"\xf6"),
    "base64.html": lambda: _html(f"<img src='data:image/png;base64,{base64.b64encode(bytes(4_000_000)).decode()}'>"),
    # markup in fields
    "attributes.jsonl": lambda: _json(text=f"<div {_names(90_000)}>x</div>{_P}"),
    "attributes-short.jsonl": lambda: _json(text=f"<div {_names(2_600)}>x</div>{_P}"),
    "elements.jsonl": lambda: _json(text="<b>x</b>" * 400_000),
    "nested.jsonl": lambda: _json(text="<div>" * 50_000 + _P),
    # feeds and agency XML
    "attributes.xml": lambda: _rss("<description " + _names(200_000).replace(" ", "='' ") + f"=''>{TEXT}</description>"),
    "attributes-escaped.xml": lambda: _rss(f"<description>&lt;p {_names(90_000)}&gt;{TEXT}&lt;/p&gt;</description>"),
    "namespaces.xml": lambda: _rss("".join(f"<a xmlns:n{i}='u{i}'/>" for i in range(50_000)) + f"<description>{TEXT}</description>"),
    "empty-elements.xml": lambda: _rss("<a/>" * 3_900_000),
    "items.xml": lambda: b"<rss><channel>" + f"<item><description>{TEXT}</description></item>".encode() * 4_000,
    "items-nested.xml": lambda: b"<rss><channel>" + b"<item>" * 250 + f"<description>{TEXT}</description>".encode(),
    "one-entity.xml": lambda: _rss("<description>" + "&a;" * 100_000 + "</description>", "<!DOCTYPE rss [<!ENTITY a '" + "x" * 15_000 + "'>]>"),
    "parameter-entity.xml": lambda: _rss(TEXT, "<!DOCTYPE rss [<!ENTITY % a SYSTEM 'file:///etc/passwd'> %a;]>"),
    "include.xml": lambda: _rss(f"<description>{TEXT}<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='/etc/passwd' parse='text'/></description>"),
    "links.xml": lambda: _rss("<link>http://a/</link>" * 200_000 + f"<description>{TEXT}</description>"),
    # press exports
    "bomb.docx": lambda: _docx(_word(b"<w:p><w:r><w:t>x</w:t></w:r></w:p>" * 4_000_000)),
    "paragraphs.docx": lambda: _docx(_word(b"<w:p/>" * 2_500_000)),
    "one-paragraph.docx": lambda: _docx(_word(b"<w:p>" + b"<w:r/>" * 2_500_000 + b"</w:p>")),
    "nested.docx": lambda: _docx(_word(b"<w:p>" * 2_000 + TEXT.encode())),
    "braces.rtf": lambda: b"{\\rtf1 " + b"{" * 2_000_000 + TEXT.encode(),
    "unicode.rtf": lambda: b"{\\rtf1 " + b"\\u1234?" * 1_000_000 + b"}",
    "words.rtf": lambda: b"{\\rtf1 " + b"\\a" * 2_000_000 + TEXT.encode() + b"}",
    "binary.rtf": lambda: b"{\\rtf1 {\\pict\\bin2147483647 " + bytes(1_000_000) + b"}" + TEXT.encode() + b"}",
    "documents.txt": lambda: b"1 of 2 DOCUMENTS\n" + b"LENGTH: 1\n" * 1_500_000,
    "codes.txt": lambda: b"HD\nPD\nWC\n" + b"HD\nTD\nx\n" * 20_000,
    # e-mail
    "comments.eml": lambda: _mail("Reply-To: " + "(" * 100_000 + "\n"),
    "sender.eml": lambda: _mail().replace(b"a@b.org", b"(" * 50_000 + b"a@b.org"),
    "addresses.eml": lambda: _mail().replace(b"a@b.org", b"a <a@b.org>, " * 50_000 + b"a@b.org"),
    "quotes.eml": lambda: _mail().replace(b"a@b.org", b'"' + b"\\" * 200_000 + b"@b.org"),
    "subject.eml": lambda: _mail().replace(b"Talks", b"=?utf-8?q?a?= " * 50_000),
    "subject-long.eml": lambda: _mail().replace(b"Talks", b"a " * 900_000),
    "date.eml": lambda: _mail().replace(b"Sun, 20 Feb 2022", b"Sun, " + b"2" * 400_000),
    "headers.eml": lambda: _mail("".join(f"X-{i}: y\n" for i in range(300_000))),
    "parts-deep.eml": lambda: _parts(3_000),
    "parts-many.eml": lambda: _mail("Content-Type: multipart/mixed; boundary=b\n", "--b\n\nx\n" * 200_000),
    "parameters.eml": lambda: _mail("Content-Type: text/plain; " + "; ".join(f"a*{i}=x" for i in range(20_000)) + "\n"),
    # JSON
    "number.jsonl": lambda: b'{"published": ' + b"9" * 4_000_000 + b', "text": "x"}\n' + _json(text=TEXT),
    "number.json": lambda: b"[" + b"1" * 5_000_000 + b"]",
    "lists.jsonl": lambda: b'{"text": ' + b"[" * 1_000 + b'"' + TEXT.encode() + b'"' + b"]" * 1_000 + b"}\n" + _json(text=TEXT),
    "objects.jsonl": lambda: b'{"text": ' + b'{"name":' * 1_000 + b'"x"' + b"}" * 1_000 + b"}\n" + _json(text=TEXT),
    "keys.jsonl": lambda: _json(**{f"k{i}": 1 for i in range(400_000)}),
    "authors.jsonl": lambda: _json(text=TEXT, author=[{"name": "x"}] * 400_000),
    "tags.jsonl": lambda: _json(text=TEXT, tags="a," * 2_000_000),
    "title.jsonl": lambda: _json(text=TEXT, title="Talks " * 900_000),
    "url.jsonl": lambda: _json(text=TEXT, url="http://" + "a." * 2_000_000),
    "url-path.jsonl": lambda: _json(text=TEXT, url="http://a.org" + "/2022" * 900_000),
    "published.jsonl": lambda: _json(text=TEXT, published="1 " * 2_000_000),
    "published-words.jsonl": lambda: _json(text=TEXT, published="January " * 200_000),
    "blanks.json": lambda: b"[" + b" " * 40_000_000 + b"]",
    "commas.json": lambda: b"[" + b"{}," * 100_000 + b"{}]",
    "escapes.jsonl": lambda: b'{"text": "' + b"\\u0416" * 1_200_000 + b'"}\n',
    "surrogates.jsonl": lambda: b'{"text": "' + b"\\ud800 x" * 100_000 + b'"}\n' + _json(text=TEXT),
    # tables
    "wide-line.csv": lambda: b"\xff\xfe" + ("id,text\n1," + "x" * 30_000_000).encode("utf-16-le"),
    "columns.csv": lambda: b"text" + b",a" * 2_000_000 + b"\nx" + b",1" * 2_000_000 + b"\n",
    "quotes.csv": lambda: b"id,text\n1," + b'"' * 7_000_000 + b"\n2," + TEXT.encode() + b"\n",
    "open-quotes.csv": lambda: b"id,text\n" + b'1,"x\n' * 30_000,
    "dictionary.parquet": lambda: _dictionary(300, 5_000_000),
    "stamps.parquet": _stamps,
    "columns.parquet": lambda: _parquet(pa.table({f"c{i}": ["x"] for i in range(10_000)} | {"text": [TEXT]})),
    # packed
    "many.zip": lambda: _many(300, 1_000_000),
    "overlapping.zip": _overlapping,
    "twice.jsonl.gz": lambda: gzip.compress(gzip.compress(_lines(20, 2_000_000))),
    "members.jsonl.gz": lambda: gzip.compress(b"") * 200_000 + gzip.compress(TEXT.encode()),
    "twice.bz2.gz": lambda: gzip.compress(bz2.compress(b"0" * 60_000_000)),
    "names.tar": lambda: _tar({"a" * 90_000 + f"{i}.txt": b"" for i in range(200)}),
    # WARC
    "brotli.warc": lambda: _warc(_page(), http=b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: br\r\n"),
    "layers.warc": lambda: _warc(gzip.compress(gzip.compress(bytes(40_000_000))), http=_GZIP.replace(b"gzip", b"gzip, gzip")),
    "headers.warc": lambda: _warc(_page(), http=b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + b"X-A: b\r\n" * 300_000),
    "fields.warc": lambda: _warc(_page()).replace(b"WARC-Date", b"X-A: b\r\n" * 300_000 + b"WARC-Date"),
    # plain text
    "line.txt": lambda: b"x" * 10_000_000,
    "sentence.txt": lambda: b"one two " * 120_000,
    "newlines.txt": lambda: b"\n" * 15_000_000 + TEXT.encode(),
    "labels.txt": lambda: b"Tags: one\nPublished: 20 February 2022\nBy John Smith\n" * 15_000 + TEXT.encode(),
    "datelines.txt": lambda: b"LONDON, PARIS, " * 60_000 + TEXT.encode(),
    "dates.txt": lambda: b"20 February 2022, " * 50_000 + TEXT.encode(),
    "date-lines.txt": lambda: b"20 February 2022\n" * 50_000 + TEXT.encode(),
    "dashes.txt": lambda: b"- " * 450_000 + TEXT.encode(),
    "dots.txt": lambda: b"A." * 450_000,
    "brackets.txt": lambda: b"(" * 450_000 + TEXT.encode(),
    "blanks.txt": lambda: (b"a" + b" " * 50_000) * 18,
    "controls.txt": lambda: b"\x1b[31m" * 100_000 + TEXT.encode(),
    "scripts.txt": lambda: "aжאمक中あ".encode() * 120_000,
    "marks.txt": lambda: ("a" + "\u0301\u0327" * 400_000).encode(),
    "mojibake.txt": lambda: "Ã©â€™Ð¶".encode() * 100_000,
    "ampersands.txt": lambda: b"&amp;" * 700_000,
    "half-entities.txt": lambda: b"&#" * 450_000 + b"&a" * 100_000,
    "front-matter.md": lambda: b"---\n" + b"a: b\n" * 150_000 + b"---\n" + TEXT.encode(),
    "joiners.txt": lambda: "\u200d\u200b\ufeff".encode() * 300_000 + TEXT.encode(),
}  # fmt: skip
