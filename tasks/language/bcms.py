"""Bosnian, Croatian and Serbian in Latin script: one macro-language, and a guess at the standard.

No detector tells the three apart on a sentence (the best closed systems get nine in ten); on a
whole article the words that the standards differ in do most of it. What comes out is marked as a
guess in `lang_method`.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from tasks.language.tables import rows

LANGS = ("hr", "bs", "sr")
_WORD = re.compile(r"[a-zčćšžđ]{2,}")
_Weights = tuple[int, int, int]


@cache
def _tables() -> tuple[dict[str, _Weights], dict[str, _Weights]]:
    """Return the weights of whole words and of beginnings of words."""
    words: dict[str, _Weights] = {}
    stems: dict[str, _Weights] = {}
    for row in rows("bcms.csv"):
        weights = (int(row["hr"]), int(row["bs"]), int(row["sr"]))
        word = row["word"]
        if word.endswith("*"):
            stems[word[:-1]] = weights
        else:
            words[word] = weights
    return words, stems


@cache
def _lengths() -> list[int]:
    return sorted({len(stem) for stem in _tables()[1]}, reverse=True)


def _weights(word: str) -> _Weights | None:
    words, stems = _tables()
    if word in words:
        return words[word]
    for length in _lengths():
        found = stems.get(word[:length])
        if found is not None:
            return found
    return None


def evidence(text: str) -> dict[str, int]:
    """Return the evidence for each standard: sum of weights over distinct words, at most 3 times each."""
    totals = dict.fromkeys(LANGS, 0)
    for word, count in Counter(_WORD.findall(text.lower())).items():
        weights = _weights(word)
        if weights is not None:
            for lang, weight in zip(LANGS, weights, strict=True):
                totals[lang] += weight * min(count, 3)
    return totals


def guess_standard(text: str, fallback: str) -> str:
    """Return hr, bs or sr; `fallback` when the words say nothing."""
    totals = evidence(text)
    best = max(totals.values())
    leaders = [lang for lang in LANGS if totals[lang] == best]
    if best == 0 or (len(leaders) > 1 and fallback in leaders):
        return fallback if fallback in LANGS else "hr"
    return leaders[0]
