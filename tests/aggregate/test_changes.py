"""What an analyst is told when late articles change events."""

from __future__ import annotations

import pyarrow as pa
import pytest

from tasks.aggregate import compare_events

from .story import Story


def links(**events: str) -> pa.Table:
    """Return event_mentions: `links(A="12")` is an event A of the mentions 1 and 2."""
    rows = [{"event_id": e, "mention_id": m} for e, ms in events.items() for m in ms]
    return pa.Table.from_pylist(
        rows, pa.schema([("event_id", pa.string()), ("mention_id", pa.string())])
    )


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ({"A": "12", "B": "3"}, {"A": "12", "B": "345"}, []),
        ({"A": "12"}, {"X": "012"}, [("A", "X", "renamed", 2)]),
        ({"A": "1", "B": "2"}, {"A": "12"}, [("B", "A", "merged", 1)]),
        ({"A": "1", "B": "2"}, {"X": "012"}, [("A", "X", "merged", 1), ("B", "X", "merged", 1)]),
        ({"A": "12"}, {"A": "1", "C": "2"}, [("A", "C", "split", 1)]),
        ({"A": "12", "B": "3"}, {"A": "1", "B": "23"}, [("A", "B", "regrouped", 1)]),
        ({"A": "12"}, {"Z": "9"}, [("A", None, "removed", 2)]),
        ({"A": "12"}, {"A": "1"}, []),
        ({}, {"A": "1"}, []),
    ],
)
def test_what_became_of_an_event(
    old: dict[str, str], new: dict[str, str], expected: list[tuple[object, ...]]
) -> None:
    found = compare_events(links(**old), links(**new)).to_pylist()
    assert [tuple(r.values()) for r in found] == expected


def test_an_earlier_report_renames_an_event_and_a_missing_link_merges_two() -> None:
    story = Story()
    story.article("b", "21")
    story.mention("b", "FRAGOV", "CONSULT", "RUSGOV", mode="phone", on="20")
    before = story.run()
    story.article("a", "20")
    story.mention("a", "FRAGOV", "CONSULT", "RUSGOV", mode="phone", on="20")
    after = story.run()
    (row,) = compare_events(before.event_mentions, after.event_mentions).to_pylist()
    assert row["change"] == "renamed"
    assert row["new_event_id"] == after.events.column("event_id")[0].as_py()
