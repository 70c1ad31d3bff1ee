"""The rule that decides a language, step by step."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.language import decide
from tests.language.texts import NEWS


@pytest.mark.parametrize("lang", sorted(NEWS))
def test_a_sentence_of_news_is_right(lang: str) -> None:
    verdict = decide(NEWS[lang])
    assert verdict.lang == lang
    assert 0.5 < verdict.confidence <= 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n",
        "12:30",
        "2022-02-24",
        "🙂🙂",
        "https://t.co/ab",
        "<br/>",
        "\x00\ud800",
        "@who #11",
    ],
)
def test_a_text_without_words_has_no_language(text: str) -> None:
    assert decide(text).lang == "zxx"


@pytest.mark.parametrize("text", ["a", "Ok", "2023年", "BH 12"])
def test_a_letter_or_two_are_undetermined(text: str) -> None:
    assert decide(text).lang == "und"


@pytest.mark.parametrize(
    ("lang", "script"), [("el", "Grek"), ("ko", "Hang"), ("ja", "Kana"), ("th", "Thai")]
)
def test_a_script_of_one_language_decides_alone(lang: str, script: str) -> None:
    verdict = decide(NEWS[lang])
    assert (verdict.lang, verdict.script, verdict.method) == (lang, script, "script")


def test_two_fast_detectors_in_agreement_decide_and_the_votes_are_shown() -> None:
    assert decide(NEWS["fr"]).method == "fast cld2=fr:99% langdetect=fr"


def test_a_short_text_is_put_to_the_third_library() -> None:
    method = decide("Les pourparlers de paix reprennent lundi à Genève").method
    assert method.startswith("two-agree")
    assert "py3langid=fr" in method


def test_a_language_that_py3langid_lacks_is_left_to_pycld2() -> None:
    text = "Ko te pirimia o Aotearoa i kōrero ki ngā iwi o te motu mō ngā take nui o te wā nei"
    verdict = decide(text)
    assert verdict.lang == "mi"
    assert verdict.method.startswith("cld2-alone")


def test_capitals_do_not_change_the_language() -> None:
    for lang in ("en", "fr", "ru", "tr", "pl", "uk"):
        assert decide(NEWS[lang].upper()).lang == lang


def test_markup_links_and_handles_do_not_change_the_language() -> None:
    for lang in ("en", "fr", "ru", "ar", "id"):
        noisy = f"<div class='text'>RT @agency: {NEWS[lang]}</div> https://example.org/a #news"
        assert decide(noisy).lang == lang


def test_of_two_scripts_the_main_one_is_asked_about() -> None:
    assert decide(NEWS["uk"] + "\n" + NEWS["en"]).lang == "uk"
    assert decide(NEWS["en"] * 3 + "\n" + NEWS["ru"]).lang == "en"


def test_sakha_is_known_by_its_letters_and_diphthongs() -> None:
    assert decide(NEWS["sah"]).lang == "sah"
    assert decide("Министр иностранных дел Киргизии").lang == "ru"


@pytest.mark.parametrize(
    "text",
    [
        "a" * 50_000,
        "и" * 50_000,
        "字" * 50_000,
        "word " * 10_000,
        "\x00" * 50_000,
        "\ud800" * 50_000,
        "\u202e" * 1_000 + "text",
        "<" * 50_000,
        "\n" * 50_000,
        "́" * 50_000,
        "\U0010ffff" * 1_000,
    ],
    ids=lambda text: ascii(text[:4]),
)
def test_hostile_texts_get_an_answer(text: str) -> None:
    verdict = decide(text)
    assert verdict.lang
    assert 0 <= verdict.confidence <= 1


@given(st.text(max_size=300))
def test_any_text_gets_an_answer_the_same_each_time(text: str) -> None:
    first = decide(text)
    assert first == decide(text)
    assert 0 <= first.confidence <= 1
    assert first.method.split()[0]


@given(st.text(alphabet=st.characters(categories=["Nd", "Po", "Sm", "Zs", "So"])))
def test_without_letters_there_is_no_language(text: str) -> None:
    assert decide(text).lang == "zxx"
