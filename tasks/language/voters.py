"""The two other libraries, each asked in a way that gives the same answer on every machine."""

from __future__ import annotations

import math
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import pycld2
from py3langid.langid import MODEL_FILE, LanguageIdentifier, visit_counts

from tasks.language.tables import are_siblings, to_bcp47

# Control characters and code points that are no characters: pycld2 refuses them.
_NO_CHARACTERS = "".join(
    f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)
)
_UNREADABLE = re.compile(
    rf"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef{_NO_CHARACTERS}]"
)
_UTF8_TAIL = bytes(range(0x80, 0xC0))
_SCALE = 1_024
_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class Vote:
    """An answer of one library.

    Attributes:
        lang: BCP 47, or "" for no answer.
        share: pycld2: share of the text in that language, 0-1. py3langid: probability, 0-1.
        reliable: pycld2's own word for it.
    """

    lang: str
    share: float
    reliable: bool = False


@dataclass(frozen=True, slots=True)
class Chunk:
    """A stretch of a text, in code points, that pycld2 takes for one language."""

    start: int
    end: int
    lang: str


def ask_cld2(text: str) -> Vote:
    """Return what pycld2 says of a text that was cleaned."""
    reliable, _, details, *_ = _detect(text, vectors=False)
    found = [(to_bcp47(code), percent / 100) for _, code, percent, _ in details if percent]
    found = [(lang, share) for lang, share in found if lang]
    if not found:
        return Vote("", 0.0)
    return Vote(*found[0], reliable=reliable)


def find_chunks(text: str, own: str = "") -> list[Chunk]:
    """Return the stretches of a text by language; none where pycld2 sees one language alone.

    Stretches in `own` and its look-alikes are left out.
    """
    *_, vectors = _detect(text, vectors=True)
    if len({code for _, _, _, code in vectors}) < 2:
        return []
    named = ((offset, length, to_bcp47(code)) for offset, length, _, code in vectors)
    found = [x for x in named if x[2] and not are_siblings(x[2], own)]
    if not found or text.isascii():
        return [Chunk(offset, offset + length, lang) for offset, length, lang in found]
    return list(_in_code_points(text.encode("utf-8", "replace"), found))


def _in_code_points(data: bytes, found: list[tuple[int, int, str]]) -> Iterator[Chunk]:
    """Give stretches, which come in order, with their bytes counted as code points."""
    read = end = 0
    for offset, length, lang in found:
        start = end + _n_points(data[read:offset])
        read = offset + length
        end = start + _n_points(data[offset:read])
        yield Chunk(start, end, lang)


def _n_points(data: bytes) -> int:
    return len(data.translate(None, _UTF8_TAIL))


def _detect(text: str, *, vectors: bool) -> tuple[Any, ...]:
    try:
        return _ask(text, vectors)
    except pycld2.error:  # characters that it does not take
        try:
            return _ask(_UNREADABLE.sub(_same_length, text), vectors)
        except pycld2.error:
            return False, 0, (), ()


def _ask(text: str, vectors: bool) -> tuple[Any, ...]:
    data = text.encode("utf-8", "replace")
    answer: tuple[Any, ...] = pycld2.detect(data, isPlainText=True, returnVectors=vectors)
    return answer


def _same_length(match: re.Match[str]) -> str:
    """Return blanks for unreadable characters, as many bytes as they had: offsets stay right."""
    return " " * len(match.group().encode("utf-8", "replace"))


class LangId:
    """py3langid's naive Bayes model, its sums in whole numbers.

    Its own product of float32 arrays may differ in the last bit between processors.
    """

    def __init__(self) -> None:
        model = LanguageIdentifier.from_model_file(MODEL_FILE)
        self._model = model
        self.langs = [to_bcp47(c) for c in model.nb_classes]
        self._prior = np.rint(np.asarray(model.nb_pc, np.float64) * _SCALE * _SCALE)
        self._log1p = np.rint(np.log1p(np.arange(4_096)) * _SCALE)

    def ask(self, text: str) -> Vote:
        """Return the likeliest language and its probability; no answer for a text without one."""
        data = text.encode("utf-8", "ignore")
        visits = visit_counts(
            self._model.tk_nextmove, self._model._rowbase, self._model.tk_output, data
        )
        if not visits:
            return Vote("", 0.0)
        return self._vote(visits, len(data))

    def _vote(self, visits: dict[int, int], n_bytes: int) -> Vote:
        index = np.fromiter(visits.keys(), np.intp, len(visits))
        counts = np.minimum(np.fromiter(visits.values(), np.intp, len(visits)), 4_095)
        table = np.rint(self._model.nb_ptc[index].astype(np.float64) * _SCALE)
        # Whole numbers that stay below 2**53: exact in floats, in whatever order they are added.
        scores = self._log1p[counts] @ table + self._prior
        # The model's own temperature: the square root of the number of bytes.
        odds = np.exp((scores - scores.max()) / (_SCALE * _SCALE * math.sqrt(n_bytes)))
        by_lang: dict[str, float] = {}
        for lang, value in zip(self.langs, odds.tolist(), strict=True):
            by_lang[lang] = by_lang.get(lang, 0.0) + value
        best = min(by_lang, key=lambda lang: (-round(by_lang[lang], 9), lang))
        return Vote(best, round(by_lang[best] / sum(by_lang.values()), 4))


@cache
def _langid() -> LangId:
    return LangId()


def ask_langid(text: str) -> Vote:
    """Return what py3langid says of a text that was cleaned."""
    with _lock:  # the model is read at first use, by one thread
        model = _langid()
    return model.ask(text)


def langid_knows(lang: str) -> bool:
    """Tell whether py3langid could have answered with this language."""
    with _lock:
        model = _langid()
    return lang in model.langs
