"""Builds the grammar of quantities of a language from its tables."""

from __future__ import annotations

from functools import cache

from tasks.annotate.grammar import Grammar, Values
from tasks.annotate.lexicon import base_language, pattern_rows
from tasks.annotate.numbers import quantity_words
from tasks.annotate.patterns import read_pattern
from tasks.annotate.time_words import word_classes

NUM, YEAR = "\x00num", "\x00year"  # stand for a number that was read; no token is spelled so


@cache
def quantity_grammar(lang: str) -> Grammar:
    """Return the grammar of quantities of a language, built once."""
    rows = quantity_words(base_language(lang))
    words, titles = word_classes(rows)
    words[NUM] = {"NUM": NUM, "STOP": NUM}
    words[YEAR] = {"YEARLIKE": YEAR, "STOP": YEAR}
    listed = pattern_rows(base_language(lang), "quantity_patterns") if rows else []
    return Grammar(words, titles, _no_figures, (), [read_pattern(r) for r in listed])


def _no_figures(token: str) -> Values:
    """Figures have been read by now: those that are left count nothing."""
    return {}
