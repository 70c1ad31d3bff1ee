"""Matches the patterns of a language against sentences, fast.

Every token is encoded as one character that stands for its set of classes; all patterns are one
regular expression over these characters.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from tasks.annotate.patterns import Pattern, anchors, class_of, first_classes, to_regex, words_of
from tasks.errors import UserError

Values = dict[str, object]
_OTHER = " "
_FIRST_SIGN = 0xE000  # private use area: apart from all that regular expressions treat specially
_NOTHING = "\x00"  # no token is encoded as this


@dataclass(frozen=True, slots=True)
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
        self._by_classes: dict[frozenset[str], str] = {}
        for token in [*words, *titles, *(t.title() for t in titles), *probes]:
            self._register(token)
        self._trigger, self._any = self._compile_all()
        self._named = [re.compile(self._compile(p, named=True)) for p in patterns]

    def classes(self, token: str) -> Values:
        """Return the classes of a token with their values."""
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
        return [self._hit(m) for m in self._any.finditer(code) if m.lastindex and m[0]]

    def _hit(self, match: re.Match[str]) -> Hit:
        number = (match.lastindex or 1) - 1
        named = self._named[number].match(match.string, match.start())
        assert named is not None  # the same pattern has just matched here
        found = named.groupdict()
        start, end = named.span("CORE")
        slots = {k: named.start(k) for k, v in found.items() if v and k != "CORE"}
        return Hit(self._patterns[number], start, end, slots)

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

    def _compile_all(self) -> tuple[re.Pattern[str], re.Pattern[str]]:
        """Return what must be in a sentence for any pattern to match, and all patterns in one."""
        if not self._patterns:
            return re.compile("(?!)"), re.compile("(?!)")
        needed: set[str] = set()
        firsts: set[str] = set()
        for pattern in self._patterns:
            found = anchors(pattern.core)
            if found is None:
                raise UserError(f"Pattern `{pattern.source}` may match nothing at all.")
            needed |= found[0]
            classes, empty = first_classes(pattern.before)
            firsts |= classes | (first_classes(pattern.core)[0] if empty else frozenset())
        branches = "|".join(f"{self._compile(p, named=False)}()" for p in self._patterns)
        start = self._chars(frozenset(firsts))
        return re.compile(self._chars(frozenset(needed))), re.compile(f"(?={start})(?:{branches})")

    def _compile(self, pattern: Pattern, *, named: bool) -> str:
        seen: dict[str, int] | None = {} if named else None
        before = to_regex(pattern.before, self._chars, seen)
        core = to_regex(pattern.core, self._chars, seen)
        after = to_regex(pattern.after, self._chars, seen)
        body = f"(?P<CORE>{core})" if named else f"(?:{core})"
        return f"{before}{body}" + (f"(?={after})" if after else "")
