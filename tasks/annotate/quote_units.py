"""Reads sentences as strings of letters, one a token, with each quotation as one letter.

A unit is a sentence, or as many as one quotation runs through.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from tasks.annotate.quote_marks import Quoted
from tasks.annotate.tokens import Words

QUOTE = "Q"
_CUE = re.compile("[COGK]")


class Unit:
    """Letters of a unit, the span of each, and the quotation behind each letter Q."""

    __slots__ = ("_group", "_spans", "letters", "quotes")

    def __init__(
        self,
        letters: str,
        group: list[Words],
        quotes: dict[int, int],
        spans: list[tuple[int, int]] | None = None,
    ) -> None:
        self.letters, self.quotes = letters, quotes
        self._group, self._spans = group, spans

    @property
    def spans(self) -> list[tuple[int, int]]:
        """The span of each letter, worked out where asked for."""
        if self._spans is None:
            self._spans = _spans(self._group)
        return self._spans


def _spans(group: list[Words]) -> list[tuple[int, int]]:
    return group[0].spans if len(group) == 1 else [s for words in group for s in words.spans]


_EMPTY = Unit("", [], {}, [])


def read_units(tokens: list[Words], quotes: list[Quoted]) -> list[Unit]:
    """Return the units that hold a quotation or a cue; others are empty."""
    units: list[Unit] = []
    at = 0
    for group in _groups(tokens, quotes):
        first, last = group[0].start, group[-1].end
        while at < len(quotes) and quotes[at].outer_end <= first:
            at += 1
        inside = bisect_left(quotes, last, lo=at, key=lambda q: q.outer_start)
        code = group[0].letters if len(group) == 1 else "".join([w.letters for w in group])
        if inside > at:
            units.append(_fold(code, _spans(group), quotes, at, inside))
        elif _CUE.search(code):
            units.append(Unit(code, group, {}))
        else:
            units.append(_EMPTY)
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
    return Unit("".join(letters), [], folded, kept)
