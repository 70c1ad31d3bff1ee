"""Works out with which tokens a match of a pattern may begin: a cheap test before the full one."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from ahocorasick_rs import AhoCorasick

from tasks.annotate.patterns import Node, Pattern, class_of
from tasks.errors import UserError

# Classes of the first tokens of a match, at most LENGTH; ANY stands for every token. A shorter
# one is a match that may end there.
ANY = ""
LENGTH = 3
Start = tuple[str, ...]
_NONE: frozenset[Start] = frozenset({()})


def starts(pattern: Pattern) -> frozenset[Start]:
    """Return the beginnings of all matches, with what must stand before and behind the span.

    Raises:
        UserError: a pattern that may match nothing at all, or begin with a gap.
    """
    if () in _starts(pattern.core):
        raise UserError(f"Pattern `{pattern.source}` may match nothing at all.")
    found = _starts(Node("seq", parts=(pattern.before, pattern.core, pattern.after)))
    if any(start[0] == ANY for start in found):
        raise UserError(f"Pattern `{pattern.source}` may begin with any word.")
    return found


def _starts(node: Node) -> frozenset[Start]:
    if node.kind == "unit":
        return frozenset({(class_of(node.name),)})
    if node.kind in ("not", "behind", "end"):
        return _NONE
    if node.kind == "gap":
        longest = min(int(node.name.lstrip("_")), LENGTH)
        return frozenset((ANY,) * n for n in range(longest + 1))
    inner = [_starts(part) for part in node.parts]
    if node.kind == "seq":
        return _in_a_row(inner)
    found = frozenset[Start]().union(*inner)
    if node.kind == "many":
        return frozenset().union(*(_in_a_row([found] * n) for n in range(1, LENGTH + 1)))
    return found | _NONE if node.kind == "opt" else found


def _in_a_row(parts: list[frozenset[Start]]) -> frozenset[Start]:
    """Join starts one behind the other, each cut to the longest length."""
    found = _NONE
    for part in parts:
        joined = (left + right for left, right in itertools.product(found, part))
        found = frozenset(start[:LENGTH] for start in joined)
    return found


class Starts:
    """The starts of many patterns over encoded tokens, one bit each.

    Args:
        patterns: What may begin.
        signs: Returns the signs that the tokens of a class may have.
    """

    def __init__(self, patterns: Sequence[Pattern], signs: Callable[[str], str]) -> None:
        signs = cache(signs)
        listed = [(number, s) for number, p in enumerate(patterns) for s in sorted(starts(p))]
        self._owners = [number for number, _ in listed]
        # At each of the first places: the starts that a sign fits, and those that any sign does,
        # for they are free there or over.
        self._fitting: list[dict[str, int]] = [{} for _ in range(LENGTH)]
        self._free, self._over = [0] * LENGTH, [0] * LENGTH
        for bit, (_, start) in enumerate(listed):
            for at in range(LENGTH):
                if at >= len(start):
                    self._over[at] |= 1 << bit
                elif start[at] == ANY:
                    self._free[at] |= 1 << bit
                else:
                    for sign in signs(start[at]):
                        self._fitting[at][sign] = self._fitting[at].get(sign, 0) | 1 << bit
        self._known: dict[str, list[int]] = {}
        self._automaton = AhoCorasick(self._beginnings())

    def _beginnings(self) -> list[str]:
        """Return the one or two signs that a match may begin with."""
        found: list[str] = []
        for one, bits in sorted(self._fitting[0].items()):
            if bits & (self._over[1] | self._free[1]):
                found.append(one)
            else:
                found += [
                    one + two for two, more in sorted(self._fitting[1].items()) if bits & more
                ]
        return found

    def places(self, code: str) -> list[tuple[int, list[int]]]:
        """Return where a pattern may match, from the left, with the numbers of the patterns."""
        found = self._automaton.find_matches_as_indexes(code, overlapping=True)
        return [
            (at, numbers)
            for at in sorted([start for _, start, _ in found])
            if (numbers := self._beginning_with(code[at : at + LENGTH]))
        ]

    def _beginning_with(self, key: str) -> list[int]:
        """Return the numbers of the patterns that may match where these signs stand."""
        found = self._known.get(key)
        if found is None:
            found = sorted({self._owners[bit] for bit in _ones(self._bits(key))})
            if len(self._known) < _MOST_KNOWN:
                self._known[key] = found
        return found

    def _bits(self, key: str) -> int:
        """Return the starts that signs fit; one that goes on where the sentence ends does not."""
        bits = -1
        for at, over in enumerate(self._over):
            fitting = self._fitting[at].get(key[at], 0) | self._free[at] if at < len(key) else 0
            bits &= fitting | over
        return bits


# Keys remembered; forgetting changes nothing.
_MOST_KNOWN = 100_000


def _ones(bits: int) -> Iterator[int]:
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest
