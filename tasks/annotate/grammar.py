"""Matches the patterns of a language against sentences, fast.

Every token is encoded as one character that stands for its set of classes; all patterns are one
regular expression over these characters.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from tasks.annotate.patterns import Pattern, anchors, class_of, first_classes, to_regex, words_of
from tasks.annotate.types import record
from tasks.errors import UserError

Values = dict[str, object]
_OTHER = " "
_FIRST_SIGN = 0xE000  # private use area: apart from all that regular expressions treat specially
_NOTHING = "\x00"  # no token is encoded as this
# Tokens whose classes are remembered.
_MOST_SEEN, _LONG = 50_000, 40


@record
class Hit:
    """A pattern found: token numbers of the span and of each slot."""

    pattern: Pattern
    start: int
    end: int
    slots: dict[str, int]


class Grammar:
    """Word classes and patterns of one language for one purpose.

    A possessive ("Sunday's") counts as its word.

    Args:
        words: Folded form -> its classes and their values.
        titles: Classes of forms that count only with a capital letter.
        shapes: Classes and values of a token that begins with a digit.
        probes: One token for each set of classes that `shapes` may return.
        patterns: Where two match at one place, the earlier one wins.
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
        self._named: dict[int, re.Pattern[str]] = {}
        self._dispatch: dict[str, tuple[list[int], re.Pattern[str]]] = {}
        self._firsts = [self._first(p) for p in patterns]
        self._start = re.compile(f"[{''.join(sorted(set().union(*self._firsts))) or _NOTHING}]")
        self._trigger = re.compile(self._chars(self._needed()))

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
        """Return the patterns found in encoded tokens, from the left, without overlap."""
        if not self._trigger.search(code):
            return []
        hits: list[Hit] = []
        behind, dispatch = 0, self._dispatch
        for start in self._start.finditer(code):
            at = start.start()
            if at < behind:
                continue
            sign = code[at]
            numbers, patterns = dispatch[sign] if sign in dispatch else self._beginning_with(sign)
            match = patterns.match(code, at)
            if match and match.lastindex and match.end() > at:
                hits.append(self._hit(numbers[match.lastindex - 1], code, at))
                behind = match.end()
        return hits

    def _beginning_with(self, sign: str) -> tuple[list[int], re.Pattern[str]]:
        """Return the patterns that may begin with a sign: their numbers, and all in one."""
        numbers = [i for i, first in enumerate(self._firsts) if sign in first]
        branches = (f"{self._compile(self._patterns[i], named=False)}()" for i in numbers)
        found = self._dispatch[sign] = numbers, re.compile("|".join(branches))
        return found

    def _hit(self, number: int, code: str, at: int) -> Hit:
        named = self._names(number).match(code, at)
        assert named is not None  # the same pattern has just matched here
        start, end = named.span("CORE")
        regs = named.regs
        found = named.re.groupindex.items()
        slots = {k: at for k, i in found if (at := regs[i][0]) >= 0 and k != "CORE"}
        return Hit(self._patterns[number], start, end, slots)

    def _names(self, number: int) -> re.Pattern[str]:
        """Return the pattern with named groups, compiled when it first matches."""
        if number not in self._named:
            self._named[number] = re.compile(self._compile(self._patterns[number], named=True))
        return self._named[number]

    def _register(self, token: str) -> None:
        key = frozenset(self.classes(token))
        if key:
            self._by_classes.setdefault(key, chr(_FIRST_SIGN + len(self._by_classes)))

    def sign(self, token: str) -> str:
        """Return the character that stands for the classes of a token."""
        return self._by_classes.get(frozenset(self.classes(token)), _OTHER)

    def _chars(self, classes: frozenset[str]) -> str:
        """Return a set of characters; one that nothing is in for a class without words."""
        chars = "".join(c for key, c in self._by_classes.items() if key & classes)
        return f"[{chars or _NOTHING}]"

    def _first(self, pattern: Pattern) -> frozenset[str]:
        """Return the signs that a match of the pattern, with what must come before, begins with."""
        classes, empty = first_classes(pattern.before)
        classes |= first_classes(pattern.core)[0] if empty else frozenset()
        return frozenset(self._chars(classes)[1:-1])

    def _needed(self) -> frozenset[str]:
        """Return classes of which one must be in a sentence for any pattern to match.

        Raises:
            UserError: a pattern that may match nothing at all.
        """
        needed: set[str] = set()
        for pattern in self._patterns:
            found = anchors(pattern.core)
            if found is None:
                raise UserError(f"Pattern `{pattern.source}` may match nothing at all.")
            needed |= found[0]
        return frozenset(needed)

    def _compile(self, pattern: Pattern, *, named: bool) -> str:
        seen: dict[str, int] | None = {} if named else None
        before = to_regex(pattern.before, self._chars, seen)
        core = to_regex(pattern.core, self._chars, seen)
        after = to_regex(pattern.after, self._chars, seen)
        body = f"(?P<CORE>{core})" if named else f"(?:{core})"
        return f"{before}{body}" + (f"(?={after})" if after else "")
