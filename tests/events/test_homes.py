"""Bodies named without a nation: which country they belong to, and when nobody can tell."""

from __future__ import annotations

import pytest

from tasks.events import code_text
from tasks.events.mention import Mention


def the(text: str, plover: str) -> Mention:
    found = [m for m in code_text(text) if m.plover == plover]
    assert found, text
    return found[-1]


def sides(m: Mention) -> tuple[str, str]:
    return tuple(p.code if p else "" for p in (m.source, m.target))  # type: ignore[return-value]


def test_the_place_of_the_event_says_whose_police_it_is() -> None:
    m = the("Police arrested opposition leaders near Harare on Monday.", "COERCE")
    assert sides(m)[0] == "ZWECOP"
    assert "source:place" in m.rule


def test_the_dateline_says_it_for_the_whole_article() -> None:
    text = "HARARE, Zimbabwe (AP) -- It rained. Police arrested opposition leaders on Monday."
    m = the(text, "COERCE")
    assert sides(m) == ("ZWECOP", "ZWEOPP")
    assert "source:dateline + target:dateline" in m.rule


def test_the_country_that_the_article_is_about_comes_last() -> None:
    m = the("Workers marched in Tegucigalpa. The government imposed a curfew.", "COERCE")
    assert sides(m) == ("HNDGOV", "")
    assert m.rule.endswith("source:article")


def test_troops_named_with_their_nation_keep_it_abroad() -> None:
    m = the("American troops entered Iraq. The troops killed insurgents near Basra.", "ASSAULT")
    assert sides(m) == ("USAMIL", "IRQREB")
    assert "source:earlier" in m.rule


def test_whose_enemies_they_are_does_not_say_where_they_belong() -> None:
    assert sides(the("Gunmen killed Russian soldiers.", "ASSAULT")) == ("---UAF", "RUSMIL")


def test_outsiders_belong_elsewhere() -> None:
    m = the("Foreign troops killed insurgents near Basra.", "ASSAULT")
    assert sides(m) == ("---MIL", "IRQREB")


def test_a_country_in_dispute_between_two_is_left_open() -> None:
    text = "Macron spoke of Mali and of Niger. Police arrested opposition leaders."
    assert sides(the(text, "COERCE")) == ("---COP", "---OPP")


def test_an_inferred_country_is_told_by_its_rule() -> None:
    named = the("Zimbabwean police arrested opposition leaders.", "COERCE")
    inferred = the("Police arrested opposition leaders near Harare.", "COERCE")
    assert "source:" not in named.rule
    assert inferred.rule.endswith("source:place + target:place")


def test_what_a_party_calls_its_own_is_of_its_country() -> None:
    text = "Baghdad was quiet. Iran sacked its military commanders."
    assert sides(the(text, "SANCTION")) == ("IRN", "IRNMIL")


def test_officials_of_one_country_do_not_make_leaders_theirs() -> None:
    text = "A British official spoke to reporters. Negotiators condemned the coup."
    assert sides(the(text, "ACCUSE"))[0] == "---GOV"


def test_a_crowd_without_a_name_is_of_the_place_too() -> None:
    m = the("Tens of thousands marched through San Pedro Sula on Saturday.", "PROTEST")
    assert sides(m)[0].startswith("HND")


def test_who_is_arrested_at_a_protest_is_no_thief() -> None:
    text = "Thousands marched through San Pedro Sula. Police arrested 34 people."
    assert sides(the(text, "COERCE")) == ("HNDCOP", "HNDCVL")
    assert code_text("It rained in San Pedro Sula. Police arrested 34 people.") == []


def test_they_are_the_crowd_just_told_of() -> None:
    text = (
        "Thousands of people marched through San Pedro Sula on Saturday to protest against a rise "
        "in prices, and police arrested 21 of them after a barricade was set alight."
    )
    assert sides(the(text, "COERCE")) == ("HNDCOP", "HNDCVL")


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        # a nation before the weapon or the strike owns it
        ("en", "Russian drone strikes across Ukraine kill 22 people.", "RUSMIL>"),
        ("en", "Iranian drones strike two Kuwaiti refineries.", "IRNMIL>KWT"),
        ("en", "Israeli warplanes struck a warehouse near Damascus.", "ISRMIL>"),
        ("es", "Drones iraníes atacan dos refinerías kuwaitíes.", "IRNMIL>"),
        ("es", "Un ataque con misiles rusos mató a tres personas en Járkov.", "RUS>UKRCVL"),
        ("fr", "Des frappes russes ont tué 22 personnes en Ukraine.", "RUS>UKRCVL"),
        ("fr", "Des drones iraniens ont attaqué deux raffineries koweïtiennes.", "IRNMIL>KWT"),
        # but not who made or sold it
        ("en", "US-made missiles struck a hospital in Gaza on Monday.", ">PSEMED"),
        ("en", "Iranian-designed drones hit a power station in Odesa.", "---MIL>UKR"),
        ("en", "A Chinese-built drone struck a convoy in Darfur.", "---MIL>SDN"),
        ("es", "Drones de fabricación iraní atacaron Kiev.", "---MIL>UKRGOV"),
        ("fr", "Des drones de conception iranienne ont attaqué Kiev.", "---MIL>UKRGOV"),
        # nor whom it hit, or where it came from
        ("en", "A drone hits a refinery in the Saudi port of Yanbu.", "---MIL>SAU"),
        ("en", "Gunmen in Borno killed 14 farmers on Sunday.", "---UAF>NGAAGR"),
        ("en", "Fighter jets bombed a market in Khartoum.", "---MIL>"),
        ("en", "The government bombed villages in Darfur.", "---GOV>"),
        ("en", "A rocket attack launched from Kuwait killed three women in Basra.", ">IRQCVL"),
        ("es", "Un dron atacó un aeropuerto en Erbil.", "---MIL>"),
        ("es", "Hombres armados mataron a 14 campesinos en Borno.", "---UAF>NGAAGR"),
        ("fr", "L'armée a bombardé un village à Idlib.", "---MIL>"),
        # civil bodies are of the place, and so are the attacked
        ("en", "Police in Nairobi arrested 40 protesters.", "KENCOP>KENOPP"),
        ("en", "Gunmen attacked an army base near Goma.", "---UAF>CODMIL"),
        ("es", "La policía detuvo a 40 manifestantes en Nairobi.", "KENCOP>KENOPP"),
        ("fr", "La police a arrêté 40 manifestants à Nairobi.", "KENCOP>KENOPP"),
    ],
)
def test_the_attacked_never_become_the_attackers(lang: str, text: str, expected: str) -> None:
    found = {">".join(sides(m)) for m in code_text(text, lang=lang)}
    assert found == {expected}


def test_whose_its_troops_are_is_said_before() -> None:
    m = the("Ethiopia said its troops killed rebels in Somalia.", "ASSAULT")
    assert sides(m)[0] == "ETHMIL"


@pytest.mark.parametrize(
    "text",
    [
        "Police in Moscow, Idaho, arrested a student.",
        "Police in Moscow in Idaho arrested a student.",
    ],
)
def test_a_town_with_its_division_is_one_place_and_no_list(text: str) -> None:
    assert [sides(m) for m in code_text(text)] == [("USACOP", "USAEDU")]
