"""What the parser's network makes of a word by itself, kept from sentence to sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from threading import Lock
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tasks.events.features import word_ids

Floats = NDArray[np.float32]
CAPACITY = 24_000  # words; 2 KiB each
_FIRST = "\n"  # marks the first word of a sentence; no word holds a line break
_TOP = np.float32(8 * 64)


class Rows(NamedTuple):
    """Rows of tables for words in order: vectors, and their products to the left and right."""

    ids: list[int]
    vectors: Floats
    left: Floats
    own: Floats
    right: Floats


class WordVectors:
    """Vectors of words in steps of 1/64, and what the first layer multiplies them to.

    The products are whole numbers, so that adding them up later changes nothing. Row 0 is no word.
    """

    def __init__(
        self, vocabulary: dict[str, int], embeddings: Sequence[Floats], first: Floats
    ) -> None:
        self._vocabulary = vocabulary
        self._embeddings = embeddings
        width = first.shape[1]
        # Side by side: one product gives what a word adds to its neighbours and to itself.
        self._first = np.concatenate(np.split(first, 3), axis=1)
        self._width = width
        self._lock = Lock()
        self._clear()

    def _clear(self) -> None:
        self._known: dict[str, int] = {}
        shape = (CAPACITY, self._width)
        self._tables = [np.zeros(shape, dtype=np.float32) for _ in range(4)]

    def rows(self, sentences: Iterable[Sequence[str]]) -> Rows:
        """Return the rows of all words of the sentences, one after the other."""
        keys = [k for s in sentences if s for k in (_FIRST + s[0], *s[1:])]
        with self._lock:  # threads share the tables; a full set is left to those who still read it
            try:
                ids = [self._known[k] for k in keys]
            except KeyError:
                ids = self._learned(keys)
            return Rows(ids, *self._tables)

    def _learned(self, keys: list[str]) -> list[int]:
        new = [k for k in dict.fromkeys(keys) if k not in self._known]
        if len(new) + len(self._known) >= CAPACITY:
            self._clear()
            new = list(dict.fromkeys(keys))
        self._learn(new)
        return [self._known[k] for k in keys]

    def _learn(self, new: list[str]) -> None:
        split = [(k[1:], True) if k[:1] == _FIRST else (k, False) for k in new]
        ids = np.array([word_ids(w, first, self._vocabulary) for w, first in split])
        h = np.zeros((len(new), self._width), dtype=np.float32)
        for c, table in enumerate(self._embeddings):
            h += table[ids[:, c]]
        h = np.clip(h * np.float32(64), -_TOP, _TOP)
        start = len(self._known) + 1
        rows = slice(start, start + len(new))
        parts = np.split(np.rint(h) @ self._first, 3, axis=1)
        for table, part in zip(self._tables, (h, *parts), strict=True):
            table[rows] = part
        self._known.update((k, n) for n, k in enumerate(new, start))
