"""Exact inference over langdetect's own n-gram profiles.

langdetect draws n-grams at random until it is sure; here the log-probabilities of all n-grams of
a text are added up over the same tables. The sum is in whole numbers (natural logarithm times
4,096), so it is the same on every machine, and needs no seed.
"""

from __future__ import annotations

import json
import math
import threading
from functools import cache
from itertools import chain
from operator import add
from pathlib import Path

import langdetect
import numpy as np
import numpy.typing as npt
from langdetect.utils.ngram import NGram

from tasks.language.tables import to_bcp47

# langdetect's own smoothing: ALPHA_DEFAULT / BASE_FREQ.
_SMOOTHING = 0.5 / 10_000
_SCALE = 4_096
_MAX_WORDS = 40_000
# Longer "words" are addresses or noise, or a script without spaces.
_LONGEST_TOKEN = 200

Scores = npt.NDArray[np.int64]


class Profiles:
    """langdetect's 55 profiles as one matrix of whole-number log-probabilities.

    Attributes:
        langs: BCP 47 language of each column; zh-cn and zh-tw both give zh.
    """

    def __init__(self, folder: Path) -> None:
        self.langs: list[str] = []
        self._row: dict[str, int] = {}  # n-gram -> row of the next
        files = sorted(path for path in folder.iterdir() if path.is_file())
        columns = [self._read(path) for path in files]
        self._no_gram = len(self._row)
        self._logs = np.full((self._no_gram + 1, len(files)), _fixed(_SMOOTHING), np.int32)
        self._logs[self._no_gram] = 0
        for number, (rows, values) in enumerate(columns):
            self._logs[rows, number] = values
        self._words: dict[str, int] = {}  # word -> row of the next
        self._word_scores = np.zeros((_MAX_WORDS, len(files)), np.int32)
        self._normal = _Normal()
        self._lock = threading.Lock()

    def _read(self, path: Path) -> tuple[Scores, Scores]:
        """Return rows and log-probabilities of one profile; its n-grams get rows as they come."""
        profile = json.loads(path.read_text(encoding="utf-8"))
        self.langs.append(to_bcp47(profile["name"]))
        totals: list[int] = profile["n_words"]
        freq = {gram: n for gram, n in profile["freq"].items() if 1 <= len(gram) <= 3}
        rows = [self._row.setdefault(gram, len(self._row)) for gram in freq]
        values = [_fixed(_SMOOTHING + n / totals[len(gram) - 1]) for gram, n in freq.items()]
        return np.array(rows, np.int64), np.array(values, np.int64)

    def scores(self, text: str) -> Scores:
        """Return the sum of log-probabilities (x 4,096) for each column of `langs`."""
        words = text.split()[:_MAX_WORDS]
        with self._lock:  # threads share the words that were scored before
            rows = self._rows_of(words)
            summed: Scores = self._word_scores.take(rows, axis=0).sum(axis=0, dtype=np.int64)
        return summed

    def best(self, text: str) -> str:
        """Return the likeliest language; "" when the text has no n-gram that a profile knows."""
        scores = self.scores(text)
        return self.langs[int(scores.argmax())] if scores.any() else ""

    def _rows_of(self, words: list[str]) -> list[int]:
        rows = [row for row in map(self._words.get, words) if row is not None]
        if len(rows) == len(words):
            return rows
        new = [word for word in dict.fromkeys(words) if word not in self._words]
        if len(self._words) + len(new) > _MAX_WORDS:
            self._words.clear()  # bounded; cleared rather than aged: cheap, and exact
            new = list(dict.fromkeys(words))
        self._learn(new)
        return [self._words[word] for word in words]

    def _learn(self, words: list[str]) -> None:
        """Score words and remember them: all n-grams of all words in one go."""
        first = len(self._words)
        grams = [self._grams(word) for word in words]
        starts = np.cumsum([0, *map(len, grams[:-1])])
        logs = self._logs.take(list(chain.from_iterable(grams)), axis=0)
        self._word_scores[first : first + len(words)] = np.add.reduceat(logs, starts, axis=0)
        self._words.update((word, first + number) for number, word in enumerate(words))

    def _grams(self, token: str) -> list[int]:
        """Return the rows of the n-grams of the words that a token holds; never none."""
        found: list[int | None] = []
        for word in token[:_LONGEST_TOKEN].translate(self._normal).split():
            padded = f" {word} "
            pairs = list(map(add, padded, padded[1:]))
            found += map(self._row.get, padded[1:])
            found += map(self._row.get, pairs)
            found += map(self._row.get, map(add, pairs, padded[2:]))
        return [row for row in found if row is not None] or [self._no_gram]


class _Normal(dict[int, str]):
    """langdetect's normalisation of characters, remembered as it is needed."""

    def __missing__(self, point: int) -> str:
        value: str = NGram.normalize(chr(point))
        self[point] = value
        return value


def _fixed(probability: float) -> int:
    return round(_SCALE * math.log(probability))


@cache
def profiles() -> Profiles:
    """Return the profiles that come with langdetect, read once a process."""
    return Profiles(Path(langdetect.__file__).parent / "profiles")
