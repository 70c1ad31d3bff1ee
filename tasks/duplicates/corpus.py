"""All articles as NumPy arrays, in canonical order: the rank of an article is its number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from tasks.duplicates.hashing import U64
from tasks.duplicates.parts import Part
from tasks.duplicates.tokens import I64, Mask

Number = TypeVar("Number", bound=np.integer)

NO_DAY = -(1 << 31)
_ORDER = [
    ("published_date", "ascending"),
    ("published_at", "ascending"),
    ("n_chars", "descending"),
    ("article_id", "ascending"),
]
_CHUNK = 1 << 22  # shingles looked through at once
_FILTER_BITS = 22


@dataclass(frozen=True, slots=True)
class Share:
    """One of `of` (a power of two) equal shares of all shingles, by their lowest bits."""

    number: int
    of: int

    def find(self, values: U64) -> I64:
        """Return where shingles of this share stand."""
        if self.of == 1:
            return np.arange(len(values))
        return np.flatnonzero(values & np.uint64(self.of - 1) == np.uint64(self.number))


@dataclass(frozen=True, slots=True)
class Corpus:
    """Articles in canonical order: earliest published (undated last), then longest, then by id.

    Attributes:
        ids: article_id by rank.
        day: Day of publication, counted from 1970-01-01; NO_DAY if unknown.
        publisher: Hash of the publisher, zero if unknown.
        text_hash: Equal for the same words in the same order.
        rate: Shingles below 2**(54 - rate) are kept.
        signature: MinHashes.
        part: Which of `parts` holds the article's lists; row: its row there.
        parts: The fingerprints as given.
        rank_of: For each part the rank of each row; -1 if another row took its place.
    """

    ids: pa.Array
    day: I64
    publisher: U64
    text_hash: U64
    rate: I64
    signature: U64
    part: I64
    row: I64
    parts: Sequence[Part]
    rank_of: Sequence[I64]

    def __len__(self) -> int:
        return len(self.ids)

    def shingles(self, ranks: I64) -> tuple[U64, I64]:
        """Return the shingles of these articles, one after the other, and where each begins."""
        part, row = self.part[ranks], self.row[ranks]
        size = np.zeros(len(ranks), np.int64)
        for n, lists in enumerate(self.parts):
            here = part == n
            size[here] = np.diff(lists.offsets)[row[here]]
        starts = running(size)
        values = np.empty(starts[-1], np.uint64)
        for n, lists in enumerate(self.parts):
            here = np.flatnonzero(part == n)
            into = spread(starts[here], size[here])
            values[into] = lists.values[spread(lists.offsets[row[here]], size[here])]
        return values, starts

    def facts(self, ranks: I64) -> tuple[npt.NDArray[np.uint32], I64, I64]:
        """Return the facts of these articles, the slot and the place in `ranks` of each."""
        facts, slots, owners = [], [], []
        for n, lists in enumerate(self.parts):
            here = np.flatnonzero(self.part[ranks] == n)
            here = here[np.argsort(self.row[ranks[here]])]
            values, slot, starts = lists.facts(self.row[ranks[here]])
            facts.append(values)
            slots.append(slot.astype(np.int64))
            owners.append(np.repeat(here, np.diff(starts)))
        return np.concatenate(facts), np.concatenate(slots), np.concatenate(owners)

    def entries(self, share: Share) -> tuple[U64, I64]:
        """Return the (shingle, rank) entries of a share."""
        found = [(n, at, some, share.find(some)) for n, at, some in self._chunks()]
        ranks = [self._owners(n, at + hit) for n, at, _, hit in found]
        return _kept([some[hit] for _, _, some, hit in found], ranks)

    def entries_of(self, wanted: U64) -> tuple[U64, I64]:
        """Return the (place in wanted, rank) entries of the wanted (ascending) shingles."""
        low = np.uint64((1 << _FILTER_BITS) - 1)
        maybe = np.zeros(1 << _FILTER_BITS, np.bool_)
        maybe[wanted & low] = True
        places, ranks = [], []
        for n, at, some in self._chunks():
            near = np.flatnonzero(maybe[some & low])
            place = np.searchsorted(wanted, some[near])
            hit = wanted[np.minimum(place, len(wanted) - 1)] == some[near]
            places.append(place[hit].astype(np.uint64))
            ranks.append(self._owners(n, at + near[hit]))
        return _kept(places, ranks)

    def _chunks(self) -> Iterator[tuple[int, int, U64]]:
        """Yield part, place and shingles of runs of entries."""
        for n, lists in enumerate(self.parts):
            for at in range(0, len(lists.values), _CHUNK):
                yield n, at, lists.values[at : at + _CHUNK]

    def _owners(self, part: int, places: I64) -> I64:
        row = np.searchsorted(self.parts[part].offsets, places, side="right") - 1
        return self.rank_of[part][row]


def _kept(values: list[U64], ranks: list[I64]) -> tuple[U64, I64]:
    """Join the entries, without those of rows that another took the place of."""
    value = np.concatenate([np.zeros(0, np.uint64), *values])
    rank = np.concatenate([np.zeros(0, np.int64), *ranks])
    here = rank >= 0
    return (value, rank) if here.all() else (value[here], rank[here])


def contains(ascending: U64, values: U64) -> Mask:
    """Return which values are among the ascending ones."""
    if not len(ascending):
        return np.zeros(len(values), np.bool_)
    at = np.minimum(np.searchsorted(ascending, values), len(ascending) - 1)
    return np.asarray(ascending[at] == values, np.bool_)


def distinct(values: npt.NDArray[Number]) -> npt.NDArray[Number]:
    """Return the distinct values, ascending; np.unique hashes them one by one, and takes longer."""
    ordered = np.sort(values)
    return ordered[changes(ordered)]


def changes(ordered: npt.NDArray[Any]) -> Mask:
    """Return where each value differs from the one before it; the first does."""
    new = np.ones(len(ordered), np.bool_)
    new[1:] = ordered[1:] != ordered[:-1]
    return new


def running(sizes: npt.NDArray[np.generic]) -> I64:
    """Return where each of several runs begins, and at the end their total size."""
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(sizes, dtype=np.int64)])


def spread(begin: I64, size: I64) -> I64:
    """Return begin, begin + 1, ... of each run, `size` of them."""
    starts = running(size)
    places: I64 = np.arange(starts[-1]) + np.repeat(begin - starts[:-1], size)
    return places


def assemble(parts: Sequence[Part]) -> Corpus:
    """Put fingerprints together; of one article those of the last part that has it count."""
    about = pa.concat_tables([p.about for p in parts]).combine_chunks()
    part = np.repeat(np.arange(len(parts)), [p.about.num_rows for p in parts])
    row = np.concatenate([np.arange(p.about.num_rows) for p in parts])
    order = pc.sort_indices(about, sort_keys=_ORDER).to_numpy().astype(np.int64)  # nulls last
    order = _one_each(about.column("article_id").combine_chunks(), part, order)
    rank_of = [np.full(p.about.num_rows, -1, np.int64) for p in parts]
    for n, ranks in enumerate(rank_of):
        here = np.flatnonzero(part[order] == n)
        ranks[row[order[here]]] = here
    columns = about.take(pa.array(order))

    def hashes(name: str) -> U64:
        return np.asarray(pc.fill_null(columns.column(name), 0), np.uint64)

    return Corpus(
        ids=columns.column("article_id").combine_chunks(),
        day=np.asarray(pc.fill_null(columns["published_date"].cast(pa.int32()), NO_DAY), np.int64),
        publisher=hashes("publisher"),
        text_hash=hashes("text_hash"),
        rate=np.asarray(columns.column("rate"), np.int64),
        signature=hashes("signature"),
        part=part[order],
        row=row[order],
        parts=parts,
        rank_of=rank_of,
    )


def _one_each(ids: pa.Array, part: I64, order: I64) -> I64:
    """Drop all but one row of each id: of the last part, and there the first in order."""
    code = ids.dictionary_encode().indices.to_numpy()
    by_part = order[np.argsort(-part[order], kind="stable")]
    _, first = np.unique(code[by_part], return_index=True)
    if len(first) == len(order):
        return order
    kept = np.zeros(len(order), np.bool_)
    kept[by_part[first]] = True
    return order[kept[order]]
