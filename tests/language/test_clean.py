"""Cleaning takes out what belongs to no language, and nothing else."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.language.clean import clean, sample
from tests.language.texts import NEWS


@pytest.mark.parametrize(
    ("raw", "neat"),
    [
        ("Talks <b>resume</b>", "Talks resume "),
        ("<script>var a = 1;</script>Talks resume", " Talks resume"),
        ("Talks &amp; deals", "Talks deals"),
        ("See https://t.co/ab12 now", "See now"),
        ("See www.example.org now", "See now"),
        ("Write to desk@example.org now", "Write to now"),
        ("RT @minister: talks resume #Geneva", " : talks resume "),
        ("START of talks", "START of talks"),
        ("Talks\u00a0\t resume", "Talks resume"),
        ("zero\u200bwidth\x00 and\ufeff marks", "zerowidth and marks"),
        ("e\u0301tat", "état"),
        ("one line\nand another", "one line\nand another"),
    ],
)
def test_markup_addresses_and_control_characters_go(raw: str, neat: str) -> None:
    assert clean(raw) == neat


@pytest.mark.parametrize(
    "text",
    [
        "Talks RESUME in Geneva",
        "CT 1234567890 1234567890 ABC",
        "Переговоры в НАТО",
        "部长周一表示，各方将于下周恢复与 NATO 的会谈",
    ],
)
def test_capitals_among_other_letters_or_figures_stay(text: str) -> None:
    assert clean(text) == text


def test_a_text_in_capitals_is_put_into_lower_case() -> None:
    assert clean("СОВЕТ БЕЗОПАСНОСТИ ООН") == "совет безопасности оон"
    assert clean("NATO and the EU met") == "NATO and the EU met"
    assert clean("STRAßE UND PLÄTZE") == "straße und plätze"


@given(st.text())
def test_cleaning_never_fails_and_leaves_no_control_characters(text: str) -> None:
    assert not any(ord(c) < 32 and c not in "\n\r" for c in clean(text))


@pytest.mark.parametrize(
    "unit", ["<script", "<", "&#", "http", "a.", "a@", "@", "#", "RT", "a@a-", "  "]
)
def test_no_text_takes_time_in_the_square_of_its_length(unit: str) -> None:
    start = process_time()
    clean(unit * 50_000)
    assert process_time() - start < 5  # in the square of the length it would be minutes


def test_a_short_text_is_its_own_sample() -> None:
    assert sample(NEWS["fr"]) == NEWS["fr"]


def test_the_sample_is_of_head_middle_and_tail_and_bounded() -> None:
    lines = [
        f"This is line number {n:04} of a long and tiring article about talks." for n in range(99)
    ]
    found = sample("\n".join(lines))
    assert len(found) <= 1_002
    assert "number 0000" in found
    assert "number 0049" in found
    assert found.endswith(lines[-1])


def test_menus_are_passed_over_where_enough_prose_is_left() -> None:
    assert "Subscribe" not in sample("Home\nSubscribe\n" + NEWS["fr"] + NEWS["fr"])
    assert "Subscribe" in sample("Home\nSubscribe")
