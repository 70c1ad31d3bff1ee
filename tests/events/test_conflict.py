"""Conflict as news tells it: what is one event, what is public, and what is none at all."""

from __future__ import annotations

import pytest

from tasks.events import code_text
from tasks.events.mention import Mention


def coded(text: str) -> list[tuple[str, str, str, str]]:
    return [(m.plover, m.cameo, *_codes(m)) for m in code_text(text) if m.plover]


def _codes(m: Mention) -> tuple[str, str]:
    source, target = (p.code if p else "" for p in (m.source, m.target))
    return source, target


def test_the_dead_and_the_wounded_of_one_attack_are_one_event() -> None:
    text = "Ten French soldiers were killed and 32 wounded in a grenade attack."
    assert coded(text) == [("ASSAULT", "183", "", "FRAMIL")]


def test_what_they_march_for_is_no_second_event() -> None:
    text = "Thousands of people marched through Tegucigalpa to protest against the law."
    assert [(x[0], x[2]) for x in coded(text)] == [("PROTEST", "HNDCVL")]


def test_who_is_expelled_from_a_country_is_expelled_by_it() -> None:
    text = "Two Russian diplomats were expelled from France."
    assert coded(text) == [("SANCTION", "161", "FRA", "RUSGOV")]


def test_a_parliament_says_what_its_resolution_says() -> None:
    text = "The French parliament passed a resolution condemning Russia."
    assert ("ACCUSE", "111", "FRALEG", "RUS") in coded(text)


def test_police_who_arrest_are_no_passive() -> None:
    text = "Police have arrested at least 30 opposition activists in Minsk."
    assert [x[:3] for x in coded(text)] == [("COERCE", "173", "BLRCOP")]


@pytest.mark.parametrize(
    "text",
    [
        "Russia beat France by two goals.",
        "Putin beat a Russian rival in the election.",
        "Three Russian soldiers were killed in a crash.",
        "An earthquake killed three Russian soldiers.",
        "A shark attack in Russia killed a man.",
        "The Russian director shot a film.",
        "Russia declared war on drugs.",
        "A league clash between Russia and France ended in a draw.",
        "Russia demonstrated its commitment.",
        "The Russian company recalled 200 cars.",
    ],
)
def test_sport_illness_weather_and_figures_of_speech_are_no_events(text: str) -> None:
    assert coded(text) == []
