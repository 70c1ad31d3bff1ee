"""Names that several countries, towns, divisions and persons bear: actors and places agree on one."""

from __future__ import annotations

import pytest

from tasks.annotate import annotate


def countries(text: str, lang: str = "en") -> set[str]:
    """Return the countries that actors and places of a text have."""
    a = annotate(text, lang=lang)
    return {m.country for m in (*a.actors, *a.places) if m.country}


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        # a town with its division
        ("en", "The mayor of Paris, Texas, left.", "USA"),
        ("en", "It rained in Brazil, Ind.", "USA"),
        ("en", "Police in London in Ontario arrested a man.", "CAN"),
        ("en", "Protesters marched in St. Petersburg, Florida.", "USA"),
        ("en", "Protesters marched in Naples in Florida.", "USA"),
        ("en", "Police in Moscow in Idaho arrested a student.", "USA"),
        ("en", "Police in Panama City, Florida, arrested a man.", "USA"),
        ("es", "La policía de Londres, en Ontario, detuvo a un hombre.", "CAN"),
        ("es", "Un juez de Moscú, Idaho, dictó sentencia.", "USA"),
        ("fr", "La police de London, en Ontario, a arrêté un homme.", "CAN"),
        # or its country
        ("en", "Protesters marched in San José, Costa Rica.", "CRI"),
        ("en", "Gunmen clashed in Tripoli in northern Lebanon.", "LBN"),
        ("en", "Lebanese troops clashed with gunmen in Tripoli.", "LBN"),
        ("en", "Venezuelan opposition leaders rallied in Barcelona.", "VEN"),
        ("es", "Hubo protestas en Granada, Nicaragua.", "NIC"),
        ("es", "Tropas libanesas chocaron con hombres armados en Trípoli.", "LBN"),
        ("fr", "La police a arrêté des dissidents à Santiago de Cuba.", "CUB"),
        ("en", "Police arrested dissidents in Santiago de Cuba.", "CUB"),
        # a division of a country's name
        ("en", "Georgia Governor Brian Kemp signed the bill.", "USA"),
        ("en", "The Georgia state police arrested ten protesters.", "USA"),
        ("en", "Police in Atlanta, Georgia, arrested ten protesters.", "USA"),
        ("en", "Georgia police used water cannon in Tbilisi.", "GEO"),
        ("en", "Georgia's parliament passed a bill.", "GEO"),
        ("es", "El gobernador de Georgia dimitió.", "USA"),
        ("en", "The governor of New Mexico left.", "USA"),
        ("es", "El gobernador de Nuevo México dimitió.", "USA"),
        ("en", "Police in the Belgian province of Luxembourg arrested a man.", "BEL"),
        ("en", "Luxembourg summoned the ambassador.", "LUX"),
        ("en", "Farmers blocked roads in the Greek region of Macedonia.", "GRC"),
        ("en", "Niger State police arrested a man.", "NGA"),
        ("en", "The junta in Niger expelled the ambassador.", "NER"),
        # one name inside another
        ("en", "Papua New Guinea police shot three men.", "PNG"),
        ("en", "Soldiers from South Sudan attacked Sudan.", "SDN SSD"),
        ("es", "Guinea Ecuatorial y Guinea-Bisáu firmaron.", "GNB GNQ"),
        # both of the Congo
        ("en", "Rebels attacked a village in eastern Congo.", "COD"),
        ("en", "Rebels seized a town in the Congo.", "COD"),
        ("en", "The president of the Republic of Congo left.", "COG"),
        ("es", "Rebeldes atacaron una aldea en el este del Congo.", "COD"),
        ("fr", "Le président de la République du Congo est parti.", "COG"),
        ("de", "Rebellen griffen ein Dorf im Osten des Kongo an.", "COD"),
        ("ru", "Повстанцы напали на деревню на востоке Конго.", "COD"),
        # a town that shares its name with one which news means
        ("en", "Russian troops shelled Donetsk.", "RUS UKR"),
        # lists
        ("en", "He worked in Russia, U.S. officials said.", "RUS USA"),
        ("en", "In Peru, Colombia and Brazil protests grew.", "BRA COL PER"),
        ("en", "In Lebanon, Jordan and Syria protests grew.", "JOR LBN SYR"),
        # persons
        ("en", "Sydney Sweeney met Jack London. London left.", ""),
        ("en", "Chad Daybell met Jordan Neely. Jordan left.", ""),
        ("en", "India Walton met Georgia Harrison and Chelsea Manning.", ""),
        ("es", "Jack London escribió.", ""),
        ("en", "Jordan Foreign Minister Ayman Safadi left.", "JOR"),
        ("en", "Israel arrested two men.", "ISR"),
    ],
)
def test_a_name_is_the_one_that_the_text_means(lang: str, text: str, expected: str) -> None:
    assert countries(text, lang) == set(expected.split())


def test_a_town_keeps_its_words_and_passes_its_country_on() -> None:
    a = annotate("Police in Moscow in Idaho arrested a student.")
    assert [(m.text, m.code) for m in a.actors if m.code][:2] == [
        ("Police", "USACOP"),
        ("Moscow", "USA"),
    ]
