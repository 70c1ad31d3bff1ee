"""Exports of press databases and e-mail: many articles in one file, with their own fields."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, date, datetime
from xml.sax.saxutils import escape

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


def test_a_mailbox(tree: Tree) -> None:
    other = MESSAGE.replace("<1@example.org>", "<2@example.org>")
    box = "".join(
        f"From desk@example.org Sun Feb 20 17:30:00 2022\n{m}\n" for m in (MESSAGE, other)
    )
    tree.add("box", box)
    uris = tree.read().articles["source_uri"].to_pylist()
    assert uris == ["1@example.org", "2@example.org"]
