"""Finds the n-grams of a text in a table of n-grams, all at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

_Ints = npt.NDArray[np.int64]


class GramIndex:
    """The rows of n-grams of one, two and three characters.

    Each character has a small number, so an n-gram is one whole number, sought in a sorted array.
    """

    def __init__(self, grams: Sequence[str]) -> None:
        characters = sorted({" ", *"".join(grams)})
        self._none = len(grams)
        self._base = len(characters) + 1
        self._number = np.zeros(ord(characters[-1]) + 2, np.int64)  # 0: in no n-gram
        self._number[list(map(ord, characters))] = np.arange(1, self._base)
        self._space = int(self._number[ord(" ")])
        self._tables = [self._table(grams, length) for length in (1, 2, 3)]

    def _table(self, grams: Sequence[str], length: int) -> tuple[_Ints, _Ints]:
        rows = np.array([n for n, gram in enumerate(grams) if len(gram) == length], np.int64)
        numbers = self._numbers("".join(grams[n] for n in rows)).reshape(-1, length)
        keys = np.zeros(len(rows), np.int64)
        for column in numbers.T:
            keys = keys * self._base + column
        order = np.argsort(keys)
        return keys[order], rows[order]

    def _numbers(self, text: str) -> _Ints:
        points = np.frombuffer(text.encode("utf-32-le", "replace"), np.uint32)
        return self._number.take(points, mode="clip")

    def rows_ending(self, text: str) -> tuple[_Ints, _Ints, _Ints]:
        """Return the rows of the one, two and three characters that end at each but the first.

        The number of n-grams stands for an n-gram that is in no row, or that spans two words.

        Args:
            text: Words with one space before, between and behind them.
        """
        numbers = self._numbers(text)
        last, before = numbers[1:], numbers[:-1]
        pairs = before * self._base + last
        triples = numbers[:-2] * self._base**2 + pairs[1:]
        triples[before[1:] == self._space] = 0
        first = np.full(min(1, len(last)), self._none)
        return (
            self._find(0, last),
            self._find(1, pairs),
            np.concatenate((first, self._find(2, triples))),
        )

    def _find(self, table: int, wanted: _Ints) -> _Ints:
        keys, rows = self._tables[table]
        if not len(keys):
            return np.full(len(wanted), self._none)
        at = keys.searchsorted(wanted)
        is_there = keys.take(at, mode="clip") == wanted
        return np.where(is_there, rows.take(at, mode="clip"), self._none)
