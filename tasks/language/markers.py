"""Tells look-alike standards apart by the words in which they differ (seeds/language/markers.csv).

Bosnian, Croatian and Serbian; Indonesian and Malay; Kinyarwanda and Rundi; Zulu and Xhosa; Amharic
and Tigrinya; English and Nigerian Pidgin. The libraries know one of each pair, or mix them up.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

from tasks.language.tables import rows

_Weights = tuple[tuple[str, int], ...]
_WORD = re.compile(r"[^\W\d_]+")
# A word that is repeated says little more than the word itself.
_MOST_REPEATS = 3
_MOST_SEEN = 50_000
_LONGEST = 60
_DIACRITICS = re.compile("[čćšžđČĆŠŽĐ]")
_FOLD = str.maketrans("čćšžđ", "ccszd")
_MARKS = "\u2018\u2019\u201c\u201d\u2013\u2014\u2026"
# ASCII letters to lower case, all else to blanks.
_LETTERS = {n: chr(n).lower() if chr(n).isalpha() else " " for n in range(128)}


@dataclass(frozen=True, slots=True)
class Markers:
    """The words of one group of look-alikes.

    Attributes:
        langs: Languages of the group, sorted.
        words: Whole words, with what each is evidence for.
        phrases: Two words with a space between them.
        openers: First words of the phrases.
        stems: Beginnings of words.
        insides: Letters anywhere in a word, the longest first.
        endings: Ends of words, the longest first.
        seen: Words that were looked up before.
    """

    langs: tuple[str, ...]
    words: dict[str, _Weights]
    phrases: dict[str, _Weights]
    openers: frozenset[str]
    stems: dict[str, _Weights]
    insides: tuple[tuple[str, _Weights], ...]
    endings: tuple[tuple[str, _Weights], ...]
    seen: dict[str, _Weights] = field(default_factory=dict)

    @property
    def is_plain(self) -> bool:
        """Whether the group has whole words and phrases alone, no patterns."""
        return not (self.stems or self.insides or self.endings)

    def weights(self, word: str) -> _Weights:
        """Return what a word is evidence for; remembered, up to a bound."""
        found = self.seen.get(word)
        if found is None:
            if len(self.seen) >= _MOST_SEEN:
                self.seen.clear()
            found = self.seen[word] = self._look_up(word[:_LONGEST])
        return found

    def _look_up(self, word: str) -> _Weights:
        if word in self.words:
            return self.words[word]
        for length in range(len(word), 0, -1):
            if word[:length] in self.stems:
                return self.stems[word[:length]]
        for part, weights in self.insides:
            if part in word:
                return weights
        return next((weights for part, weights in self.endings if word.endswith(part)), ())


@cache
def groups() -> dict[str, str]:
    """Return the group of each language that has markers."""
    found: dict[str, str] = {}
    for row in rows("markers.csv"):
        found.update((lang, row["group"]) for lang, _ in _parse(row["evidence"]))
    return found


@cache
def _markers(group: str, folded: bool) -> Markers:
    table = {r["word"]: _parse(r["evidence"]) for r in rows("markers.csv") if r["group"] == group}
    if folded:
        table = {word.translate(_FOLD): weights for word, weights in table.items()}
    stems = {w[:-1]: v for w, v in table.items() if w.endswith("*") and not w.startswith("*")}
    inside = [(w[1:-1], v) for w, v in table.items() if w.startswith("*") and w.endswith("*")]
    ending = [(w[1:], v) for w, v in table.items() if w.startswith("*") and not w.endswith("*")]
    return Markers(
        tuple(sorted(lang for lang, of in groups().items() if of == group)),
        {w: v for w, v in table.items() if "*" not in w and " " not in w},
        {w: v for w, v in table.items() if " " in w},
        frozenset(w.split()[0] for w in table if " " in w),
        stems,
        tuple(sorted(inside, key=_longest_first)),
        tuple(sorted(ending, key=_longest_first)),
    )


def evidence(group: str, text: str) -> dict[str, int]:
    """Return the evidence for each language of the group: weights summed over distinct words.

    Each counts at most three times. A text without diacritics is read as one that lost them.
    """
    table = _markers(group, group == "bcms" and not _DIACRITICS.search(text))
    words = _words(text)
    single = filter(table.words.__contains__, words) if table.is_plain else words
    totals = dict.fromkeys(table.langs, 0)
    for word, count in Counter(single).items():
        _add(totals, table.weights(word), count)
    if not table.openers.isdisjoint(words):
        pairs = [f"{a} {b}" for a, b in pairwise(words) if a in table.openers]
        for pair, count in Counter(pairs).items():
            _add(totals, table.phrases.get(pair, ()), count)
    return totals


def _words(text: str) -> list[str]:
    """Return the words in lower case; quickly where only typographic marks are not ASCII."""
    plain = text
    for mark in _MARKS:
        plain = plain.replace(mark, " ")
    if plain.isascii():
        return plain.translate(_LETTERS).split()
    return _WORD.findall(text.lower())


def _add(totals: dict[str, int], weights: _Weights, count: int) -> None:
    for lang, weight in weights:
        totals[lang] += weight * min(count, _MOST_REPEATS)


def _parse(cell: str) -> _Weights:
    pairs = (item.split(":") for item in cell.split())
    return tuple((lang, int(weight)) for lang, weight in pairs)


def _longest_first(item: tuple[str, _Weights]) -> tuple[int, str]:
    return -len(item[0]), item[0]
