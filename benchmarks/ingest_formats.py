"""The same articles in every format that the ingest reads, for `benchmarks/ingest.py formats`."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import mailbox
import tarfile
import zipfile
from collections.abc import Callable, Sequence
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

Row = dict[str, Any]


def write_all(rows: Sequence[Row], folder: Path) -> dict[str, Path]:
    """Write the articles in every format; return the file or folder of each.

    Args:
        rows: Articles with id, title, text, publisher and published.
        folder: Where to.
    """
    places = {}
    for number, (name, (suffix, write)) in enumerate(FORMATS.items()):
        places[name] = folder / f"{number:02}{suffix}"
        write(rows, places[name])
    return places


def _json_lines(rows: Sequence[Row]) -> bytes:
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


def _packed(pack: Callable[[bytes], bytes]) -> Callable[[Sequence[Row], Path], None]:
    def write(rows: Sequence[Row], path: Path) -> None:
        path.write_bytes(pack(_json_lines(rows)))

    return write


def _zstd(data: bytes) -> bytes:
    return pa.compress(data, codec="zstd", asbytes=True)


def _parquet(rows: Sequence[Row], path: Path) -> None:
    pq.write_table(pa.Table.from_pylist(list(rows)), path)


def _csv(rows: Sequence[Row], path: Path) -> None:
    pyarrow.csv.write_csv(pa.Table.from_pylist(list(rows)), path)


def _json(rows: Sequence[Row], path: Path) -> None:
    path.write_text(json.dumps({"articles": list(rows)}))


def _files(suffix: str, content: Callable[[Row], str]) -> Callable[[Sequence[Row], Path], None]:
    def write(rows: Sequence[Row], path: Path) -> None:
        path.mkdir()
        for row in rows:
            (path / f"{row['id']}{suffix}").write_text(content(row))

    return write


def _text(row: Row) -> str:
    return f"{row['title']}\n\n{row['text']}"


def _page(row: Row) -> str:
    paragraphs = "".join(f"<p>{escape(line)}</p>\n" for line in row["text"].split("\n") if line)
    head = f"<meta property='article:published_time' content='{row['published']}'>"
    return (
        f"<!DOCTYPE html><html><head><title>{escape(row['title'] or '')}</title>{head}</head>"
        f"<body><article><h1>{escape(row['title'] or '')}</h1>{paragraphs}</article></body></html>"
    )


def _nitf(row: Row) -> str:
    paragraphs = "".join(f"<p>{escape(line)}</p>" for line in row["text"].split("\n") if line)
    return (
        f"<?xml version='1.0'?><nitf><head><docdata><doc-id id-string='{row['id']}'/></docdata>"
        f"</head><body><body.head><hedline><hl1>{escape(row['title'] or '')}</hl1></hedline>"
        f"</body.head><body.content>{paragraphs}</body.content></body></nitf>"
    )


def _rtf(row: Row) -> str:
    text = "".join(c if c < "\x80" else f"\\u{ord(c)}?" for c in _text(row) if ord(c) < 0x8000)
    return "{\\rtf1\\ansi " + text.replace("\n", "\\par\n") + "}"


def _feed(rows: Sequence[Row], path: Path) -> None:
    items = "".join(
        f"<item><guid>{row['id']}</guid><title>{escape(row['title'] or '')}</title>"
        f"<description>{escape(row['text'])}</description></item>\n"
        for row in rows
    )
    path.write_text(
        f"<?xml version='1.0'?><rss version='2.0'><channel><title>x</title>{items}</channel></rss>"
    )


def _lexis(rows: Sequence[Row], path: Path) -> None:
    path.write_text(
        "".join(
            f"\n{number} of {len(rows)} DOCUMENTS\n\n{row['publisher']}\n\nFebruary 20, 2022 Sunday\n\n"
            f"HEADLINE: {row['title']}\n\nBODY:\n\n{row['text']}\n\nLOAD-DATE: March 1, 2022\n"
            for number, row in enumerate(rows, 1)
        )
    )


def _mbox(rows: Sequence[Row], path: Path) -> None:
    box = mailbox.mbox(path)
    for row in rows:
        message = EmailMessage()
        message["Subject"] = " ".join((row["title"] or "").split())
        message["Date"] = "Sun, 20 Feb 2022 08:00:00 +0000"
        message["From"], message["Message-ID"] = "desk@example.org", f"<{row['id']}@example.org>"
        message.set_content(row["text"])
        box.add(message)
    box.close()


def _zip(rows: Sequence[Row], path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for row in rows:
            archive.writestr(f"{row['id']}.txt", _text(row))


def _tar(rows: Sequence[Row], path: Path) -> None:
    with tarfile.open(path, "w:gz") as archive:
        for row in rows:
            data = _text(row).encode()
            info = tarfile.TarInfo(f"{row['id']}.txt")
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))


def _warc(rows: Sequence[Row], path: Path) -> None:
    path.write_bytes(b"".join(map(_warc_record, rows)))


def _warc_gz(rows: Sequence[Row], path: Path) -> None:
    path.write_bytes(b"".join(gzip.compress(_warc_record(row)) for row in rows))


def _warc_record(row: Row) -> bytes:
    http = (
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + _page(row).encode()
    )
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http; msgtype=response\r\n"
        f"WARC-Target-URI: https://example.org/{row['id']}\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


FORMATS: dict[str, tuple[str, Callable[[Sequence[Row], Path], None]]] = {
    "text files": ("", _files(".txt", _text)),
    "text files in a zip": (".zip", _zip),
    "text files in a tar.gz": (".tar.gz", _tar),
    "JSON Lines": (".jsonl", _packed(bytes)),
    "JSON Lines, gzip": (".jsonl.gz", _packed(gzip.compress)),
    "JSON Lines, zstd": (".jsonl.zst", _packed(_zstd)),
    "JSON Lines, bzip2": (".jsonl.bz2", _packed(bz2.compress)),
    "JSON Lines, xz": (".jsonl.xz", _packed(lzma.compress)),
    "JSON": (".json", _json),
    "CSV": (".csv", _csv),
    "Parquet": (".parquet", _parquet),
    "RSS": (".xml", _feed),
    "NITF": ("", _files(".xml", _nitf)),
    "LexisNexis text": (".txt", _lexis),
    "RTF": ("", _files(".rtf", _rtf)),
    "mbox": (".mbox", _mbox),
    "small HTML pages": ("", _files(".html", _page)),
    "WARC of small pages": (".warc", _warc),
    "WARC of small pages, gzip": (".warc.gz", _warc_gz),
}
