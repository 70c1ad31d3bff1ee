"""What the reports of an event claim, and why one claim stands and another does not."""

from __future__ import annotations

from typing import Any

import pyarrow.compute as pc
import pytest

from tasks.aggregate import Settled, settle

from .story import Story


@pytest.fixture
def story() -> Story:
    return Story()


def settled(story: Story) -> Settled:
    return settle(*story.tables())


def stands(found: Settled) -> dict[object, object]:
    return {c["field"]: c["value"] for c in found.claims if c["stands"]}


def overruled(found: Settled, field: str) -> list[tuple[Any, ...]]:
    return [
        (c["value"], c["n_articles"], c["n_texts"], c["why"])
        for c in found.claims
        if c["field"] == field and not c["stands"]
    ]


def test_a_more_specific_value_stands_whatever_the_numbers(story: Story) -> None:
    for name in "abc":
        story.article(name, "20")
        story.mention(name, "FRA", "CONSULT", "RUSGOV", on="20")
    story.article("d", "20")
    story.mention("d", "FRAGOV", "CONSULT", "RUSGOV", on="20")
    found = settled(story)
    assert stands(found)["source"] == "FRAGOV"
    [(value, n_articles, n_texts, why)] = overruled(found, "source")
    assert (value, n_articles, n_texts) == ("FRA", 3, 3)
    assert why == "an actor with a role beats a bare country, and both a role alone"


def test_copies_give_articles_but_no_support(story: Story) -> None:
    story.article("a", "8")
    story.article("copy", "8", copy_of="a")
    story.article("b", "8")
    story.article("c", "8")
    for name, killed in (("a", 12.0), ("copy", 12.0), ("b", 15.0), ("c", 15.0)):
        story.mention(name, "AFGREB", "ASSAULT", "AFGCVL", on="7", city="Kabul", killed=killed)
    found = settled(story)
    assert stands(found)["killed"] == "15.0 persons"
    why = "fewer independent texts, or less sure ones, say so"
    assert overruled(found, "killed") == [("12.0 persons", 2, 1, why)]
    support = {c["value"]: c["support"] for c in found.claims if c["field"] == "killed"}
    assert support == {"15.0 persons": 1.6, "12.0 persons": 0.8}


def test_the_origin_of_each_report_is_told(story: Story) -> None:
    story.article("agency", "20", publisher="reuters.com")
    story.article("paper", "20")
    story.article("own", "20")
    story.mention("agency", "FRAGOV", "CONSULT", "RUSGOV", on="20")
    story.mention("paper", "FRAGOV", "CONSULT", "RUSGOV", on="20", according_to="Reuters")
    story.mention("own", "FRAGOV", "CONSULT", "RUSGOV", on="20")
    told = {m["article_id"]: settled(story).origins[str(m["mention_id"])] for m in story.mentions}
    assert told == {"agency": "reuters", "paper": "reuters", "own": None}


def test_an_event_of_one_mention_has_nothing_to_settle(story: Story) -> None:
    story.article("a", "20")
    story.mention("a", "FRAGOV", "CONSULT", "RUSGOV", on="20")
    assert settled(story).claims == []


def test_what_stands_is_what_the_event_says(story: Story) -> None:
    """Of each of several events, settled alone: the account agrees with the table."""
    for i in range(12):
        story.article(f"a{i}", str(20 + i % 3), copy_of="a1" if i == 7 else None)
        story.mention(f"a{i}", "FRAGOV" if i % 2 else "FRA", "CONSULT", "RUSGOV", on="20",
                      mode="phone" if i % 3 else None, confidence=0.5 + i / 100)  # fmt: skip
        story.mention(f"a{i}", "RUSMIL", "ASSAULT", "UKR" if i % 2 else "UKRCVL",
                      on="24" if i % 4 else None, city="Kharkiv" if i % 3 else None,
                      mode="aerial" if i % 5 else None, killed=float(i % 2))  # fmt: skip
    mentions, copies, articles = story.tables()
    made = story.run()
    checked = 0
    for event in made.events.to_pylist():
        links = made.event_mentions.filter(pc.field("event_id") == event["event_id"])
        own = mentions.filter(pc.is_in(mentions["mention_id"], links["mention_id"]))
        said = stands(settle(own, copies, articles))
        if said:
            assert said["source"] == event["source_actor"]
            assert said["target"] == event["target_actor"]
            assert said["cameo"] == event["cameo"]
            assert said.get("mode") == event["mode"]
            assert said["status"] == event["status"]
            assert str(said["date"]).startswith(str(event["date_start"]))
            checked += 1
    assert checked >= 2
