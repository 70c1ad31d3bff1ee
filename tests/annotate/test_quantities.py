"""Quantities: what is counted, as intervals with open ends."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.annotate.mask import mask_markup
from tasks.annotate.quantities import find_quantities
from tasks.annotate.sentences import split_sentences
from tasks.annotate.types import Quantity


def quantities(text: str, lang: str = "en") -> list[Quantity]:
    masked = mask_markup(text)
    return find_quantities(masked, split_sentences(masked, lang), lang)


def read(text: str, lang: str = "en") -> list[tuple[str, float | None, float | None, str]]:
    return [(q.kind, q.low, q.high, q.unit) for q in quantities(text, lang)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("which has left more than 14,000 dead", ("killed", 14_000, None, "persons")),
        ("Twenty-five rebels were killed.", ("killed", 25, 25, "persons")),
        ("one hundred and fifty people died", ("killed", 150, 150, "persons")),
        ("A Turkish soldier was killed.", ("killed", 1, 1, "persons")),
        ("Dozens were killed.", ("killed", 24, None, "persons")),
        ("The death toll rose to 45.", ("killed", 45, 45, "persons")),
        ("Syrian forces shot dead up to 11 people", ("killed", None, 11, "persons")),
        ("Two or three people were injured.", ("wounded", 2, 3, "persons")),
        ("Police arrested more than 100 protesters.", ("detained", 100, None, "persons")),
        ("About 500,000 people have been displaced.", ("displaced", 500_000, 500_000, "persons")),
        ("Some 1.5 million refugees came", ("displaced", 1_500_000, 1_500_000, "persons")),
        ("between 150,000 and 190,000 troops", ("troops", 150_000, 190_000, "troops")),
        ("troops — estimated at between 9 and 12 —", ("troops", 9, 12, "troops")),
        ("2000 soldiers left", ("troops", 2000, 2000, "troops")),
        ("Tens of thousands of people marched", ("crowd", 20_000, None, "persons")),
        ("half a million protesters", ("crowd", 500_000, 500_000, "persons")),
        ("a call lasting 105 minutes", ("duration", 105, 105, "minutes")),
        ("Putin spoke for 1h45min with", ("duration", 105, 105, "minutes")),
        ("a three-week truce", ("duration", 3, 3, "weeks")),
        ("a $40 billion contract", ("money", 40e9, 40e9, "USD")),
        ("€5m in aid", ("money", 5e6, 5e6, "EUR")),
        ("less than 200 km from Kiev", ("other", None, 200, "km")),
        ("20 percent of voters", ("other", 20, 20, "percent")),
    ],
)
def test_kinds_and_bounds(text: str, expected: tuple[str, float | None, float | None, str]) -> None:
    assert read(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "The 35-year-old man was shot in 2014 on March 15.",
        "Nobody was hurt and no one died.",
        "Section 12 of Resolution 2202 of the Group of 20",
        "one of the leaders, 45, and the MiG-29",
        "the 2020 election",
    ],
)
def test_what_is_no_quantity(text: str) -> None:
    assert read(text) == []


def test_years_ages_and_durations_are_never_dead() -> None:
    assert read("He was killed 12 hours later.") == [("duration", 12, 12, "hours")]
    assert read("In 2014, 20 people died.") == [("killed", 20, 20, "persons")]


def test_a_number_in_a_name_counts_no_one() -> None:
    assert read("Les rebelles du M23 ont tué quinze soldats.", "fr") == [
        ("killed", 15, 15, "persons")
    ]


def test_each_number_has_its_own_fate() -> None:
    text = "The bomb killed 12 soldiers and 3 civilians, wounding at least 45."
    assert [(q.text, q.kind) for q in quantities(text)] == [
        ("12", "killed"),
        ("3", "killed"),
        ("at least 45", "wounded"),
    ]
    assert [k for k, *_ in read("16 protesters and 13 policemen were wounded")] == ["wounded"] * 2


_WORDS = st.sampled_from(
    [
        "between",
        "12",
        "and",
        "1,500",
        "twenty",
        "-",
        "five",
        "hundred",
        "million",
        "dead",
        "people",
        "were",
        "killed",
        ",",
        "2014",
        "$",
        "km",
        "thousands",
        "of",
        "up",
        "to",
        "more",
        "than",
        "a",
        "dozen",
        "soldiers",
        "1h45min",
        "9m",
        "percent",
        "May",
        "several",
    ]
)


@given(st.lists(st.one_of(_WORDS, st.text(max_size=5)), max_size=25).map(" ".join))
def test_spans_and_bounds_hold_for_any_text(text: str) -> None:
    masked = mask_markup(text)
    for found in quantities(text):
        assert masked[found.start : found.end] == found.text
        assert found.low is not None or found.high is not None
        assert found.low is None or found.high is None or found.low <= found.high


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("es", "Al menos 12 personas murieron", ("killed", 12, None, "persons")),
        (
            "es",
            "La policía detuvo a treinta y cinco manifestantes",
            ("detained", 35, 35, "persons"),
        ),
        ("es", "5 millones de dólares", ("money", 5e6, 5e6, "USD")),
        ("fr", "entre 150 000 et 190 000 soldats", ("troops", 150_000, 190_000, "troops")),
        ("fr", "quatre-vingt-douze blessés", ("wounded", 92, 92, "persons")),
        ("de", "Mindestens 12 Menschen wurden getötet", ("killed", 12, None, "persons")),
        ("de", "fünfundzwanzig Tote", ("killed", 25, 25, "persons")),
        ("de", "150.000 Soldaten", ("troops", 150_000, 150_000, "troops")),
        ("pt", "A polícia prendeu 45 manifestantes", ("detained", 45, 45, "persons")),
        ("it", "150mila soldati", ("troops", 150_000, 150_000, "troops")),
        ("ru", "погибли 12 человек", ("killed", 12, 12, "persons")),
        ("ru", "около 150 тысяч военных", ("troops", 150_000, 150_000, "troops")),
        ("uk", "п’ять загиблих", ("killed", 5, 5, "persons")),
        ("ar", "مقتل 12 شخصا", ("killed", 12, 12, "persons")),
    ],
)
def test_other_languages(
    lang: str, text: str, expected: tuple[str, float | None, float | None, str]
) -> None:
    assert read(text, lang) == [expected]


def test_a_language_without_tables_yields_nothing() -> None:
    assert read("12 people were killed", "xx") == []
