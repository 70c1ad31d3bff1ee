"""pycld2 and py3langid are asked so that the answer is the same everywhere."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.language.voters import ask_cld2, ask_langid, find_chunks, langid_knows
from tests.language.texts import NEWS


@pytest.mark.parametrize("lang", ["en", "fr", "pl", "ru", "ar", "hi", "sw", "id"])
def test_both_know_the_language_of_a_plain_sentence(lang: str) -> None:
    cld2 = ask_cld2(NEWS[lang])
    assert (cld2.lang, cld2.reliable) == (lang, True)
    assert ask_langid(NEWS[lang]).lang == lang


@pytest.mark.parametrize("text", ["", " ", "123", "\x00", "\ud800", "\ufdd0\uffff", "\U0001fffe"])
def test_no_text_is_no_answer_and_no_error(text: str) -> None:
    assert ask_cld2(text).lang == ""
    assert ask_langid(text).share < 0.2


def test_characters_that_pycld2_refuses_do_not_hide_the_rest() -> None:
    assert ask_cld2(f"\x00{NEWS['fr']}\uffff").lang == "fr"


def test_probability_and_share_are_shares() -> None:
    for text in NEWS.values():
        assert 0 < ask_langid(text).share <= 1
        assert 0 <= ask_cld2(text).share <= 1


def test_what_py3langid_could_not_answer_is_known() -> None:
    assert langid_knows("sw")
    assert not langid_knows("ti")


def test_chunks_stand_where_the_languages_do() -> None:
    text = f"{NEWS['en']} {NEWS['en']}\n{NEWS['ru']} {NEWS['ru']}"
    english, russian = find_chunks(text)
    assert (english.lang, russian.lang) == ("en", "ru")
    assert abs(english.end - text.index("\n")) <= 2
    assert russian.end == len(text)


def test_offsets_hold_behind_characters_that_were_blanked() -> None:
    text = f"\x00\uffff\ufdd0{NEWS['en']} {NEWS['en']}\n{NEWS['ru']} {NEWS['ru']}"
    assert find_chunks(text)[-1].end == len(text)


def test_one_language_has_no_chunks() -> None:
    assert find_chunks(NEWS["en"] + " " + NEWS["en"]) == []


@given(st.text())
def test_chunks_lie_inside_any_text(text: str) -> None:
    assert all(0 <= c.start <= c.end <= len(text) for c in find_chunks(text))
