"""All fingerprints as NumPy arrays, in canonical order: the rank of an article is its number."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from tasks.duplicates.hashing import U64
from tasks.duplicates.tokens import I64

NO_DAY = -(1 << 31)


@dataclass(frozen=True, slots=True)
class Ragged:
    """A list of values an article: values[begin[rank]:end[rank]]."""

    values: npt.NDArray[np.unsignedinteger]
    begin: I64
    end: I64

    def gather(self, ranks: I64) -> tuple[npt.NDArray[np.unsignedinteger], I64]:
        """Return the values of these articles, one after the other, and where each begins."""
        begin, size = self.begin[ranks], (self.end - self.begin)[ranks]
        starts = np.concatenate([np.zeros(1, np.int64), np.cumsum(size)])
        at = np.arange(starts[-1]) + np.repeat(begin - starts[:-1], size)
        return self.values[at], starts


@dataclass(frozen=True, slots=True)
class Corpus:
    """Fingerprints in canonical order: earliest published first, then longest, then by id.

    Attributes:
        ids: article_id by rank.
        day: Day of publication, counted from 1970-01-01; NO_DAY if unknown.
        publisher: Hash of the publisher, zero if unknown.
    """

    ids: pa.Array
    day: I64
    publisher: U64
    n_words: I64
    text_hash: U64
    rate: I64
    signature: U64
    shingles: Ragged
    facts: Ragged
    slots: Ragged

    def __len__(self) -> int:
        return len(self.ids)


def load(rows: pa.Table) -> Corpus:
    """Return FINGERPRINTS as a corpus."""
    rows = rows.combine_chunks()
    order = canonical_order(rows)

    def column(name: str) -> pa.Array:
        return rows.column(name).combine_chunks().take(order)

    def hashes(name: str) -> U64:
        return np.asarray(pc.fill_null(column(name), 0), np.uint64)

    def ints(name: str) -> I64:
        return np.asarray(column(name), np.int64)

    places = order.to_numpy().astype(np.int64)
    return Corpus(
        ids=column("article_id"),
        day=np.asarray(pc.fill_null(column("published_date").cast(pa.int32()), NO_DAY), np.int64),
        publisher=hashes("publisher"),
        n_words=ints("n_words"),
        text_hash=hashes("text_hash"),
        rate=ints("rate"),
        signature=hashes("signature"),
        shingles=_ragged(rows.column("shingles"), places),
        facts=_ragged(rows.column("facts"), places),
        slots=_ragged(rows.column("fact_slots"), places),
    )


def canonical_order(rows: pa.Table) -> pa.Array:
    """Return the rows' numbers: earliest published (undated last), longest, smallest id first."""
    keys = [
        ("published_date", "ascending"),
        ("published_at", "ascending"),
        ("n_chars", "descending"),
        ("article_id", "ascending"),
    ]
    return pc.sort_indices(rows, sort_keys=keys)  # nulls come last


def _ragged(column: pa.ChunkedArray, places: I64) -> Ragged:
    lists = column.combine_chunks()
    if isinstance(lists, pa.ChunkedArray):
        lists = lists.chunk(0) if lists.num_chunks else pa.array([], lists.type)
    offsets = lists.offsets.to_numpy().astype(np.int64)
    values = lists.values.to_numpy(zero_copy_only=False)
    return Ragged(values, offsets[places], offsets[places + 1])
