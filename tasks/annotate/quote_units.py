"""Reads sentences as strings of letters, one a token, with each quotation as one letter.

A unit is a sentence, or as many as one quotation runs through.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cache

from tasks.annotate.lexicon import base_language, read_table
from tasks.annotate.quote_marks import Quoted
from tasks.annotate.tokens import Words

QUOTE = "Q"
_LETTERS = {
    "cue": "C",
    "object": "O",
    "participle": "G",
    "according": "K",
    "noun": "S",
    "pronoun": "P",
    "aux": "A",
    "that": "T",
    "bound": "B",
    "prep": "R",
    "of": "o",
    "and": "&",
    "date": "D",
    "det": "d",
    "some": "i",
    "verb": "V",
}
_MARKS = {",": ",", "—": ",", "–": ",", "-": "-", "(": "(", ")": ")", ":": ":", ";": ";", ".": "."}


@dataclass(frozen=True, slots=True)
class Unit:
    """Letters of a unit, the span of each, and the quotation behind each letter Q."""

    letters: str
    spans: list[tuple[int, int]]
    quotes: dict[int, int]


class _Letters(dict[str, str]):
    """Token -> letter: N for a capital, n for any other word."""

    def __init__(self, lang: str) -> None:
        super().__init__()
        self.words: dict[str, str] = {}
        self.past: tuple[str, ...] = ()
        self.adverbs: tuple[str, ...] = ()
        for row in read_table(lang, "quote_words"):
            forms = row["forms"].split()
            if row["kind"] == "suffix":
                self.past = tuple(forms)
            elif row["kind"] == "adverb_suffix":
                self.adverbs = tuple(forms)
            else:
                for form in forms:
                    self.words.setdefault(form.lower(), _LETTERS[row["kind"]])

    def __missing__(self, token: str) -> str:
        letter = self._letter(token)
        if len(self) < 200_000 and len(token) < 40:
            self[token] = letter
        return letter

    def _letter(self, token: str) -> str:
        if token in _MARKS:
            return _MARKS[token]
        if token[0].isdigit():
            return "D"
        known = self.words.get(token.lower())
        if known and (token[0].islower() or not token[0].isupper() or self._keeps(known, token)):
            return known
        if not token[0].isalpha():
            return ","
        if token[0].isupper() or not token[0].islower():
            return "N"
        if len(token) > 4 and token.endswith(self.past):
            return "V"
        return "A" if len(token) > 4 and token.endswith(self.adverbs) else "n"

    @staticmethod
    def _keeps(letter: str, token: str) -> bool:
        """True if a capitalised word is that word, not a name: not `Said`, `May`, `US`."""
        if letter in "CO":
            return token.endswith("s") and token.istitle() and token != "States"
        return letter not in "AVGS" and (len(token) == 1 or not token.isupper())


@cache
def letters_of(lang: str) -> _Letters:
    """Return the letters of a language's words, built once."""
    return _Letters(base_language(lang))


def read_units(
    tokens: list[Words], quotes: list[Quoted], letters: _Letters, cues: str
) -> list[Unit]:
    """Return the units that hold a quotation or one of the letters in `cues`; others are empty."""
    units: list[Unit] = []
    at = 0
    for group in _groups(tokens, quotes):
        first, last = group[0].start, group[-1].end
        while at < len(quotes) and quotes[at].outer_end <= first:
            at += 1
        inside = bisect_left(quotes, last, lo=at, key=lambda q: q.outer_start)
        code = "".join(letters[w] for words in group for w in words.words)
        if inside == at and not any(c in code for c in cues):
            units.append(Unit("", [], {}))
            continue
        spans = [span for words in group for span in words.spans]
        units.append(_fold(code, spans, quotes, at, inside))
    return units


def _groups(tokens: list[Words], quotes: list[Quoted]) -> list[list[Words]]:
    """Join sentences between which a quotation is open."""
    groups: list[list[Words]] = []
    at = 0
    for words in tokens:
        while at < len(quotes) and quotes[at].outer_end < words.start:
            at += 1
        previous = groups[-1][-1].end if groups else -1
        within = at < len(quotes) and quotes[at].outer_start < previous < quotes[at].end
        if groups and within:
            groups[-1].append(words)
        else:
            groups.append([words])
    return groups


def _fold(
    code: str, spans: list[tuple[int, int]], quotes: list[Quoted], first: int, last: int
) -> Unit:
    """Replace the tokens of each quotation by one letter."""
    letters: list[str] = []
    kept: list[tuple[int, int]] = []
    folded: dict[int, int] = {}
    at, open_quote = first, -1
    for letter, span in zip(code, spans, strict=True):
        while at < last and quotes[at].outer_end <= span[0]:
            at += 1
        if at < last and quotes[at].outer_start < span[1]:
            if open_quote != at:
                folded[len(letters)] = open_quote = at
                letters.append(QUOTE)
                kept.append((quotes[at].start, quotes[at].end))
            continue
        letters.append(letter)
        kept.append(span)
    return Unit("".join(letters), kept, folded)
