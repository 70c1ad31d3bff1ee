"""Characters: what is broken is mended and counted, what is sound stays as printed."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.ingest.clean import clean, clean_line


@pytest.mark.parametrize(
    ("raw", "expected", "repair"),
    [
        ("a\u00a0b\u2009c", "a b c", "spaces"),
        ("nego\u00adtiate", "negotiate", "soft_hyphens"),
        ("Ky\u200biv\ufeff", "Kyiv", "zero_width"),
        ("\u202btext\u202c", "text", "zero_width"),
        ("a\x00b\x07", "ab", "controls"),
        ("it\x92s", "it’s", None),
        ("Poincare\u0301", "Poincaré", "nfc"),
        ("AT&amp;T &quot;x&quot; &#8217;", 'AT&T "x" ’', "entities"),
        ("Fish &amp;amp;amp; chips", "Fish & chips", "entities"),
        ("PrÃ©sident Ã©lu Ã  Paris", "Président élu à Paris", "mojibake"),
        ("РџСЂРёРІРµС‚ РјРёСЂ", "Привет мир", "mojibake"),
        ("\ud83d\ude00 \ud83d", "😀 \ufffd", "surrogates"),
        ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour", None),
    ],
)
def test_what_is_broken_is_mended(raw: str, expected: str, repair: str | None) -> None:
    text, repairs = clean(raw)
    assert text == expected
    assert repair is None or repairs[repair] > 0


@pytest.mark.parametrize(
    "sound",
    [
        "“Curly” – quotes… stay",
        "中国外交部发言人表示：“坚决反对”。",
        "می\u200cخواهم",  # the joiner is part of the spelling
        "l’été où l’on a signé à Évian",
        "Ósmy września – „Wolność”",
        "Q&A on R&D; AT&T",
        "الرئيس الفرنسي إيمانويل ماكرون",
    ],
)
def test_what_is_sound_is_left_alone(sound: str) -> None:
    assert clean(sound) == (sound, {})


@given(st.text(st.characters(codec=None), max_size=60))
def test_clean_text_is_nfc_and_can_be_stored(raw: str) -> None:
    text, _ = clean(raw)
    text.encode("utf-8")
    assert unicodedata.is_normalized("NFC", text)
    assert not any(unicodedata.category(c) == "Cc" and c not in "\n\t" for c in text)


@given(st.text("aé &;#x3amplt\u0301\u00a0\u200b\r\n", max_size=40))
def test_cleaning_twice_changes_nothing(raw: str) -> None:
    once, _ = clean(raw)
    if "&" not in once:  # `&lt;` written as text may look like an entity again
        assert clean(once) == (once, {})


def test_a_line_is_one_line_or_none() -> None:
    assert clean_line("  Two\n lines\u00a0") == "Two lines"
    assert clean_line(" \n") is None
    assert clean_line(None) is None
