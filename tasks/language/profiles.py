"""Exact inference over langdetect's own n-gram profiles.

langdetect draws n-grams at random until it is sure; here the log-probabilities of all n-grams of
a text are added up over the same tables. The sum is in whole numbers (natural logarithm times
4,096), so it is the same on every machine, and needs no seed.
"""

from __future__ import annotations

import json
import math
from functools import cache
from pathlib import Path
from typing import Any

import langdetect
import numpy as np
import numpy.typing as npt
from langdetect.utils.ngram import NGram

from tasks.language.tables import to_bcp47

# langdetect's own smoothing: ALPHA_DEFAULT / BASE_FREQ.
_SMOOTHING = 0.5 / 10_000
_SCALE = 4_096
_MAX_WORDS = 60_000

Scores = npt.NDArray[np.int64]


class Profiles:
    """langdetect's 55 profiles as one matrix of whole-number log-probabilities.

    Attributes:
        langs: BCP 47 language of each column; zh-cn and zh-tw both give zh.
    """

    def __init__(self, folder: Path) -> None:
        files = sorted(p for p in folder.iterdir() if p.is_file())
        profiles = [json.loads(p.read_text(encoding="utf-8")) for p in files]
        self.langs: list[str] = [to_bcp47(p["name"]) for p in profiles]
        grams = sorted({g for p in profiles for g in p["freq"] if 1 <= len(g) <= 3})
        self._row = {gram: number for number, gram in enumerate(grams)}
        self._logs = np.full((len(grams), len(files)), _fixed(_SMOOTHING), np.int32)
        for column, profile in enumerate(profiles):
            self._fill(column, profile)
        self._words: dict[str, int] = {}  # word -> row of the next
        self._word_scores = np.zeros((_MAX_WORDS, len(files)), np.int32)
        self._normal = _Normal()

    def _fill(self, column: int, profile: dict[str, Any]) -> None:
        totals: list[int] = profile["n_words"]
        for gram, count in profile["freq"].items():
            if 1 <= len(gram) <= 3:
                value = _fixed(_SMOOTHING + count / totals[len(gram) - 1])
                self._logs[self._row[gram], column] = value

    def scores(self, text: str) -> Scores:
        """Return the sum of log-probabilities (x 4,096) for each column of `langs`."""
        words = text.translate(self._normal).split()
        if len(self._words) + len(words) > _MAX_WORDS:
            self._words.clear()  # bounded; cleared rather than aged: cheap, and exact
        known = self._words
        rows = [known[w] if w in known else self._learn(w) for w in words[:_MAX_WORDS]]
        summed: Scores = self._word_scores[rows].sum(axis=0, dtype=np.int64)
        return summed

    def best(self, text: str) -> str:
        """Return the likeliest language; "" when the text has no n-gram that a profile knows."""
        scores = self.scores(text)
        best: str = self.langs[int(scores.argmax())]
        return best if scores.any() else ""

    def _learn(self, word: str) -> int:
        row = self._words[word] = len(self._words)
        self._word_scores[row] = self._score_word(word)
        return row

    def _score_word(self, word: str) -> Scores:
        padded = f" {word[:60]} "
        found = [
            row
            for end in range(2, len(padded) + 1)
            for n in (1, 2, 3)
            if end >= n and (row := self._row.get(padded[end - n : end])) is not None
        ]
        summed: Scores = self._logs[found].sum(axis=0, dtype=np.int64)
        return summed


class _Normal(dict[int, str]):
    """langdetect's normalisation of characters, remembered as it is needed."""

    def __missing__(self, point: int) -> str:
        value = self[point] = NGram.normalize(chr(point))
        return value


def _fixed(probability: float) -> int:
    return round(_SCALE * math.log(probability))


@cache
def profiles() -> Profiles:
    """Return the profiles that come with langdetect, read once a process."""
    return Profiles(Path(langdetect.__file__).parent / "profiles")
