"""Patterns over word classes: the small language in which the tables in seeds/lexicon speak.

A pattern such as `[WEEKDAY [,]] MONTH DAY [, YEAR]` is matched against the classes of words, not
against characters: every token is encoded as one character that stands for its set of classes,
and the pattern is compiled to a regular expression over those characters.

    MONTH        a token of that class (capitals)
    last         that very word, in any case; marks stand for themselves
    [X]          X or nothing
    (X | Y)      X or Y
    (X)+         X, once or more
    !X           what follows is not X
    !<X          what comes before is not X (X is a single token)
    $            the end of the sentence
    A ~ X ~ B    the span is X, found only between A and B
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from tasks.errors import UserError

Values = dict[str, object]
_LEXEME = re.compile(r"!<|[\[\]()|~!+$]|[^\s\[\]()|~!+$]+")
_OTHER = " "
_FIRST_SIGN = 0xE000  # private use area: no text is encoded into itself
_CACHE_LIMIT = 200_000


@dataclass(frozen=True, slots=True)
class Row:
    """One pattern of a table: the rule it feeds, constants for it, and the pattern."""

    rule: str
    args: dict[str, str]
    pattern: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A pattern found: token numbers of the span and of each slot."""

    row: Row
    start: int
    end: int
    slots: dict[str, int]


class _Signs(dict[str, str]):
    """Token -> its character; filled as tokens are met, within a bound."""

    def __init__(self, sign: Callable[[str], str]) -> None:
        super().__init__()
        self._sign = sign

    def __missing__(self, token: str) -> str:
        sign = self._sign(token)
        if len(self) < _CACHE_LIMIT and len(token) < 40:
            self[token] = sign
        return sign


class Grammar:
    """Word classes and patterns of one language for one purpose.

    A possessive ("Sunday's") counts as its word.

    Args:
        words: Folded form -> its classes and their values.
        titles: Classes of forms that count only with a capital letter.
        shapes: Classes and values of a token that begins with a digit.
        probes: One token for each set of classes that `shapes` may return.
        rows: The patterns; where two match at one place, the earlier row wins.
    """

    def __init__(
        self,
        words: dict[str, Values],
        titles: dict[str, Values],
        shapes: Callable[[str], Values],
        probes: Iterable[str],
        rows: list[Row],
    ) -> None:
        self._words, self._titles, self._shapes = words, titles, shapes
        self._rows = rows
        for row in rows:
            for lexeme in _LEXEME.findall(row.pattern):
                if not lexeme[0].isupper() and lexeme not in _OPERATORS:
                    words.setdefault(lexeme, {})[f"={lexeme}"] = lexeme
        self._by_classes: dict[frozenset[str], str] = {}
        for token in [*words, *(t.title() for t in titles), *titles, *probes]:
            self._register(token)
        self.signs = _Signs(self._sign)
        plain = [_compile(row, self._chars, named=False) for row in rows]
        self._named = [re.compile(_compile(row, self._chars, named=True)) for row in rows]
        self._any = re.compile("|".join(f"{p}()" for p in plain)) if rows else re.compile("(?!)")

    def classes(self, token: str) -> Values:
        """Return the classes of a token with their values."""
        if token[0].isdigit():
            return {**self._shapes(token), **self._words.get(token, {})}
        folded = token.lower()
        if folded not in self._words and folded[-2:] in ("'s", "’s"):
            folded = folded[:-2]
        found = self._words.get(folded)
        if folded in self._titles and token[0].isupper():
            return {**(found or {}), **self._titles[folded]}
        return found or {}

    def encode(self, words: list[str]) -> str:
        """Return one character a token."""
        return "".join(map(self.signs.__getitem__, words))

    def find(self, code: str) -> Iterator[Hit]:
        """Yield the patterns found in encoded tokens, from the left, without overlap."""
        for match in self._any.finditer(code):
            if match.lastindex is None or match.start() == match.end():
                continue
            number = match.lastindex - 1
            named = self._named[number].match(code, match.start())
            assert named is not None  # the same pattern has just matched here
            core = named.span("CORE")
            slots = {k: named.start(k) for k, v in named.groupdict().items() if v and k != "CORE"}
            yield Hit(self._rows[number], *core, slots)

    def _register(self, token: str) -> None:
        key = frozenset(self.classes(token))
        if key:
            self._by_classes.setdefault(key, chr(_FIRST_SIGN + len(self._by_classes)))

    def _sign(self, token: str) -> str:
        return self._by_classes.get(frozenset(self.classes(token)), _OTHER)

    def _chars(self, name: str) -> str:
        wanted = name if name[0].isupper() else f"={name}"
        chars = "".join(c for key, c in self._by_classes.items() if wanted in key)
        if not chars:
            raise UserError(f"Pattern uses the class {name}, but no word has it.")
        return f"[{chars}]"


_OPERATORS = frozenset(["[", "]", "(", ")", "|", "~", "!", "+", "!<", "$"])
_PLAIN = {"]": ")?", ")": ")", "|": "|", "+": "+", "$": "$"}


def _compile(row: Row, chars: Callable[[str], str], *, named: bool) -> str:
    """Return the regular expression of a pattern; slots are named groups if `named`."""
    parts = row.pattern.split("~")
    before, core, after = {1: ("", *parts, ""), 2: (*parts, "")}.get(len(parts), tuple(parts[:3]))
    seen: dict[str, int] = {}
    compiled = [_sequence(p, chars, seen, named) for p in (before, core, after)]
    body = f"(?P<CORE>{compiled[1]})" if named else f"(?:{compiled[1]})"
    ahead = f"(?={compiled[2]})" if compiled[2] else ""
    return f"{compiled[0]}{body}{ahead}"


def _sequence(pattern: str, chars: Callable[[str], str], seen: dict[str, int], named: bool) -> str:
    out: list[str] = []
    closers: list[str] = []  # what a negation in front of a group must add behind it
    pending = ""
    for lexeme in _LEXEME.findall(pattern):
        if lexeme in ("!", "!<"):
            pending = "(?!" if lexeme == "!" else "(?<!"
        elif lexeme in "[(":
            out.append(pending + "(?:")
            closers.append(")" if pending else "")
            pending = ""
        elif lexeme in "])":
            out.append(_PLAIN[lexeme] + (closers.pop() if closers else ""))
        elif lexeme in _PLAIN:
            out.append(_PLAIN[lexeme])
        else:
            unit = chars(lexeme)
            if named and lexeme[0].isupper() and not pending:
                unit = f"(?P<{_slot(lexeme, seen)}>{unit})"
            out.append(f"{pending}{unit})" if pending else unit)
            pending = ""
    return "".join(out)


def _slot(name: str, seen: dict[str, int]) -> str:
    seen[name] = seen.get(name, 0) + 1
    return name if seen[name] == 1 else f"{name}{seen[name]}"
