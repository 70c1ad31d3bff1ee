"""A sentence with the words marked that an event was read from."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple


class Span(NamedTuple):
    """Words of an article: code points `first` to `last` of its body, and what they are."""

    kind: str
    first: int
    last: int


def mark(body: str, first: int, last: int, spans: Iterable[Span]) -> str:
    """Return body[first:last] with each span as [kind: words]; a span in another stands inside.

    A span that reaches over the end of one before it, or of the sentence, is left out.
    """
    stops: dict[int, list[str]] = {}
    nested: list[Span] = []
    wanted = {s for s in spans if first <= s.first < s.last <= last}
    for span in sorted(wanted, key=lambda s: (s.first, -s.last, s.kind)):
        nested = [s for s in nested if s.last > span.first]
        if nested and nested[-1].last < span.last:
            continue
        stops.setdefault(span.first, []).append(f"[{span.kind}: ")
        stops.setdefault(span.last, []).insert(0, "]")
        nested.append(span)
    edges = sorted({first, last, *stops})
    pieces = ["".join(stops.get(at, [])) + body[at:until] for at, until in pairwise(edges)]
    return " ".join(("".join(pieces) + "".join(stops.get(last, []))).split())
