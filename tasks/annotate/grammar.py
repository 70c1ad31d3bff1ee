"""Matches the patterns of a language against sentences, fast.

Every token is encoded as one character that stands for its set of classes; a pattern is a regular
expression over these characters. It is tried only where the next few of them allow it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from tasks.annotate.pattern_starts import Starts
from tasks.annotate.patterns import Pattern, class_of, to_regex, words_of

Values = dict[str, object]
OTHER = " "
_FIRST_SIGN = 0xE000  # private use area: apart from all that regular expressions treat specially
_NOTHING = "\x00"  # no token is encoded as this
# Tokens whose classes are remembered.
_MOST_SEEN, _LONG = 50_000, 40


class Hit:
    """A pattern found: token numbers of the span, and where asked for, of each slot."""

    __slots__ = ("_match", "end", "pattern", "start")

    def __init__(self, pattern: Pattern, match: re.Match[str]) -> None:
        self.pattern, self._match = pattern, match
        self.start, self.end = match.span("CORE")

    @property
    def slots(self) -> dict[str, int]:
        """The token number of each class that the pattern names."""
        regs, groups = self._match.regs, self._match.re.groupindex.items()
        return {k: at for k, i in groups if (at := regs[i][0]) >= 0 and k != "CORE"}


class Grammar:
    """Word classes and patterns of one language for one purpose.

    A possessive ("Sunday's") counts as its word.

    Args:
        words: Folded form -> its classes and their values.
        titles: Classes of forms that count only with a capital letter.
        shapes: Classes and values of a token that begins with a digit.
        probes: One token for each set of classes that `shapes` may return.
        patterns: Of two spans that begin at one place the earlier row wins.
    """

    def __init__(
        self,
        words: dict[str, Values],
        titles: dict[str, Values],
        shapes: Callable[[str], Values],
        probes: Iterable[str],
        patterns: list[Pattern],
    ) -> None:
        self._words, self._titles, self._shapes = words, titles, shapes
        self._patterns = patterns
        for node in (n for p in patterns for n in (p.before, p.core, p.after)):
            for word in words_of(node):
                words.setdefault(word, {})[class_of(word)] = word
        self._seen: dict[str, Values] = {}
        self._by_classes: dict[frozenset[str], str] = {}
        for token in [*words, *titles, *(t.title() for t in titles), *probes]:
            self._register(token)
        self._compiled: dict[int, re.Pattern[str]] = {}
        self._starts = Starts(patterns, lambda name: self._signs(frozenset({name})))

    @property
    def forms(self) -> frozenset[str]:
        """The folded words that have a class."""
        return frozenset(self._words) | frozenset(self._titles)

    def classes(self, token: str) -> Values:
        """Return the classes of a token with their values."""
        found = self._seen.get(token)
        if found is None:
            found = self._look_up(token)
            if len(self._seen) < _MOST_SEEN and len(token) < _LONG:
                self._seen[token] = found
        return found

    def _look_up(self, token: str) -> Values:
        folded = token.lower()
        if token[0].isdigit():
            return {**self._shapes(token), **self._words.get(folded, {})}
        if folded[-2:] in ("'s", "’s") and folded not in self._words:
            folded = folded[:-2]
        found = self._words.get(folded, {})
        if folded in self._titles and token[0].isupper():
            return {**found, **self._titles[folded]}
        return found

    def encode(self, words: list[str]) -> str:
        """Return one character a token."""
        return "".join(map(self.sign, words))

    def find(self, code: str) -> list[Hit]:
        """Return the patterns found in encoded tokens, from the left, without overlap.

        The span that begins first wins, whatever must stand before it; then the earlier row.
        """
        hits: list[Hit] = []
        behind = 0
        best: tuple[Hit, int] | None = None  # a span that a later place may still forestall
        for at, numbers in self._starts.places(code):
            if best is not None and at > best[0].start:
                hits.append(best[0])
                behind, best = best[0].end, None
            if at < behind:
                continue
            for number in numbers:
                if match := self._regex(number).match(code, at):
                    hit = Hit(self._patterns[number], match)
                    if best is None or (hit.start, number) < (best[0].start, best[1]):
                        best = hit, number
                    break
        return [*hits, best[0]] if best is not None else hits

    def _regex(self, number: int) -> re.Pattern[str]:
        """Return a pattern with named groups, compiled when it is first tried."""
        if number not in self._compiled:
            self._compiled[number] = re.compile(self._compile(self._patterns[number]))
        return self._compiled[number]

    def _register(self, token: str) -> None:
        key = frozenset(self.classes(token))
        if key:
            self._by_classes.setdefault(key, chr(_FIRST_SIGN + len(self._by_classes)))

    def sign(self, token: str) -> str:
        """Return the character that stands for the classes of a token."""
        return self._by_classes.get(frozenset(self.classes(token)), OTHER)

    def _signs(self, classes: frozenset[str]) -> str:
        """Return the signs of tokens that are in one of the classes."""
        return "".join(c for key, c in self._by_classes.items() if key & classes)

    def _chars(self, classes: frozenset[str]) -> str:
        """Return a set of characters; one that nothing is in for a class without words."""
        return f"[{self._signs(classes) or _NOTHING}]"

    def _compile(self, pattern: Pattern) -> str:
        seen: dict[str, int] = {}
        before = to_regex(pattern.before, self._chars, seen)
        core = to_regex(pattern.core, self._chars, seen)
        after = to_regex(pattern.after, self._chars, seen)
        return f"{before}(?P<CORE>{core})" + (f"(?={after})" if after else "")
