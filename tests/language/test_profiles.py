"""Sums over langdetect's profiles are exact, in whole numbers, and remembered words change nothing."""

import math
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import langdetect.detector_factory
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.language.profiles import Profiles, profiles
from tests.language.texts import NEWS


def test_langdetects_55_profiles_are_all_read() -> None:
    assert len(profiles().langs) == 55
    assert profiles().langs.count("zh") == 2


def test_a_sum_is_that_of_the_logarithms_of_langdetects_own_table() -> None:
    langdetect.detector_factory.init_factory()
    factory = langdetect.detector_factory._factory
    english = factory.get_lang_list().index("en")
    grams = ["t", "h", "e", " t", "th", "he", "e ", " th", "the", "he "]
    logs = [math.log(factory.word_lang_prob_map[g][english] + 0.5 / 10_000) for g in grams]
    expected = sum(round(4_096 * value) for value in logs)
    assert profiles().scores("the")[profiles().langs.index("en")] == expected


@pytest.mark.parametrize("lang", ["en", "fr", "de", "es", "pt", "it", "nl", "pl", "tr", "hu", "ru"])
def test_the_best_language_is_right(lang: str) -> None:
    assert profiles().best(NEWS[lang]) == lang


def test_known_answers_in_whole_numbers() -> None:
    scores = profiles().scores("The minister said on Monday that talks would resume")
    assert scores.dtype == np.int64
    assert profiles().langs[int(scores.argmax())] == "en"
    assert (int(scores.max()), int(scores.min())) == (-2_922_888, -5_557_405)


def test_a_text_without_known_n_grams_has_no_best_language() -> None:
    assert profiles().best("12 345") == ""
    assert profiles().best("") == ""


@given(st.text(), st.text())
def test_sums_do_not_depend_on_what_was_read_before(one: str, other: str) -> None:
    before = profiles().scores(one)
    profiles().scores(other)
    assert (profiles().scores(one) == before).all()


@given(st.lists(st.sampled_from(sorted(NEWS.values())), max_size=4))
def test_a_text_sums_up_its_words(texts: list[str]) -> None:
    whole = profiles().scores("\n".join(texts))
    assert (whole == sum((profiles().scores(t) for t in texts), np.zeros(55, np.int64))).all()


def test_a_full_memory_is_cleared_without_changing_a_sum(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tasks.language.profiles._MAX_WORDS", 40)
    small = Profiles(Path(langdetect.__file__).parent / "profiles")
    for text in [*NEWS.values()] * 2:
        words = " ".join(text.split()[:40])
        assert (small.scores(words) == profiles().scores(words)).all()


def test_threads_that_learn_words_at_once_agree() -> None:
    fresh = Profiles(Path(langdetect.__file__).parent / "profiles")
    texts = sorted(NEWS.values()) * 8
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(fresh.scores, texts))
    assert all((s == profiles().scores(t)).all() for s, t in zip(found, texts, strict=True))
