"""Finds the names of the lexicon in a text: one pass of an Aho-Corasick automaton."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick, MatchKind

from tasks.annotate.actors_table import Entry, Lexicon, load_lexicon
from tasks.annotate.tables import OwnTable

# One for one, so that offsets stay: what writers put for an apostrophe, a space or a hyphen.
_ALIKE = (("’", "'"), ("‘", "'"), ("ʼ", "'"), ("\u00a0", " "), ("\n", " "), ("\u2011", "-"))


@dataclass(slots=True)
class Part:
    """A name or role word found in a text, with all that it may mean.

    Attributes:
        entries: Its meanings, the likeliest first.
        kind: Kind of the first; `short` if it can only be a short name.
        link: How the next part is joined: next, owner ('s), backed, based, of, in; empty at the end.
    """

    start: int
    end: int
    entries: list[Entry]
    kind: str
    link: str = ""

    @property
    def entry(self) -> Entry:
        """The likeliest meaning."""
        return self.entries[0]

    def has(self, kind: str) -> bool:
        """Tell whether one of the meanings is of a kind."""
        return any(e.kind == kind for e in self.entries)


class Matcher:
    """An automaton over one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.patterns = lexicon.patterns
        self._automaton = AhoCorasick(lexicon.patterns, matchkind=MatchKind.LeftmostLongest)
        self._number = {pattern: i for i, pattern in enumerate(lexicon.patterns)}
        self._meanings = [sorted(g, key=_rank) if len(g) > 1 else g for g in lexicon.meanings]
        self._kinds = ["short" if g[0].short else g[0].kind for g in self._meanings]
        self._last: tuple[str, list[tuple[int, int, int]]] = ("", [])

    @functools.cached_property
    def given_names(self) -> frozenset[str]:
        """The first words of the persons' full names, capitalised."""
        names = (p for p, k in zip(self.patterns, self._kinds, strict=True) if k == "person")
        return frozenset(n.split(" ")[0] for n in names if " " in n and not n.isupper())

    def find(self, plain: str, only: frozenset[str] | None = None) -> list[Part]:
        """Return the longest names that stand between word boundaries, from left to right.

        Args:
            plain: A text as `normalise` returns it.
            only: Kinds to return; all if None.
        """
        last = self._last
        if last[0] != plain:
            # Actors and places of a text ask in turn; other threads may ask for other texts.
            last = self._last = (plain, self._spans(plain))
        meanings, kinds = self._meanings, self._kinds
        spans = last[1]
        if only is not None:
            spans = [span for span in spans if kinds[span[0]] in only]
        return [Part(a, b, meanings[n], kinds[n]) for n, a, b in spans]

    def last_word(self, plain: str, part: Part) -> Part | None:
        """Return the last word of a part as a part of its own; None if it means nothing."""
        start = plain.rfind(" ", part.start, part.end) + 1
        number = self._number.get(plain[start : part.end]) if start > part.start else None
        if number is None:
            return None
        return Part(start, part.end, self._meanings[number], self._kinds[number])

    def _spans(self, plain: str) -> list[tuple[int, int, int]]:
        spans: list[tuple[int, int, int]] = []
        keep = spans.append
        beside = plain + " "  # so that text has something before its first character, at -1
        for span in self._automaton.find_matches_as_indexes(plain):
            start, end = span[1:]
            if (beside[start - 1].isalnum() or beside[end].isalnum()) and not is_word(
                plain, start, end
            ):
                if " " in plain[start:end]:
                    spans.extend(self._shorter(plain, start, end))
            else:
                keep(span)
        return spans

    def _shorter(self, plain: str, start: int, end: int) -> list[tuple[int, int, int]]:
        """Look for shorter names at a spot where a longer one breaks off inside a word."""
        found: list[tuple[int, int, int]] = []
        while start < end:
            stop = end
            while (stop := plain.rfind(" ", start, stop)) > start:
                number = self._number.get(plain[start:stop])
                if number is not None and is_word(plain, start, stop):
                    found.append((number, start, stop))
                    break
            space = plain.find(" ", max(stop, start), end)
            if space < 0:
                break
            start = space + 1
        return found


_KIND_RANK = {"country": 0, "demonym": 1, "people": 2, "org": 3, "metonym": 4, "capital": 5}


def _rank(entry: Entry) -> tuple[int, bool, int, str, str]:
    """Order meanings: the user's first, short names last, countries before persons."""
    kind = _KIND_RANK.get(entry.kind, len(_KIND_RANK))
    return (-entry.priority, entry.short, kind, entry.entity, entry.first)


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


def load_matcher(lang: str, overlay: OwnTable | None = None) -> Matcher:
    """Return the automaton for a language, made once a process."""
    return _matcher(lang, overlay)


@functools.lru_cache(maxsize=16)
def _matcher(lang: str, overlay: OwnTable | None) -> Matcher:
    return Matcher(load_lexicon(lang, overlay))
