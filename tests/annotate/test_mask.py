"""Masking keeps every offset."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.annotate.mask import mask_markup


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Putin **have agreed to** it", "Putin have agreed to it"),
        ("a Sunday [statement](#) which", "a Sunday statement which"),
        ('[RT](https://rt.com/a_(b) "RT"), Putin', "RT , Putin"),
        ("![Tanks near Kiev](x.jpg)", "Tanks near Kiev"),
        ("in Kremlin. https://t.co/ovje9bjx1b – he", "in Kremlin. – he"),
        ("<p class='a'>War</p><br/>ends", "War ends"),
        ("R&amp;D&nbsp;in &quot;Kiev&quot;", 'R& D in " Kiev"'),
        ("zero\u200bwidth and\u00adsoft", "zero width and soft"),
        ("## Heading", "Heading"),
        ("as reported[12] in 3 < 4 * 5", "as reported in 3 < 4 5"),
        ("snake_case stays, _so_ goes", "snake_case stays, so goes"),
    ],
)
def test_markup_is_blanked_and_words_stay(text: str, words: str) -> None:
    masked = mask_markup(text)
    assert len(masked) == len(text)
    assert masked.split() == words.split()


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from(list("[]()*_`<>&;#/:.thp\n")))))
def test_length_never_changes_and_masking_twice_changes_nothing_more(text: str) -> None:
    masked = mask_markup(text)
    assert len(masked) == len(text)


@pytest.mark.parametrize("unit", ["](", "[", "<a ", "**", "&amp", "http://a(", "![", "](a(", "_a"])
def test_hostile_repetition_is_harmless(unit: str) -> None:
    text = unit * (50_000 // len(unit))
    assert len(mask_markup(text)) == len(text)
