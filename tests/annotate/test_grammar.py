"""Patterns over word classes: the cheap test before a match never hides one."""

import re

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


def first_at(grammar: Grammar, code: str, at: int) -> tuple[int, int, re.Match[str]] | None:
    """Return where the span of the first pattern that matches at a place begins, and its row."""
    tried = (grammar._regex(n).match(code, at) for n in range(len(grammar._patterns)))
    return next(((m.start("CORE"), n, m) for n, m in enumerate(tried) if m), None)


def by_trial(grammar: Grammar, code: str) -> list[tuple[str, int, int]]:
    """Try all patterns at every place; of what begins before a span does, the first span wins."""
    found, behind = [], 0
    while behind < len(code):
        best = None
        for at in range(behind, len(code)):
            if best and at > best[0]:
                break
            hit = first_at(grammar, code, at)
            if hit and (best is None or hit[:2] < best[:2]):
                best = hit
        if best is None:
            break
        found.append((grammar._patterns[best[1]].source, *best[2].span("CORE")))
        behind = best[2].end()
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
