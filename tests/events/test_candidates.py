"""The filter in front of the reader only spares work: no event is lost to it."""

from __future__ import annotations

import pytest

from tasks.events import code_text
from tasks.events.lexicon import Lexicon, load_lexicon

EXAMPLES = [f.example for f in load_lexicon("en").rows if f.example]
TEXTS = [" ".join(EXAMPLES[n : n + 12]) for n in range(0, len(EXAMPLES), 400)]


def test_a_text_codes_the_same_without_the_filter(monkeypatch: pytest.MonkeyPatch) -> None:
    filtered = [code_text(t) for t in TEXTS]
    monkeypatch.setattr(Lexicon, "is_candidate", lambda self, words: True)
    assert [code_text(t) for t in TEXTS] == filtered
    assert sum(map(len, filtered)) > len(TEXTS)


def test_a_sentence_without_any_trigger_is_not_read() -> None:
    lexicon = load_lexicon("en")
    assert not lexicon.is_candidate({"the", "weather", "in", "paris", "is", "mild"})
    assert lexicon.is_candidate({"macron", "met", "putin"})


@pytest.mark.parametrize("lang", ["en", "es", "fr"])
def test_every_trigger_of_a_frame_of_one_word_may_let_a_sentence_in(lang: str) -> None:
    lexicon = load_lexicon(lang)
    rows = [f for f in lexicon.rows if len(f.words) == 1 and not f.where and f.cameo != "-"]
    assert rows
    assert all(lexicon.is_candidate({f.words[0]}) for f in rows if f.words[0].isalpha())
