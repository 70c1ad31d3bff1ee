"""Five articles as a scraper left them: what is text, what is not, and when they were published."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tasks.ingest import ingest_paths, merge

FOLDER = Path(__file__).resolve().parents[2] / ".." / "shared" / "seeds"
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the raw articles are not here")


@pytest.fixture(scope="module")
def articles() -> dict[str, dict[str, Any]]:
    (batch,) = ingest_paths([FOLDER])
    assert batch.rejects.num_rows == 0
    return {row["source_uri"][:3]: row for row in batch.articles.to_pylist()}


def test_dates_are_read_where_the_text_states_them(articles: dict[str, dict[str, Any]]) -> None:
    stated = {k: (a["published_date"], a["published_basis"]) for k, a in articles.items()}
    assert stated["000"] == (date(2022, 2, 21), "header")
    assert stated["001"] == (date(2022, 2, 22), "header")
    assert articles["000"]["published_text"] == "Date Created 02/21/2022"


@pytest.mark.parametrize(
    ("number", "true"), [("002", "2022-01-28"), ("003", "2022-02-20"), ("004", "2022-02-07")]
)
def test_a_date_that_is_not_stated_is_none_or_right(
    articles: dict[str, dict[str, Any]], number: str, true: str
) -> None:
    article = articles[number]
    if article["published_date"] is None:
        assert article["published_basis"] == "none"
    else:
        assert (str(article["published_date"]), article["published_basis"]) == (true, "inferred")


def test_headlines(articles: dict[str, dict[str, Any]]) -> None:
    titles = {k: a["title"] for k, a in articles.items()}
    assert titles["001"] is None
    assert titles["002"].startswith("Ukrainian crisis: Macron and Putin agree")
    assert titles["003"] == "France, Russia agree to work to halt Ukraine escalation"
    assert all(not a["title"] or a["title"] not in a["body"] for a in articles.values())


def test_header_and_tail_lines_are_out_of_the_body(articles: dict[str, dict[str, Any]]) -> None:
    aside = {k: "\n".join(a["set_aside"]) for k, a in articles.items()}
    for number, words in [
        ("000", "Description"),
        ("000", "Date Created"),
        ("000", "by Tyler Durden"),
        ("001", "*With international agencies"),
        ("001", "REUTERS/Kevin Lamarque"),
        ("001", "PARIS –"),
        ("002", "Source link -83"),
        ("002", "Update Friday at 6 p.m."),
        ("003", "(AP Photo)"),
        ("004", "Le Monde with AFP"),
        ("004", "/Media reports."),
    ]:
        assert words in aside[number]
        assert words not in articles[number]["body"]
    assert articles["000"]["author"] == "Tyler Durden"
    assert articles["000"]["tags"][-1] == "Emmanuel Macron"


def test_the_text_itself_stays_whole(articles: dict[str, dict[str, Any]]) -> None:
    for article in articles.values():
        raw = (FOLDER / article["source_uri"]).read_text("utf-8")
        kept = "".join((article["title"] or "", article["body"], *article["set_aside"]))
        assert sorted("".join(kept.split())) == sorted("".join(raw.split()))


def test_a_table_dates_the_others(articles: dict[str, dict[str, Any]], tmp_path: Path) -> None:
    table = tmp_path / "published.csv"
    table.write_text(
        "uri,published\n002_f0503a066b21c723.txt,2022-01-28\n003_3f4178c1660e3f37.txt,2022-02-20\n"
        "004_c14de4e8ffe1b554.txt,2022-02-07\n"
    )
    before = merge(None, [b.articles for b in ingest_paths([FOLDER])])
    after = merge(before.added, [b.articles for b in ingest_paths([FOLDER], published=table)])
    dates = sorted(str(d) for d in after.changed["published_date"].to_pylist())
    assert dates == ["2022-01-28", "2022-02-07", "2022-02-20"]
    assert after.added.num_rows == 0
    assert after.n_repeats == 5
