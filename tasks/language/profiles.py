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
from pathlib import Path

import langdetect
import numpy as np
import numpy.typing as npt
from langdetect.utils.ngram import NGram

from tasks.language.grams import GramIndex
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
        row_of: dict[str, int] = {}  # n-gram -> row of the next
        files = sorted(path for path in folder.iterdir() if path.is_file())
        columns = [self._read(path, row_of) for path in files]
        self._index = GramIndex(list(row_of))
        self._logs = np.full((len(row_of) + 1, len(files)), _fixed(_SMOOTHING), np.int32)
        self._logs[len(row_of)] = 0
        for number, (rows, values) in enumerate(columns):
            self._logs[rows, number] = values
        self._words: dict[str, int] = {}  # word -> row of the next
        self._word_scores = np.zeros((_MAX_WORDS, len(files)), np.int32)
        self._normal = _Normal({ord("\n"): "\n"})
        self._lock = threading.Lock()

    def _read(self, path: Path, row_of: dict[str, int]) -> tuple[Scores, Scores]:
        """Return rows and log-probabilities of one profile; its n-grams get rows as they come."""
        profile = json.loads(path.read_text(encoding="utf-8"))
        self.langs.append(to_bcp47(profile["name"]))
        totals: list[int] = profile["n_words"]
        freq = {gram: n for gram, n in profile["freq"].items() if 1 <= len(gram) <= 3}
        rows = [row_of.setdefault(gram, len(row_of)) for gram in freq]
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
        texts = self._plain(words)
        spelt = [number for number, text in enumerate(texts) if text]
        self._word_scores[first : first + len(words)] = 0
        if spelt:
            scores = self._sums([texts[number] for number in spelt])
            self._word_scores[np.array(spelt) + first] = scores
        self._words.update((word, first + number) for number, word in enumerate(words))

    def _plain(self, tokens: list[str]) -> list[str]:
        """Return for each token the words that it holds, as langdetect spells them."""
        lines = "\n".join([token[:_LONGEST_TOKEN] for token in tokens])
        texts = lines.translate(self._normal).split("\n")
        return [" ".join(text.split()) if " " in text else text for text in texts]

    def _sums(self, texts: list[str]) -> npt.NDArray[np.int32]:
        """Return for each text the sum over its n-grams, one row a text."""
        ends = np.cumsum([len(text) + 1 for text in texts])
        one, two, three = self._index.rows_ending(f" {' '.join(texts)} ")
        logs = self._logs.take(one, axis=0)
        logs += self._logs.take(two, axis=0)
        logs += self._logs.take(three, axis=0)
        sums: npt.NDArray[np.int32] = np.add.reduceat(logs, np.concatenate(([0], ends[:-1])))
        return sums


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
