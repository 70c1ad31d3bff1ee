"""What the coder makes of sentences: who, whom, type, status, attribution, date."""

from __future__ import annotations

from datetime import date

import pytest

from tasks.events import Mention, code_text, explain_sentence

DAY = date(2022, 2, 9)  # a Wednesday


def code(text: str) -> list[Mention]:
    return code_text(text, published=DAY)


def one(text: str, cameo: str) -> Mention:
    found = [m for m in code(text) if m.cameo.startswith(cameo)]
    assert len(found) == 1, [(m.cameo, m.rule) for m in code(text)]
    return found[0]


def sides(m: Mention) -> str:
    return f"{m.source.code if m.source else '---'}>{m.target.code if m.target else '---'}"


@pytest.mark.parametrize(
    ("text", "cameo", "who"),
    [
        ("Russian troops attacked a Ukrainian base.", "190", "RUSMIL>UKR"),
        ("A Ukrainian base was attacked by Russian troops.", "190", "RUSMIL>UKR"),
        ("The Ukrainian soldiers killed by Russian troops were buried.", "190", "RUSMIL>UKRMIL"),
        ("Turkey, which attacked Syria, said nothing.", "190", "TUR>SYR"),
        ("France condemned Russia's decision.", "111", "FRA>RUS"),
        ("France imposed sanctions on Russia.", "163", "FRA>RUS"),
        ("Sanctions were imposed on Russia by France.", "163", "FRA>RUS"),
        ("France lifted sanctions on Russia.", "085", "FRA>RUS"),
        ("France called on Russia to release the hostages.", "0253", "FRA>RUS"),
        ("France refused to meet with Russia.", "125", "FRA>RUS"),
        ("Russia threatened to attack Ukraine.", "138", "RUS>UKR"),
        ("France agreed to provide humanitarian aid to Syria.", "0333", "FRA>SYR"),
        ("The arrest of a Russian official by French police came on Monday.", "173", "FRA>RUS"),
    ],
)
def test_who_does_what_to_whom(text: str, cameo: str, who: str) -> None:
    source, target = who.split(">")
    m = one(text, cameo)
    assert sides(m).split(">")[0].startswith(source)
    assert sides(m).split(">")[1].startswith(target)


@pytest.mark.parametrize(
    ("text", "cameo"),
    [
        ("Macron and Putin met in Moscow.", "040"),
        ("Macron met with Putin in Moscow.", "040"),
        ("Macron spoke by telephone with Putin.", "041"),
        ("A phone call between Macron and Putin lasted an hour.", "041"),
        ("Macron held talks with Putin.", "040"),
    ],
)
def test_a_meeting_has_two_sides_and_no_direction(text: str, cameo: str) -> None:
    m = one(text, cameo)
    assert m.is_reciprocal
    assert sorted(sides(m).split(">")) == ["FRAGOV", "RUSGOV"]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Russian troops attacked a Ukrainian base.", "actual"),
        ("Russian troops did not attack a Ukrainian base.", "negated"),
        ("Russia denied attacking a Ukrainian base.", "denied"),
        ("France will suffer if Russian troops attack a Ukrainian base.", "hypothetical"),
        ("Russian troops will attack a Ukrainian base.", "planned"),
        ("Russian troops could attack a Ukrainian base.", "hypothetical"),
    ],
)
def test_status(text: str, status: str) -> None:
    found = {m.status for m in code(text) if m.cameo[:2] in ("19", "13") and m.plover}
    assert found == {status}


def test_a_planned_meeting_is_agreed_and_planned() -> None:
    m = one("Macron will meet Putin on Friday.", "036")
    assert (m.plover, m.status) == ("AGREE", "planned")


def test_a_refusal_in_the_future_is_a_rejection_now() -> None:
    m = one("France will not meet with Russia.", "125")
    assert (m.plover, m.status) == ("REJECT", "actual")


def test_who_says_so() -> None:
    m = one("Ukraine said Russian troops attacked a base near Kharkiv.", "190")
    assert m.attribution is not None
    assert (m.attribution.actor, m.attribution.verb) == ("UKR", "say")


@pytest.mark.parametrize(
    ("text", "first", "basis"),
    [
        ("Macron met Putin on Monday.", date(2022, 2, 7), "inferred"),
        ("Macron met Putin on 3 March 2021.", date(2021, 3, 3), "stated"),
        ("Macron met Putin in Moscow.", DAY, "published"),
        ("In 2014 Russia annexed Crimea.", date(2014, 1, 1), "stated"),
    ],
)
def test_the_date_is_stated_or_the_day_of_publication(text: str, first: date, basis: str) -> None:
    when = code(text)[0].when
    assert (when.first, when.basis) == (first, basis)


def test_what_is_planned_gets_no_date_that_is_not_stated() -> None:
    assert one("Macron will meet Putin in Moscow.", "036").when.first is None


@pytest.mark.parametrize(
    ("then", "cameo", "target"),
    [
        ("The two leaders spoke again on Thursday.", "040", "RUSGOV"),
        ("Both presidents spoke about trade.", "040", "RUSGOV"),
        ("The two leaders spoke to reporters.", "010", None),
        ("The two leaders spoke at a conference.", "010", None),
    ],
)
def test_two_who_speak_speak_with_each_other_unless_others_listen(
    then: str, cameo: str, target: str | None
) -> None:
    mentions = code(f"Emmanuel Macron called Vladimir Putin. {then}")
    found = [m for m in mentions if m.sentence_index == 1]
    assert [m.cameo for m in found] == [cameo]
    assert [m.target.code if m.target else None for m in found] == [target]
    assert found[0].source is not None
    assert found[0].source.code == "FRAGOV"


def test_the_two_leaders_and_he_are_found_in_the_sentence_before() -> None:
    text = (
        "Emmanuel Macron called Vladimir Putin. The two leaders met again. He praised Olaf Scholz."
    )
    pairs = [(m.cameo, sides(m)) for m in code(text)]
    assert ("041", "FRAGOV>RUSGOV") in pairs
    assert ("040", "FRAGOV>RUSGOV") in pairs
    assert ("051", "FRAGOV>DEUGOV") in pairs or ("051", "FRAGOV>DEUELI") in pairs


@pytest.mark.parametrize(
    "text",
    [
        "France beat Russia 3-1 in the final.",
        "France met the deadline.",
        "Typhoon Mitag killed six people in South Korea.",
        "French exports hit a record.",
        "The company announced a new phone.",
        "France fought inflation.",
    ],
)
def test_abstains(text: str) -> None:
    assert [m for m in code(text) if m.plover] == []


def test_the_explanation_names_actors_clauses_rule_and_what_was_left() -> None:
    shown = explain_sentence("French exports hit a record. Macron met Putin.", published=DAY)
    assert "CONSULT/meet" in shown
    assert "met [subj: Macron, obj: Putin]" in shown
    assert "FRAGOV (Macron) <-> RUSGOV (Putin)" in shown
    assert "no pack" in explain_sentence("x", lang="tlh")


@pytest.mark.parametrize(
    ("text", "cameo"),
    [
        ("A suicide bomber killed five French soldiers in Kabul.", "1831"),
        ("Russian warplanes attacked a Ukrainian base.", "195"),
        ("Russian troops attacked a Ukrainian base.", "190"),
    ],
)
def test_the_means_make_an_attack_finer(text: str, cameo: str) -> None:
    assert {m.cameo for m in code(text)} == {cameo}


def test_what_one_says_another_must_do_is_a_demand() -> None:
    m = one("Russia says Israel must end attacks on Syria.", "10")
    assert (sides(m), m.plover) == ("RUS>ISR", "REQUEST")
    assert m.rule.endswith("duty")


def test_a_charge_is_no_report() -> None:
    found = code("French police arrested a Russian official for attacking a Ukrainian diplomat.")
    assert [m.status for m in found if m.plover == "ASSAULT"] == ["hypothetical"]
