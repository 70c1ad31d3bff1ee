"""What an analyst is told when late articles change events."""

from __future__ import annotations

import pyarrow as pa
import pytest

from tasks import schemas
from tasks.aggregate import Edition, compare_events
from tasks.aggregate.changes import keep
from tasks.schemas import EVENT_MENTIONS, EVENTS, MENTIONS, SUPERSEDES

from .story import Story


def edition(release: str, **events: str) -> Edition:
    """Return a release: `edition("r1", A="12")` has an event A of the mentions 1 and 2.

    Each mention stands in an article of its own: that of the mentions a and A is the same.
    """
    links = [(e, m) for e, ms in events.items() for m in ms]
    return Edition(
        release,
        _table(EVENTS, [{"event_id": e} for e in events]),
        _table(EVENT_MENTIONS, [{"event_id": e, "mention_id": m} for e, m in links]),
        _table(
            MENTIONS, [{"mention_id": m, "article_id": m.lower(), "start": 0} for _, m in links]
        ),
    )


def _table(table: schemas.Table, rows: list[dict[str, object]]) -> pa.Table:
    """Return a table of these columns only, the others null."""
    plain = pa.schema([f.with_nullable(True) for f in table.schema])
    return pa.table([pa.array([r.get(f.name) for r in rows], f.type) for f in plain], schema=plain)


def told(before: Edition, after: Edition) -> list[tuple[object, ...]]:
    names = ("old_event_id", "new_event_id", "change", "n_mentions")
    return [tuple(r[n] for n in names) for r in compare_events(before, after).to_pylist()]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ({"A": "12", "B": "3"}, {"A": "12", "B": "345"}, []),
        ({"A": "12"}, {"X": "012"}, [("A", "X", "renamed", 2)]),
        ({"A": "1", "B": "2"}, {"A": "12"}, [("B", "A", "merged", 1)]),
        ({"A": "1", "B": "2"}, {"X": "012"}, [("A", "X", "merged", 1), ("B", "X", "merged", 1)]),
        ({"A": "12"}, {"A": "1", "C": "2"}, [("A", "C", "split", 1)]),
        ({"A": "12", "B": "3"}, {"A": "1", "B": "23"}, [("A", "B", "regrouped", 1)]),
        ({"A": "12"}, {"Z": "9"}, [("A", None, "withdrawn", 2)]),
        ({"A": "12"}, {"A": "1"}, []),
        ({}, {"A": "1"}, []),
        # Coded anew, a mention has another id; the word that fired is the same.
        ({"A": "ab"}, {"X": "AB"}, [("A", "X", "renamed", 2)]),
    ],
)
def test_what_became_of_an_event(
    old: dict[str, str], new: dict[str, str], expected: list[tuple[object, ...]]
) -> None:
    assert told(edition("r1", **old), edition("r2", **new)) == expected


def of(story: Story, release: str) -> Edition:
    made = story.run()
    mentions = schemas.rows_to_table(story.mentions, MENTIONS)
    return Edition(release, made.events, made.event_mentions, mentions)


def test_an_earlier_report_renames_an_event() -> None:
    story = Story()
    story.article("b", "21")
    story.mention("b", "FRAGOV", "CONSULT", "RUSGOV", mode="phone", on="20")
    before = of(story, "r1")
    story.article("a", "20")
    story.mention("a", "FRAGOV", "CONSULT", "RUSGOV", mode="phone", on="20")
    after = of(story, "r2")
    (row,) = compare_events(before, after).to_pylist()
    assert row == {
        "from_release": "r1",
        "to_release": "r2",
        "old_event_id": before.events["event_id"][0].as_py(),
        "new_event_id": after.events["event_id"][0].as_py(),
        "change": "renamed",
        "fields": [],
        "n_mentions": 1,
    }


def test_an_event_that_moves_to_another_date_says_so_under_its_id() -> None:
    story = Story()
    story.article("a", "20")
    story.mention("a", "FRAGOV", "CONSULT", "RUSGOV", mode="phone", on="20")
    before = of(story, "r1")
    story.mentions[0] |= {"date_start": story.mentions[0]["date_start"].replace(day=19)}
    after = of(story, "r2")
    (row,) = compare_events(before, after).to_pylist()
    assert (row["old_event_id"], row["change"]) == (row["new_event_id"], "moved")
    assert "date_start" in row["fields"]


def test_an_event_that_is_coded_otherwise_is_recoded_whatever_its_id() -> None:
    def called(mode: str) -> Edition:
        story = Story()
        story.article("a", "20")
        story.mention("a", "FRAGOV", "CONSULT", "RUSGOV", mode=mode, on="20")
        return of(story, mode)

    (row,) = compare_events(called("phone"), called("visit")).to_pylist()
    assert (row["change"], row["fields"]) == ("recoded", ["mode", "cameo"])


def _step(release: str, n: int) -> pa.Table:
    rows = [
        {
            "from_release": "r0",
            "to_release": release,
            "old_event_id": f"e{k}",
            "change": "withdrawn",
            "fields": [],
            "n_mentions": 1,
        }
        for k in range(n)
    ]
    return schemas.rows_to_table(rows, SUPERSEDES)


def test_the_rows_of_releases_before_stay_and_the_oldest_fall_away_as_a_whole() -> None:
    both = keep(_step("r1", 3), _step("r2", 2))
    assert both.num_rows == 5
    assert set(keep(both, _step("r3", 2), most=4)["to_release"].to_pylist()) == {"r2", "r3"}
    assert keep(both, _step("r3", 9), most=4).num_rows == 9
    assert keep(both, _step("r3", 0), most=5).equals(both)
