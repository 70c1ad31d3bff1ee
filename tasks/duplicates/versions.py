"""Tell a later version, with new passages, from a rewrite, whose edits are scattered."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from tasks.duplicates.corpus import Corpus, changes, contains
from tasks.duplicates.hashing import HASH_BITS
from tasks.duplicates.pairs import Kept, Pairs
from tasks.duplicates.tokens import I64, Mask

_BATCH = 1 << 16
_FOLD = np.uint64(48)  # bits of a hash kept beside the number of a pair
# A new passage is ten words long at least, and four kept shingles.
_WORDS, _SHINGLES = 10, 4
# Runs of missing shingles are longer than scattered edits make them: one changed word breaks four
# shingles, and where a share q is missing at random, runs are 1 / (1 - q) long on average.
_EDIT, _EDIT_DENSE = 2.0, 2.5
_BY_CHANCE = 1.75


def has_new_passages(corpus: Corpus, kept: Kept, pairs: Pairs) -> Mask:
    """Return the pairs of which the later article has passages that the earlier one lacks."""
    parts = [np.zeros(0, np.bool_)]
    for at in range(0, len(pairs.later), _BATCH):
        some = pairs.select(np.arange(at, min(at + _BATCH, len(pairs.later))))
        rate = np.maximum(corpus.rate[some.later], corpus.rate[some.earlier])
        share = some.shared / np.maximum(some.n_later, 1)
        parts.append(_has_new(*_missing_runs(kept, some, rate), rate, share))
    return np.concatenate(parts)


def _missing_runs(kept: Kept, pairs: Pairs, rate: I64) -> tuple[I64, I64]:
    """Return runs of the later articles' shingles that the earlier lack: their pairs, lengths."""
    values, starts = kept.shingles.gather(kept.row[pairs.later])
    pair = np.repeat(np.arange(len(rate)), np.diff(starts))
    common = values < (np.uint64(1 << HASH_BITS) >> rate.astype(np.uint64))[pair]
    values, pair = values[common], pair[common]
    others, starts = kept.shingles.gather(kept.row[pairs.earlier])
    other_pair = np.repeat(np.arange(len(rate)), np.diff(starts))
    low = (np.uint64(1) << _FOLD) - np.uint64(1)
    theirs = np.sort(other_pair.astype(np.uint64) << _FOLD | others & low)
    hit = contains(theirs, pair.astype(np.uint64) << _FOLD | values & low)
    begin = np.flatnonzero(changes(pair * 2 + hit))
    size = np.diff(np.append(begin, len(hit)))
    missing = ~hit[begin]
    return pair[begin[missing]], size[missing]


def _has_new(pair: I64, size: I64, rate: I64, share: npt.NDArray[np.float64]) -> Mask:
    longest = np.zeros(len(rate), np.int64)
    np.maximum.at(longest, pair, size)
    mean = np.bincount(pair, size, len(rate)) / np.maximum(
        np.bincount(pair, minlength=len(rate)), 1
    )
    found: Mask = (longest >= _SHINGLES) & (longest << rate >= _WORDS)
    found &= (mean >= _EDIT + _EDIT_DENSE / (1 << rate)) & (mean * share >= _BY_CHANCE)
    return found
