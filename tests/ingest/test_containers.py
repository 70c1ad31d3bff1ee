"""Archives, WARC files, feeds, agency XML and JSON documents."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import tarfile
import zipfile
from datetime import UTC, date, datetime

import pyarrow as pa
import pytest

from tests.ingest.conftest import PROSE, Tree
from tests.ingest.test_pages import PARAGRAPHS, page

LINES = "\n".join(json.dumps({"id": f"r{n}", "text": f"{PROSE} {n}"}) for n in range(3))


def _zstd(data: bytes) -> bytes:
    out = pa.BufferOutputStream()
    with pa.CompressedOutputStream(out, "zstd") as stream:
        stream.write(data)
    return out.getvalue().to_pybytes()


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress, _zstd])
def test_a_packed_file_is_read_as_what_it_holds(tree: Tree, pack: object) -> None:
    tree.add("a.jsonl.packed", pack(LINES.encode()))  # type: ignore[operator]
    assert tree.read().articles["source_uri"].to_pylist() == ["r0", "r1", "r2"]


def test_the_members_of_archives_are_read_each_in_its_format(tree: Tree) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("b/page.html", page())
        archive.writestr("a.txt", PROSE)
    outer = io.BytesIO()
    with tarfile.open(fileobj=outer, mode="w:gz") as archive:
        for name, data in (("inner.zip", inner.getvalue()), ("r.jsonl", LINES.encode())):
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    tree.add("all.tgz", outer.getvalue())
    assert sorted(tree.read().articles["source_uri"].to_pylist()) == [
        "all.tgz/inner.zip/a.txt",
        "all.tgz/inner.zip/b/page.html",
        "r0",
        "r1",
        "r2",
    ]


def warc(*records: tuple[str, str, str, bytes]) -> bytes:
    """Return a WARC file of (type, URL, HTTP head, body)."""
    out = b""
    for number, (kind, url, head, body) in enumerate(records):
        block = f"{head}\r\n\r\n".encode() + body
        out += (
            f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\n"
            f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{number:012}>\r\n"
            f"WARC-Date: 2022-02-21T00:00:00Z\r\nContent-Length: {len(block)}\r\n"
            f"Content-Type: application/http; msgtype={kind}\r\n\r\n"
        ).encode() + block + b"\r\n\r\n"  # fmt: skip
    return out


def test_pages_of_a_warc_file(tree: Tree) -> None:
    ok = "HTTP/1.1 200 OK\r\nContent-Type: text/html"
    russian = (
        "Президент России Владимир Путин провёл телефонный разговор с президентом Франции. " * 4
    )
    html = f"<html><body><article><p>{russian}</p></article></body></html>".encode("cp1251")
    tree.add(
        "a.warc.gz",
        gzip.compress(
            warc(
                ("request", "https://example.org/2022/02/20/a", "GET / HTTP/1.1", b""),
                ("response", "https://example.org/2022/02/20/a", ok, page().encode()),
                ("response", "https://example.org/moved", "HTTP/1.1 301 Moved\r\nContent-Type: text/html", b"moved"),
                ("response", "https://example.org/i.png", "HTTP/1.1 200 OK\r\nContent-Type: image/png", b"\x89PNG"),
                ("response", "https://example.org/r", f"{ok}; charset=windows-1251\r\nContent-Encoding: gzip", gzip.compress(html)),
                ("response", "https://example.org/none", ok, b"<html></html>"),
            )
        ),
    )  # fmt: skip
    batch = tree.read()
    first, second = batch.articles.to_pylist()
    assert first["source_uri"] == first["url"] == "https://example.org/2022/02/20/a"
    assert first["published_date"] == date(2022, 2, 20)
    assert first["published_text"] == "url: /2022/02/20"
    assert second["body"] == russian.strip()
    assert tree.rejects() == [("a.warc.gz", 6, "no_text")]


RSS = f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>The Example</title>
<item><title>Talks &amp; more</title><link>https://example.org/talks</link><guid isPermaLink="false">x-1</guid>
<pubDate>Sun, 20 Feb 2022 17:30:00 +0100</pubDate><dc:creator>Ann</dc:creator><category>World</category>
<description>Short.</description>
<content:encoded><![CDATA[<p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]} <a href="/x">More</a></p>]]></content:encoded></item>
<item><title>No text</title></item>
</channel></rss>"""

ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>The Example</title>
<entry xml:lang="en"><id>tag:example.org,2022:1</id><title>Talks &amp; more</title>
<link rel="self" href="https://example.org/feed/1"/><link rel="alternate" href="https://example.org/talks"/>
<published>2022-02-20T17:30:00+01:00</published><updated>2022-03-01T00:00:00Z</updated>
<author><name>Ann</name></author><category term="World"/>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]} <a href="/x">More</a></p></div></content>
</entry></feed>"""


@pytest.mark.parametrize("feed", [RSS, ATOM])
def test_feeds(tree: Tree, feed: str) -> None:
    tree.add("feed.xml", feed)
    (article,) = tree.read().articles.to_pylist()
    assert article["source_uri"] == article["url"] == "https://example.org/talks"
    assert article["title"] == "Talks & more"
    assert article["author"] == "Ann"
    assert article["tags"] == ["World"]
    assert article["published_at"] == datetime(2022, 2, 20, 16, 30, tzinfo=UTC)
    assert article["body"].split("\n\n") == [PARAGRAPHS[0], f"{PARAGRAPHS[1]} More"]


NITF = f"""<?xml version="1.0"?><nitf><head><title>slug</title><docdata><date.issue norm="20220220T173000Z"/></docdata></head>
<body><body.head><hedline><hl1>Ministers meet in Vienna</hl1></hedline><byline>By Ann</byline></body.head>
<body.content><p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p></body.content></body></nitf>"""

NEWSML = f"""<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="tag:example.org,2022:1">
<itemMeta><versionCreated>2022-02-20T17:30:00Z</versionCreated></itemMeta>
<contentMeta><headline>Ministers meet in Vienna</headline><by>Ann</by></contentMeta>
<contentSet><inlineXML><html xmlns="http://www.w3.org/1999/xhtml"><body><p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p></body></html></inlineXML></contentSet>
</newsItem>"""


@pytest.mark.parametrize("document", [NITF, NEWSML])
def test_xml_of_news_agencies(tree: Tree, document: str) -> None:
    article = tree.article(document, "a.xml")
    assert article["title"] == "Ministers meet in Vienna"
    assert article["published_date"] == date(2022, 2, 20)
    assert article["body"].split("\n\n") == PARAGRAPHS[:2]


@pytest.mark.parametrize(
    "document",
    [
        json.dumps([{"id": "x", "text": PROSE}]),
        json.dumps([{"id": "x", "text": PROSE}], indent=2),
        json.dumps({"status": "ok", "articles": [{"id": "x", "content": PROSE}]}),
        json.dumps({"status": "ok", "articles": [{"id": "x", "content": PROSE}]}, indent=2),
        json.dumps({"id": "x", "text": PROSE}, indent=2),
        json.dumps({"response": {"docs": [{"id": "x", "body": PROSE}]}}),
        json.dumps({"uri": "x", "headline": "T", "body_html": f"<p>{PROSE}</p>"}, indent=1),
    ],
)
def test_json_documents(tree: Tree, document: str) -> None:
    assert tree.article(document, "a.json")["source_uri"] == "x"
    assert tree.article(f"\ufeff{document}", "a.json")["body"] == PROSE


def test_an_array_is_read_piece_by_piece(tree: Tree) -> None:
    records = [{"id": str(n), "text": f"{PROSE} {'x' * (n * 997 % 5000)}"} for n in range(500)]
    tree.add("a.json", json.dumps(records, indent=1))
    assert tree.read().articles["source_uri"].to_pylist() == [r["id"] for r in records]


NEWSML = f"""<?xml version="1.0"?><!DOCTYPE NewsML SYSTEM "NewsML_1.2.dtd"><NewsML><NewsEnvelope>
<DateAndTime>20220221T000000Z</DateAndTime></NewsEnvelope><NewsItem><Identification>
<NewsIdentifier><ProviderId>agency.example</ProviderId><DateId>20220220</DateId>
<NewsItemId>TX-1</NewsItemId></NewsIdentifier></Identification><NewsManagement>
<FirstCreated>20220220T173000Z</FirstCreated><ThisRevisionCreated>20220220T190000Z</ThisRevisionCreated>
</NewsManagement><NewsComponent><NewsLines><HeadLine>Ministers meet in Vienna</HeadLine>
<ByLine>Ann Example</ByLine></NewsLines><ContentItem><DataContent><nitf><body><body.content>
<p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p></body.content></body></nitf></DataContent></ContentItem>
</NewsComponent></NewsItem></NewsML>"""


def test_newsml_1(tree: Tree) -> None:
    article = tree.article(NEWSML, "a.xml")
    assert article["source_uri"] == "TX-1"
    assert (article["title"], article["author"]) == ("Ministers meet in Vienna", "Ann Example")
    assert article["published_at"] == datetime(2022, 2, 20, 17, 30, tzinfo=UTC)
    assert article["body"].split("\n\n") == PARAGRAPHS[:2]


@pytest.mark.parametrize(
    "body",
    [
        {"headline": "Ministers meet", "body_xhtml": f"<p>{PARAGRAPHS[0]}</p>", "byline": "Ann"},
        {
            "headlines": [{"role": "main", "value": "Ministers meet"}],
            "bodies": [
                {"role": "teaser", "value": "Short."},
                {"role": "main", "contentType": "text/html", "value": f"<p>{PARAGRAPHS[0]}</p>"},
            ],
            "by": "Ann",
        },
    ],
)
def test_ninjs(tree: Tree, body: dict[str, object]) -> None:
    item = {
        "uri": "urn:newsml:agency.example:1",
        "type": "text",
        "language": "en",
        "versioncreated": "2022-02-20T17:30:00Z",
        "infosource": [{"name": "Agency"}],
        "subject": [{"code": "11002000", "name": "diplomacy"}],
        **body,
    }
    article = tree.article(json.dumps(item), "a.json")
    assert (article["source_uri"], article["title"]) == (item["uri"], "Ministers meet")
    assert (article["author"], article["publisher"]) == ("Ann", "agency")
    assert article["published_at"] == datetime(2022, 2, 20, 17, 30, tzinfo=UTC)
    assert (article["body"], article["tags"]) == (PARAGRAPHS[0], ["diplomacy"])


@pytest.mark.parametrize("declared", ["utf-8", "iso-8859-1", "windows-1251"])
def test_the_declared_encoding_of_a_feed_or_message_may_be_wrong(tree: Tree, declared: str) -> None:
    text = "Президент России провёл телефонный разговор с президентом Франции. " * 3
    feed = f'<?xml version="1.0" encoding="{declared}"?><rss><item><description>{text}</description></item></rss>'
    mail = (
        f"From: a@example.org\nSubject: Talks\nDate: Mon, 21 Feb 2022 10:00:00 +0000\n"
        f"Content-Type: text/plain; charset={declared}\nContent-Transfer-Encoding: 8bit\n\n{text}\n"
    )
    for encoding in ("utf-8", "cp1251"):
        assert tree.article(feed.encode(encoding), "feed.xml")["body"] == text.strip()
        assert tree.article(mail.encode(encoding), "a.eml")["body"] == text.strip()
