"""Hostile and broken inputs, made anew for each test run: nothing of them lies in the repository.

`CASES` maps a file name to its bytes and to what must become of it: the reasons of its rejects and
the number of its articles.
"""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import tarfile
import zipfile
from collections.abc import Callable

import pyarrow as pa
import pyarrow.parquet as pq

from tests.ingest.conftest import PROSE

TEXT = f"{PROSE} They will discuss the exchange of prisoners and the opening of a road in May."
LINE = json.dumps({"id": "a", "text": TEXT})

Case = tuple[bytes, list[str] | None, int]


def _zip(members: dict[str, bytes], **flags: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            info = zipfile.ZipInfo(name)
            info.external_attr = flags.get("attr", 0)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return out.getvalue()


def _tar(members: dict[str, bytes], kind: bytes = tarfile.REGTYPE, target: str = "") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, target
            info.size = len(data) if kind == tarfile.REGTYPE else 0
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def _warc(body: bytes, *, http: bytes = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n", length: int | None = None) -> bytes:  # fmt: skip
    payload = http + b"\r\n" + body
    size = len(payload) if length is None else length
    return (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\n"
        b"WARC-Date: 2022-02-21T00:00:00Z\r\nWARC-Target-URI: https://example.org/talks\r\n"
        b"Content-Type: application/http; msgtype=response\r\n"
        + f"Content-Length: {size}\r\n\r\n".encode()
        + payload
        + b"\r\n\r\n"
    )


def _parquet(table: pa.Table) -> bytes:
    out = io.BytesIO()
    pq.write_table(table, out)
    return out.getvalue()


def _page(text: str = TEXT, head: str = "") -> bytes:
    paragraphs = f"<p>{text}</p>" * 2
    return f"<html><head>{head}</head><body><article>{paragraphs}</article></body></html>".encode()


def _rss(item: str, head: str = "", root: str = "rss") -> bytes:
    return f'<?xml version="1.0"?>{head}<{root}><channel><item>{item}</item></channel></{root}>'.encode()


def _nested(levels: int, make: Callable[[dict[str, bytes]], bytes]) -> bytes:
    data = TEXT.encode()
    for level in range(levels):
        data = make({f"{level}.txt" if level == 0 else f"{level}.zip": data})
    return data


def _encrypted() -> bytes:
    data = bytearray(_zip({"a.txt": TEXT.encode()}))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + offset] |= 1
    return bytes(data)


_LAUGHS = (
    '<!DOCTYPE rss [<!ENTITY a "haha">'
    + "".join(f'<!ENTITY {c} "{f"&{p};" * 10}">' for p, c in zip("abcdefg", "bcdefgh", strict=True))
    + "]>"
)
_XXE = '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
_DEEP = b"[" * 200_000
_BOMB = gzip.compress(b"a" * 40_000_000)
_MANY_ZEROS = b"0" * 40_000_000

CASES: dict[str, Case] = {
    # plain text
    "empty.txt": (b"", ["empty"], 0),
    "blank.txt": (b" \n\t\n\r\n", ["empty"], 0),
    "only-marks.txt": ("\u200b\ufeff\u00ad\n".encode(), ["empty"], 0),
    "bom-only.txt": (b"\xef\xbb\xbf", ["empty"], 0),
    "short.txt": (b"Too short.", ["too_short"], 0),
    "only-labels.txt": (b"Tags: one, two\nPublished: 20 February 2022\nShare this article\n", ["too_short"], 0),
    "huge.txt": (b"word " * 4_000_000, ["too_large"], 0),
    "long.txt": (b"word " * 300_000, ["too_long"], 0),
    "one-line.txt": (b"x" * 900_000, [], 1),
    "nul.txt": (TEXT.encode().replace(b" ", b"\x00", 1), [], 1),
    "binary.txt": (bytes(range(256)) * 50, ["binary"], 0),
    "truncated-utf8.txt": (TEXT.encode() + "ж".encode()[:1], [], 1),
    "overlong-utf8.txt": (TEXT.encode() + b"\xc0\xaf", [], 1),
    "surrogates-utf8.txt": (TEXT.encode() + b"\xed\xa0\x80", [], 1),
    "utf16-odd.txt": (b"\xff\xfe" + TEXT.encode("utf-16-le") + b"\x00", [], 1),
    "utf32.txt": (TEXT.encode("utf-32"), [], 1),
    "bidi.txt": (f"\u202e{TEXT}\u202c".encode(), [], 1),
    "combining.txt": (("a" + "\u0301" * 5000 + TEXT).encode(), [], 1),
    "entities.txt": (("&" + "amp;" * 100_000 + " " + TEXT).encode(), [], 1),
    "date-bomb.txt": ((TEXT + "\n" + "1 " * 100_000).encode(), [], 1),
    "dashes.txt": (("A" * 5000 + " - " * 5000 + TEXT).encode(), [], 1),
    "no-suffix": (TEXT.encode(), [], 1),
    "-rf": (TEXT.encode(), [], 1),
    "new\nline.txt": (TEXT.encode(), [], 1),
    "sql'; DROP TABLE articles; --.txt": (TEXT.encode(), [], 1),
    # formats that are told, not read
    "paper.pdf": (b"%PDF-1.7\n...", ["unsupported"], 0),
    "picture.txt": (b"\x89PNG\r\n\x1a\n" + bytes(100), ["unsupported"], 0),
    "program": (b"\x7fELF" + bytes(100), ["unsupported"], 0),
    "sheet.xlsx": (_zip({"[Content_Types].xml": b"<x/>", "xl/workbook.xml": b"<x/>"}), ["unsupported"], 0),
    "empty.docx": (_zip({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}), ["empty"], 0),
    "broken.docx": (_zip({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<<<"}), ["empty"], 0),
    "laughs.docx": (_zip({"[Content_Types].xml": b"<x/>", "word/document.xml": _LAUGHS.replace("rss", "d").encode() + b"<d>&h;</d>"}), ["empty"], 0),
    "no-body.eml": (b"From: a@b.org\nSubject: x\nDate: soon\n\n", ["no_text"], 0),
    "broken.eml": (b"From: a@b.org\nSubject: =?utf-8?q?=FF=?=\nDate: x\nContent-Type: multipart/mixed; boundary=\n\n" + TEXT.encode(), ["no_text"], 0),
    "no-body-lexis.txt": (b"1 of 2 DOCUMENTS\n\nThe Example\n\nLENGTH: 5 words\n\n2 of 2 DOCUMENTS\n", ["no_text", "no_text"], 0),
    # JSON
    "broken.jsonl": (b'{"text": \n' + LINE.encode() + b"\n}{\n", ["malformed", "malformed"], 1),
    "deep.jsonl": (b'{"text": ' + _DEEP + b"\n" + LINE.encode(), ["malformed"], 1),
    "deep.json": (_DEEP, ["malformed"], 0),
    "deep-object.json": (b'{"a":\n' * 100_000, ["malformed"], 0),
    "not-closed.json": (b"[" + LINE.encode() + b",", ["truncated"], 1),
    "half.json": (b"[" + LINE.encode() + b', {"text": "cut', ["truncated"], 1),
    "array.json": (b"[" + LINE.encode() + b", 1, null]", ["malformed", "malformed"], 1),
    "numbers.jsonl": (b'{"text": 1e999}\n{"text": -0}\n{"id": 10000000000000000000000, "text": "x"}\n', ["too_short"] * 3, 0),
    "duplicate-keys.jsonl": (b'{"text": "x", "text": "' + TEXT.encode() + b'"}', [], 1),
    "lone-surrogate.jsonl": (b'{"text": "\\ud800 ' + TEXT.encode() + b'"}', [], 1),
    "types.jsonl": (b'{"text": {"a": [1]}, "title": []}\n{"text": true}\n', ["no_text", "no_text"], 0),
    "long-line.jsonl": (b'{"text": "' + b"x" * 9_000_000 + b'"}\n' + LINE.encode(), ["too_large"], 1),
    "cp1252.jsonl": (('{"text": "' + TEXT + ' ’é"}').encode("cp1252"), [], 1),
    # CSV
    "ragged.csv": (f"id,text\n1,{TEXT}\n2\n".encode(), ["malformed"], 1),
    "open-quote.csv": (f'id,text\n1,"{TEXT}\n'.encode(), ["truncated"], 0),
    "header-only.csv": (b"id,text\n", ["empty"], 0),
    "no-text.csv": (b"a,b\n1,2\n", ["no_text"], 0),
    "formula.csv": (f'id,title,text\n1,"=cmd|x",{TEXT}\n'.encode(), [], 1),
    "nul.csv": (f"id,text\n1,{TEXT}\x00\n".encode(), [], 1),
    # Parquet
    "cut.parquet": (_parquet(pa.table({"text": [TEXT]}))[:-20], ["truncated"], 0),
    "no-text.parquet": (_parquet(pa.table({"a": [1]})), ["no_text"], 0),
    "null.parquet": (_parquet(pa.table({"text": pa.array([None], pa.string())})), ["no_text"], 0),
    # packed
    "bomb.txt.gz": (_BOMB, ["bomb"], 0),
    "bomb.jsonl.bz2": (bz2.compress(_MANY_ZEROS), ["bomb"], 0),
    "bomb.xz": (lzma.compress(_MANY_ZEROS), ["bomb"], 0),
    "bomb.zip": (_zip({"a.txt": _MANY_ZEROS}), ["bomb"], 0),
    "cut.jsonl.gz": (gzip.compress((LINE + "\n").encode() * 200 + bytes(range(256)) * 99)[:-40], None, 200),
    "corrupt.txt.gz": (gzip.compress(TEXT.encode())[:-8] + bytes(8), ["malformed"], 0),
    "not-gzip.gz": (b"\x1f\x8b" + b"nonsense" * 10, ["malformed"], 0),
    "nested.zip": (_nested(6, _zip), ["bomb"], 0),
    "traversal.zip": (_zip({"../evil.txt": TEXT.encode(), "/abs.txt": TEXT.encode(), "ok.txt": TEXT.encode()}), ["unsafe_path", "unsafe_path"], 1),
    "link.zip": (_zip({"passwd": b"/etc/passwd"}, attr=0o120777 << 16), ["unsafe_path"], 0),
    "encrypted.zip": (_encrypted(), ["unsupported"], 0),
    "cut.zip": (_zip({"a.txt": TEXT.encode()})[:-30], ["truncated"], 0),
    "traversal.tar": (_tar({"../evil.txt": TEXT.encode(), "ok.txt": TEXT.encode()}), ["unsafe_path"], 1),
    "link.tar": (_tar({"passwd": b""}, tarfile.SYMTYPE, "/etc/passwd"), ["unsafe_path"], 0),
    "device.tar": (_tar({"dev": b""}, tarfile.CHRTYPE), ["unreadable"], 0),
    "cut.tar": (_tar({"a.txt": TEXT.encode() * 20})[:900], ["truncated"], 0),
    "fine.tar.gz": (gzip.compress(_tar({"a.txt": TEXT.encode(), "b.jsonl": LINE.encode()})), [], 2),
    # pages
    "empty.html": (b"<html></html>", ["no_text"], 0),
    "deep.html": (b"<html><body>" + b"<div>" * 200_000 + TEXT.encode(), ["too_large"], 0),
    "wide.html": (b"<html><body>" + b"<p>x" * 200_000, ["too_large"], 0),
    "attribute.html": (b"<html><body><p a='" + b"x" * 3_000_000 + b"'></p>" + _page(), [], 1),
    "script.html": (_page(head="<script>while(1){}</script>"), [], 1),
    "nul.html": (_page().replace(b" ", b"\x00 ", 3), [], 1),
    "not-closed.html": (_page()[:-30], ["truncated"], 0),
    # feeds and agency XML
    "laughs.xml": (_rss(f"<title>t</title><description>&h; {TEXT}</description>", _LAUGHS), ["no_text"], 0),
    "xxe.xml": (_rss(f"<title>t</title><description>&x; {TEXT}</description>", _XXE), [], 1),
    "no-items.xml": (b"<rss><channel><title>x</title></channel></rss>", ["no_text"], 0),
    "broken.rss": (_rss(f"<description>{TEXT} & more <b></description>"), [], 1),
    "deep.xml": (b"<rss><channel><item>" + b"<a>" * 100_000, ["truncated"], 0),
    # WARC
    "fine.warc": (_warc(_page()), [], 1),
    "fine.warc.gz": (gzip.compress(_warc(_page())) * 2, [], 2),
    "short-record.warc": (_warc(b""), ["empty"], 0),
    "lying-length.warc": (_warc(_page(), length=10**12), [], 1),
    "bomb.warc": (_warc(_BOMB, http=b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n"), ["too_large"], 0),
    "only-header.warc": (b"WARC/1.0\r\n", ["empty"], 0),
}  # fmt: skip
