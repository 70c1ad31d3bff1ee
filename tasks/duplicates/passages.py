"""Tell a copy from another story with the same paragraph at its end or beginning.

Such as the paragraph in which an agency speaks of itself. Where it stands in a few articles only, the
posting lists do not show that it is boilerplate; what stands outside of it does. Two versions of a
story name the same people, places and numbers there, or such as the paragraph names; two stories do not.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tasks.duplicates.corpus import Corpus, changes, contains, distinct, running
from tasks.duplicates.hashing import HASH_BITS, U64
from tasks.duplicates.pairs import Pairs
from tasks.duplicates.shingles import WORDS
from tasks.duplicates.tokens import I64, Mask

_BATCH = 1 << 14
_FOLD = np.uint64(48)  # bits of a hash kept beside the number of a pair
_FACT = np.uint64(32)
_MOST_SHARED = 120  # words of the paragraph; who shares more took over a story
_OWN_WORDS = 8  # of a sentence that the other text lacks
_OWN_FACTS = 2  # names and numbers there that the other text lacks, of both together
_BY_CHANCE = 1  # of them that stand in the other text too (a weekday)


@dataclass(frozen=True, slots=True)
class _Side:
    """What articles have that the ones they are compared with lack.

    Attributes:
        has_own: It has a sentence of its own, and names there hardly anything that the other names.
        apart: Facts in its own passages that the other does not name at all.
        first, last: Its first (last) shingle is shared.
    """

    has_own: Mask
    apart: I64
    first: Mask
    last: Mask


def tell_other_stories(corpus: Corpus, pairs: Pairs, boilerplate: U64) -> Mask:
    """Return the pairs that share a paragraph, but tell different stories outside of it.

    Args:
        corpus: The fingerprints.
        pairs: Pairs that share much.
        boilerplate: Shingles that are, ascending.
    """
    found = np.zeros(len(pairs.later), np.bool_)
    rates = np.maximum(corpus.rate[pairs.later], corpus.rate[pairs.earlier])
    is_short = pairs.shared << rates <= _MOST_SHARED
    these = np.flatnonzero(is_short & (pairs.shared < np.minimum(pairs.n_later, pairs.n_earlier)))
    for at in range(0, len(these), _BATCH):
        some = these[at : at + _BATCH]
        later, earlier, rate = pairs.later[some], pairs.earlier[some], rates[some]
        one = _side(corpus, later, earlier, rate, boilerplate)
        other = _side(corpus, earlier, later, rate, boilerplate)
        at_end = one.last & other.last & ~one.first & ~other.first
        at_start = one.first & other.first & ~one.last & ~other.last
        enough = one.apart + other.apart >= _OWN_FACTS
        found[some] = one.has_own & other.has_own & enough & (at_end | at_start)
    return found


def _side(corpus: Corpus, ranks: I64, others: I64, rate: I64, boilerplate: U64) -> _Side:
    values, pair = _common(corpus, ranks, rate, boilerplate)
    theirs, other_pair = _common(corpus, others, rate, boilerplate)
    hit = contains(np.sort(_keys(other_pair, theirs, _FOLD)), _keys(pair, values, _FOLD))
    begin = np.flatnonzero(changes(pair * 2 + hit))
    size = np.diff(np.append(begin, len(hit)))
    longest = np.zeros(len(ranks), np.int64)
    np.maximum.at(longest, pair[begin], np.where(hit[begin], 0, size))
    facts, owner = _own_facts(corpus, ranks, rate, boilerplate, hit)
    other_facts, _, other_owner = corpus.facts(others)
    keys = distinct(_keys(owner, facts, _FACT))
    named = contains(np.sort(_keys(other_owner, other_facts, _FACT)), keys)
    of = (keys >> _FACT).astype(np.int64)
    n_named = np.bincount(of[named], minlength=len(ranks))
    starts = np.searchsorted(pair, np.arange(len(ranks) + 1))  # of each there is one that is shared
    return _Side(
        has_own=(longest << rate >= _OWN_WORDS) & (n_named <= _BY_CHANCE),
        apart=np.bincount(of, minlength=len(ranks)) - n_named,
        first=hit[starts[:-1]],
        last=hit[starts[1:] - 1],
    )


def _keys(number: I64, values: npt.NDArray[np.unsignedinteger], bits: np.uint64) -> U64:
    low = (np.uint64(1) << bits) - np.uint64(1)
    return number.astype(np.uint64) << bits | values.astype(np.uint64) & low


def _counts(values: U64, starts: I64, rate: I64, boilerplate: U64) -> Mask:
    """Return which shingles are kept at this rate and are no boilerplate."""
    limit = (np.uint64(1 << HASH_BITS) >> rate.astype(np.uint64)).repeat(np.diff(starts))
    return np.asarray((values < limit) & ~contains(boilerplate, values), np.bool_)


def _common(corpus: Corpus, ranks: I64, rate: I64, boilerplate: U64) -> tuple[U64, I64]:
    values, starts = corpus.shingles(ranks)
    kept = _counts(values, starts, rate, boilerplate)
    return values[kept], np.repeat(np.arange(len(ranks)), np.diff(starts))[kept]


def _own_facts(
    corpus: Corpus, ranks: I64, rate: I64, boilerplate: U64, hit: Mask
) -> tuple[npt.NDArray[np.uint32], I64]:
    """Return the facts of which no shingle that holds their word is shared, and their pairs."""
    values, starts = corpus.shingles(ranks)
    kept = _counts(values, starts, rate, boilerplate)
    before = running(kept)  # kept shingles before each
    facts, slots, owner = corpus.facts(ranks)
    first, stop = before[starts[:-1][owner]], before[starts[:-1][owner] + slots]
    last = before[starts[1:][owner]]
    reach = np.maximum(WORDS >> rate[owner], 1)
    begin = np.maximum(stop - reach, first)
    # At the very start of the sample only the shingle behind tells.
    stop = np.where(stop == first, np.minimum(first + 1, last), stop)
    hits = running(hit)
    own = (hits[stop] == hits[begin]) & (stop > begin)
    return facts[own], owner[own]
