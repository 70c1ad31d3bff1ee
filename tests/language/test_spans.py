"""Passages in another language are found where they stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.language import decide, find_spans
from tests.language.texts import NEWS


def _spans(body: str) -> list[tuple[str, str]]:
    return [(s.lang, body[s.start : s.end]) for s in find_spans(body, decide(body))]


def _around(lang: str, passage: str) -> str:
    return f"{NEWS[lang]}\n{NEWS[lang]}\n{passage}\n{NEWS[lang]}\n{NEWS[lang]}"


@pytest.mark.parametrize(
    ("own", "other"),
    [
        ("en", "fr"),
        ("en", "ru"),
        ("fr", "en"),
        ("ru", "en"),
        ("ar", "en"),
        ("zh", "de"),
        ("es", "tr"),
    ],
)
def test_a_paragraph_in_another_language_is_found_whole(own: str, other: str) -> None:
    assert _spans(_around(own, NEWS[other])) == [(other, NEWS[other])]


def test_sentences_in_a_row_become_one_passage() -> None:
    passage = f"{NEWS['fr']} {NEWS['fr']}"
    body = "\n".join([NEWS["en"]] * 4 + [passage] + [NEWS["en"]] * 4)
    assert _spans(body) == [("fr", passage)]


def test_a_quotation_inside_a_line_is_found() -> None:
    body = f"{NEWS['en']} He wrote: «{NEWS['ru']}» {NEWS['en']}"
    ((lang, text),) = _spans(body)
    assert lang == "ru"
    assert NEWS["ru"][:100] in text


@pytest.mark.parametrize("lang", sorted(NEWS))
def test_an_article_in_one_language_has_none(lang: str) -> None:
    assert _spans(f"{NEWS[lang]}\n{NEWS[lang]} {NEWS[lang]}") == []


def test_names_and_short_words_are_no_passage() -> None:
    body = f"{NEWS['ru']} Reuters, Associated Press.\n{NEWS['ru']} Breaking News!"
    assert _spans(body) == []


def test_a_look_alike_is_no_second_language() -> None:
    assert _spans(_around("hr", NEWS["sr"])) == []
    assert _spans(_around("id", NEWS["ms"])) == []


def test_a_text_without_language_has_no_passages() -> None:
    assert _spans("12:30 – 14:00") == []


@given(
    st.lists(st.one_of(st.sampled_from(sorted(NEWS.values())), st.text(max_size=20)), max_size=6)
)
def test_spans_are_in_order_inside_the_body_and_do_not_overlap(parts: list[str]) -> None:
    body = "\n".join(parts)
    verdict = decide(body)
    last = 0
    for span in find_spans(body, verdict):
        assert last <= span.start < span.end <= len(body)
        assert span.lang not in (verdict.lang, "und", "zxx")
        last = span.end
