"""Dates as metadata and lines of text give them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.ingest.dates import find_dates, parse_value
from tasks.ingest.published import Window, from_metadata, from_url

DAY = date(2022, 2, 20)
WINDOW = Window(date(1900, 1, 1), date(2026, 1, 1))


@pytest.mark.parametrize(
    "text",
    [
        "2022-02-20",
        "2022/02/20",
        "20220220",
        "20.02.2022",
        "20/02/2022",
        "02/20/2022",
        "February 20, 2022",
        "Feb. 20, 2022",
        "20th February 2022",
        "Sunday, 20 February 2022",
        "20 février 2022",
        "20. Februar 2022",
        "20 de febrero de 2022",
        "20 febbraio 2022",
        "20 lutego 2022",
        "20. února 2022",
        "20 февраля 2022 г.",
        "20 лютого 2022",
        "20 Şubat 2022",
        "20 فبراير 2022",
        "2022年2月20日",
        "2022년 2월 20일",
        "2022-02-20 00:00:00",
        "2022-02-20T00:00:00Z",
    ],
)
def test_a_day(text: str) -> None:
    moment = parse_value(text)
    assert moment is not None
    assert (moment.day, moment.at, moment.precision) == (DAY, None, "day")


@pytest.mark.parametrize(
    ("value", "hour", "precision"),
    [
        ("2022-02-20T17:30:00Z", 17, "second"),
        ("2022-02-20 17:30:00", 17, "second"),
        ("2022-02-20T17:30", 17, "minute"),
        ("2022-02-20T17:30:00+02:00", 15, "second"),
        ("Sun, 20 Feb 2022 17:30:00 +0000", 17, "second"),
        (1645378200, 17, "second"),
        (1645378200000, 17, "second"),
        (datetime(2022, 2, 20, 17, 30), 17, "second"),
    ],
)
def test_a_moment(value: object, hour: int, precision: str) -> None:
    moment = parse_value(value)
    assert moment is not None
    assert moment.at == datetime(2022, 2, 20, hour, 30, tzinfo=UTC)
    assert (moment.day, moment.precision) == (DAY, precision)


def test_the_day_is_the_one_that_was_printed() -> None:
    moment = parse_value("2022-02-20T23:30:00-05:00")
    assert moment is not None
    assert moment.day == DAY
    assert moment.at == datetime(2022, 2, 21, 4, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "value",
    [
        "",
        "yesterday",
        "02/05/2022",
        "31 February 2022",
        "2022-13-45",
        "20 listopada 2022",
        True,
        [],
        {},
        7,
        "20:15",
    ],
)
def test_what_is_no_date_or_could_be_two_is_none(value: object) -> None:
    assert parse_value(value) is None


def test_a_month() -> None:
    moment = parse_value("February 2022")
    assert moment is not None
    assert (moment.day, moment.precision) == (date(2022, 2, 1), "month")


@given(st.text(max_size=40))
def test_any_text_gives_a_date_or_none(text: str) -> None:
    parse_value(text)
    for printed in find_dates(text):
        assert 0 <= printed.start < printed.end <= len(text)


@given(st.dates(date(1950, 1, 1), date(2040, 1, 1)))
def test_every_day_is_read_back(day: date) -> None:
    for text in (day.isoformat(), day.strftime("%d.%m.%Y"), f"{day:%B} {day.day}, {day.year}"):
        moment = parse_value(text)
        assert moment is not None
        assert moment.day == day


def test_a_future_or_impossible_date_is_none_and_keeps_its_text() -> None:
    for value in ("2031-01-01", "0001-01-01", "1970-01-01T00:00:00Z", "not a date"):
        published = from_metadata(value, "published", Window(date(1990, 1, 1), date(2026, 1, 1)))
        assert (published.day, published.basis) == (None, "none")
        assert published.text == f"published: {value}"


def test_the_day_in_a_url() -> None:
    assert from_url("https://x.org/world/2022/02/20/talks?y=2011/01/01", WINDOW).day == DAY
    assert from_url("https://x.org/2022-02-20/talks", WINDOW).day == DAY
    assert from_url("https://x.org/20220220/talks", WINDOW).day == DAY
    assert from_url("https://x.org/id/20220220123", WINDOW).day is None
    assert from_url("https://x.org/2022/13/20/talks", WINDOW).day is None
    assert from_url("https://x.org/a/2031/02/20/b", WINDOW).day is None
