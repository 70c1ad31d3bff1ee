"""Decide which pairs are copies, and of what kind."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from tasks.duplicates.pairs import Pairs
from tasks.duplicates.tokens import I64, Mask

F64 = npt.NDArray[np.float64]

RELATIONS = ("original", "exact", "near", "excerpt", "embeds", "update")
ORIGINAL, EXACT, NEAR, EXCERPT, EMBEDS, UPDATE = range(6)

# A text taken over, whole or in part: much of the smaller text is in the other, and of its names
# and numbers 40% where 40% of the text is shared, falling to 28% where all of it is (a short
# excerpt names little twice). Look-alikes (the same form about other people) share under 20%.
_TAKEN = 0.4
_TAKEN_FACTS, _SLOPE = 0.48, 0.2
_TAKEN_BARE = 0.5  # of a text without facts to compare
_FEW_FACTS = 4
# A text rewritten or translated by machine: few runs of four words survive, but most facts do.
# Of few names, any two reports of one event may share most.
_REWRITTEN_SHARED, _REWRITTEN_MANY = 3, 16
_REWRITTEN_SUM, _REWRITTEN_FACTS = 0.5, 0.3
# Numbers that contradict: a bulletin of the same form with other figures, unless most of the text
# is the same, half of its facts too, and it came within days, as later versions of a report do. Of a
# form that is filled in anew (a toll day by day, another town) less is the same.
_FEW_NUMBERS = 2
_SAME_NUMBERS = 1 / 3
_VERSION, _VERSION_FACTS, _VERSION_DAYS = 0.6, 0.5, 7

_PART = 0.75  # an excerpt is at most this share of the text that it was taken from
_UPDATED_FACTS = 0.75  # names and numbers in common, below which a version has other facts
_UPDATED_NUMBERS = 0.5
_WHOLE = 0.95  # share of a text in another, above which it has nothing new


def ratio(part: I64, whole: I64) -> F64:
    """Return part / whole, zero where there is no whole."""
    return part / np.maximum(whole, 1)


def contained(pairs: Pairs) -> F64:
    """Share of the text with fewer shingles that the other has too."""
    return ratio(pairs.shared, np.minimum(pairs.n_later, pairs.n_earlier))


def fact_overlap(pairs: Pairs) -> F64:
    """Share of the names and numbers of the text with fewer that the other has too."""
    return ratio(pairs.same_facts, np.minimum(pairs.facts_later, pairs.facts_earlier))


def are_copies(pairs: Pairs) -> Mask:
    """Return which pairs hold the same text, whole or in part."""
    share, facts = contained(pairs), fact_overlap(pairs)
    n_facts = np.minimum(pairs.facts_later, pairs.facts_earlier)
    few = n_facts < _FEW_FACTS
    both = ratio(pairs.same_facts, pairs.facts_later + pairs.facts_earlier - pairs.same_facts)
    taken = (share >= _TAKEN) & (facts >= _TAKEN_FACTS - _SLOPE * share) & ~few
    bare = (share >= _TAKEN_BARE) & few
    rewritten = (pairs.shared >= _REWRITTEN_SHARED) & (n_facts >= _REWRITTEN_MANY)
    rewritten &= (both >= _REWRITTEN_FACTS) & (share + both >= _REWRITTEN_SUM)
    version = (share >= _VERSION) & (facts >= _VERSION_FACTS) & (pairs.days <= _VERSION_DAYS)
    return np.asarray((taken | bare | rewritten) & (version | ~_contradict(pairs)), np.bool_)


def _numbers(pairs: Pairs) -> tuple[I64, F64]:
    """Return how many numbers the text with fewer has, and the share that both have."""
    fewer = np.minimum(pairs.numbers_later, pairs.numbers_earlier)
    return fewer, ratio(pairs.same_numbers, fewer)


def _contradict(pairs: Pairs) -> Mask:
    fewer, same = _numbers(pairs)
    return (fewer >= _FEW_NUMBERS) & (same < _SAME_NUMBERS)


def kinds(pairs: Pairs) -> npt.NDArray[np.int8]:
    """Return the relation of each later article to the earlier one.

    NEAR may yet turn out as an UPDATE, where `may_be_update`.
    """
    in_earlier, in_later = _both_ways(pairs)
    fewer, same = _numbers(pairs)
    found = np.full(len(pairs.shared), NEAR, np.int8)
    other = (fewer >= _FEW_NUMBERS) & (same < _UPDATED_NUMBERS)
    other |= fact_overlap(pairs) < _UPDATED_FACTS
    found[other & (np.minimum(in_earlier, in_later) >= _TAKEN)] = UPDATE
    found[(in_later < _PART * in_earlier) & (in_earlier >= _TAKEN)] = EXCERPT
    found[(in_earlier < _PART * in_later) & (in_later >= _TAKEN)] = EMBEDS
    return found


def may_be_update(pairs: Pairs, kind: npt.NDArray[np.int8]) -> Mask:
    """Return the near copies that are an update if they have new passages."""
    in_earlier, in_later = _both_ways(pairs)
    enough = np.minimum(in_earlier, in_later) >= _TAKEN
    return np.asarray((kind == NEAR) & enough & (in_earlier < _WHOLE), np.bool_)


def _both_ways(pairs: Pairs) -> tuple[F64, F64]:
    return ratio(pairs.shared, pairs.n_later), ratio(pairs.shared, pairs.n_earlier)
