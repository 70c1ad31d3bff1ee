"""Where the parties of an event are looked for when the parser hung them elsewhere."""

from __future__ import annotations

import pytest

from tasks.events import Mention, code_text


def told(text: str) -> list[str]:
    return [f"{_code(m, 'source')}>{_code(m, 'target')} {m.cameo}" for m in code_text(text)]


def _code(m: Mention, side: str) -> str:
    party = getattr(m, side)
    return party.code if party else "---"


@pytest.mark.parametrize(
    ("text", "event"),
    [
        # a preposition of the verb hung on a noun in between
        ("Macron held talks in Berlin with Putin.", "FRAGOV>RUSGOV 040"),
        ("France returned a statue of a Roman emperor to Algeria.", "FRA>DZA 0842"),
        # an object without preposition taken for an adverbial
        ("Turkish President Erdogan meets Russian President Putin.", "TURGOV>RUSGOV 040"),
        # an object on the wrong side of its verb
        ("Japan on Friday lifted sanctions on Iran.", "JPN>IRN 085"),
        # a noun said of someone
        ("France is the largest donor to Syria.", "FRA>SYR 070"),
        ("France remains the largest donor to Syria.", "FRA>SYR 070"),
        # what a call is made for
        ("Macron called Putin to apologize for the delay.", "FRAGOV>RUSGOV 055"),
        # whom a promise is about
        ("Macron promised that two batteries would reach Ukraine.", "FRAGOV>UKR 030"),
        # the talks after which someone acts
        ("Macron announced the sum after a phone call with Putin.", "FRAGOV>RUSGOV 041"),
    ],
)
def test_a_party_is_found_where_the_parser_may_have_hung_it(text: str, event: str) -> None:
    assert event in told(text)


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("France expressed readiness to meet with Russia.", "FRA>RUS 036"),
        ("Macron is due to meet Putin.", "FRAGOV>RUSGOV 036"),
        ("France is unwilling to meet with Russia.", "FRA>RUS 125"),
        ("France walked out of talks with Russia.", "FRA>RUS 164"),
        ("France denied aid to Syria.", "FRA>SYR 122"),
    ],
)
def test_an_infinitive_belongs_to_the_word_that_asks_for_it(text: str, event: str) -> None:
    assert event in told(text)


def test_who_was_kept_from_it_is_the_one_who_would_have_done_it() -> None:
    assert told("France stopped Russia from attacking Ukraine.") == ["RUS>UKR 190"]
    assert told("France averted an attack by Russia.") == ["RUS>--- 190"]


def test_a_time_or_an_own_object_is_no_party_of_the_call() -> None:
    assert "FRAGOV>--- 055" not in told("On Monday Macron called Putin to apologize to Ukraine.")


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("France agreed to lift sanctions on Russia and provide aid to Syria.", "FRA>SYR 033"),
        ("Macron called Putin a dictator.", "FRAGOV>RUSGOV 111"),
    ],
)
def test_like_goes_with_like(text: str, event: str) -> None:
    assert event in told(text)


def test_what_is_aimed_at_has_not_happened() -> None:
    found = code_text("France sent a team with the aim of arresting a Russian official.")
    assert [m.status for m in found if m.cameo == "173"] == ["hypothetical"]


def test_to_insist_that_it_is_so_asks_for_nothing() -> None:
    assert told("France insisted that Russia leave.") == ["FRA>RUS 100"]
    assert not any(e.endswith("100") for e in told("France insisted that Russia had left."))


def test_who_stands_right_before_the_second_verb_does_what_it_says() -> None:
    found = told(
        "Armenia released five Azerbaijani soldiers on Tuesday and Azerbaijan returned three "
        "Armenian servicemen."
    )
    assert found == ["ARM>AZEMIL 0841", "AZE>ARMMIL 0841"]
