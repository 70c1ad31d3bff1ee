"""Lines that a publisher repeats: what is furniture, and what is only told more than once."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks import schemas
from tasks.ingest.repeated import Boilerplate, find_boilerplate

LINE = "Get the news that you care about delivered to your inbox"
SENTENCE = "Russia calls its actions in the neighbouring country a special military operation."
START = date(2022, 1, 1)


class Press:
    """Articles of some publishers, with mentions that stand in their lines."""

    def __init__(self) -> None:
        self.articles: list[dict[str, Any]] = []
        self.copies: list[dict[str, Any]] = []
        self.mentions: list[dict[str, Any]] = []

    def print(
        self,
        *lines: str,
        day: int | None = 0,
        publisher: str | None = "a.org",
        copy_of: str | None = None,
        relation: str = "original",
    ) -> str:
        """Add an article; every line of it is a mention, too."""
        name = f"{len(self.articles):03}"
        own = f"Story {name} tells what happened to nobody else that day."
        body = "\n\n".join([own, *lines])
        self.articles.append(
            {
                "article_id": name,
                "publisher": publisher,
                "published_date": None if day is None else START + timedelta(days=day),
                "body": body,
            }
        )
        self.copies.append(
            {
                "article_id": name,
                "cluster_id": copy_of or name,
                "canonical_id": copy_of or name,
                "relation": relation,
            }
        )
        start = 0
        for line in body.split("\n\n"):
            self.mentions.append(
                {
                    "mention_id": f"{name} {start}",
                    "article_id": name,
                    "start": start,
                    "end": start + len(line),
                }
            )
            start += len(line) + 2
        return name

    def found(self) -> Boilerplate:
        """Return what is found in all of them."""
        articles = pa.Table.from_pylist(self.articles, schema=_ARTICLES)

        def rows(ids: pa.Array, columns: list[str]) -> pa.Table:
            return articles.filter(pc.is_in(articles["article_id"], ids)).select(columns)

        return find_boilerplate(
            articles.drop(["body"]),
            articles.select(["article_id", "body"]).to_reader(max_chunksize=7),
            schemas.rows_to_table(self.copies, schemas.COPIES),
            pa.Table.from_pylist(self.mentions, schema=_MENTIONS),
            rows,
        )

    def lines(self) -> list[str]:
        """Return the lines that are found."""
        return [str(line) for line in self.found().lines["line"].to_pylist()]


_ARTICLES = pa.schema(
    [
        ("article_id", pa.string()),
        ("publisher", pa.string()),
        ("published_date", pa.date32()),
        ("body", pa.string()),
    ]
)
_MENTIONS = pa.schema(
    [
        ("mention_id", pa.string()),
        ("article_id", pa.string()),
        ("start", pa.int32()),
        ("end", pa.int32()),
    ]
)


def test_a_line_of_three_stories_in_a_month_is_furniture() -> None:
    press = Press()
    for day in (0, 10, 28):
        press.print(f"On day {day} more.", LINE, day=day)
    found = press.found()
    (line,) = found.lines.to_pylist()
    assert {k: line[k] for k in line if k != "line_id"} == {
        "publisher": "a.org",
        "line": LINE,
        "n_stories": 3,
        "n_articles": 3,
        "share": 1.0,
        "first_seen": START,
        "last_seen": START + timedelta(days=28),
        "example_id": "000",
        "n_mentions": 3,
    }
    spans = {m["mention_id"]: (m["article_id"], m["start"], m["end"]) for m in press.mentions}
    bodies = {a["article_id"]: a["body"] for a in press.articles}
    aside = [spans[m] for m in found.mentions["mention_id"].to_pylist()]
    assert [bodies[a][start:end] for a, start, end in aside] == [LINE] * 3


def test_what_is_in_the_news_for_some_weeks_is_none() -> None:
    press = Press()
    for day in range(60):
        press.print(*([LINE] if day <= 27 else []), day=day)
    assert press.lines() == []
    press.print(LINE, day=28)
    assert press.lines() == [LINE]


def test_but_what_stands_in_half_of_all_stories_is_unless_it_is_a_sentence() -> None:
    press = Press()
    for day in range(10):
        press.print(LINE, SENTENCE, day=day)
    assert press.lines() == [LINE]


def test_two_stories_are_not_enough() -> None:
    press = Press()
    press.print(LINE, day=0)
    press.print(LINE, day=100)
    assert press.lines() == []


def test_copies_of_a_story_are_one_story() -> None:
    press = Press()
    first = press.print(LINE, day=0)
    for day in (1, 40, 80, 120):
        press.print(LINE, day=day, copy_of=first, relation="near")
    assert press.lines() == []


def test_so_are_versions_within_a_week_but_not_a_bulletin_that_is_filled_in_anew_each_week() -> (
    None
):
    press = Press()
    first = press.print(LINE, day=0)
    for day in (1, 2, 5, 6):
        press.print(LINE, day=day, copy_of=first, relation="update")
    press.print(LINE, day=60)
    assert press.lines() == []
    for day in (7, 14, 21):
        press.print(LINE, day=day, copy_of=first, relation="update")
    assert press.lines() == [LINE]
    assert press.found().lines["n_stories"].to_pylist() == [5]


def test_a_line_of_one_story_in_fifty_is_none() -> None:
    press = Press()
    for day in range(200):
        press.print(*([LINE] if day in (0, 100, 199) else []), day=day)
    assert press.lines() == []


def test_the_share_is_that_of_the_time_in_which_the_line_was_used() -> None:
    press = Press()
    for day in range(200):
        press.print(*([LINE] if day in (0, 10, 30) else []), day=day)
    assert press.lines() == [LINE]


def test_publishers_are_told_apart_and_an_unknown_one_has_no_furniture() -> None:
    press = Press()
    for day, publisher in enumerate(["a.org", "a.org", "b.org", "b.org", None, None, None]):
        press.print(LINE, day=20 * day, publisher=publisher)
    assert press.lines() == []


def test_a_sentence_must_stand_in_a_tenth_of_five_stories_and_more() -> None:
    press = Press()
    for day in (0, 20, 40, 60):
        press.print(SENTENCE, day=day)
    assert press.lines() == []
    press.print(SENTENCE, day=80)
    assert press.lines() == [SENTENCE]
    for day in range(1, 60):
        press.print(day=day)
    assert press.lines() == []


def test_a_sentence_with_a_figure_tells_news_however_often() -> None:
    press = Press()
    for day in range(0, 100, 5):
        press.print("At least 13,000 people have been killed in the conflict in the east.", day=day)
    assert press.lines() == []


def test_without_dates_it_must_stand_in_half_of_all_stories_and_in_ten() -> None:
    press = Press()
    for _ in range(9):
        press.print(LINE, day=None)
    assert press.lines() == []
    press.print(LINE, day=None)
    assert press.lines() == [LINE]
    for _ in range(11):
        press.print(day=None)
    assert press.lines() == []


def test_the_same_words_in_another_line_are_not_set_aside() -> None:
    press = Press()
    for day in (0, 20, 40):
        press.print(LINE, day=day)
    press.print(f"He said: {LINE}, and left.", day=50)
    assert press.found().mentions["article_id"].to_pylist() == ["000", "001", "002"]


def test_no_articles() -> None:
    assert Press().found().lines.num_rows == 0


PRINTED = st.tuples(
    st.sampled_from([LINE, SENTENCE, "Share", ""]),
    st.one_of(st.none(), st.integers(0, 90)),
    st.sampled_from(["a.org", "b.org"]),
)


@settings(deadline=None, max_examples=12)
@given(st.lists(PRINTED, max_size=25), st.randoms(use_true_random=False))
def test_the_order_of_articles_makes_no_difference(rows: list[Any], random: Any) -> None:
    press = Press()
    for line, day, publisher in rows:
        press.print(*([line] if line else []), day=day, publisher=publisher)
    once = press.found()
    for part in (press.articles, press.copies, press.mentions):
        random.shuffle(part)
    again = press.found()
    assert again.lines.to_pylist() == once.lines.to_pylist()
    assert again.mentions.to_pylist() == once.mentions.to_pylist()
