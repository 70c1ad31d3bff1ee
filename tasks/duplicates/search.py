"""Search the posting lists of a corpus for pairs of articles that may be copies."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from tasks.duplicates import decide
from tasks.duplicates.corpus import Corpus, Share, changes, distinct
from tasks.duplicates.hashing import U64
from tasks.duplicates.pairs import LEAST_SHARED, Pairs, compare, keep, split
from tasks.duplicates.passages import tell_other_stories
from tasks.duplicates.postings import CAP, Postings, boilerplate, build, build_numbered, candidates
from tasks.duplicates.tokens import I64, Mask
from tasks.duplicates.versions import has_new_passages

_ENTRIES = 1 << 23  # posting entries sorted at once: bounds memory
_PAIRS = 1 << 18  # pairs compared at once: likewise


@dataclass(frozen=True, slots=True)
class Found:
    """What the posting lists tell.

    Attributes:
        boilerplate: Shingles that are, ascending.
        keys: Pairs that share another shingle, as later rank << 32 | earlier rank, ascending.
        shared: How many they share, as far as lists within the cap tell.
        capped: Articles with a shingle of which the list exceeds the cap.
    """

    boilerplate: U64
    keys: U64
    shared: I64
    capped: Mask


def leads(corpus: Corpus) -> tuple[I64, Mask]:
    """Return for each article the earliest of the same words in order; and which are earliest.

    Only those are compared further, so that a million copies of one text cost no more than one.
    """
    _, first, group = np.unique(corpus.text_hash, return_index=True, return_inverse=True)
    lead = first[group]
    return lead, lead == np.arange(len(corpus))


def search_all(corpus: Corpus, is_lead: Mask) -> Found:
    """Search all posting lists, share by share."""
    n_entries = sum(len(part.values) for part in corpus.parts)
    shares = 1 << max(0, (n_entries - 1) // _ENTRIES).bit_length()
    found = [search(corpus, lists(corpus, is_lead, Share(n, shares))) for n in range(shares)]
    return join(found)


def lists(corpus: Corpus, is_lead: Mask, wanted: U64 | Share) -> Postings:
    """Return the posting lists of the wanted (ascending) shingles, or of a share of all."""
    if isinstance(wanted, Share):
        shingles, ranks = corpus.entries(wanted)
        here = is_lead[ranks]
        return build(shingles[here], ranks[here])
    numbers, ranks = corpus.entries_of(wanted)
    here = is_lead[ranks]
    return build_numbered(wanted, numbers[here], ranks[here])


def search(corpus: Corpus, found: Postings) -> Found:
    """Search some posting lists."""
    common = boilerplate(found, corpus)
    keys, shared = candidates(found, ~common, CAP)
    capped = np.zeros(len(corpus), np.bool_)
    capped[found.rank[(~common & (np.diff(found.first) > CAP))[found.numbers()]]] = True
    return Found(found.shingle[common], keys, shared, capped)


def join(found: list[Found]) -> Found:
    """Add up what lists of different shingles tell."""
    if len(found) == 1:
        return found[0]
    keys = np.concatenate([f.keys for f in found])
    order = np.argsort(keys, kind="stable")
    keys, shared = keys[order], np.concatenate([f.shared for f in found])[order]
    first = np.flatnonzero(changes(keys))
    return Found(
        boilerplate=np.sort(np.concatenate([f.boilerplate for f in found])),
        keys=keys[first],
        shared=np.add.reduceat(shared, first) if len(first) else shared,
        capped=np.logical_or.reduce([f.capped for f in found]),
    )


def best_copies(corpus: Corpus, found: Found) -> tuple[Pairs, npt.NDArray[np.int8]]:
    """Return for each copy the pair with the article it is a copy of, and its relation.

    That is the one it shares most text with; of equals (in tenths) the earliest.
    """
    enough = found.shared >= LEAST_SHARED
    keys, shared = found.keys[enough], found.shared[enough]
    parts = [
        _best_of_some(corpus, found, keys[at:stop], shared[at:stop]) for at, stop in _cuts(keys)
    ]
    kinds = np.concatenate([kind for _, kind in parts])
    return Pairs.join([pairs for pairs, _ in parts]), kinds


def _cuts(keys: U64) -> list[tuple[int, int]]:
    """Cut pairs into runs of about `_PAIRS`, each article's pairs in one."""
    later, _ = split(keys)
    cuts = [0]
    while cuts[-1] < len(keys) - _PAIRS:
        cuts.append(int(np.searchsorted(later, later[cuts[-1] + _PAIRS], side="right")))
    return list(pairwise([*cuts, len(keys)]))


def _best_of_some(
    corpus: Corpus, found: Found, keys: U64, shared: I64
) -> tuple[Pairs, npt.NDArray[np.int8]]:
    later, earlier = split(keys)
    kept = keep(corpus, distinct(np.concatenate([later, earlier])), found.boilerplate)
    recount = found.capped[later] & found.capped[earlier]
    pairs = compare(corpus, kept, keys, shared, recount)
    copies = pairs.select(decide.are_copies(pairs))
    best = _best(copies.select(~tell_other_stories(corpus, copies, found.boilerplate)))
    kind = decide.kinds(best)
    near = np.flatnonzero(decide.may_be_update(best, kind))
    kind[near[has_new_passages(corpus, kept, best.select(near))]] = decide.UPDATE
    return best, kind


def _best(pairs: Pairs) -> Pairs:
    most = np.floor(decide.contained(pairs) * 10)
    order = np.lexsort((pairs.earlier, -most, pairs.later))
    return pairs.select(order[changes(pairs.later[order])])
