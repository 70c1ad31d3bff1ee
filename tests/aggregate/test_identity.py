"""Which mentions are one event."""

from __future__ import annotations

from datetime import date

import pytest

from .story import Story, day


@pytest.fixture
def story() -> Story:
    return Story()


def dates(story: Story) -> list[tuple[date | None, int]]:
    return [(e["date_start"], e["n_mentions"]) for e in story.events()]


def test_one_call_reported_by_forty_outlets_is_one_event(story: Story) -> None:
    for i in range(40):
        story.article(f"outlet{i}", "20" if i % 3 else "21")
        source, target = ("FRAGOV", "RUSGOV") if i % 2 else ("RUS", "FRA")
        mode = "phone" if i % 5 else None
        story.mention(f"outlet{i}", source, "CONSULT", target, mode=mode, on="20")
    (event,) = story.events()
    assert event["n_mentions"] == event["n_independent"] == 40
    assert {event["source_actor"], event["target_actor"]} == {"FRAGOV", "RUSGOV"}
    assert (event["mode"], event["date_start"]) == ("phone", day("20"))


def test_two_calls_between_the_same_leaders_on_two_days_stay_two(story: Story) -> None:
    story.article("a", "21")
    story.mention("a", "FRAGOV", "CONSULT", "RUSGOV", mode="phone", on="18")
    story.mention("a", "FRAGOV", "CONSULT", "RUSGOV", mode="phone", on="20")
    assert dates(story) == [(day("18"), 1), (day("20"), 1)]


def test_a_call_every_day_is_never_chained_into_one(story: Story) -> None:
    for d in range(1, 15):
        story.article(f"a{d}", str(d))
        story.mention(f"a{d}", "FRAGOV", "CONSULT", "RUSGOV", mode="phone", on=str(d))
        story.mention(f"a{d}", "FRAGOV", "CONSULT", "RUSGOV", sentence=20)
    assert dates(story) == [(day(str(d)), 2) for d in range(1, 15)]


def test_a_call_and_a_meeting_on_one_day_are_two(story: Story) -> None:
    story.article("a", "20")
    story.mention("a", "FRAGOV", "CONSULT", "RUSGOV", mode="phone", on="20")
    story.mention("a", "FRAGOV", "CONSULT", "RUSGOV", mode="visit", on="20")
    assert len(story.events()) == 2


def test_a_visit_and_its_hosting_are_one_meeting(story: Story) -> None:
    story.article("a", "7")
    story.article("b", "7")
    story.mention("a", "FRAGOV", "CONSULT", "RUSGOV", mode="visit", on="7", reciprocal=False)
    story.mention("b", "RUSGOV", "CONSULT", "FRAGOV", mode="visit", cameo="043", on="7")
    (event,) = story.events()
    assert (event["source_actor"], event["target_actor"], event["cameo"]) == (
        "FRAGOV",
        "RUSGOV",
        "042",
    )


def test_a_threat_has_a_direction(story: Story) -> None:
    story.article("a", "7")
    story.mention("a", "FRAGOV", "THREATEN", "RUSGOV", on="7")
    story.mention("a", "RUSGOV", "THREATEN", "FRAGOV", on="7")
    assert len(story.events()) == 2


@pytest.mark.parametrize("status", ["planned", "hypothetical", "negated", "denied"])
def test_what_happened_is_not_what_may_or_did_not(story: Story, status: str) -> None:
    story.article("a", "7")
    story.mention("a", "FRAGOV", "CONSULT", "RUSGOV", on="7")
    story.mention("a", "FRAGOV", "CONSULT", "RUSGOV", on="7", status=status)
    assert sorted(str(e["status"]) for e in story.events()) == sorted(["actual", status])


def test_ministers_and_presidents_who_call_on_one_day_make_two_calls(story: Story) -> None:
    story.article("a", "20")
    story.mention(
        "a", "FRAGOV", "CONSULT", "RUSGOV", mode="phone", on="20", who="macron", whom="putin"
    )
    story.mention(
        "a", "FRAGOV", "CONSULT", "RUSGOV", mode="phone", on="20", who="le-drian", whom="lavrov"
    )
    story.article("b", "20")
    story.mention("b", "RUS", "CONSULT", "FRAGOV", on="20", whom="macron")
    assert sorted(int(str(e["n_mentions"])) for e in story.events()) == [1, 2]


def test_two_cities_shelled_on_one_day_are_two_attacks(story: Story) -> None:
    story.article("a", "24")
    story.mention("a", "RUSMIL", "ASSAULT", "UKR", mode="heavy-weapons", on="24", city="Kharkiv")
    story.mention("a", "RUS", "ASSAULT", "UKRCVL", mode="aerial", on="24", city="Mariupol")
    story.article("b", "24")
    story.mention("b", "RUSMIL", "ASSAULT", "UKR", on="24", city="Mariupol")
    assert sorted((e["place_name"], e["n_mentions"]) for e in story.events()) == [
        ("Kharkiv", 1),
        ("Mariupol", 2),
    ]


def test_a_bare_country_is_its_government_but_not_its_opposition(story: Story) -> None:
    story.article("a", "20")
    story.mention("a", "RUSGOV", "THREATEN", "UKRGOV", on="20")
    story.mention("a", "RUS", "THREATEN", "UKR", on="20")
    story.mention("a", "RUSOPP", "THREATEN", "UKR", on="20")
    assert sorted((e["source_actor"], e["n_mentions"]) for e in story.events()) == [
        ("RUSGOV", 2),
        ("RUSOPP", 1),
    ]


def test_an_undated_report_joins_the_event_that_its_publication_fits(story: Story) -> None:
    story.article("dated", "20")
    story.mention("dated", "FRAGOV", "CONSULT", "RUSGOV", mode="phone", on="20")
    story.article("next day", "21")
    story.mention("next day", "FRAGOV", "CONSULT", "RUSGOV", mode="phone")
    story.article("weeks later", "2022-03-15")
    story.mention("weeks later", "FRAGOV", "CONSULT", "RUSGOV", mode="phone")
    assert sorted(e["n_mentions"] for e in story.events()) == [1, 2]


def test_an_undated_meeting_does_not_join_a_dated_call(story: Story) -> None:
    story.article("a", "20")
    story.mention("a", "FRAGOV", "CONSULT", "RUSGOV", mode="phone", on="20")
    story.article("b", "20")
    story.mention("b", "FRAGOV", "CONSULT", "RUSGOV", mode="visit")
    assert len(story.events()) == 2


def test_the_event_just_spoken_of_goes_on_in_the_next_sentence(story: Story) -> None:
    story.article("a", "20")
    story.mention("a", "FRAGOV", "CONSULT", "RUSGOV", mode="phone", on="20", sentence=0)
    story.mention("a", "FRAGOV", "CONSULT", "RUSGOV", mode="visit", on="7", sentence=5)
    story.mention("a", "FRAGOV", "CONSULT", "RUSGOV", sentence=6)
    assert sorted((e["date_start"], e["n_mentions"]) for e in story.events()) == [
        (day("7"), 2),
        (day("20"), 1),
    ]


def test_a_vague_date_joins_the_only_event_within_it(story: Story) -> None:
    story.article("a", "28")
    story.mention("a", "FRAGOV", "CONSULT", "RUSGOV", on="1", until="28")
    story.article("b", "20")
    story.mention("b", "FRAGOV", "CONSULT", "RUSGOV", mode="phone", on="20")
    (event,) = story.events()
    assert (event["date_start"], event["date_end"]) == (day("20"), day("20"))
    story.mention("b", "FRAGOV", "CONSULT", "RUSGOV", mode="phone", on="12")
    assert len(story.events()) == 3


def test_a_mention_without_actors_or_date_is_kept(story: Story) -> None:
    story.article("a")
    story.mention("a", None, "PROTEST", None, mode="demo")
    story.article("b")
    story.mention("b", None, "PROTEST", None, mode="demo")
    first, second = story.events()
    assert (first["source_actor"], first["date_start"]) == (None, None)
    assert first["event_id"] != second["event_id"]


def test_an_attack_by_unknown_hands_joins_the_one_in_the_same_city(story: Story) -> None:
    story.article("a", "8")
    story.mention("a", "AFGREB", "ASSAULT", "AFGCVL", mode="suicide-attack", on="7", city="Kabul")
    story.article("b", "8")
    story.mention(
        "b", None, "ASSAULT", "AFGCVL", mode="suicide-attack", on="7", city="Kabul", killed=12
    )
    (event,) = story.events()
    assert event["source_actor"] == "AFGREB"
    assert event["quantities"] == [
        {"kind": "killed", "low": 12.0, "high": 12.0, "unit": "persons", "start": None, "end": None}
    ]


def test_half_a_report_joins_the_only_event_of_the_day_that_it_can_mean(story: Story) -> None:
    for name in "abc":
        story.article(name, "20")
    story.mention("a", "USAGOV", "COERCE", "RUS", mode="arrest", on="20")
    story.mention("b", "USAGOV", "COERCE", None, mode="arrest", on="20")
    assert [e["n_mentions"] for e in story.events()] == [2]
    story.mention("c", "USAGOV", "COERCE", "CHN", mode="arrest", on="20")
    assert [e["n_mentions"] for e in story.events()] == [1, 1, 1]


def test_an_attack_on_another_city_does_not_join(story: Story) -> None:
    story.article("a", "24")
    story.mention("a", "RUSMIL", "ASSAULT", "UKR", on="24", city="Kharkiv")
    story.mention("a", None, "ASSAULT", "UKR", on="24", city="Mariupol")
    story.mention("a", None, "ASSAULT", None, on="24", city="Mariupol")
    story.mention("a", None, "ASSAULT", None, on="24")
    assert sorted(e["n_mentions"] for e in story.events()) == [1, 3]


def test_gunmen_of_one_story_are_the_same_gunmen(story: Story) -> None:
    story.article("a", "10")
    story.mention("a", "---REB", "ASSAULT", "AFGMIL", on="10")
    story.mention("a", "---REB", "ASSAULT", "---MIL", on="10")
    story.mention("a", "---CVL", "ASSAULT", "---MIL", on="10")
    story.article("b", "10")
    story.mention("b", "---REB", "ASSAULT", "---MIL", on="10")
    assert sorted(e["n_mentions"] for e in story.events()) == [1, 1, 2]


def test_talks_of_one_named_leader_join_those_of_both_in_the_article(story: Story) -> None:
    story.article("a", "20")
    story.mention("a", "RUSGOV", "CONSULT", "FRAGOV", mode="phone", on="20")
    story.mention("a", "FRAGOV", "CONSULT", None)
    (event,) = story.events()
    assert (event["source_actor"], event["target_actor"]) == ("RUSGOV", "FRAGOV")
    assert not any(d["field"] in ("source", "target", "date") for d in event["disagreements"] or [])


def test_a_late_repost_does_not_move_an_event_to_another_sunday(story: Story) -> None:
    sentence = "They spoke on Sunday."
    story.article("first", "20")
    story.mention("first", "FRAGOV", "CONSULT", "RUSGOV", on="20", basis="inferred", text=sentence)
    story.article("repost", "28", copy_of="first", relation="exact")
    story.mention("repost", "FRAGOV", "CONSULT", "RUSGOV", on="27", basis="inferred", text=sentence)
    (event,) = story.events()
    assert (event["date_start"], event["n_articles"], event["n_independent"]) == (day("20"), 2, 1)
    assert not any(d["field"] in ("source", "target", "date") for d in event["disagreements"] or [])


def test_a_role_without_a_country_is_found_in_its_own_article(story: Story) -> None:
    story.article("a", "28")
    story.mention("a", "FRAGOV", "CONSULT", "RUSGOV", mode="phone", on="28")
    story.mention("a", "---GOV", "CONSULT", "RUSGOV")
    (event,) = story.events()
    assert (event["source_actor"], event["target_actor"]) == ("FRAGOV", "RUSGOV")


def test_statements_to_nobody_are_one_only_if_one_person_made_them(story: Story) -> None:
    for name in "abc":
        story.article(name, "20")
    story.mention("a", "USAGOV", None, None, on="20", who="psaki")
    story.mention("b", "USAGOV", None, None, on="20", who="psaki")
    story.mention("b", "USAGOV", None, None, on="20", who="harris")
    story.mention("c", "USA", None, None, on="20")
    story.mention("a", "USAGOV", None, "RUSGOV", on="20", who="psaki")
    assert sorted(e["n_mentions"] for e in story.events()) == [1, 1, 1, 2]


def test_an_old_date_does_not_draw_in_what_one_side_says_today(story: Story) -> None:
    story.article("a", "20")
    story.mention("a", "USAGOV", "THREATEN", None, on="10", who="biden", sentence=0)
    story.mention("a", "USAGOV", "THREATEN", None, who="biden", sentence=9)
    assert len(story.events()) == 2


def test_since_is_no_day(story: Story) -> None:
    story.article("a", "20")
    story.article("b", "20")
    for name in "ab":
        story.mention(name, "RUS", "ASSAULT", "UKR", on="14", city="Kharkiv")
    story.mentions[0]["date_end"] = None
    assert sorted(e["n_mentions"] for e in story.events()) == [1, 1]


def test_two_organisations_without_a_code_of_their_own_are_two(story: Story) -> None:
    story.article("a", "20")
    for entity in ("org/arab-league", "org/african-union", "org/arab-league"):
        story.mention("a", "IGO", "SANCTION", "SYR", on="20")
        story.mentions[-1]["source_entity"] = entity
        story.mentions[-1]["mention_id"] += str(len(story.mentions))
    assert sorted(e["n_mentions"] for e in story.events()) == [1, 2]


def test_an_alliance_and_its_forces_are_one(story: Story) -> None:
    story.article("a", "20")
    story.mention("a", "IGONAT", "ASSAULT", "LBY", on="20")
    story.mention("a", "IGONATMIL", "ASSAULT", "LBY", on="20")
    assert [e["n_mentions"] for e in story.events()] == [2]


def test_the_day_of_writing_counts_where_the_text_tells_it(story: Story) -> None:
    story.article("a", "20")
    story.mention("a", "FRAGOV", "CONSULT", "RUSGOV", on="12")
    story.article("b", "16")
    story.mention("b", "FRAGOV", "CONSULT", "RUSGOV", on="13", basis="published")
    assert [(e["date_start"], e["n_mentions"]) for e in story.events()] == [(day("12"), 2)]


def test_what_follows_a_date_of_long_ago_is_news_again(story: Story) -> None:
    story.article("a", "2022-03-19")
    story.mention("a", "USAMIL", "ASSAULT", "LBYGOV", on="1986-04-15", mode="aerial")
    story.mention(
        "a", "USAMIL", "ASSAULT", "LBYGOV", mode="aerial", on="2022-03-19", basis="published"
    )
    story.mention("a", "USAMIL", "ASSAULT", None, mode="aerial", on="2022-03-19", basis="published")
    assert [e["n_mentions"] for e in story.events()] == [1, 2]  # 1986 comes first


def test_vague_reports_of_one_sided_violence_are_not_lumped_over_articles(story: Story) -> None:
    for name in "ab":
        story.article(name, "20")
        story.mention(name, None, "ASSAULT", "LBY", on="20")
    assert [e["n_mentions"] for e in story.events()] == [1, 1]


def test_two_deeds_told_in_one_sentence_are_not_one_for_want_of_a_target(story: Story) -> None:
    story.article("a", "26")
    text = "Belarus barred 31 officials of the European Union and closed its border."
    story.mention("a", "BLR", "COERCE", "EURGOV", on="26", cameo="172", mode="ban", text=text)
    story.mention("a", "BLR", "COERCE", None, on="26", cameo="191", mode="restrict", text=text)
    assert sorted(str(e["cameo"]) for e in story.events()) == ["172", "191"]


def test_they_spoke_again_two_days_later_and_it_is_a_second_call(story: Story) -> None:
    """By the words: "spoke again on Tuesday" in the same text, and in the texts of that day."""
    for name, published in (("monday", "20"), ("tuesday", "22"), ("agency", "22")):
        story.article(name, published)
    story.mention("monday", "FRAGOV", "CONSULT", "RUSGOV", mode="phone", on="20")
    story.mention("tuesday", "FRAGOV", "CONSULT", "RUSGOV", mode="phone", on="22", basis="inferred")
    story.mention("tuesday", "FRAGOV", "CONSULT", "RUSGOV", mode="phone", on="20", sentence=9)
    story.mention("agency", "RUSGOV", "CONSULT", "FRAGOV", mode="phone")
    assert dates(story) == [(day("20"), 2), (day("22"), 2)]
