"""Shingles: hashed runs of four words, or of eight characters in scripts without spaces.

Reference: Broder, On the resemblance and containment of documents (1997).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from tasks.duplicates.hashing import HASH_BITS, U64, mix
from tasks.duplicates.tokens import I64, Tokens

WORDS, CHARACTERS = 4, 8
"""Length of a shingle in words, and in characters where the text is read by character."""

NONE = np.uint64(1 << HASH_BITS)
"""Stands where no shingle begins; above every hash."""

_A = np.uint64(0xD6E8FEB86659FD93)
_B = np.uint64(0xA0761D6478BD642F)
_C = np.uint64(0xE7037ED1A0B428DB)
_SHIFT = np.uint64(64 - HASH_BITS)


def shingle(tokens: Tokens) -> U64:
    """Return the 54-bit hash of the shingle that begins at each word, or NONE.

    A text shorter than one shingle has one, made of all its words.
    """
    size = len(tokens.word)
    word = np.concatenate([tokens.word, np.zeros(CHARACTERS, np.uint64)])
    two = word[:-1] * _A + word[1:]
    four = two[:-2] * _B + two[2:]
    value = mix(four[:size]) >> _SHIFT
    if tokens.by_character.any():
        eight = mix(four[:size] * _C + four[4 : size + 4]) >> _SHIFT
        value = np.where(np.repeat(tokens.by_character, np.diff(tokens.first)), eight, value)
    return _stop_at_ends(value, tokens)


def shingle_length(tokens: Tokens) -> I64:
    """Return the number of words in a shingle of each text."""
    return np.where(tokens.by_character, CHARACTERS, WORDS)


def _stop_at_ends(value: U64, tokens: Tokens) -> U64:
    first, last = tokens.first[:-1], tokens.first[1:]
    length = shingle_length(tokens)
    for n in range(1, CHARACTERS):
        at = last[(length > n) & (last - n >= first)] - n
        value[at] = NONE
    short = np.flatnonzero((last > first) & (last - first < length))
    for text in short.tolist():
        value[first[text]] = _whole(tokens.word[first[text] : last[text]])
    return value


def _whole(words: U64) -> np.uint64:
    total = np.zeros(1, np.uint64)
    for word in words:
        total = total * _C + word
    return np.uint64((mix(total) >> _SHIFT)[0])


def sums(values: npt.NDArray[np.uint64], first: I64) -> U64:
    """Return the sum (modulo 2**64) of each text's values."""
    running = np.concatenate([np.zeros(1, np.uint64), np.cumsum(values, dtype=np.uint64)])
    total: U64 = running[first[1:]] - running[first[:-1]]
    return total
