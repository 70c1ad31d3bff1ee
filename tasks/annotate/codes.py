"""Encodes every token once for all grammars of a language.

A token becomes a string of five characters, one for each reader; the code of a sentence for one
reader is then every fifth character of the sentence's code.
"""

from __future__ import annotations

from functools import cache

from tasks.annotate.grammar import OTHER
from tasks.annotate.lexicon import base_language
from tasks.annotate.numbers import number_words
from tasks.annotate.quantity_words import quantity_grammar
from tasks.annotate.quote_letters import letters_of
from tasks.annotate.time_words import time_words

DATES, CUES, NUMBERS, QUANTITIES, LETTERS = range(5)
WIDTH = 5
_LIMIT = 200_000  # tokens remembered; pure functions, so forgetting changes nothing
_LONG = 40


class Codes(dict[str, str]):
    """Token -> its characters for dates, cues, numbers, quantities and quotations."""

    def __init__(self, lang: str) -> None:
        super().__init__()
        time = time_words(lang)
        grammars = (time.dates, time.cues, number_words(lang).grammar, quantity_grammar(lang))
        self._signs = [grammar.sign for grammar in grammars]
        self._known = frozenset[str]().union(*(grammar.forms for grammar in grammars))
        self._letter = letters_of(lang).letter

    def __missing__(self, token: str) -> str:
        signs = [sign(token) for sign in self._signs] if self._is_known(token) else [_NOTHING]
        code = "".join(signs) + self._letter(token)
        if len(self) < _LIMIT and len(token) < _LONG:
            self[token] = code
        return code

    def _is_known(self, token: str) -> bool:
        """Tell whether a grammar may know the token: most words are in none."""
        folded = token.lower()
        return (
            token[0].isdigit()
            or folded in self._known
            or (folded[-2:] in ("'s", "’s") and folded[:-2] in self._known)
        )


_NOTHING = OTHER * LETTERS


@cache
def _codes(base: str) -> Codes:
    return Codes(base)


def codes_of(lang: str) -> Codes:
    """Return the codes of a language, built once."""
    return _codes(base_language(lang))
