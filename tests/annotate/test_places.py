"""Where a text is: names that are places, and which of several of a name."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.annotate.actors import find_actors
from tasks.annotate.places import find_places
from tasks.annotate.places_resolve import km
from tasks.annotate.places_table import load_gazetteer
from tasks.annotate.types import PlaceMention, Sentence


def read(text: str, home: str = "", lang: str = "en") -> list[PlaceMention]:
    whole = [Sentence(0, 0, len(text))]
    return find_places(text, whole, find_actors(text, whole, lang=lang), lang=lang, home=home)


def where(text: str, home: str = "") -> dict[str, tuple[str, str]]:
    return {m.text: (m.country, m.admin1) for m in read(text, home)}


def test_a_city_has_its_id_and_coordinates() -> None:
    (kyiv,) = read("Shells fell on people in Kyiv.")
    assert (kyiv.name, kyiv.level, kyiv.country) == ("Kyiv", "city", "UKR")
    assert kyiv.geoname_id == 703448
    assert kyiv.lat == pytest.approx(50.45, abs=0.02)
    assert kyiv.lon == pytest.approx(30.52, abs=0.02)


def test_a_country_is_a_code_without_a_point() -> None:
    (one,) = read("Floods hit Bangladesh.")
    assert (one.level, one.country, one.lat, one.geoname_id) == ("country", "BGD", None, None)


def test_an_adjective_says_which_country_not_where() -> None:
    assert [(m.text, m.level) for m in read("French troops left.")] == [("French", "people")]


@pytest.mark.parametrize("text", ["Shells fell on Ukraine.", "Ukrainian troops left."])
def test_a_nation_has_its_name(text: str) -> None:
    assert [(m.name, m.country) for m in read(text)] == [("Ukraine", "UKR")]


def test_a_country_is_no_town_of_its_name_unless_the_text_says_so() -> None:
    town = "Fire broke out in Terre Haute, Indiana, in Evansville, Indiana, and in Muncie, Indiana."
    assert where(f"{town} It was morning in Brazil.")["Brazil"] == ("BRA", "")
    assert where(f"{town} It was morning in Brazil, Indiana.")["Brazil"] == ("USA", "IN")


@pytest.mark.parametrize(
    ("text", "name", "country", "admin1"),
    [
        # the largest, unless something speaks for another
        ("A fire broke out in Paris.", "Paris", "FRA", "11"),
        ("A fire broke out in Paris, Texas.", "Paris", "USA", "TX"),
        ("A fire broke out in London, Ont.", "London", "CAN", "08"),
        ("The Kentucky town said a fire broke out in Paris near Lexington.", "Paris", "USA", "KY"),
        ("A fire broke out in Lancaster, England.", "Lancaster", "GBR", "ENG"),
        # a country and a division of one name
        ("Fighting broke out in Georgia near Tbilisi.", "Georgia", "GEO", ""),
        ("Snow fell on Atlanta, Savannah and other towns in Georgia.", "Georgia", "USA", "GA"),
    ],
)
def test_namesakes_are_told_apart(text: str, name: str, country: str, admin1: str) -> None:
    assert where(text)[name] == (country, admin1)


def test_the_publishers_home_breaks_a_tie() -> None:
    assert where("He was born in Richmond.", home="GBR")["Richmond"][0] == "GBR"
    assert where("He was born in Richmond.", home="USA")["Richmond"][0] == "USA"


def test_one_name_is_one_place_in_an_article() -> None:
    found = read("He lives in Paris, Texas. In Paris he works.")
    assert [(m.country, m.admin1) for m in found if m.text == "Paris"] == [("USA", "TX")] * 2


@pytest.mark.parametrize(
    "text",
    [
        "Austin Powers met Sidney Poitier.",
        "Mr. Lincoln said no.",
        "They met in March and in May.",
        "President Vladimir Putin spoke.",
        "The Washington Post reported it.",
        "Reading is good for you.",
    ],
)
def test_persons_months_and_words_are_no_places(text: str) -> None:
    assert where(text) == {}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("A man from Hope was hurt.", "Hope"),
        ("Huntsville police arrested him.", "Huntsville"),
        ("Walker County dispatchers were called.", "Walker County"),
        ("BRUSSELS (Reuters) - It rained.", "BRUSSELS"),
    ],
)
def test_the_words_beside_a_name_make_it_a_place(text: str, name: str) -> None:
    assert name in where(text)


def test_a_street_is_not_the_city_of_its_name() -> None:
    (one,) = read("It burned at 6016 Dublin Road.")
    assert (one.text, one.level, one.lat) == ("Dublin Road", "other", None)


def test_regions_that_news_names_are_known() -> None:
    assert where("Fighting in Donbas and the Gaza Strip")["Donbas"][0] == "UKR"


def test_cities_are_known_in_other_scripts() -> None:
    (one,) = [m for m in read("Он живёт в Киев.", lang="ru") if m.level == "city"]
    assert one.geoname_id == 703448


def test_distance_is_that_of_the_globe() -> None:
    assert km((0, 0), (0, 180)) == pytest.approx(20_015, rel=0.001)
    assert km((50.45, 30.52), (50.45, 30.52)) == 0


def test_every_place_of_the_gazetteer_has_a_country() -> None:
    for name in ("Springfield", "San Juan", "Alexandria"):
        places = load_gazetteer().places(name)
        assert len(places) > 1
        assert all(len(p.country) == 3 and -90 <= (p.lat or 0) <= 90 for p in places)


NEWS = st.lists(
    st.sampled_from(
        [
            "Paris",
            "London,",
            "Texas",
            "in",
            "the",
            "of",
            "St.",
            "Louis",
            "N.C.",
            "Ky.",
            "Road",
            "'s",
            "’s",
            "Washington",
            "Jordan",
            "French",
            "Rio",
            "de",
            "Janeiro",
            ".",
            ",",
            "(",
            ")",
            "\n",
            "Киев",
            "القاهرة",
            "東京",
            "é",
            "İ",
            "ﬁ",
            "😀",
            "March",
            "Bob",
            "San",
            "U.S.",
            "W.",
            "Va.",
        ]
    ),
    max_size=30,
).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(NEWS | st.text(max_size=200))
def test_every_mention_is_a_slice_of_the_text(text: str) -> None:
    found = read(text)
    assert all(text[m.start : m.end] == m.text and m.text for m in found)
    assert all(left.end <= right.start for left, right in pairwise(found))
    assert found == read(text)


@pytest.mark.parametrize("unit", ["A", "San ", "St. ", "Paris, ", "de ", "N.C."])
def test_odd_input_is_read_to_its_end(unit: str) -> None:
    text = unit * (50_000 // len(unit))
    assert all(text[m.start : m.end] == m.text for m in read(text))
