"""All articles as NumPy arrays, in canonical order: the rank of an article is its number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from tasks.duplicates.hashing import U64
from tasks.duplicates.parts import Part
from tasks.duplicates.tokens import I64, Mask

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

    def entries(self, wanted: U64 | Share) -> tuple[U64, I64]:
        """Return the (shingle, rank) entries of the wanted (ascending) shingles, or of a share."""
        values, ranks = [np.zeros(0, np.uint64)], [np.zeros(0, np.int64)]
        for lists, rank_of in zip(self.parts, self.rank_of, strict=True):
            for at in range(0, len(lists.values), _CHUNK):
                some = lists.values[at : at + _CHUNK]
                hit = wanted.find(some) if isinstance(wanted, Share) else find(wanted, some)
                values.append(some[hit])
                owner = np.searchsorted(lists.offsets, hit + at, side="right") - 1
                ranks.append(rank_of[owner])
        shingle, rank = np.concatenate(values), np.concatenate(ranks)
        here = rank >= 0
        return (shingle, rank) if here.all() else (shingle[here], rank[here])


def find(ascending: U64, values: U64) -> I64:
    """Return where values stand that are among the ascending ones; most are not."""
    low = np.uint64((1 << _FILTER_BITS) - 1)
    maybe = np.zeros(1 << _FILTER_BITS, np.bool_)
    maybe[ascending & low] = True
    near = np.flatnonzero(maybe[values & low])
    return near[contains(ascending, values[near])]


def contains(ascending: U64, values: U64) -> Mask:
    """Return which values are among the ascending ones."""
    if not len(ascending):
        return np.zeros(len(values), np.bool_)
    at = np.minimum(np.searchsorted(ascending, values), len(ascending) - 1)
    return np.asarray(ascending[at] == values, np.bool_)


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
