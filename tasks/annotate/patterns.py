"""Patterns over word classes: the small language in which the tables in seeds/lexicon speak.

A pattern such as `[WEEKDAY [COMMA]] MONTH DAY [COMMA YEAR]` is matched against the classes of
words, not against characters.

    MONTH        a token of that class (capitals)
    last         that very word, in any case; marks stand for themselves
    [X]          X or nothing
    (X | Y)      X or Y
    (X)+         X, once or more
    !X           what follows is not X
    !<X          what comes before is not X (a single token)
    _3           up to three tokens, as few as needed, none of the class STOP
    __3          the same, whatever their classes
    $            the end of the sentence
    A ~ X        the span is X, found only after A
    A ~ X ~ B    the span is X, found only between A and B (A or B may be empty)
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from tasks.errors import UserError

_LEXEME = re.compile(r"!<|[\[\]()|~!+$]|[^\s\[\]()|~!+$]+")
_GAP = re.compile(r"__?\d+$")
Chars = Callable[[frozenset[str]], str]


@dataclass(frozen=True, slots=True)
class Node:
    """A part of a pattern: kind is unit, seq, alt, opt, many, not, behind, gap or end."""

    kind: str
    name: str = ""
    parts: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Pattern:
    """One row of a pattern table: the rule it feeds, constants for it, and what it matches."""

    rule: str
    args: dict[str, str]
    source: str
    before: Node = field(repr=False)
    core: Node = field(repr=False)
    after: Node = field(repr=False)


def read_pattern(row: dict[str, str]) -> Pattern:
    """Read a table row with the columns rule, args (`key=value ...`) and pattern.

    Raises:
        UserError: brackets that do not match.
    """
    source = row["pattern"]
    parts = source.split("~")
    before, core, after = ("", *parts, "") if len(parts) == 1 else (*parts, "")[:3]
    nodes = (_parse(part, source) for part in (before, core, after))
    return Pattern(row["rule"], dict(a.split("=", 1) for a in row["args"].split()), source, *nodes)


def _parse(text: str, source: str) -> Node:
    lexemes = _LEXEME.findall(text)[::-1]
    node = _alternatives(lexemes)
    if lexemes:
        raise UserError(f"Pattern `{source}`: unexpected `{lexemes[-1]}`.", "Check its brackets.")
    return node


def _alternatives(lexemes: list[str]) -> Node:
    options = [_sequence(lexemes)]
    while lexemes and lexemes[-1] == "|":
        lexemes.pop()
        options.append(_sequence(lexemes))
    return options[0] if len(options) == 1 else Node("alt", parts=tuple(options))


def _sequence(lexemes: list[str]) -> Node:
    items: list[Node] = []
    while lexemes and lexemes[-1] not in ("|", ")", "]"):
        items.append(_item(lexemes))
        if lexemes and lexemes[-1] == "+":
            lexemes.pop()
            items[-1] = Node("many", parts=(items[-1],))
    return Node("seq", parts=tuple(items))


def _item(lexemes: list[str]) -> Node:
    lexeme = lexemes.pop()
    if lexeme in ("(", "["):
        inner = _alternatives(lexemes)
        if not lexemes or lexemes.pop() != {"(": ")", "[": "]"}[lexeme]:
            raise UserError(f"Pattern: `{lexeme}` is not closed.", "Check its brackets.")
        return Node("opt", parts=(inner,)) if lexeme == "[" else inner
    if lexeme in ("!", "!<"):
        return Node("not" if lexeme == "!" else "behind", parts=(_item(lexemes),))
    if _GAP.match(lexeme):
        return Node("gap", lexeme)
    return Node("end") if lexeme == "$" else Node("unit", lexeme)


def class_of(name: str) -> str:
    """Return the class that a name in a pattern stands for; a plain word is one of its own."""
    return name if name[0].isupper() else f"={name}"


def words_of(node: Node) -> set[str]:
    """Return the plain words of a pattern."""
    own = {node.name} if node.kind == "unit" and not node.name[0].isupper() else set()
    return own.union(*(words_of(part) for part in node.parts))


def to_regex(node: Node, chars: Chars, seen: dict[str, int] | None) -> str:
    """Return the regular expression of a node; with `seen`, its classes are named groups."""
    if node.kind == "unit":
        unit = chars(frozenset({class_of(node.name)}))
        if seen is None or not node.name[0].isupper():
            return unit
        seen[node.name] = seen.get(node.name, 0) + 1
        number = "" if seen[node.name] == 1 else str(seen[node.name])
        return f"(?P<{node.name}{number}>{unit})"
    if node.kind == "end":
        return "$"
    if node.kind == "gap":
        token = "." if node.name[1] == "_" else f"[^{chars(frozenset({'STOP'}))[1:]}"
        return f"{token}{{0,{node.name.lstrip('_')}}}?"
    hidden = None if node.kind in ("not", "behind") else seen
    inner = [to_regex(part, chars, hidden) for part in node.parts]
    return _WRAP[node.kind].format("|".join(inner) if node.kind == "alt" else "".join(inner))


_WRAP = {
    "seq": "{}",
    "alt": "(?:{})",
    "opt": "(?:{})?",
    "many": "(?:{})+",
    "not": "(?!{})",
    "behind": "(?<!{})",
}
