"""Dates of web pages: which of those that a page gives is the one of publication."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tasks.ingest import extract_records
from tasks.ingest.stamps import only_day, stamps
from tests.ingest.conftest import Tree
from tests.ingest.test_pages import ld, page

DAY = date(2022, 2, 20)


def meta(name: str, content: str) -> str:
    return f"<meta property='{name}' content='{content}'>"


def found(tree: Tree, html: str) -> tuple[date | None, str]:
    article = tree.article(html, "a.html")
    return article["published_date"], article["published_basis"]


@pytest.mark.parametrize(
    "line",
    [
        "Ann Lee, 20.02.2022",
        "Handball • 20.02.2022",
        "20. Februar 2022 | World, Europe",
        "Sunday, February 20, 2022 - World",
        "Posted on February 20, 2022 at 0h00",
        "Pressemitteilung vom 20.02.2022",
        "By <a href='/ann'>Ann</a> <span>Feb 20, 2022</span> <span>3 min read</span>",
        "20.02.2022 10:16 Uhr - 1. Bundesliga - PM",
        "Last updated 25 Feb 2022, originally created 20 Feb 2022",
        "Feb 20, 2022 | Updated Feb 25, 2022",
        "20.02.2022 - " + "The ministers of both countries met on Monday and will meet again. " * 3,
    ],
)
def test_a_date_set_off_below_the_headline(tree: Tree, line: str) -> None:
    assert found(tree, page(before=f"<p>{line}</p>")) == (DAY, "header")


@pytest.mark.parametrize(
    "line",
    [
        "Updated May 6, 2022",
        "The ministers met on 20 February 2022 in Vienna.",
        "They had agreed on 20 February 2022 to meet again in Vienna before the end of the year",
        "February 2022",
    ],
)
def test_dates_of_sentences_months_and_updates_are_not_set_off(line: str) -> None:
    assert list(stamps([line])) == []


def test_a_date_above_the_headline(tree: Tree) -> None:
    html = page().replace("<h1>", "<p>World | 20 February 2022</p><h1>")
    assert found(tree, html) == (DAY, "header")


@pytest.mark.parametrize("name", ["related-news", "teaser__meta", "comment-list", "event-date"])
def test_dates_of_teasers_comments_and_events_do_not_count(tree: Tree, name: str) -> None:
    others = f"<div class='{name}'><p>3 March 2021</p></div>"
    assert found(tree, page(before=others + "<p>20 February 2022</p>")) == (DAY, "header")


def test_the_headline_is_the_heading_that_the_title_names(tree: Tree) -> None:
    head = "<title>Ministers meet in Vienna - The Example</title>"
    html = page(head, before="<p>20 February 2022</p>").replace(
        "<nav>", "<div><h1>The Example</h1><p>22 February 2022</p></div><nav>"
    )
    assert found(tree, html) == (DAY, "header")


def test_what_stands_below_the_first_paragraphs_is_of_the_text(tree: Tree) -> None:
    html = page().replace("</p><p>The talks", "</p><p>3 March 2021</p><p>The talks")
    assert found(tree, html) == (None, "none")


def test_a_byline_below_the_article(tree: Tree) -> None:
    after = "<p class='post-meta'>This was posted by Ann on 20 February 2022 in World.</p>"
    assert found(tree, page(after=after)) == (DAY, "header")


def test_of_several_days_none_is_chosen_but_the_one_that_is_labelled() -> None:
    several = [*stamps(["20 February 2022"]), *stamps(["25 February 2022"])]
    assert only_day(several) is None
    labelled = only_day([*several, *stamps(["Published 20 February 2022"])])
    assert labelled is not None
    assert labelled.days == {DAY}


def test_figures_are_read_as_another_date_of_the_day_shows() -> None:
    shown = only_day([*stamps(["03/02/2022"]), *stamps(["3 February 2022"])])
    assert shown is not None
    assert shown.days == {date(2022, 2, 3)}


@pytest.mark.parametrize("name", ["date", "dc.date", "dcterms.created"])
def test_metadata_that_says_not_which_date_yields_to_the_one_shown(tree: Tree, name: str) -> None:
    head = meta(name, "2022-02-27")
    assert found(tree, page(head)) == (date(2022, 2, 27), "metadata")
    assert found(tree, page(head, before="<p>20 February 2022</p>")) == (DAY, "header")


def test_the_date_of_publication_does_not_yield_to_one_that_is_shown(tree: Tree) -> None:
    head = meta("article:published_time", "2022-02-20")
    assert found(tree, page(head, before="<p>25 February 2022</p>")) == (DAY, "metadata")


def test_where_metadata_differ_the_date_shown_decides(tree: Tree) -> None:
    head = ld(datePublished="2022-02-18") + meta("article:published_time", "2022-02-20T08:29:34")
    assert found(tree, page(head)) == (date(2022, 2, 18), "metadata")
    assert found(tree, page(head, before="<p>20.02.2022</p>")) == (DAY, "metadata")


def test_the_day_of_the_last_change_decides_nothing(tree: Tree) -> None:
    head = (
        ld(datePublished="2022-02-20", dateModified="2022-02-25T10:00:00Z")
        + meta("publish-date", "2022-02-25")
        + meta("article:modified_time", "2022-02-25T10:00:00Z")
    )
    assert found(tree, page(head, before="<p>25.02.2022</p>")) == (DAY, "metadata")


@pytest.mark.parametrize(
    ("moment", "shown", "day"),
    [
        ("2022-02-20T23:00Z", "21 February 2022", date(2022, 2, 21)),
        ("2022-02-20T03:30:00+00:00", "19 February 2022", date(2022, 2, 19)),
        ("2022-02-20T08:00:00Z", "21 February 2022", DAY),
        ("2022-02-20T23:30:00+01:00", "21 February 2022", DAY),
        ("2022-02-20T23:30:00Z", "25 February 2022", DAY),
    ],
    ids=["east", "west", "no-such-zone", "own-zone", "other-day"],
)
def test_a_moment_in_utc_is_of_the_day_that_is_printed(
    tree: Tree, moment: str, shown: str, day: date
) -> None:
    html = page(meta("article:published_time", moment), before=f"<p>{shown}</p>")
    article = tree.article(html, "a.html")
    assert (article["published_date"], article["published_basis"]) == (day, "metadata")
    assert article["published_at"].astimezone(UTC) == datetime.fromisoformat(moment)
    assert article["published_text"].endswith(shown) is False
    assert ("; page: " in article["published_text"]) is (day != DAY)


def test_the_publishers_day_in_the_url(tree: Tree) -> None:
    head = "<link rel='canonical' href='https://example.org/2022/02/21/talks/'>" + meta(
        "article:published_time", "2022-02-20T23:11:59+00:00"
    )
    assert found(tree, page(head)) == (date(2022, 2, 21), "metadata")


@pytest.mark.parametrize(
    ("path", "expected"),
    [("20-02-2022", (DAY, "metadata")), ("03-02-2022", (None, "none"))],
)
def test_figures_at_the_end_of_a_url(
    tree: Tree, path: str, expected: tuple[date | None, str]
) -> None:
    head = f"<link rel='canonical' href='https://example.org/news/{path}'>"
    assert found(tree, page(head)) == expected


def test_metadata_that_is_no_date_does_not_hide_another(tree: Tree) -> None:
    head = meta("article:published_time", "yesterday") + meta("pubdate", "2022-02-20")
    assert found(tree, page(head)) == (DAY, "metadata")
    unread = meta("article:published_time", "yesterday")
    assert found(tree, page(unread, before="<p>20 February 2022</p>")) == (DAY, "header")


def test_the_only_date_of_broken_json(tree: Tree) -> None:
    broken = ld(datePublished="2022-02-20").replace("}", ",}")
    assert found(tree, page(broken)) == (DAY, "metadata")
    two = ld(datePublished="2022-02-20").replace("}", ', "datePublished": "2021-01-01",}')
    assert found(tree, page(two))[1] != "metadata"


def test_a_date_marked_up_without_a_value_for_programs(tree: Tree) -> None:
    line = "<div>In Vienna <span itemprop='datePublished'>20 February 2022</span></div>"
    assert found(tree, page(after=line)) == (DAY, "metadata")


def test_the_first_of_a_month_counts_where_the_page_shows_the_day(tree: Tree) -> None:
    first = "<div><time datetime='2022-02-01'>1 Feb 2022</time></div>"
    assert found(tree, page(after=first)) == (date(2022, 2, 1), "header")
    month = "<div class='date'>February 2022</div>"
    assert found(tree, page(after=month)) == (None, "none")


def test_a_dateline_with_its_day_in_brackets(tree: Tree) -> None:
    html = page().replace("<p>The foreign", "<p>Karlsruhe, (20.02.2022). The foreign")
    assert found(tree, html) == (DAY, "dateline")


def test_a_plain_record_gives_the_publishers_day(tree: Tree) -> None:
    head = meta("article:published_time", "2022-02-20T23:00Z")
    tree.add("a.html", page(head, before="<p>21 February 2022</p>"))
    tree.add("b.html", page(head))
    records = extract_records([tree.root])
    assert [r["published"] for r in records] == ["2022-02-21", "2022-02-20T23:00:00Z"]


@pytest.mark.parametrize(
    "foot",
    [
        "<footer><p>Last updated 3 March 2024</p></footer>",
        "<footer>Last updated: <time datetime='2024-03-03'>3 March 2024</time></footer>",
        "<footer>Stand: 03.03.2024</footer>",
        "<div id='footer'>Page generated 3 March 2024</div>",
        "<div class='site-footer dark'>2024-03-03</div>",
    ],
)
@pytest.mark.parametrize(
    "stamp", ["Published 2 hours ago", "vor 2 Stunden", "hace 2 horas", "2 часа назад"]
)
def test_the_footer_of_a_site_does_not_date_the_article(tree: Tree, stamp: str, foot: str) -> None:
    text = page(before=f"<p>{stamp}</p>").replace("<footer>", f"{foot}<footer>")
    assert tree.article(text, "a.html")["published_date"] is None


def test_the_footer_of_an_article_does(tree: Tree) -> None:
    text = page(after="<footer>Published 3 March 2024</footer>")
    assert tree.article(text, "a.html")["published_date"] == date(2024, 3, 3)


UPDATES = {
    "Convoys reached the river before dawn, and the bridge was closed to traffic.": "2024-03-04T05:10:00Z",
    "Both governments said that their envoys would meet again in the evening.": "2024-03-05T09:30:00Z",
}


def live_blog() -> str:
    entries = [
        {
            "@type": "BlogPosting",
            "headline": f"Entry {n}",
            "articleBody": f"<p>{text}</p>",
            "datePublished": day,
        }
        for n, (text, day) in enumerate(UPDATES.items())
    ]
    head = ld(
        **{"@type": "LiveBlogPosting"},
        url="https://news.example/live",
        headline="The river, day by day",
        datePublished="2024-03-04T04:00:00Z",
        liveBlogUpdate=[*entries, {"headline": "no text"}, "broken", None],
    )
    told = "".join(f"<h2>Entry {n}</h2><p>{t}</p>" for n, t in enumerate(UPDATES))
    return page(head + "<link rel=canonical href=https://news.example/live>", after=told)


def test_each_entry_of_a_live_blog_has_its_own_day(tree: Tree) -> None:
    tree.add("live.html", live_blog())
    batch = tree.read()
    rows = {r["body"]: r for r in batch.articles.to_pylist()}
    for text, day in UPDATES.items():
        assert str(rows[text]["published_date"]) == day[:10]
        assert rows[text]["source_uri"] == f"https://news.example/live#{day}"
    (beside,) = [r for body, r in rows.items() if body not in UPDATES]
    assert not any(text in beside["body"] for text in UPDATES)
    assert (batch.n_inputs, batch.rejects.num_rows) == (3, 0)
