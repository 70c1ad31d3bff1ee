"""Letters are counted by script."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.language.scripts import count_scripts, letters_outside, only_words_in


@pytest.mark.parametrize(
    ("text", "script", "letters"),
    [
        ("Genève, 12 mai", "Latn", 9),
        ("Женева", "Cyrl", 6),
        ("جنيف", "Arab", 4),
        ("日内瓦", "Hani", 3),
        ("12:30 – 50% 🙂", "Zyyy", 0),
        ("", "Zyyy", 0),
        ("Путин (Putin)", "Cyrl", 10),
    ],
)
def test_main_script_and_number_of_letters(text: str, script: str, letters: int) -> None:
    found = count_scripts(text)
    assert (found.main, found.n_letters) == (script, letters)


def test_names_and_menus_in_latin_do_not_outweigh_an_article_in_another_script() -> None:
    assert count_scripts("Home News Sport " + "Переговоры в Женеве").main == "Cyrl"


def test_words_of_other_scripts_are_left_out() -> None:
    assert only_words_in("He said «да, конечно» and left", "Latn") == "He said and left"


def test_letters_outside_a_script_are_marked_one_by_one() -> None:
    assert letters_outside("aж1 б", ("Latn",)).tolist() == [False, True, False, False, True]


@given(st.text())
def test_shares_add_up_and_every_letter_is_inside_or_outside(text: str) -> None:
    found = count_scripts(text)
    assert sum(found.counts.values()) == found.n_letters
    assert letters_outside(text, (found.main,)).sum() == found.n_letters - found.counts.get(
        found.main, 0
    )
