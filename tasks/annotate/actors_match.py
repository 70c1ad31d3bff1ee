"""Finds the names of the lexicon in a text: one pass of an Aho-Corasick automaton."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path

from ahocorasick_rs import AhoCorasick, MatchKind

from tasks.annotate.actors_table import Entry, Lexicon, load_lexicon

# One for one, so that offsets stay: what writers put for an apostrophe, a space or a hyphen.
_ALIKE = (("’", "'"), ("‘", "'"), ("ʼ", "'"), ("\u00a0", " "), ("\n", " "), ("\u2011", "-"))


@dataclass(slots=True)
class Hit:
    """A pattern found in a text, with all that it may mean."""

    start: int
    end: int
    entries: list[Entry]


class Matcher:
    """An automaton over one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._automaton = AhoCorasick(lexicon.patterns, matchkind=MatchKind.LeftmostLongest)
        self._number = {pattern: i for i, pattern in enumerate(lexicon.patterns)}

    def find(self, text: str) -> list[Hit]:
        """Return the longest matches that stand between word boundaries, from left to right."""
        plain = normalise(text)
        meanings = self.lexicon.meanings
        hits: list[Hit] = []
        for number, start, end in self._automaton.find_matches_as_indexes(plain):
            if is_word(plain, start, end):
                hits.append(Hit(start, end, meanings[number]))
            elif " " in plain[start:end]:
                hits.extend(self._shorter(plain, start, end))
        return hits

    def _shorter(self, plain: str, start: int, end: int) -> list[Hit]:
        """Look for shorter names at a spot where a longer one breaks off inside a word."""
        found: list[Hit] = []
        while start < end:
            stop = end
            while (stop := plain.rfind(" ", start, stop)) > start:
                number = self._number.get(plain[start:stop])
                if number is not None and is_word(plain, start, stop):
                    found.append(Hit(start, stop, self.lexicon.meanings[number]))
                    break
            space = plain.find(" ", max(stop, start), end)
            if space < 0:
                break
            start = space + 1
        return found


def normalise(text: str) -> str:
    """Return the text, as long as before, with one apostrophe, one space and one hyphen."""
    for other, plain in _ALIKE:
        text = text.replace(other, plain)
    return text


def is_word(text: str, start: int, end: int) -> bool:
    """Tell whether the span neither begins nor ends inside a word."""
    before = start == 0 or not (text[start - 1].isalnum() and text[start].isalnum())
    after = end >= len(text) or not (text[end].isalnum() and text[end - 1].isalnum())
    return before and after


@functools.lru_cache(maxsize=16)
def load_matcher(lang: str, overlay: Path | None = None) -> Matcher:
    """Return the automaton for a language, made once a process."""
    return Matcher(load_lexicon(lang, overlay))
