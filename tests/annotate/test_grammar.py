"""Patterns over word classes: the cheap test before a match never hides one."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.annotate.grammar import Grammar
from tasks.annotate.numbers import number_words
from tasks.annotate.patterns import read_pattern
from tasks.annotate.time_words import time_words
from tasks.errors import UserError

WORDS = ["two", "hundred", "and", "a", "5", "2014", "people", "to", "Sunday", "last", "the", "of"]
WORDS += ["May", "next", "three", "days", "ago", "week", ",", ".", "-", "in", "on", "said", "dozen"]


def by_trial(grammar: Grammar, code: str) -> list[tuple[str, int, int]]:
    """Try all patterns at every place, the first that matches wins."""
    found, behind = [], 0
    for at in range(len(code)):
        if at >= behind:
            tried = (grammar._regex(n).match(code, at) for n in range(len(grammar._patterns)))
            number, match = next(((n, m) for n, m in enumerate(tried) if m), (0, None))
            if match:
                found.append((grammar._patterns[number].source, *match.span("CORE")))
                behind = match.end()
    return found


@pytest.mark.parametrize("lang", ["en", "es", "ru"])
@given(words=st.lists(st.sampled_from(WORDS), max_size=14))
@settings(max_examples=40, deadline=None)
def test_all_that_trial_at_every_place_finds_is_found(lang: str, words: list[str]) -> None:
    for grammar in (time_words(lang).dates, time_words(lang).cues, number_words(lang).grammar):
        code = grammar.encode(words)
        hits = [(h.pattern.source, h.start, h.end) for h in grammar.find(code)]
        assert hits == by_trial(grammar, code)


@pytest.mark.parametrize("pattern", ["[NUMBER]", "_3 NUMBER"])
def test_a_pattern_begins_with_a_word_and_holds_one(pattern: str) -> None:
    row = {"rule": "number", "args": "", "pattern": pattern}
    with pytest.raises(UserError, match="may"):
        Grammar({"two": {"NUMBER": 2}}, {}, lambda _: {}, (), [read_pattern(row)])
