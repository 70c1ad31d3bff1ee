"""Tags and dependency trees from a small network, in exact integer arithmetic.

Every factor is a whole number held in a float: products and sums stay below 2**24, so a matrix
product is exact in any order, and a sentence is read alike on every machine and in every batch.
The training is in benchmarks/train_parser.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import ThreadpoolController

from tasks.events.features import COLUMNS, word_ids
from tasks.events.tree import best_tree

Floats = NDArray[np.float32]
MAX_DIST = 16
MAX_WORDS = 120
ACT = np.float32(64)  # a step of 1/64 in the range -8..8
_GAP = 8  # at least the widest dilation


@dataclass(frozen=True, slots=True)
class Parse:
    """A tagged sentence and its tree.

    Attributes:
        tags: Penn Treebank tag of each word.
        heads: Index of each word's head; -1 for the root.
        labels: Universal Dependencies relation of each word to its head.
        words: Each word in lower case, words of grammar by the English name that the rules know
            them by (`con` is with, `no` is not); empty for English.
        lemmas: Dictionary form of each word; empty where the lexicon is to find it.
        senses: The lemmas, with those that rules ask for by their English name (`decir` is say);
            empty for English.
    """

    tags: tuple[str, ...]
    heads: tuple[int, ...]
    labels: tuple[str, ...]
    words: tuple[str, ...] = ()
    lemmas: tuple[str, ...] = ()
    senses: tuple[str, ...] = ()


class Parser:
    """A network read from an .npz file."""

    def __init__(self, path: Path) -> None:
        with np.load(path) as data:
            self._w: dict[str, Any] = {name: data[name] for name in data.files}
        # For the whole process: nothing else here multiplies matrices, and small ones only lose
        # by being shared out among threads.
        ThreadpoolController().limit(limits=1, user_api="blas")
        self.vocabulary = {w: i + 1 for i, w in enumerate(str(self._w["vocabulary"]).split("\n"))}
        self.tags = [str(t) for t in self._w["tags"]]
        self.labels = [str(x) for x in self._w["labels"]]
        self._dilations = [int(d) for d in self._w["dilations"]]
        for name in [n for n in self._w if n.endswith(".q")]:
            self._w[name] = self._w[name].astype(np.float32)
        self._emb = [
            self._w[f"emb_{c}.q"] * self._w[f"emb_{c}.s"].astype(np.float32) for c in COLUMNS
        ]

    def parse(self, sentences: Sequence[Sequence[str]]) -> list[Parse]:
        """Return the parse of each sentence; words past MAX_WORDS hang flat on the root."""
        short = [s[:MAX_WORDS] for s in sentences]
        if not short:
            return []
        spans, at = [], _GAP
        for s in short:
            spans.append((at, at + len(s)))
            at += len(s) + _GAP
        h = self._encode(short, spans, at)
        return [_pad(p, len(s)) for p, s in zip(self._decode(h, spans), sentences, strict=True)]

    def _mul(self, x: Floats, name: str) -> Floats:
        """Return rint(x) @ w + b, scaled back; exact up to the final scaling."""
        product = x @ self._w[f"{name}_w.q"]
        result: Floats = product * self._w[f"{name}_w.s"] + self._w[f"{name}_b"]
        return result

    def _layer(self, x: Floats, name: str) -> Floats:
        return np.clip(self._mul(x, name), 0, 8)

    def _encode(
        self, sentences: Sequence[Sequence[str]], spans: list[tuple[int, int]], n: int
    ) -> Floats:
        inside = np.zeros((n, 1), dtype=np.float32)
        ids = np.zeros((n, len(COLUMNS)), dtype=np.int64)
        for s, (a, b) in zip(sentences, spans, strict=True):
            inside[a:b] = 1
            if b > a:
                ids[a:b] = word_ids(s, self.vocabulary)
        h = np.zeros((n, self._emb[0].shape[1]), dtype=np.float32)
        for c, table in enumerate(self._emb):
            h += table[ids[:, c]]
        h = np.clip(h, -8, 8) * inside
        for i, d in enumerate(self._dilations):
            q = np.rint(h * ACT)
            x = np.concatenate([_shift(q, d), q, _shift(q, -d)], axis=1)
            h = np.clip(h + self._layer(x, f"conv{i}"), -8, 8) * inside
            if i == 1:
                h = np.clip(h + self._context(h, spans), -8, 8) * inside
        return h

    def _context(self, h: Floats, spans: list[tuple[int, int]]) -> Floats:
        """Return what the running maxima of each sentence's left and right side add."""
        g = np.rint(self._layer(np.rint(h * ACT), "gate") * ACT)
        width = g.shape[1]
        both = np.zeros((len(h), 2 * width), dtype=np.float32)
        for a, b in spans:
            if b - a > 1:
                np.maximum.accumulate(g[a : b - 1], axis=0, out=both[a + 1 : b, :width])
                both[a : b - 1, width:] = np.maximum.accumulate(g[a + 1 : b][::-1], axis=0)[::-1]
        return self._layer(both, "ctx")

    def _decode(self, h: Floats, spans: list[tuple[int, int]]) -> list[Parse]:
        w = self._w
        q = np.rint(h * ACT)
        root = np.rint(np.clip(w["root"], -8, 8) * ACT)[None, :]
        tag = self._mul(np.rint(self._layer(q, "tag") * ACT), "tago").argmax(axis=1)
        dep = self._layer(q, "dep")
        heads = np.rint(self._layer(np.concatenate([root, q]), "head") * ACT)
        dep = np.clip(self._mul(np.rint(dep * ACT), "arcu"), -16, 16)
        dep = np.rint(dep * np.float32(32))
        bias = self._mul(heads, "arch")[:, 0]
        arcs = [self._arcs(dep, heads, bias, a, b) for a, b in spans]
        flat = [np.array(x, dtype=np.int64) for x in arcs]
        label = self._label(np.concatenate([root, q]), flat, spans)
        return [
            Parse(
                tuple(self.tags[t] for t in tag[a:b]),
                tuple(int(x) - 1 for x in own),
                tuple(self.labels[x] for x in label[a:b]),
            )
            for (a, b), own in zip(spans, flat, strict=True)
        ]

    def _arcs(self, dep: Floats, heads: Floats, bias: Floats, a: int, b: int) -> list[int]:
        """Return the head of each word of one sentence, 0 for the root."""
        if b == a:
            return []
        rows = np.concatenate([[0], np.arange(a + 1, b + 1)])
        s = (dep[a:b] @ heads[rows].T) * np.float32(1 / (32 * 64)) + bias[rows][None, :]
        s = s + self._w["arc_d"][_distance(b - a)]
        s[np.arange(b - a), np.arange(1, b - a + 1)] = -1e4
        return best_tree(s.astype(np.float32))

    def _label(
        self, rows: Floats, heads: list[NDArray[np.int64]], spans: list[tuple[int, int]]
    ) -> NDArray[np.int64]:
        n = len(rows) - 1
        parent = np.zeros(n, dtype=np.int64)
        bucket = np.full(n, MAX_DIST, dtype=np.int64)
        for (a, b), own in zip(spans, heads, strict=True):
            parent[a:b] = np.where(own == 0, 0, own + a)
            d = np.clip(own - np.arange(1, b - a + 1), -MAX_DIST + 1, MAX_DIST)
            bucket[a:b] = np.where(own == 0, -MAX_DIST, d) + MAX_DIST
        x = np.concatenate([rows[1:], rows[parent]], axis=1)
        z = np.clip(self._mul(x, "lab") + self._w["lab_d"][bucket], 0, 8)
        best: NDArray[np.int64] = self._mul(np.rint(z * ACT), "labo").argmax(axis=1)
        return best


def _shift(x: Floats, by: int) -> Floats:
    out = np.zeros_like(x)
    if by > 0:
        out[by:] = x[:-by]
    else:
        out[:by] = x[-by:]
    return out


@cache
def _distance(n: int) -> NDArray[np.int64]:
    i, j = np.arange(1, n + 1)[:, None], np.arange(n + 1)[None, :]
    d = np.clip(j - i, -MAX_DIST + 1, MAX_DIST)
    bucket: NDArray[np.int64] = np.where(j == 0, -MAX_DIST, d) + MAX_DIST
    return bucket


def _pad(parse: Parse, n: int) -> Parse:
    missing = n - len(parse.tags)
    if not missing:
        return parse
    root = parse.heads.index(-1)
    return Parse(
        parse.tags + ("SYM",) * missing,
        parse.heads + (root,) * missing,
        parse.labels + ("dep",) * missing,
    )


@cache
def load_parser(path: Path) -> Parser:
    """Return the parser kept in `path`; read once a process."""
    return Parser(path)
