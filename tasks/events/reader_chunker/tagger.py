"""Tags words from tables: what a word may be, and what it is between its neighbours.

Tables are counted in benchmarks/train_chunker.py. A word with one tag has it. Else the first table
that knows the case decides: the word after this tag and before such a word; the word after this
tag; its kind (the set of its tags) in the same two ways; the tag it has most often.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

_DIGIT = re.compile(r"\d")
START = "<s>"
TABLES = ("words", "endings", "between", "after", "kinds_between", "kinds_after")


class Known(NamedTuple):
    """A word, or an ending: its name in the tables of neighbours, its tags, the usual one first."""

    name: str
    kind: str
    best: str


def ending(form: str) -> list[str]:
    """Return what an unknown word shows of itself, the most telling first."""
    mark = "^" if form[:1].isupper() else "0" if form[:1].isdigit() else "-" if "-" in form else ""
    low = _DIGIT.sub("0", form.lower())
    return [mark + low[-n:] for n in (4, 3, 2, 1) if n <= len(low)] + [mark]


class Tagger:
    """Tables read from an .npz file, each a text of lines with a key and tags."""

    def __init__(self, path: Path) -> None:
        with np.load(path) as data:
            self._tables = {t: _table(str(data[t])) for t in TABLES}
        self.known = lru_cache(50_000)(self._known)

    def tag(self, forms: Sequence[str]) -> list[str]:
        """Return the Penn Treebank tag of each word."""
        words = [self.known(f, not i) for i, f in enumerate(forms)]
        following = [w.best for w in words[1:]] + [START]
        out: list[str] = []
        last = START
        for w, after in zip(words, following, strict=True):
            last = w.best if "|" not in w.kind else self._decide(w, last, after)
            out.append(last)
        return out

    def _known(self, form: str, first: bool) -> Known:
        form = _DIGIT.sub("0", form).replace("’", "'")
        table = self._tables["words"]
        for name in (form.lower(), form) if first else (form, form.lower()):
            kind = table.get(name)
            if kind is not None:
                return Known(name, kind, kind.partition("|")[0])
        return self._guess(form)

    def _guess(self, form: str) -> Known:
        kind = next((k for e in ending(form) if (k := self._tables["endings"].get(e))), "NN")
        return Known("", kind, kind.partition("|")[0])

    def _decide(self, w: Known, before: str, after: str) -> str:
        t = self._tables
        found = (
            t["between"].get(f"{before} {w.name} {after}") or t["after"].get(f"{before} {w.name}")
            if w.name
            else None
        )
        return (
            found
            or t["kinds_between"].get(f"{before} {w.kind} {after}")
            or t["kinds_after"].get(f"{before} {w.kind}")
            or w.best
        )


def _table(text: str) -> Mapping[str, str]:
    return dict(line.rsplit("\t", 1) for line in text.split("\n") if line)
