"""Actors in the languages whose role words are in the tables, and countries in all of CLDR's."""

from __future__ import annotations

from datetime import date

import pytest

from tasks.annotate.actors import find_actors
from tasks.annotate.actors_languages import country_names, expand
from tasks.annotate.types import Sentence


def codes(text: str, lang: str) -> dict[str, str]:
    found = find_actors(text, [Sentence(0, 0, len(text))], on=date(2022, 2, 20), lang=lang)
    return {m.text: m.code for m in found if m.code}


@pytest.mark.parametrize(
    ("lang", "text", "words", "code"),
    [
        ("es", "Las tropas rusas atacaron.", "tropas rusas", "RUSMIL"),
        (
            "es",
            "El ministro de Defensa de Colombia",
            "ministro de Defensa de Colombia",
            "COLGOVMIL",
        ),
        ("fr", "Les forces russes", "forces russes", "RUSMIL"),
        ("fr", "Le président de l'Ukraine", "président de l'Ukraine", "UKRGOV"),
        ("fr", "L'ancien président russe", "ancien président russe", "RUSELI"),
        ("de", "Der Präsident der Ukraine", "Präsident der Ukraine", "UKRGOV"),
        ("de", "Russische Truppen", "Russische Truppen", "RUSMIL"),
        ("pt", "O governo do Brasil", "governo do Brasil", "BRAGOV"),
        ("it", "Le truppe russe", "truppe russe", "RUSMIL"),
        ("ru", "Российские войска", "Российские войска", "RUSMIL"),
        ("ru", "МИД России заявил", "МИД России", "RUSGOV"),
        ("uk", "Президент України заявив", "Президент України", "UKRGOV"),
        ("ar", "وزارة الدفاع الروسية", "وزارة الدفاع الروسية", "RUSGOVMIL"),
        ("ar", "الجيش الإسرائيلي", "الجيش الإسرائيلي", "ISRMIL"),
        # a role with its adjective is complete where the verb comes first
        ("ar", "التقى الرئيس الروسي وزير الخارجية الفرنسي", "الرئيس الروسي", "RUSGOV"),
        # organisations and groups by the names that a language gives them
        ("es", "Los guerrilleros de las FARC huyeron.", "guerrilleros de las FARC", "COLREB"),
        ("es", "El Ejército de Liberación Nacional", "Ejército de Liberación Nacional", "COLREB"),
        ("es", "La OEA protestó.", "OEA", "IGO"),
        ("es", "La Casa Rosada protestó.", "Casa Rosada", "ARGGOV"),
        ("es", "El secretario general de la ONU", "secretario general de la ONU", "UNOGOV"),
        ("fr", "Les rebelles du M23 ont fui.", "rebelles du M23", "CODREB"),
        ("fr", "Le secrétaire général de l'ONU", "secrétaire général de l'ONU", "UNOGOV"),
        ("fr", "Le Quai d'Orsay a protesté.", "Quai d'Orsay", "FRAGOV"),
        # who serves abroad is not of the country where he serves
        ("fr", "L'ambassadeur en France est parti.", "ambassadeur", "---GOV"),
    ],
)
def test_roles_compose_with_nations(lang: str, text: str, words: str, code: str) -> None:
    assert codes(text, lang)[words] == code


@pytest.mark.parametrize(
    ("lang", "name"),
    [
        ("es", "Vladímir Putin"),
        ("es", "Serguéi Lavrov"),
        ("fr", "Vladimir Poutine"),
        ("fr", "Sergueï Lavrov"),
        ("de", "Wladimir Putin"),
        ("ru", "Владимира Путина"),
        ("uk", "Володимир Путін"),
        ("ar", "فلاديمير بوتين"),
    ],
)
def test_persons_are_known_as_each_language_writes_them(lang: str, name: str) -> None:
    assert codes(f"… {name} …", lang) == {name: "RUSGOV"}


@pytest.mark.parametrize(
    ("lang", "name"), [("pl", "Niemcy"), ("tr", "Almanya"), ("ja", "ドイツ"), ("sv", "Tyskland")]
)
def test_countries_are_known_in_languages_without_role_words(lang: str, name: str) -> None:
    assert codes(name, lang) == {name: "DEU"}


def test_a_capital_behind_a_preposition_is_a_place() -> None:
    assert codes("Москва заявила протест.", "ru")["Москва"] == "RUSGOV"
    assert codes("Он живёт в Москве.", "ru")["Москве"] == "RUS"
    assert codes("El ministro viajó a Bruselas.", "es") == {"ministro": "---GOV", "Bruselas": "BEL"}
    assert codes("Bruselas protestó.", "es")["Bruselas"] == "BELGOV"


def test_words_that_hold_a_role_word_are_no_actor() -> None:
    assert codes("La huelga general y las elecciones generales", "es") == {}
    assert codes("En général, le directeur général", "fr") == {}


def test_arabic_prefixes_belong_to_the_word() -> None:
    assert codes("وروسيا", "ar") == {"وروسيا": "RUS"}


def test_endings_come_from_the_table() -> None:
    assert expand("rus+o", "es") == ["ruso", "rusa", "rusos", "rusas"]
    assert expand("plain", "es") == ["plain"]


def test_country_names_bend_where_the_language_has_cases() -> None:
    names = {name for code, name in country_names("ru") if code == "RU"}
    assert {"Россия", "России", "Россию", "Россией"} <= names
    assert list(country_names("no such language")) == []
