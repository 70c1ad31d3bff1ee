"""Web pages: the article, and what the page says about itself."""

from __future__ import annotations

import json
from datetime import date

import pytest

from tasks.ingest import Options
from tests.ingest.conftest import Tree

PARAGRAPHS = [
    "The foreign ministers of both countries met in Vienna on Monday and agreed to meet again in May.",
    "They will discuss the exchange of prisoners and the opening of a road, both sides said later.",
    "The talks, which had stalled in the autumn, are led by a diplomat whom both sides trust.",
    "Neither ministry gave details of the road that is to be opened, or of when that may be.",
]
BODY = "\n\n".join(PARAGRAPHS)


def page(head: str = "", before: str = "", after: str = "") -> str:
    text = "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
    return (
        f"<!DOCTYPE html><html lang='en'><head>{head}</head><body>"
        "<nav><ul><li><a href='/'>Home</a></li><li><a href='/w'>World</a></li></ul></nav>"
        f"<article><h1>Ministers meet in Vienna</h1>{before}{text}{after}</article>"
        "<footer><p>Terms of use</p><p>Privacy</p></footer></body></html>"
    )


def ld(**fields: object) -> str:
    data = {"@context": "https://schema.org", "@type": "NewsArticle", **fields}
    return f"<script type='application/ld+json'>{json.dumps(data)}</script>"


@pytest.mark.parametrize("library", ["trafilatura", "resiliparse"])
def test_the_article_of_a_page(tree: Tree, library: str) -> None:
    article = tree.article(page(), "a.html", options=Options(html=library))
    assert article["title"] == "Ministers meet in Vienna"
    assert article["body"] == BODY
    assert article["source_uri"] == "a.html"


@pytest.mark.parametrize(
    "head",
    [
        ld(datePublished="2022-02-20T17:30:00+00:00"),
        ld(datePublished="2022-02-20", dateModified="2022-03-01"),
        f"<script type='application/ld+json'>{{'broken</script>{ld(datePublished='2022-02-20')}",
        "<meta property='article:published_time' content='2022-02-20T17:30:00Z'>",
        "<meta itemprop='datePublished' content='2022-02-20'>",
        "<meta name='dc.date.issued' content='2022-02-20'>",
    ],
)
def test_the_date_in_the_metadata_of_a_page(tree: Tree, head: str) -> None:
    article = tree.article(page(head), "a.html")
    assert (article["published_date"], article["published_basis"]) == (
        date(2022, 2, 20),
        "metadata",
    )


def test_the_date_of_another_article_is_not_taken(tree: Tree) -> None:
    others = ld(headline="Other", datePublished="2020-01-01") + ld(
        headline="Another", datePublished="2020-02-02"
    )
    own = "<meta property='og:title' content='Ministers meet in Vienna'>" + ld(
        headline="Ministers meet in Vienna", datePublished="2022-02-20"
    )
    assert tree.article(page(others + own), "a.html")["published_date"] == date(2022, 2, 20)
    assert tree.article(page(others), "a.html")["published_date"] is None


def test_the_date_that_a_page_shows(tree: Tree) -> None:
    article = tree.article(page(before="<time datetime='2022-02-20'>20 Feb 2022</time>"), "a.html")
    assert (article["published_date"], article["published_basis"]) == (date(2022, 2, 20), "header")


def test_a_date_alone_below_the_headline(tree: Tree) -> None:
    article = tree.article(page(before="<div>World</div><p>20 lutego 2022</p>"), "a.html")
    assert (article["published_date"], article["published_basis"]) == (date(2022, 2, 20), "header")
    several = page(before="<p>20 lutego 2022</p><p>21 lutego 2022</p>")
    assert tree.article(several, "a.html")["published_date"] is None


@pytest.mark.parametrize(
    ("shown", "day", "basis"),
    [
        ("<p>03/04/2022</p>", None, "ambiguous"),
        ("<p>13/04/2022</p>", date(2022, 4, 13), "header"),
        ("<p>04/13/2022</p>", date(2022, 4, 13), "header"),
        ('<time datetime="2022-04-03">03/04/2022</time>', date(2022, 4, 3), "header"),
        ("<p>3 April 2022</p><p>03/04/2022</p>", date(2022, 4, 3), "header"),
    ],
)
def test_figures_that_leave_doubt_are_not_read_day_first(
    tree: Tree, shown: str, day: date | None, basis: str
) -> None:
    found = tree.article(page(before=shown), "a.html")
    assert (found["published_date"], found["published_basis"]) == (day, basis)


def test_names_and_addresses(tree: Tree) -> None:
    head = (
        "<link rel='canonical' href='https://www.example.co.uk/world/talks'>"
        "<meta property='og:title' content='Ministers meet in Vienna | The Example'>"
        "<meta property='og:site_name' content='The Example'>"
        "<meta name='keywords' content='Austria, talks'>"
        + ld(author=[{"@type": "Person", "name": "Ann"}, {"name": "Bob"}])
    )
    article = tree.article(page(head), "a.html")
    assert article["url"] == "https://www.example.co.uk/world/talks"
    assert article["publisher"] == "example.co.uk"
    assert article["title"] == "Ministers meet in Vienna"
    assert article["author"] == "Ann, Bob"
    assert article["tags"] == ["Austria", "talks"]


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [("cp1251", "windows-1251"), ("utf-8", "windows-1251"), ("cp1251", "utf-8"), ("koi8-r", None)],
)
def test_a_page_in_any_encoding_whatever_it_declares(
    tree: Tree, encoding: str, declared: str | None
) -> None:
    text = "Президент России Владимир Путин провёл телефонный разговор с президентом Франции. " * 4
    meta = f"<meta charset='{declared}'>" if declared else ""
    html = f"<html><head>{meta}</head><body><article><p>{text}</p></article></body></html>"
    assert "Владимир Путин" in tree.article(html.encode(encoding), "a.html")["body"]


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ("<html><body></body></html>", "no_text"),
        ("<html><body>" + "<div>" * 50_000 + "</body></html>", "no_text"),
        ("<html><body>" + "<p>x</p>" * 100_000 + "</body></html>", "too_large"),
        ("<html><body><p>" + "x" * 9_000_000 + "</p></body></html>", "too_large"),
    ],
    ids=["empty", "deep", "many", "long"],
)
def test_a_page_that_gives_no_article(tree: Tree, html: str, reason: str) -> None:
    tree.add("a.html", html)
    assert tree.rejects() == [("a.html", 0, reason)]


def test_markup_in_a_field_is_undone(tree: Tree) -> None:
    text = "".join(f"<p>{p}</p>" for p in PARAGRAPHS) + "<script>alert(1)</script>"
    assert tree.article(json.dumps({"text": text}), "a.jsonl")["body"] == BODY
