"""Decide which pairs are copies, and of what kind."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from tasks.duplicates.pairs import Pairs
from tasks.duplicates.tokens import Mask

F64 = npt.NDArray[np.float64]

RELATIONS = ("original", "exact", "near", "excerpt", "embeds", "update")
ORIGINAL, EXACT, NEAR, EXCERPT, EMBEDS, UPDATE = range(6)

MIN_SHARED = 2  # shingles that a pair must share at all
_CONTAINED = 0.5  # share of the smaller text that makes a copy, if the facts agree
_REWRITTEN = 0.15  # share that will do where most facts agree both ways
_FACTS = 0.5
_FACTS_BOTH = 0.45
_FEW_FACTS = 4  # below, facts prove nothing
_PART = 0.75  # an excerpt is at most this share of the text that it was taken from


def ratio(part: npt.NDArray[np.int64], whole: npt.NDArray[np.int64]) -> F64:
    """Return part / whole, zero where there is no whole."""
    return part / np.maximum(whole, 1)


def fact_overlap(pairs: Pairs) -> F64:
    """Share of the names and numbers of the text with fewer that the other has too."""
    return ratio(pairs.same_facts, np.minimum(pairs.facts_later, pairs.facts_earlier))


def are_copies(pairs: Pairs) -> Mask:
    """Return which pairs hold the same text, whole or in part."""
    contained = ratio(pairs.shared, np.minimum(pairs.n_later, pairs.n_earlier))
    few = np.minimum(pairs.facts_later, pairs.facts_earlier) < _FEW_FACTS
    union = pairs.facts_later + pairs.facts_earlier - pairs.same_facts
    both = ratio(pairs.same_facts, union)
    copied = (contained >= _CONTAINED) & (few | (fact_overlap(pairs) >= _FACTS))
    rewritten = (contained >= _REWRITTEN) & (both >= _FACTS_BOTH) & ~few
    return np.asarray((copied | rewritten) & (pairs.shared >= MIN_SHARED), np.bool_)


def kinds(pairs: Pairs) -> npt.NDArray[np.int8]:
    """Return the relation of each later article to the earlier one."""
    in_earlier = ratio(pairs.shared, pairs.n_later)
    in_later = ratio(pairs.shared, pairs.n_earlier)
    found = np.full(len(pairs.shared), NEAR, np.int8)
    found[(in_later < _PART * in_earlier) & (in_earlier >= _CONTAINED)] = EXCERPT
    found[(in_earlier < _PART * in_later) & (in_later >= _CONTAINED)] = EMBEDS
    return found
