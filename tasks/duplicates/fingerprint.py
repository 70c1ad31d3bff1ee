"""Fingerprints: what duplicate detection keeps of an article, made of that article alone."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from tasks.duplicates.facts import names_and_numbers
from tasks.duplicates.hashing import SKETCH_VERSION, U64, hash_text, mix
from tasks.duplicates.shingles import NONE, shingle, shingle_length, sums
from tasks.duplicates.tokens import (
    I64,
    Tokens,
    tokenise,
)

FINGERPRINTS = pa.schema(
    [
        pa.field("article_id", pa.string(), nullable=False),
        pa.field("published_date", pa.date32()),
        pa.field("published_at", pa.timestamp("us", tz="UTC")),
        pa.field("publisher", pa.uint64()),  # hash of its name
        pa.field("n_chars", pa.int32(), nullable=False),
        pa.field("n_words", pa.int32(), nullable=False),
        pa.field("text_hash", pa.uint64(), nullable=False),  # equal for the same words in order
        pa.field("rate", pa.int8(), nullable=False),  # shingles below 2**(54 - rate) are kept
        pa.field("signature", pa.uint64(), nullable=False),  # eight MinHashes of eight bits
        pa.field("shingles", pa.list_(pa.uint64()), nullable=False),  # in order of the text
        pa.field("facts", pa.list_(pa.uint32()), nullable=False),  # names and numbers
        pa.field("fact_slots", pa.list_(pa.int32()), nullable=False),  # shingles before each fact
        pa.field("sketch_version", pa.int16(), nullable=False),
    ]
)

MAX_RATE = 3
_DENSE = 96  # shingles of a text that are all kept; above, 1/2, 1/4 and at last 1/8 of them
_SHORT = 8  # words: a text of fewer is only the same as another if their titles agree too
_CHUNK_BYTES = 1 << 19  # fits the second-level cache of one core with what is computed from it
_CHUNK_TEXTS = 1 << 10  # ten bits beside the hash
_LANES = mix(np.arange(1, 9, dtype=np.uint64))


def fingerprint(articles: pa.Table) -> pa.Table:
    """Return one fingerprint an article, in the same order.

    Args:
        articles: ARTICLES, of which article_id, body, and where present title, n_chars,
            publisher, published_date and published_at are used.
    """
    if not articles.num_rows:
        return FINGERPRINTS.empty_table()
    body = articles.column("body").combine_chunks()
    parts = [_sketch(body.slice(at, size)) for at, size in _chunks(body)]
    columns = {name: pa.chunked_array([p[name] for p in parts]) for name in parts[0]}
    columns |= about(articles)
    columns["n_chars"] = pc.fill_null(pc.utf8_length(articles.column("body")), 0).cast(pa.int32())
    columns["text_hash"] = pa.array(_with_titles(columns, articles))
    rows = pa.Table.from_pydict({f.name: columns[f.name] for f in FINGERPRINTS})
    return rows.cast(FINGERPRINTS).combine_chunks()


def _chunks(body: pa.Array) -> list[tuple[int, int]]:
    """Cut the texts into runs of about `_CHUNK_BYTES`; no result depends on where."""
    sizes = pc.fill_null(pc.binary_length(body), 0).to_numpy(zero_copy_only=False)
    groups = np.cumsum(sizes, dtype=np.int64) // _CHUNK_BYTES
    cuts = [*np.flatnonzero(np.diff(groups, prepend=-1)).tolist(), len(body)]
    return [
        (at, min(_CHUNK_TEXTS, stop - at))
        for start, stop in pairwise(cuts)
        for at in range(start, stop, _CHUNK_TEXTS)
    ]


def about(articles: pa.Table) -> dict[str, pa.Array | pa.ChunkedArray]:
    """Return the columns of FINGERPRINTS that need no look at the words."""
    """Return the columns of a fingerprint that are not made of the text, by name."""
    n, names = articles.num_rows, articles.column_names
    have = {name: articles.column(name) for name in names}
    at = have.get("published_at", pa.nulls(n, FINGERPRINTS.field("published_at").type))
    day = have.get("published_date", pa.nulls(n, pa.date32()))
    return {
        "article_id": have["article_id"],
        "published_at": at,
        "published_date": pc.coalesce(day, at.cast(pa.date32())),
        "publisher": _hash_strings(have.get("publisher", pa.nulls(n, pa.string()))),
        "sketch_version": pa.array(np.full(n, SKETCH_VERSION, np.int16)),
    }


def _hash_strings(column: pa.ChunkedArray | pa.Array) -> pa.Array:
    """Hash each distinct string once; null and empty stay null."""
    if isinstance(column, pa.ChunkedArray):
        column = column.combine_chunks()
    coded = column.cast(pa.string()).dictionary_encode()
    hashes = [hash_text(s) if s else None for s in coded.dictionary.to_pylist()]
    return pa.array(hashes, pa.uint64()).take(coded.indices)


def _with_titles(columns: dict[str, pa.ChunkedArray], articles: pa.Table) -> U64:
    """A very short text is told apart by its title, an empty one by its article."""
    found: U64 = columns["text_hash"].to_numpy().copy()
    n_words = columns["n_words"].to_numpy()
    short = np.flatnonzero(n_words < _SHORT)
    titles = articles.column("title") if "title" in articles.column_names else None
    for row in short.tolist():
        title = titles[row].as_py() or "" if titles is not None else ""
        own = title if n_words[row] else articles.column("article_id")[row].as_py()
        found[row] ^= np.uint64(hash_text(own))
    return found


def _sketch(texts: pa.Array) -> dict[str, pa.Array]:
    tokens = tokenise(texts)
    n_words = np.diff(tokens.first)
    every = shingle(tokens)
    rate = _rates(np.maximum(n_words - shingle_length(tokens) + 1, 0))
    at = _sample(every, rate, tokens.first)
    starts = np.searchsorted(at, tokens.first)
    facts, slots, fact_starts = _facts(tokens, at, starts)
    return {
        "n_words": pa.array(n_words.astype(np.int32)),
        "text_hash": pa.array(_hash_texts(every, tokens)),
        "rate": pa.array(rate),
        "signature": pa.array(_signatures(every[at], starts)),
        "shingles": _lists(starts, every[at]),
        "facts": _lists(fact_starts, facts),
        "fact_slots": _lists(fact_starts, slots),
    }


def _lists(starts: I64, values: npt.NDArray[np.generic]) -> pa.Array:
    return pa.ListArray.from_arrays(pa.array(starts.astype(np.int32)), pa.array(values))


def _rates(n_shingles: I64) -> npt.NDArray[np.int8]:
    """0 keeps every shingle, 1 half of them, 2 a quarter, 3 an eighth: about 48 to 96 a text."""
    limits = _DENSE << np.arange(MAX_RATE)
    return np.searchsorted(limits, n_shingles, side="left").astype(np.int8)


def _sample(every: U64, rate: npt.NDArray[np.int8], first: I64) -> I64:
    """Return where the kept shingles begin, each value once a text, where it comes first."""
    limit = (NONE >> rate.astype(np.uint64)).repeat(np.diff(first))
    at = np.flatnonzero(every < limit)
    text = np.searchsorted(first, at, side="right") - 1
    return at[_firsts(every[at] | text.astype(np.uint64) << np.uint64(54))]


def _firsts(keys: U64) -> I64:
    """Return where each value stands first, in ascending order."""
    order = np.argsort(keys, kind="stable")
    ranked = keys[order]
    new = np.ones(len(keys), np.bool_)
    new[1:] = ranked[1:] != ranked[:-1]
    first = np.zeros(len(keys), np.bool_)
    first[order[new]] = True
    return np.flatnonzero(first)


def _facts(
    tokens: Tokens, at: I64, starts: I64
) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.int32], I64]:
    """Return names and numbers, each once between two kept shingles, with their slots."""
    where, value = names_and_numbers(tokens)
    text = np.searchsorted(tokens.first, where, side="right") - 1
    slot = np.searchsorted(at, where, side="right") - starts[text]
    key = text.astype(np.uint64) << np.uint64(54) | slot.astype(np.uint64) << np.uint64(32)
    keep = _firsts(key | value)
    counts = np.bincount(text[keep], minlength=len(starts) - 1)
    ends = np.concatenate([np.zeros(1, np.int64), np.cumsum(counts)])
    return value[keep], slot[keep].astype(np.int32), ends


def _hash_texts(every: U64, tokens: Tokens) -> U64:
    """Hash the words of each text in their order: all its shingles, and how many words."""
    own = np.where(every == NONE, np.uint64(0), mix(every))
    return mix(sums(own, tokens.first) ^ mix(np.diff(tokens.first).astype(np.uint64)))


def _signatures(values: U64, starts: I64) -> U64:
    """Eight MinHashes of the shingles that every rate keeps, eight bits each; zero if it has none.

    Method: b-bit MinHash (Li and Koenig 2010).
    """
    common = values < NONE >> np.uint64(MAX_RATE)
    count = np.concatenate([np.zeros(1, np.int64), np.cumsum(common)])
    begin = count[starts]
    some = np.flatnonzero(np.diff(begin))
    packed = np.zeros(len(starts) - 1, np.uint64)
    for lane in range(8):
        hashed = mix(values[common] ^ _LANES[lane])
        low = np.minimum.reduceat(hashed, begin[some]) if len(some) else hashed
        packed[some] |= (low & np.uint64(0xFF)) << np.uint64(8 * lane)
    return packed
