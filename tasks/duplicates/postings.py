"""Posting lists: for each shingle the articles that have it, earliest first.

Boilerplate is told from news by how a shingle spreads. A story's shingles come in a burst, from
many publishers, in texts that resemble one another; those of boilerplate (notices, captions,
links) come week after week, or from one publisher, in texts that share little else.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tasks.duplicates.corpus import NO_DAY, Corpus, changes, running, spread
from tasks.duplicates.hashing import U64
from tasks.duplicates.tokens import I64, Mask

_FEW = 4  # articles; a shingle in fewer is never boilerplate
_WEEKS = 3  # distinct weeks that make a spread
_CROWDED = 3  # articles a publisher, on average, that make a concentration
_ALIKE = 0.5  # mean resemblance above which the whole text is what is repeated
_ALIKE_UNDATED = 0.2  # the same where nothing is known of when a text came
CAP = 20
"""Earliest articles of a list that the others are compared with: bounds the work, drops nobody."""

_MONDAY = 3  # the first day of 1970 was a Thursday
_RANK = np.uint64(0xFFFFFFFF)
_32 = np.uint64(32)


@dataclass(frozen=True, slots=True)
class Postings:
    """Lists of at least two articles, in order of their shingle.

    Attributes:
        shingle: Hash, one a list.
        first: Where each list begins in `rank`, and at the end its length.
        rank: Articles of each list, earliest first.
    """

    shingle: U64
    first: I64
    rank: I64

    def numbers(self) -> I64:
        """Return the list's number for each entry."""
        return np.repeat(np.arange(len(self.shingle)), np.diff(self.first))


def build(shingles: U64, ranks: I64) -> Postings:
    """Return the posting lists of (shingle, article) entries, in any order."""
    order = np.argsort(shingles)
    ranked = shingles[order]
    new = np.append(changes(ranked), True)
    shared = ~(new[1:] & new[:-1])  # most shingles stand in one article: done with
    ranked, order, new = ranked[shared], order[shared], new[:-1][shared]
    number = (np.cumsum(new) - 1).astype(np.uint64)
    return build_numbered(ranked[new], number, ranks[order])


def build_numbered(shingles: U64, numbers: U64, ranks: I64) -> Postings:
    """Return the posting lists of (number of the shingle, article) entries, in any order."""
    keys = np.sort(numbers << _32 | ranks.astype(np.uint64))
    new = np.append(changes(keys >> _32), True)
    shared = ~(new[1:] & new[:-1])
    keys, new = keys[shared], new[:-1][shared]
    first = np.flatnonzero(new)
    listed = shingles[(keys[first] >> _32).astype(np.int64)]
    return Postings(listed, np.append(first, len(new)), (keys & _RANK).astype(np.int64))


def boilerplate(lists: Postings, corpus: Corpus) -> Mask:
    """Return which lists belong to boilerplate."""
    sizes = np.diff(lists.first)
    weeks = _weeks(lists, corpus)
    suspect = (weeks >= _WEEKS) | (sizes >= _CROWDED * _publishers(lists, corpus))
    undated = weeks == 0
    found: Mask = (sizes >= _FEW) & (suspect | undated)
    alike = _resemblance(lists, corpus, np.flatnonzero(found))
    found[found] = alike < np.where(suspect[found], _ALIKE, _ALIKE_UNDATED)
    return found


def _weeks(lists: Postings, corpus: Corpus) -> I64:
    """Distinct weeks (modulo 64) of each list."""
    if not len(lists.shingle):
        return np.zeros(0, np.int64)
    day = corpus.day[lists.rank]
    bit = np.uint64(1) << ((day + _MONDAY) // 7 & 63).astype(np.uint64)
    bit[day == NO_DAY] = 0
    return np.bitwise_count(np.bitwise_or.reduceat(bit, lists.first[:-1])).astype(np.int64)


def _publishers(lists: Postings, corpus: Corpus) -> I64:
    """Distinct publishers of each list; an unknown one counts as another each time."""
    _, code = np.unique(corpus.publisher, return_inverse=True)
    code = np.where(corpus.publisher == 0, len(corpus) + np.arange(len(corpus)), code)
    keys = np.sort(lists.numbers().astype(np.uint64) << _32 | code[lists.rank].astype(np.uint64))
    return np.bincount((keys[changes(keys)] >> _32).astype(np.int64), minlength=len(lists.shingle))


def _resemblance(lists: Postings, corpus: Corpus, these: I64) -> npt.NDArray[np.float64]:
    """Mean resemblance of a list's articles to its earliest, by their signatures."""
    sizes = np.diff(lists.first)[these]
    starts, at = running(sizes), spread(lists.first[these], sizes)
    signature = corpus.signature[lists.rank[at]]
    differs = signature ^ np.repeat(signature[starts[:-1]], sizes)
    lanes = np.zeros(len(at), np.int64)
    for lane in range(8):
        lanes += (differs >> np.uint64(8 * lane)) & np.uint64(0xFF) == 0
    total = np.add.reduceat(lanes, starts[:-1]) if len(these) else lanes
    mean: npt.NDArray[np.float64] = (total - 8) / (8 * (sizes - 1))
    return mean


def candidates(lists: Postings, plain: Mask, cap: int) -> tuple[U64, I64]:
    """Return the pairs of articles that share listed shingles, and how many.

    Each article of a list is paired with those before it among its `cap` earliest.

    Args:
        lists: Posting lists.
        plain: Which lists to use.
        cap: Earliest articles of a list that later ones are paired with.

    Returns:
        Pairs as later rank << 32 | earlier rank, ascending, and their counts.
    """
    sizes = np.diff(lists.first)
    place = np.arange(len(lists.rank)) - np.repeat(lists.first[:-1], sizes)
    partners = np.where(np.repeat(plain, sizes), np.minimum(place, cap), 0)
    earlier = lists.rank[spread(np.arange(len(place)) - place, partners)]
    later = np.repeat(lists.rank, partners)
    return np.unique(later.astype(np.uint64) << _32 | earlier.astype(np.uint64), return_counts=True)
