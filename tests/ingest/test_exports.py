"""Exports of press databases and e-mail: many articles in one file, with their own fields."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, date, datetime
from xml.sax.saxutils import escape

import pytest

from tests.ingest.conftest import Tree
from tests.ingest.test_pages import PARAGRAPHS

LEXIS = f"""

                               1 of 2 DOCUMENTS

                              The Example (London)

                            February 20, 2022 Sunday

Ministers meet in Vienna

BYLINE: By Ann Example

SECTION: WORLD; Pg. 3

LENGTH: 512 words

DATELINE: VIENNA

BODY:

   {PARAGRAPHS[0]}

   {PARAGRAPHS[1]}

LOAD-DATE: March 1, 2022

LANGUAGE: ENGLISH

                               2 of 2 DOCUMENTS

                              The Example (London)

                            21 February 2022

HEADLINE: Talks to go on

BODY:

   {PARAGRAPHS[2]}

LOAD-DATE: March 1, 2022
"""

FACTIVA = f"""HD
Ministers meet in Vienna
BY
By Ann Example
WC
512 words
PD
20 February 2022
SN
Example News
LA
English
LP
{PARAGRAPHS[0]}
TD
{PARAGRAPHS[1]}
AN
Document EXMPL00020220220ei2k0001
"""

NEXIS = [
    *("Ministers meet in Vienna", "The Example (London)", "February 20, 2022 Sunday"),
    *(
        "Copyright 2022 The Example All Rights Reserved",
        "Section: WORLD; Pg. 3",
        "Length: 512 words",
    ),
    *(
        "Byline: Ann Example",
        "Body",
        *PARAGRAPHS[:2],
        "Load-Date: March 1, 2022",
        "End of Document",
    ),
]


def docx(lines: list[str]) -> bytes:
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = "".join(f"<w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p>" for line in lines)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>',
        )
    return out.getvalue()


def test_lexisnexis_text(tree: Tree) -> None:
    tree.add("export.txt", LEXIS)
    first, second = tree.read().articles.to_pylist()
    assert first["title"] == "Ministers meet in Vienna"
    assert first["publisher"] == "the example (london)"
    assert first["author"] == "Ann Example"
    assert first["published_date"] == date(2022, 2, 20)
    assert first["body"].split("\n\n") == PARAGRAPHS[:2]
    assert (second["title"], second["published_date"]) == ("Talks to go on", date(2022, 2, 21))


def test_nexis_docx(tree: Tree) -> None:
    tree.add("export.docx", docx(NEXIS * 2))
    articles = tree.read().articles.to_pylist()
    assert [a["title"] for a in articles] == ["Ministers meet in Vienna"] * 2
    assert articles[0]["publisher"] == "the example (london)"
    assert articles[0]["published_date"] == date(2022, 2, 20)
    assert articles[0]["body"].split("\n\n") == PARAGRAPHS[:2]


def test_any_other_docx_is_one_article(tree: Tree) -> None:
    article = tree.article(docx(["Ministers meet in Vienna", *PARAGRAPHS]), "a.docx")
    assert article["title"] == "Ministers meet in Vienna"
    assert article["body"].split("\n\n") == PARAGRAPHS


def test_factiva_text(tree: Tree) -> None:
    article = tree.article(FACTIVA, "factiva.txt")
    assert article["source_uri"] == "EXMPL00020220220ei2k0001"
    assert article["title"] == "Ministers meet in Vienna"
    assert article["publisher"] == "example news"
    assert article["published_date"] == date(2022, 2, 20)
    assert article["body"].split("\n\n") == PARAGRAPHS[:2]


MESSAGE = f"""From: Desk <desk@news.example.org>
To: reader@example.com
Subject: =?utf-8?q?Ministers_meet_in_=C3=89vian?=
Date: Sun, 20 Feb 2022 17:30:00 +0000
Message-ID: <1@example.org>
MIME-Version: 1.0
Content-Type: text/html; charset=utf-8

<p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p>
"""


def test_a_message(tree: Tree) -> None:
    article = tree.article(MESSAGE, "a.eml")
    assert article["source_uri"] == "a.eml"
    assert article["title"] == "Ministers meet in Évian"
    assert article["publisher"] == "example.org"
    assert article["published_at"] == datetime(2022, 2, 20, 17, 30, tzinfo=UTC)
    assert article["body"].split("\n\n") == PARAGRAPHS[:2]


@pytest.mark.parametrize("sender", ["desk@example.org", "-", "MAILER-DAEMON"])
def test_a_mailbox(tree: Tree, sender: str) -> None:
    other = MESSAGE.replace("<1@example.org>", "<2@example.org>")
    box = "".join(f"From {sender} Sun Feb 20 17:30:00 2022\n{m}\n" for m in (MESSAGE, other))
    tree.add("box", box)
    uris = tree.read().articles["source_uri"].to_pylist()
    assert uris == ["1@example.org", "2@example.org"]


def test_a_line_of_a_letter_opens_no_other_letter(tree: Tree) -> None:
    letter = f"{MESSAGE}\nFrom desk@example.org we hear more.\n"
    tree.add("box", f"From - Sun Feb 20 17:30:00 2022\n{letter}")
    (article,) = tree.read().articles.to_pylist()
    assert "we hear more" in article["body"]


def rtf(lines: list[str]) -> str:
    """Return an RTF file in cp1251 whose other characters are escaped."""

    def escaped(char: str) -> str:
        if char.isascii():
            return f"\\{char}" if char in "\\{}" else char
        try:
            return f"\\'{char.encode('cp1251')[0]:02x}"
        except UnicodeEncodeError:
            units = char.encode("utf-16-le")
            codes = (int.from_bytes(units[n : n + 2], "little", signed=True) for n in (0, 2))
            return "".join(f"\\u{code}?" for code in list(codes)[: len(units) // 2])

    body = "".join("".join(map(escaped, line)) + "\\par\n" for line in lines)
    return "{\\rtf1\\ansi\\ansicpg1251{\\fonttbl{\\f0 Arial;}}{\\info{\\title x}}\\f0 " + body + "}"


def test_rtf_is_one_article(tree: Tree) -> None:
    said = "Президент Путин провёл переговоры 🕊 — 会談 {и} сказал: «Да»."
    article = tree.article(rtf(["Ministers meet in Vienna", *PARAGRAPHS, said]), "a.rtf")
    assert article["title"] == "Ministers meet in Vienna"
    assert article["body"].split("\n\n") == [*PARAGRAPHS, said]


@pytest.mark.parametrize("export", [LEXIS.split("\n"), NEXIS * 2])
def test_lexisnexis_rtf(tree: Tree, export: list[str]) -> None:
    tree.add("export.rtf", rtf(export))
    first, second = tree.read().articles.to_pylist()
    assert first["publisher"] == second["publisher"] == "the example (london)"
    assert first["published_date"] == date(2022, 2, 20)
    assert first["body"].split("\n\n") == PARAGRAPHS[:2]


def test_factiva_rtf(tree: Tree) -> None:
    article = tree.article(rtf(FACTIVA.split("\n")), "factiva.rtf")
    assert article["source_uri"] == "EXMPL00020220220ei2k0001"
    assert article["published_date"] == date(2022, 2, 20)
    assert article["body"].split("\n\n") == PARAGRAPHS[:2]


@pytest.mark.parametrize(
    "content", ["{\\rtf1}", "{\\rtf1 \\u99999999 {{{{", "{\\rtf1\\bin99999999 x"]
)
def test_broken_rtf_is_a_reject(tree: Tree, content: str) -> None:
    tree.add("a.rtf", content)
    assert [uri for uri, _, _ in tree.rejects()] == ["a.rtf"]


def factiva_html(number: int, encoding: str = "utf-8") -> str:
    rows = {
        "HD": f"<span class='enHeadline'>Ministers meet in Vienna {number}</span>",
        "BY": "By Ann Example",
        "WC": "512 words",
        "PD": "20 February 2022",
        "SN": "Example&nbsp;News",
        "LP": f"<p class='articleParagraph'>{PARAGRAPHS[0]} {number}</p>",
        "TD": f"<p>{PARAGRAPHS[1]}</p><p>{PARAGRAPHS[2]}</p>",
        "AN": f"Document EXMPL00020220220ei2k000{number}",
    }
    cells = "".join(f"<tr><td><b>{c}</b>&nbsp;</td><td>{v}</td></tr>" for c, v in rows.items())
    return f"<div class='article enArticle'><table>{cells}</table></div>"


def test_factiva_html(tree: Tree) -> None:
    page = (
        f"<html><head><title>Factiva</title></head><body>{factiva_html(1)}{factiva_html(2)}</body>"
    )
    tree.add("factiva.html", page)
    first, second = tree.read().articles.to_pylist()
    assert first["source_uri"] == "EXMPL00020220220ei2k0001"
    assert (first["title"], second["title"][-1]) == ("Ministers meet in Vienna 1", "2")
    assert first["publisher"] == "example news"
    assert first["published_date"] == date(2022, 2, 20)
    assert first["body"].split("\n\n") == [f"{PARAGRAPHS[0]} 1", *PARAGRAPHS[1:3]]
