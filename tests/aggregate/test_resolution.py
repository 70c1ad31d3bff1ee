"""What an event says where its reports differ, and on how many independent reports it rests."""

from __future__ import annotations

from typing import Any

import pytest

from tasks.identity import digest128

from .story import Story, day


@pytest.fixture
def story() -> Story:
    return Story()


def only(story: Story) -> dict[str, Any]:
    (event,) = story.events()
    return event


def call(story: Story, name: str, published: str = "20", **about: Any) -> None:
    """One article on the call of 20 February."""
    publisher, copy_of = about.pop("publisher", None), about.pop("copy_of", None)
    relation = about.pop("relation", "near")
    story.article(name, published, publisher=publisher, copy_of=copy_of, relation=relation)
    source, target = about.pop("source", "FRAGOV"), about.pop("target", "RUSGOV")
    story.mention(name, source, "CONSULT", target, on=about.pop("on", "20"), **about)


def test_copies_excerpts_and_updates_of_one_text_are_one_source(story: Story) -> None:
    call(story, "original")
    for relation in ("exact", "near", "excerpt", "embeds", "update"):
        call(story, relation, copy_of="original", relation=relation)
    call(story, "another")
    event = only(story)
    assert (event["n_mentions"], event["n_articles"], event["n_independent"]) == (7, 7, 2)


def test_all_who_cite_one_agency_are_one_source_with_the_agency_itself(story: Story) -> None:
    call(story, "agency", publisher="reuters.com")
    call(story, "paper", according_to="the Reuters news agency")
    call(story, "site", according_to="агентству Рейтер")
    call(story, "own correspondent")
    event = only(story)
    assert (event["n_articles"], event["n_independent"], event["n_publishers"]) == (4, 2, 4)


def test_a_statement_of_a_party_is_not_second_hand_reporting(story: Story) -> None:
    call(story, "a", according_to="the Elysee")
    call(story, "b", according_to="the Elysee")
    assert only(story)["n_independent"] == 2


def test_one_sentence_of_its_own_makes_a_report_independent(story: Story) -> None:
    call(story, "a", according_to="Reuters")
    call(story, "b", according_to="Reuters")
    story.mention("b", "FRAGOV", "CONSULT", "RUSGOV", on="20")
    assert only(story)["n_independent"] == 2


def test_the_independent_reports_are_marked(story: Story) -> None:
    call(story, "original", confidence=0.6)
    call(story, "copy", copy_of="original", confidence=0.9)
    links = story.run().event_mentions.to_pylist()
    assert sorted((x["article_id"], x["is_independent"]) for x in links) == [
        ("copy", True),
        ("original", False),
    ]


def test_a_role_beats_a_bare_country_however_often_it_is_named(story: Story) -> None:
    for name in "abc":
        call(story, name, source="FRA", target="RUS")
    call(story, "d")
    event = only(story)
    assert (event["source_actor"], event["source_role"], event["target_actor"]) == (
        "FRAGOV",
        "GOV",
        "RUSGOV",
    )
    assert event["disagreements"] is None


def test_a_stated_date_beats_an_inferred_one_and_both_beat_publication(story: Story) -> None:
    call(story, "c", published="21", on="21", basis="published")
    call(story, "b", basis="inferred", confidence=0.9)
    assert only(story)["date_basis"] == "inferred"
    call(story, "a", confidence=0.1)
    event = only(story)
    assert (event["date_start"], event["date_basis"]) == (day("20"), "stated")
    assert not any(d["field"] == "date" for d in event["disagreements"] or [])


def test_a_specific_place_beats_its_country_but_not_another(story: Story) -> None:
    call(story, "a", country="RUS")
    call(story, "b", city="Moscow", place_basis="context", confidence=0.3)
    assert only(story)["place_name"] == "Moscow"
    call(story, "c", city="Kabul", place_basis="context", confidence=0.9)
    assert only(story)["place_name"] == "Moscow"


def test_a_specific_code_beats_the_general_one(story: Story) -> None:
    for name in "abc":
        call(story, name)
    call(story, "d", mode="phone")
    event = only(story)
    assert (event["cameo"], event["mode"]) == ("041", "phone")


def test_a_call_has_no_place(story: Story) -> None:
    call(story, "a", mode="phone", city="Moscow")
    assert only(story)["place_name"] is None
    call(story, "b", city="Kabul")
    event = only(story)
    assert (event["place_name"], event["place_basis"], event["disagreements"]) == (None, None, None)


def test_most_texts_decide_on_the_country_a_specific_place_within_it(story: Story) -> None:
    call(story, "a", city="Kabul")
    call(story, "b", country="RUS")
    call(story, "c", city="Moscow")
    event = only(story)
    assert event["place_name"] == "Moscow"
    assert [d["value"] for d in event["disagreements"]] == [
        "Kabul, AFG 1138958",
        "Moscow, RUS 524901",
    ]


def test_reports_that_say_less_do_not_disagree(story: Story) -> None:
    call(story, "vague", source="FRA", on="14", until="20", country="RUS")
    call(story, "exact", mode="visit", city="Moscow")
    assert only(story)["disagreements"] is None


def test_reports_that_say_other_things_do(story: Story) -> None:
    call(story, "a", target="RUSGOVMIL")
    call(story, "b", target="RUSGOVLEG")
    assert only(story)["disagreements"] == [
        {"field": "target", "value": "RUSGOVLEG", "n_articles": 1},
        {"field": "target", "value": "RUSGOVMIL", "n_articles": 1},
    ]


def test_tolls_differ_openly_and_the_better_supported_one_stands(story: Story) -> None:
    for name, killed in (("a", 12.0), ("b", 15.0), ("c", 15.0)):
        story.article(name, "8")
        story.mention(
            name, "AFGREB", "ASSAULT", "AFGCVL", mode="suicide-attack", on="7", city="Kabul",
            killed=killed,
        )  # fmt: skip
    event = only(story)
    assert [q["low"] for q in event["quantities"]] == [15.0]
    assert event["disagreements"] == [
        {"field": "killed", "value": "15.0 persons", "n_articles": 2},
        {"field": "killed", "value": "12.0 persons", "n_articles": 1},
    ]


def test_copies_do_not_vote_twice(story: Story) -> None:
    call(story, "original", target="RUSGOV")
    for i in range(5):
        call(story, f"copy{i}", copy_of="original", target="RUSGOV")
    call(story, "b", target="RUSGOVMIL")
    call(story, "c", target="RUSGOVMIL")
    assert only(story)["target_actor"] == "RUSGOVMIL"


def test_the_best_mention_is_the_surest_then_the_one_with_a_stated_date(story: Story) -> None:
    call(story, "early", published="19", basis="inferred")
    call(story, "late", published="21")
    assert only(story)["best_mention_id"] == story.mentions[1]["mention_id"]
    call(story, "sure", published="22", basis="inferred", confidence=0.95)
    assert only(story)["best_mention_id"] == story.mentions[2]["mention_id"]


def test_an_event_is_named_after_its_first_report_and_keeps_its_id(story: Story) -> None:
    call(story, "first", published="20")
    first = story.mentions[0]["mention_id"]
    expected = digest128("event", str(first))
    assert only(story)["event_id"] == expected
    call(story, "later", published="21", confidence=0.99)
    assert only(story)["event_id"] == expected
    call(story, "earlier", published="19")
    assert only(story)["event_id"] != expected


def test_languages_publishers_and_the_span_of_reporting_are_counted(story: Story) -> None:
    story.article("a", "20", publisher="lemonde.fr", lang="fr")
    story.article("b", "22", publisher="lemonde.fr", lang="de")
    for name in "ab":
        story.mention(name, "FRAGOV", "CONSULT", "RUSGOV", on="20")
    event = only(story)
    assert event["languages"] == ["de", "fr"]
    assert event["n_publishers"] == 1
    assert (event["first_reported"], event["last_reported"]) == (day("20"), day("22"))


def test_nothing_in_gives_nothing_out(story: Story) -> None:
    result = story.run()
    assert result.events.num_rows == result.event_mentions.num_rows == 0
