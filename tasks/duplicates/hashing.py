"""Our own fixed hash: the same bits on every machine, in every release of every library.

Fingerprints are kept for years, so neither DuckDB's hash() nor Python's hash() will do: both
change between versions. Known answers are in tests/duplicates/test_hashing.py.
"""

from __future__ import annotations

from hashlib import blake2b

import numpy as np
import numpy.typing as npt

U64 = npt.NDArray[np.uint64]

SKETCH_VERSION = 2
"""Raised whenever a fingerprint of the same article would come out differently."""

HASH_BITS = 54
"""Bits of a shingle's hash; the ten bits above them hold an article's number while sorting."""

_M1 = np.uint64(0xBF58476D1CE4E5B9)
_M2 = np.uint64(0x94D049BB133111EB)
_30, _27, _31 = np.uint64(30), np.uint64(27), np.uint64(31)


def mix(values: U64) -> U64:
    """Return the values with their bits stirred: the finaliser of SplitMix64 (Steele 2014)."""
    shifted = values >> _30  # the one array beside the result: this is where time goes
    result = values ^ shifted
    result *= _M1
    np.right_shift(result, _27, out=shifted)
    result ^= shifted
    result *= _M2
    np.right_shift(result, _31, out=shifted)
    result ^= shifted
    return result


def hash_text(text: str) -> int:
    """Return a 64-bit hash of a short text, such as a publisher's name."""
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest())
