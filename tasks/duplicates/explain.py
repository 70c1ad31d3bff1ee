"""Why an article counts as a copy of another: the passages side by side, and what differs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from tasks.duplicates.evidence import passages
from tasks.duplicates.facts import names_and_numbers
from tasks.duplicates.tokens import tokenise


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of words that both texts have, up to case and punctuation.

    Attributes:
        start: Offset in the body of the copy; `end` behind it, `text` between them.
        other_start: Offset in the other body; `other_end` and `other_text` likewise.
    """

    start: int
    end: int
    text: str
    other_start: int
    other_end: int
    other_text: str


@dataclass(frozen=True, slots=True)
class CopyExplanation:
    """What two articles share.

    Attributes:
        passages: All shared passages, in order of the copy's text.
        shared: Share of the copy's characters that lie within them, 0-1.
        other_shared: The same share of the other text.
        facts: Names and numbers in both, in order of the copy's text.
        only_here: Names and numbers that only the copy has.
        only_there: Names and numbers that only the other has.
    """

    passages: list[Passage]
    shared: float
    other_shared: float
    facts: list[str]
    only_here: list[str]
    only_there: list[str]


def explain_copy(article: Mapping[str, Any], other: Mapping[str, Any]) -> CopyExplanation:
    """Set an article beside the one it is a copy of.

    Args:
        article: Row of ARTICLES; its `body` is used.
        other: Row of the article named by `copy_of`.
    """
    body, source = article["body"] or "", other["body"] or ""
    found = _passages(body, source)
    facts, others = _facts(body), _facts(source)
    return CopyExplanation(
        passages=found,
        shared=_covered([(p.start, p.end) for p in found], len(body)),
        other_shared=_covered([(p.other_start, p.other_end) for p in found], len(source)),
        facts=[text for key, text in facts.items() if key in others],
        only_here=[text for key, text in facts.items() if key not in others],
        only_there=[text for key, text in others.items() if key not in facts],
    )


def _passages(body: str, source: str) -> list[Passage]:
    found = passages(pa.array([body]), pa.array([source]), most=None)
    spans = zip(found.start, found.end, found.other_start, found.other_end, strict=True)
    rows = sorted(tuple(int(x) for x in span) for span in spans)
    return [Passage(a, b, body[a:b], c, d, source[c:d]) for a, b, c, d in rows]


def _facts(body: str) -> dict[int, str]:
    """Return names and numbers by their hash, each as it stands first."""
    tokens = tokenise(pa.array([body]))
    where, value = names_and_numbers(tokens)
    data = tokens.data.tobytes()
    _, first = np.unique(value, return_index=True)
    return {
        int(value[n]): data[tokens.start[where[n]] : tokens.end[where[n]]].decode()
        for n in np.sort(first)
    }


def _covered(spans: list[tuple[int, int]], size: int) -> float:
    """Share of a text that lies within at least one of the spans."""
    inside, reach = 0, 0
    for start, end in sorted(spans):
        inside += max(0, end - max(start, reach))
        reach = max(reach, end)
    return inside / size if size else 0.0
