"""Compare the candidate pairs: containment both ways, and whether the facts agree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tasks.duplicates.corpus import NO_DAY, Corpus, contains, distinct, running, spread
from tasks.duplicates.facts import IS_NUMBER
from tasks.duplicates.fingerprint import MAX_RATE
from tasks.duplicates.hashing import HASH_BITS, U64
from tasks.duplicates.tokens import I64, Mask

LEAST_SHARED = 2  # shingles; one may be chance
LEAST_CONTAINED = 0.08  # share of the smaller text
_BATCH = 1 << 16  # pairs compared at once: bounds memory
_32 = np.uint64(32)


@dataclass(frozen=True, slots=True)
class Ragged:
    """A list of values a row: values[begin[row]:end[row]]."""

    values: npt.NDArray[np.unsignedinteger]
    begin: I64
    end: I64

    def gather(self, rows: I64) -> tuple[npt.NDArray[np.unsignedinteger], I64]:
        """Return the values of these rows, one after the other, and where each begins."""
        size = (self.end - self.begin)[rows]
        return self.values[spread(self.begin[rows], size)], running(size)


@dataclass(frozen=True, slots=True)
class Kept:
    """What counts of some articles' fingerprints, boilerplate left out.

    Attributes:
        row: By rank, the article's row in the fields below; -1 if it is not among them.
        n_shingles: Row by rate: shingles that are no boilerplate, at the article's own rate and
            at each sparser one.
        shingles: Those shingles.
        facts: Distinct names and numbers that do not stand within boilerplate.
        n_numbers: How many of those are numbers.
    """

    row: I64
    n_shingles: I64
    shingles: Ragged
    facts: Ragged
    n_numbers: I64


@dataclass(frozen=True, slots=True)
class Pairs:
    """Two articles each, the later one and the earlier, with what they share.

    Attributes:
        days: Days between their publication; -1 if one is unknown.
        shared: Shingles in common.
        n_later: Shingles of the later article at the rate of both; n_earlier likewise.
        same_facts: Names and numbers in common.
        facts_later: Names and numbers of the later article; facts_earlier likewise.
        same_numbers, numbers_later, numbers_earlier: The same of numbers alone.
    """

    later: I64
    earlier: I64
    days: I64
    shared: I64
    n_later: I64
    n_earlier: I64
    same_facts: I64
    facts_later: I64
    facts_earlier: I64
    same_numbers: I64
    numbers_later: I64
    numbers_earlier: I64

    def select(self, chosen: Mask | I64) -> Pairs:
        """Return some of the pairs, by mask or number."""
        return Pairs(*(getattr(self, name)[chosen] for name in Pairs.__slots__))

    @staticmethod
    def join(parts: Sequence[Pairs]) -> Pairs:
        """Return the pairs of all parts, of which there is at least one."""
        names = Pairs.__slots__
        return Pairs(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))


def keep(corpus: Corpus, ranks: I64, boilerplate: U64) -> Kept:
    """Return what is left of these articles without the boilerplate shingles (ascending)."""
    row = np.full(len(corpus), -1, np.int64)
    row[ranks] = np.arange(len(ranks))
    values, starts = corpus.shingles(ranks)
    plain = ~contains(boilerplate, values)
    facts = _facts(corpus, ranks, plain, starts)
    return Kept(
        row=row,
        n_shingles=_counts_by_rate(values, plain, starts),
        shingles=_only(values, plain, starts),
        facts=facts,
        n_numbers=np.diff(
            running(facts.values & IS_NUMBER)[np.append(facts.begin, len(facts.values))]
        ),
    )


def _only(values: npt.NDArray[np.unsignedinteger], chosen: Mask, starts: I64) -> Ragged:
    count = running(chosen)[starts]
    return Ragged(values[chosen], count[:-1], count[1:])


def _counts_by_rate(values: U64, plain: Mask, starts: I64) -> I64:
    counts = np.zeros((len(starts) - 1, MAX_RATE + 1), np.int64)
    for rate in range(MAX_RATE + 1):
        below = plain & (values < np.uint64(1 << (HASH_BITS - rate)))
        counts[:, rate] = np.diff(running(below)[starts])
    return counts


def _facts(corpus: Corpus, ranks: I64, plain: Mask, shingle_starts: I64) -> Ragged:
    """Drop facts between two boilerplate shingles; those of footers would feign agreement."""
    values, slots, owner = corpus.facts(ranks)
    begin, end = shingle_starts[:-1][owner], shingle_starts[1:][owner]
    here = begin + slots
    kept = np.append(plain, False)
    near = (kept[here] & (here < end)) | (kept[here - 1] & (slots > 0)) | (begin == end)
    keys = distinct(owner[near].astype(np.uint64) << _32 | values[near])
    cuts = np.searchsorted(keys, np.arange(len(ranks) + 1, dtype=np.uint64) << _32)
    return Ragged((keys & np.uint64(0xFFFFFFFF)).astype(np.uint32), cuts[:-1], cuts[1:])


def compare(corpus: Corpus, kept: Kept, keys: U64, shared: I64, recount: Mask) -> Pairs:
    """Return the pairs (later << 32 | earlier) that share enough text, with all they share.

    Args:
        corpus: The fingerprints.
        kept: What counts of every article in the pairs.
        keys: The pairs.
        shared: Shingles in common, as far as the posting lists told.
        recount: Pairs of which the posting lists may not have told all.
    """
    later, earlier = split(keys)
    a, b = kept.row[later], kept.row[earlier]
    rate = np.maximum(corpus.rate[later], corpus.rate[earlier])
    n_later, n_earlier = kept.n_shingles[a, rate], kept.n_shingles[b, rate]
    again = np.flatnonzero(recount)
    shared = shared.copy()
    shared[again] = _common(kept.shingles, a[again], b[again])
    near = np.flatnonzero(
        (shared >= LEAST_SHARED) & (shared >= LEAST_CONTAINED * np.minimum(n_later, n_earlier))
    )
    later, earlier, a, b = later[near], earlier[near], a[near], b[near]
    facts, numbers = _common_facts(kept.facts, a, b)
    size = kept.facts.end - kept.facts.begin
    return Pairs(
        later=later,
        earlier=earlier,
        days=_days_between(corpus, later, earlier),
        shared=shared[near],
        n_later=n_later[near],
        n_earlier=n_earlier[near],
        same_facts=facts,
        facts_later=size[a],
        facts_earlier=size[b],
        same_numbers=numbers,
        numbers_later=kept.n_numbers[a],
        numbers_earlier=kept.n_numbers[b],
    )


def split(keys: U64) -> tuple[I64, I64]:
    """Return the later and the earlier article of pairs."""
    return (keys >> _32).astype(np.int64), (keys & np.uint64(0xFFFFFFFF)).astype(np.int64)


def _days_between(corpus: Corpus, later: I64, earlier: I64) -> I64:
    known = (corpus.day[later] != NO_DAY) & (corpus.day[earlier] != NO_DAY)
    return np.where(known, corpus.day[later] - corpus.day[earlier], -1)


def _common(lists: Ragged, a: I64, b: I64) -> I64:
    """Return how many values each pair of rows shares."""
    found = [np.zeros(0, np.int64)]
    for at in range(0, len(a), _BATCH):
        pair, _ = _twice(lists, a[at : at + _BATCH], b[at : at + _BATCH], np.uint64(48))
        found.append(np.bincount(pair, minlength=min(_BATCH, len(a) - at)))
    return np.concatenate(found)


def _common_facts(facts: Ragged, a: I64, b: I64) -> tuple[I64, I64]:
    """Return how many facts each pair of rows shares, and how many of them are numbers."""
    every, numbers = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for at in range(0, len(a), _BATCH):
        size = min(_BATCH, len(a) - at)
        pair, value = _twice(facts, a[at : at + _BATCH], b[at : at + _BATCH], _32)
        every.append(np.bincount(pair, minlength=size))
        is_number = (value & np.uint64(IS_NUMBER)).astype(np.bool_)
        numbers.append(np.bincount(pair[is_number], minlength=size))
    return np.concatenate(every), np.concatenate(numbers)


def _twice(lists: Ragged, a: I64, b: I64, bits: np.uint64) -> tuple[I64, U64]:
    """Return each pair's values that both rows have, by the lowest `bits` of them."""
    values, starts = lists.gather(np.concatenate([a, b]))
    pair = np.tile(np.arange(len(a), dtype=np.uint64), 2).repeat(np.diff(starts))
    low = (np.uint64(1) << bits) - np.uint64(1)
    keys = np.sort(pair << bits | values & low)
    twice = keys[1:][keys[1:] == keys[:-1]]
    return (twice >> bits).astype(np.int64), twice & low
