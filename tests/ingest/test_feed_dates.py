"""Dates of feeds and fields: month names of any language, and what stands for no date."""

from __future__ import annotations

import json
from datetime import date

import pytest

from tasks.ingest.dates import parse_value, stated
from tasks.ingest.seeds import placeholders

from .conftest import PROSE, Tree

MARCH = [
    *("03 Mär 2020", "3. März 2020", "3 Maerz 2020", "Di, 03 Mrz 2020 10:00:00 +0100", "03 MAR 2020"),
    *("3 mars 2020", "mar., 3 mars 2020", "03 marzo 2020", "mar, 03 mar 2020 09:00:00 GMT"),
    *("03 març 2020", "3 marco 2020", "3 de março de 2020", "3 marca 2020", "3. března 2020"),
    *("3. brezna 2020", "3 Mart 2020", "3 maart 2020", "3. marts 2020", "3 марта 2020", "3 мар. 2020"),
    *("3 березня 2020", "3 сакавіка 2020", "3 март 2020", "3 Μαρ 2020", "3 Μαρτίου 2020", "3 מרץ 2020"),
    *("3 مارس 2020", "3 آذار 2020", "3 tháng 3, 2020", "3 मार्च 2020", "3. märts 2020", "kovo 3, 2020"),
    *("2020. márc. 3.", "2020 m. kovo 3 d.", "3 maaliskuuta 2020", "3 mac 2020", "3 Maret 2020", "3. mars 2020", "2020年3月3日"),
]  # fmt: skip


@pytest.mark.parametrize("text", MARCH)
def test_the_third_of_march_in_many_languages(text: str) -> None:
    moment = parse_value(text)
    assert moment is not None
    assert moment.day == date(2020, 3, 3)


@pytest.mark.parametrize(
    ("text", "month"),
    [
        *(("1 févr. 2020", 2), ("1 fevr 2020", 2), ("1 FÉVRIER 2020", 2), ("1 août 2020", 8)),
        *(("1 aout 2020", 8), ("1 déc. 2020", 12), ("1 dec. 2020", 12), ("1. Jän. 2020", 1)),
        *(("1 Ağu 2020", 8), ("1 Agu 2020", 8), ("1 Şub 2020", 2), ("1 out. 2020", 10)),
        *(("1 paź 2020", 10), ("1 paz 2020", 10), ("1 sept. 2020", 9), ("1 мая 2020", 5)),
    ],
)
def test_short_names_with_and_without_accents_and_dots(text: str, month: int) -> None:
    moment = parse_value(text)
    assert moment is not None
    assert moment.day == date(2020, month, 1)


def test_names_that_mean_two_months_say_nothing() -> None:
    assert parse_value("3 listopada 2020") is None


ZEROS = [
    *("1970-01-01", "1970-01-01T00:00:00Z", "1970-01-01T01:00:00+01:00", "1969-12-31T19:00:00-05:00"),
    *("Thu, 01 Jan 1970 00:00:00 GMT", "01.01.1970", "1/1/1970", "19700101", "1 janvier 1970"),
    *("0001-01-01T00:00:00", "1900-01-01", "1899-12-30", "0", "-1", 0, -1, 0.0, date(1970, 1, 1)),
]  # fmt: skip


@pytest.mark.parametrize("value", ZEROS)
def test_the_zero_of_a_calendar_is_no_date(value: object) -> None:
    assert stated(value) is None


def test_the_first_of_january_is_a_date_in_other_years() -> None:
    assert all(stated(str(day.replace(year=2001))) for day in placeholders())


def test_no_format_takes_a_zero_for_a_date(tree: Tree) -> None:
    zero = "Thu, 01 Jan 1970 00:00:00 +0000"
    body = f"<p>{PROSE}</p>" * 3
    tree.add(
        "a.xml",
        f"<rss><item><pubDate>{zero}</pubDate><description>{PROSE}</description></item></rss>",
    )
    tree.add(
        "b.xml",
        f"<feed><entry><published>1970-01-01T00:00:00Z</published><content>{PROSE}</content></entry></feed>",
    )
    tree.add(
        "c.jsonl",
        json.dumps({"text": PROSE, "published": 0})
        + "\n"
        + json.dumps({"text": PROSE + PROSE, "date": "1900-01-01"}),
    )
    tree.add("d.csv", f'text,published\n"{PROSE}",01/01/1970\n')
    tree.add("e.eml", f"From: a@b.org\nSubject: s\nDate: {zero}\n\n{PROSE}")
    tree.add(
        "f.html",
        f"<html><head><meta property='article:published_time' content='1970-01-01T00:00:00Z'></head><body><article>{body}</article></body></html>",
    )
    rows = tree.read().articles.to_pylist()
    assert len(rows) == 7
    assert {row["published_basis"] for row in rows} == {"none"}


def test_another_field_counts_where_one_holds_a_zero(tree: Tree) -> None:
    item = f"<rss><item><pubDate>0001-01-01</pubDate><date>2020-03-03</date><description>{PROSE}</description></item></rss>"
    record = {"text": PROSE, "date_publish": "1970-01-01 00:00:00", "published": "2020-03-03"}
    assert tree.article(item, "a.xml")["published_date"] == date(2020, 3, 3)
    assert tree.article(json.dumps(record), "a.jsonl")["published_date"] == date(2020, 3, 3)


def test_an_archive_may_hold_news_of_that_day(tree: Tree) -> None:
    article = tree.article(
        json.dumps({"text": PROSE, "url": "https://example.org/1970/01/01/a"}), "a.jsonl"
    )
    assert article["published_date"] == date(1970, 1, 1)
