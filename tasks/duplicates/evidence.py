"""The passages that an article shares with the one it is a copy of.

Relations are found from fingerprints; the passages need the texts, and are looked up afterwards,
for the copies alone.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tasks import schemas
from tasks.duplicates.corpus import changes
from tasks.duplicates.hashing import HASH_BITS, U64
from tasks.duplicates.shingles import NONE, shingle, shingle_length
from tasks.duplicates.tokens import I64, Tokens, tokenise

MOST = 5
"""Passages kept for an article: the longest."""

_BATCH = 64  # pairs of texts read at once; their number has to fit beside the hash
_LONGEST_REPEAT = 256  # shingles of a phrase that a text repeats, followed in full
_BITS = np.uint64(HASH_BITS)
_NOWHERE = np.uint64(0xFFFFFFFFFFFFFFFF)


@dataclass(frozen=True, slots=True)
class Passages:
    """Runs of words that two texts share, as offsets in code points; sorted by pair.

    Within a pair the longest comes first, of equals the one that begins first.
    """

    pair: I64
    start: I64
    end: I64
    other_start: I64
    other_end: I64


def wanting(copies: pa.Table) -> pa.Array:
    """Return the ids of the articles whose bodies `fill` needs: copies without evidence, and theirs."""
    rows = copies.filter(pc.and_(pc.is_valid(copies["copy_of"]), pc.is_null(copies["evidence"])))
    ids = pa.chunked_array([*rows["article_id"].chunks, *rows["copy_of"].chunks], pa.string())
    return pc.unique(ids)


def fill(copies: pa.Table, bodies: pa.Table) -> pa.Table:
    """Return COPIES with `evidence` for every copy that has none yet.

    Args:
        copies: COPIES.
        bodies: article_id and body of at least the copies and the articles they are copies of.
            A pair of which a body is missing is left without evidence.
    """
    wanting = pc.and_(pc.is_valid(copies["copy_of"]), pc.is_null(copies["evidence"]))
    rows = np.flatnonzero(wanting.to_numpy())
    ids = bodies["article_id"].combine_chunks()
    own = pc.index_in(copies["article_id"].combine_chunks().take(pa.array(rows)), ids)
    other = pc.index_in(copies["copy_of"].combine_chunks().take(pa.array(rows)), ids)
    both = np.flatnonzero(pc.and_(own.is_valid(), other.is_valid()).to_numpy(zero_copy_only=False))
    body = bodies["body"].combine_chunks().cast(pa.large_string())
    parts = []
    for at in range(0, len(both), _BATCH):
        these = pa.array(both[at : at + _BATCH])
        found = passages(body.take(own.take(these)), body.take(other.take(these)))
        parts.append(_lists(found, len(these)))
    if not parts:
        return copies
    return _put(copies, rows[both], pa.concat_arrays(parts))


def _put(copies: pa.Table, rows: I64, evidence: pa.Array) -> pa.Table:
    """Return the table with the evidence of these rows set."""
    old = copies["evidence"].combine_chunks()
    take = np.arange(copies.num_rows)
    take[rows] = copies.num_rows + np.arange(len(rows))
    new = pa.concat_arrays([old, evidence.cast(old.type)]).take(pa.array(take))
    at = copies.column_names.index("evidence")
    return copies.set_column(at, copies.schema.field(at), new)


def _lists(found: Passages, n: int) -> pa.Array:
    starts = np.searchsorted(found.pair, np.arange(n + 1))
    columns = [found.start, found.end, found.other_start, found.other_end]
    names = [field.name for field in schemas.EVIDENCE.value_type]
    rows = pa.StructArray.from_arrays([pa.array(c.astype(np.int32)) for c in columns], names)
    return pa.ListArray.from_arrays(pa.array(starts.astype(np.int32)), rows)


def passages(texts: pa.Array, others: pa.Array, most: int | None = MOST) -> Passages:
    """Return the longest passages that each text shares with the other one.

    Args:
        texts: Strings, fewer than 1,024.
        others: As many strings.
        most: How many passages to keep a pair; None for all.
    """
    a, b = tokenise(texts), tokenise(others)
    place = _places(a, b)
    at, length = _runs(place, a, b)
    last_a, last_b = _last_word(at, length, a), _last_word(place[at], length, b)
    pair = _text_of(at, a)
    start, end = _characters(a, pair, a.start[at]), _characters(a, pair, a.end[last_a])
    other_start = _characters(b, pair, b.start[place[at]])
    other_end = _characters(b, pair, b.end[last_b])
    order = np.lexsort((start, start - end, pair))
    if most is not None:
        first = np.searchsorted(pair[order], np.arange(len(texts)))
        order = order[np.arange(len(order)) - first[pair[order]] < most]
    return Passages(*(x[order] for x in (pair, start, end, other_start, other_end)))


def _text_of(words: I64, tokens: Tokens) -> I64:
    return np.searchsorted(tokens.first, words, side="right") - 1


def _places(a: Tokens, b: Tokens) -> I64:
    """Return for each word of `a` where the shingle that begins there stands in `b`, or -1.

    Of several places the one that continues the run before it, else the first.
    """
    keys, others = _keys(a), _keys(b)
    order = np.argsort(others)
    ranked = others[order]
    begins = np.flatnonzero(changes(ranked))
    if not len(begins):
        return np.full(len(keys), -1, np.int64)
    known, first = ranked[begins], np.minimum.reduceat(order, begins)
    at = np.minimum(np.searchsorted(known, keys), len(known) - 1)
    place = np.where((known[at] == keys) & (keys != _NOWHERE), first[at], -1)
    return _continued(place, keys, np.append(others, _NOWHERE))


def _continued(place: I64, keys: U64, others: U64) -> I64:
    """Move places behind the one before, where the same shingle stands there too."""
    here = np.flatnonzero(place[1:] >= 0) + 1
    for _ in range(_LONGEST_REPEAT):
        behind = place[here - 1] + 1
        moves = (behind > 0) & (place[here] != behind) & (others[behind] == keys[here])
        place[here[moves]] = behind[moves]
        here = here[moves] + 1
        here = here[here < len(place)]
        here = here[place[here] >= 0]
        if not len(here):
            break
    return place


def _keys(tokens: Tokens) -> U64:
    """Return the shingle that begins at each word, with the number of its text above it."""
    text = np.repeat(np.arange(len(tokens.first) - 1, dtype=np.uint64), np.diff(tokens.first))
    value = shingle(tokens)
    return np.where(value == NONE, _NOWHERE, text << _BITS | value)


def _runs(place: I64, a: Tokens, b: Tokens) -> tuple[I64, I64]:
    """Return where runs of shingles in the same order in both texts begin, and their lengths."""
    hit = place >= 0
    follows = np.zeros(len(place), np.bool_)
    follows[1:] = hit[1:] & hit[:-1] & (place[1:] == place[:-1] + 1)
    starts = np.zeros(len(place), np.bool_)
    starts[a.first[:-1][a.first[:-1] < len(place)]] = True
    begin = np.flatnonzero(hit & (~follows | starts))
    stop = np.append(begin[1:], len(place))
    hits = np.concatenate([np.zeros(1, np.int64), np.cumsum(hit)])
    return begin, hits[stop] - hits[begin]


def _last_word(at: I64, length: I64, tokens: Tokens) -> I64:
    """Return the last word of the run of shingles that begins at each word."""
    text = _text_of(at, tokens)
    reach = at + length + shingle_length(tokens)[text] - 2
    last: I64 = np.minimum(reach, tokens.first[text + 1] - 1)
    return last


def _characters(tokens: Tokens, text: I64, places: I64) -> I64:
    """Return byte places as offsets in code points of their text."""
    inside = np.flatnonzero(tokens.data & 0xC0 == 0x80)
    begin = tokens.offsets[:-1][text]
    wide = np.searchsorted(inside, places) - np.searchsorted(inside, begin)
    points: I64 = places - begin - wide
    return points
