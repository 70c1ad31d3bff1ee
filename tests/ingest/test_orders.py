"""Day and month in doubt: decided by the publisher's other dates, or not at all."""

from __future__ import annotations

from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks import schemas
from tasks.ingest.dates import find_dates
from tasks.ingest.merge import merge
from tasks.ingest.orders import settle, settle_all, undecided
from tasks.ingest.published import Window, first_known, from_metadata, from_print, from_url

WINDOW = Window(date(1900, 1, 1), date(2025, 6, 1))


def article(
    name: str,
    header: str | None,
    *,
    publisher: str | None = "a.org",
    field: str | None = None,
    url: str | None = None,
) -> dict[str, Any]:
    """Return an article as it is read: with a date in its header, in a field or in its URL."""
    found = [from_metadata(field, "date", WINDOW), from_url(url, WINDOW)]
    if header:
        found.append(from_print(next(find_dates(header)), "header", header, WINDOW))
    chosen = first_known(*found)
    figures = chosen.figures
    return {
        "article_id": name,
        "source_uri": name,
        "publisher": publisher,
        "body": f"The text of {name}.",
        "published_date": chosen.day,
        "published_precision": chosen.precision,
        "published_basis": chosen.basis,
        "published_text": chosen.text,
        "published_figures": figures
        and {
            "form": figures.form,
            "day_first": figures.day_first,
            "month_first": figures.month_first,
        },
        "content_hash": name,
        "n_chars": 10,
    }


def warehouse(*runs: list[dict[str, Any]]) -> pa.Table:
    """Return ARTICLES after these runs."""
    known = schemas.empty(schemas.ARTICLES)
    for rows in runs:
        staged = [schemas.rows_to_table([row], schemas.ARTICLES) for row in rows]
        new = settle_all(known, merge(undecided(known), staged), WINDOW)
        turned = known.filter(pc.is_in(known["article_id"], new.turned))
        turned = settle(undecided(turned), new.decided)
        fresh = pa.concat_tables([new.merged.added, new.merged.changed, turned])
        kept = known.filter(pc.invert(pc.is_in(known["article_id"], fresh["article_id"])))
        known = schemas.conform(
            pa.concat_tables([kept, fresh], promote_options="permissive"), schemas.ARTICLES
        )
    return schemas.sort(known, schemas.ARTICLES)


def dates(*runs: list[dict[str, Any]]) -> dict[str, tuple[date | None, str]]:
    rows = warehouse(*runs).to_pylist()
    return {r["article_id"]: (r["published_date"], r["published_basis"]) for r in rows}


IN_DOUBT = article("doubt", "Published 03/04/2022")
DAY_FIRST, MONTH_FIRST = date(2022, 4, 3), date(2022, 3, 4)


@pytest.mark.parametrize(
    ("other", "day"),
    [
        (article("x", "Published 13/02/2022"), DAY_FIRST),
        (article("x", "Published 02/13/2022"), MONTH_FIRST),
        (article("x", "Published 05/06/2022", field="2022-06-05"), DAY_FIRST),
        (article("x", "Published 05/06/2022", field="2022-05-06T10:00:00Z"), MONTH_FIRST),
        (article("x", "05/06/2022", url="https://a.org/2022/06/05/story"), DAY_FIRST),
    ],
)
def test_another_date_of_the_publisher_decides(other: dict[str, Any], day: date) -> None:
    assert dates([IN_DOUBT, other])["doubt"] == (day, "publisher")


@pytest.mark.parametrize(
    "others",
    [
        [],
        [article("x", "Published 05/06/2022")],  # in doubt itself
        [article("x", "Published 05/05/2022")],  # the same day either way
        [article("x", "Published 5 June 2022")],
        [article("x", "Published 13/02/2022", publisher="b.org")],
        [article("x", "Published 13-02-2022")],  # another form
        [article("x", None, field="13/02/2022")],  # the custom of who made the file
        [article("x", "Published 05/06/2022", field="2022-06-07")],  # neither reading
        [article("x", "Published 13/02/2022"), article("y", "Published 02/13/2022")],
        [
            article("x", "Published 13/02/2022"),
            article("y", "Published 05/06/2022", field="2022-05-06"),
        ],
    ],
)
def test_nothing_is_guessed(others: list[dict[str, Any]]) -> None:
    assert dates([IN_DOUBT, *others])["doubt"] == (None, "ambiguous")


def test_of_an_unknown_publisher_nothing_is_known() -> None:
    rows = [
        article("doubt", "Published 03/04/2022", publisher=None),
        article("x", "Published 13/02/2022", publisher=None),
    ]
    assert dates(rows)["doubt"] == (None, "ambiguous")


def test_a_day_to_come_is_not_taken() -> None:
    assert dates([article("doubt", "07/08/2025")])["doubt"] == (None, "none")
    september_or_march = article("doubt", "03/09/2025")
    day_first, month_first = article("x", "13/02/2022"), article("x", "02/13/2022")
    assert dates([september_or_march, day_first])["doubt"] == (None, "ambiguous")
    assert dates([september_or_march, month_first])["doubt"] == (date(2025, 3, 9), "publisher")


def test_contrary_evidence_takes_a_decision_back() -> None:
    day_first = article("x", "Published 13/02/2022")
    month_first = article("y", "Published 02/13/2022")
    assert dates([IN_DOUBT], [day_first])["doubt"] == (DAY_FIRST, "publisher")
    assert dates([IN_DOUBT], [day_first], [month_first])["doubt"] == (None, "ambiguous")


def test_better_metadata_of_the_article_itself_comes_first() -> None:
    better = article("doubt", "Published 03/04/2022", field="2022-03-04")
    found = dates([IN_DOUBT, article("x", "Published 13/02/2022")], [better])
    assert found["doubt"] == (MONTH_FIRST, "metadata")


def test_what_was_read_stays_quoted() -> None:
    (row,) = warehouse([IN_DOUBT, article("x", "13/02/2022")]).slice(1, 1).to_pylist()
    assert (row["published_text"], row["published_precision"]) == ("Published 03/04/2022", "day")


ROWS = st.builds(
    article,
    st.sampled_from("abcdef"),
    st.sampled_from([None, "03/04/2022", "05/06/2022", "13/02/2022", "02/13/2022", "7 May 2022"]),
    publisher=st.sampled_from(["a.org", "b.org", None]),
    field=st.sampled_from([None, None, "2022-05-06", "2022-04-03", "03/04/2022"]),
)


@settings(deadline=None, max_examples=15)
@given(st.lists(ROWS, max_size=9), st.randoms(use_true_random=False), st.data())
def test_any_order_and_any_split_into_runs_give_the_same(
    rows: list[dict[str, Any]], random: Any, data: Any
) -> None:
    once = warehouse(rows).to_pylist()
    random.shuffle(rows)
    first, second = sorted(data.draw(st.tuples(*[st.integers(0, len(rows))] * 2)))
    in_runs = warehouse(rows[:first], rows[first:second], rows[second:], rows[:first])
    assert in_runs.to_pylist() == once
