"""Look-alike standards are told apart by their words."""

import pytest

from tasks.language import decide
from tasks.language.markers import evidence, groups
from tasks.language.scripts import count_scripts
from tasks.language.standards import settle
from tests.language.texts import NEWS


def test_evidence_is_the_sum_over_words_stems_and_phrases() -> None:
    assert evidence("bcms", "tisuće") == {"bs": 0, "hr": 3, "sr": 0}
    assert evidence("bcms", "predsednik")["sr"] > 0
    assert evidence("bcms", "da li")["sr"] > 0 == evidence("bcms", "da li")["hr"]


def test_a_word_counts_three_times_at_most() -> None:
    once = evidence("malay", "karena")["id"]
    assert evidence("malay", "karena " * 50)["id"] == 3 * once


def test_a_row_without_evidence_shields_a_word_from_a_shorter_stem() -> None:
    assert set(evidence("malay", "peneliti").values()) == {0}
    assert evidence("malay", "komuniti")["ms"] > 0


def test_a_text_that_lost_its_diacritics_is_still_told() -> None:
    assert evidence("bcms", "Sledece nedelje, kaze predsednik")["sr"] > 0
    assert decide("Tko je to rekao prosli tjedan u sijecnju o tisucama izbjeglica?").lang == "hr"


@pytest.mark.parametrize("lang", ["hr", "bs", "sr", "id", "ms", "am", "ti", "pcm", "en"])
def test_a_sentence_of_news_is_told(lang: str) -> None:
    assert decide(NEWS[lang]).lang == lang


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Iimpawu zibonisa ukuba urhulumente uza kuthetha kunye nabantu ngoku", "xh"),
        ("Uhulumeni uthe uzokhuluma nabantu futhi amaphoyisa azobe ekhona lapho", "zu"),
        ("Umushikiranganji yavuze ko ivyo bizotangura mu ndwi iza, canke umusi ukurikira", "rn"),
        (
            "Minisitiri yavuze ko ibyo bizatangira mu cyumweru gitaha, cyangwa umunsi ukurikira",
            "rw",
        ),
    ],
)
def test_bantu_neighbours_are_told_by_their_spelling(text: str, lang: str) -> None:
    assert decide(text).lang == lang


def test_the_choice_of_a_standard_shows_as_a_guess_with_what_spoke_for_it() -> None:
    method = decide(NEWS["sr"]).method.split()
    assert method[0] == "bcms-guess"
    assert {"bs=0", "hr=0"} < set(method)


def test_a_sentence_in_which_nothing_tells_the_standards_apart_says_so() -> None:
    verdict = decide("Ministar je otputovao u Pariz na dogovor o nafti sa francuskom vladom")
    assert verdict.lang in ("hr", "sr", "bs")
    sure = decide(NEWS["sr"])
    undecided = decide("Albaniju zahvata izborna groznica pred glasanje o ustavu")
    assert undecided.method.startswith("bcms-default")
    assert undecided.confidence < sure.confidence


def test_serbian_in_cyrillic_is_no_guess() -> None:
    text = "Министар спољних послова рекао је у понедељак да ће разговори бити настављени у Женеви."
    assert decide(text).lang == "sr"
    assert "bcms" not in decide(text).method


def test_english_that_quotes_a_word_of_pidgin_stays_english() -> None:
    text = NEWS["en"] + " Asked how things were, one soldier said: 'Wetin dey happen?'"
    assert decide(text).lang == "en"


def test_one_weak_word_does_not_overrule_the_detectors() -> None:
    text = "kata lelaki itu"
    assert settle("fast", "id", text, count_scripts(text))[:2] == ("fast", "id")


def test_every_language_belongs_to_one_group() -> None:
    assert groups()["hr"] == groups()["sr"] == "bcms"
    assert groups()["ti"] == "ethiopic"
    assert "fr" not in groups()
