"""Tags and dependency trees from a small network, in exact integer arithmetic.

Every factor is a whole number held in a float: products and sums stay below 2**24, so a matrix
product is exact in any order, and a sentence is read alike on every machine and in every batch.
What depends on a word alone, its vector and the products of that in the first layer, is kept from
sentence to sentence: half the words of news are a few hundred. The training is in
benchmarks/train_parser.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import ThreadpoolController

from tasks.events.features import COLUMNS
from tasks.events.tree import best_tree
from tasks.events.wordvectors import WordVectors

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Span = tuple[int, int]
MAX_DIST = 16
MAX_WORDS = 120
BATCH_ROWS = 700  # what the second cache of a processor holds
ONE = np.float32(1)
ACT = np.float32(64)  # a step of 1/64 in the range -8..8
TOP = np.float32(8 * 64)
_GAP = 4  # at least the widest dilation


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
            w: dict[str, Any] = {name: data[name] for name in data.files}
        # For the whole process: nothing else here multiplies matrices, and small ones only lose
        # by being shared out among threads.
        ThreadpoolController().limit(limits=1, user_api="blas")
        for name in [n for n in w if n.endswith(".q")]:
            w[name] = w[name].astype(np.float32)
        self.tags = [str(t) for t in w["tags"]]
        self.labels = [str(x) for x in w["labels"]]
        self._dilations = [int(d) for d in w["dilations"]]
        vocabulary = {word: i + 1 for i, word in enumerate(str(w["vocabulary"]).split("\n"))}
        embeddings = [w[f"emb_{c}.q"] * w[f"emb_{c}.s"].astype(np.float32) for c in COLUMNS]
        self._words = WordVectors(vocabulary, embeddings, w["conv0_w.q"])
        names = (*(f"conv{i}" for i in range(len(self._dilations))), "gate", "ctx", "lab")
        self._layers = {n: _Layer(w, n, ACT) for n in names}
        self._layers["arcu"] = _Layer(w, "arcu", np.float32(32))
        self._layers |= {n: _Layer(w, n) for n in ("tago", "arch", "labo")}
        self._root = np.rint(np.clip(w["root"], -8, 8) * ACT)
        self._first = _Layer.beside([_Layer(w, n, ACT) for n in ("tag", "dep", "head")])
        self._halves = np.concatenate(np.split(self._layers["lab"].weights, 2), axis=1)
        self._distance = w["arc_d"]
        self._label_distance = w["lab_d"] * ACT

    def parse(self, sentences: Sequence[Sequence[str]]) -> list[Parse]:
        """Return the parse of each sentence; words past MAX_WORDS hang flat on the root."""
        found = [p for batch in _batches(sentences) for p in self._parse(batch)]
        return [pad(p, len(s)) for p, s in zip(found, sentences, strict=True)]

    def _parse(self, sentences: list[Sequence[str]]) -> list[Parse]:
        spans, at = [], _GAP
        for s in sentences:
            spans.append((at, at + len(s)))
            at += len(s) + _GAP
        return self._decode(self._encode(sentences, spans, at), spans)

    def _encode(self, sentences: list[Sequence[str]], spans: list[Span], n: int) -> Floats:
        """Return each word's vector in its context, in steps of 1/64; between sentences zeros."""
        rows = self._words.rows(sentences)
        ids = np.zeros(n, dtype=np.int64)
        inside = _rows(spans)
        ids[inside] = rows.ids
        gaps = np.flatnonzero(ids == 0)
        h = rows.vectors.take(ids, axis=0)
        d = self._dilations[0]
        z = rows.own.take(ids, axis=0)
        z[d:] += rows.left.take(ids[:-d], axis=0)
        z[:-d] += rows.right.take(ids[d:], axis=0)
        self._add(h, self._layers["conv0"].relu(z), gaps)
        width = h.shape[1]
        x = np.zeros((n, 3 * width), dtype=np.float32)
        own = x[:, width : 2 * width]
        for i, d in enumerate(self._dilations[1:], 1):
            np.rint(h, out=own)
            x[d:, :width] = own[:-d]
            x[:-d, 2 * width :] = own[d:]
            layer = self._layers[f"conv{i}"]
            self._add(h, layer.relu(np.matmul(x, layer.weights, out=z)), gaps)
            if i == 1:
                self._add(h, self._context(np.rint(h), spans), gaps)
        return h

    @staticmethod
    def _add(h: Floats, more: Floats, gaps: Ints) -> None:
        h += more
        np.clip(h, -TOP, TOP, out=h)
        h[gaps] = 0

    def _context(self, q: Floats, spans: list[Span]) -> Floats:
        """Return what the running maxima of each sentence's left and right side add."""
        gate, layer = self._layers["gate"], self._layers["ctx"]
        g = gate.relu(q @ gate.weights)
        np.rint(g, out=g)
        width = g.shape[1]
        both = np.zeros((len(q), 2 * width), dtype=np.float32)
        for a, b in spans:
            if b - a > 1:
                np.maximum.accumulate(g[a : b - 1], axis=0, out=both[a + 1 : b, :width])
                back = both[a : b - 1, width:][::-1]
                np.maximum.accumulate(g[a + 1 : b][::-1], axis=0, out=back)
        return layer.relu(both @ layer.weights)

    def _decode(self, h: Floats, spans: list[Span]) -> list[Parse]:
        q = np.rint(h, out=h)
        q[[a - 1 for a, _ in spans]] = self._root
        small = self._first.relu(q @ self._first.weights)
        np.rint(small, out=small)
        inside = _rows(spans)
        tag = self._best("tago", small[:, :64])[inside]
        heads = self._heads(small, spans)
        label = self._label(q @ self._halves, heads, inside, spans)
        tags = [self.tags[t] for t in tag.tolist()]
        labels = [self.labels[x] for x in label.tolist()]
        out, at = [], 0
        for own in heads:
            to = at + len(own)
            heads_of = tuple([x - 1 for x in own])
            out.append(Parse(tuple(tags[at:to]), heads_of, tuple(labels[at:to])))
            at = to
        return out

    def _best(self, name: str, x: Floats) -> Ints:
        layer = self._layers[name]
        best: Ints = layer.scaled(x @ layer.weights).argmax(axis=1)
        return best

    def _heads(self, small: Floats, spans: list[Span]) -> list[list[int]]:
        """Return the heads of the words of each sentence, 0 for the root."""
        arcu, arch = self._layers["arcu"], self._layers["arch"]
        dep = arcu.scaled(small[:, 64:160] @ arcu.weights)
        np.rint(np.clip(dep, -TOP, TOP, out=dep), out=dep)
        head = small[:, 160:]
        bias = arch.scaled(head @ arch.weights)[:, 0]
        out = []
        for a, b in spans:
            n = b - a
            s = dep[a:b] @ head[a - 1 : b].T
            s *= np.float32(1 / (32 * 64))
            s += bias[a - 1 : b]
            s += self._distance[_distance(n)]
            s.ravel()[1 :: n + 2] = -1e4
            out.append(best_tree(s) if n else [])
        return out

    def _label(
        self, halves: Floats, heads: list[list[int]], inside: Ints, spans: list[Span]
    ) -> Ints:
        own = np.array([h for one in heads for h in one], dtype=np.int64)
        first = np.repeat([a for a, _ in spans], [b - a for a, b in spans])
        bucket = np.clip(own - (inside - first + 1), -MAX_DIST + 1, MAX_DIST)
        bucket[own == 0] = -MAX_DIST
        layer, half = self._layers["lab"], halves.shape[1] // 2
        z = halves[:, :half][inside]
        z += halves[:, half:][first - 1 + own]
        z = layer.scaled(z)
        z += self._label_distance[bucket + MAX_DIST]
        np.rint(np.clip(z, 0, TOP, out=z), out=z)
        return self._best("labo", z)


class _Layer:
    """Whole-number weights with a scale and a bias for each column.

    `unit` is what stands for 1 in the result: a power of two, which changes no digit.
    """

    def __init__(self, w: dict[str, Any], name: str, unit: np.float32 = ONE) -> None:
        self.weights: Floats = w[f"{name}_w.q"]
        self.scale: Floats = w[f"{name}_w.s"] * unit
        self.bias: Floats = w[f"{name}_b"] * unit

    @classmethod
    def beside(cls, layers: list[_Layer]) -> _Layer:
        """Return layers of one input as one layer."""
        new = cls.__new__(cls)
        new.weights = np.concatenate([x.weights for x in layers], axis=1)
        new.scale = np.concatenate([x.scale for x in layers])
        new.bias = np.concatenate([x.bias for x in layers])
        return new

    def scaled(self, product: Floats) -> Floats:
        """Scale a product in place, and return it."""
        product *= self.scale
        product += self.bias
        return product

    def relu(self, product: Floats) -> Floats:
        """Scale a product in place, cut it to 0..8, and return it."""
        self.scaled(product)
        return np.clip(product, 0, TOP, out=product)


def _batches(sentences: Sequence[Sequence[str]]) -> Iterator[list[Sequence[str]]]:
    batch: list[Sequence[str]] = []
    rows = 0
    for s in sentences:
        if batch and rows + len(s) > BATCH_ROWS:
            yield batch
            batch, rows = [], 0
        batch.append(s[:MAX_WORDS])
        rows += len(batch[-1]) + _GAP
    if batch:
        yield batch


def _rows(spans: list[Span]) -> Ints:
    """Return the rows of all words."""
    return np.concatenate([np.arange(a, b) for a, b in spans])


@cache
def _distance(n: int) -> Ints:
    i, j = np.arange(1, n + 1)[:, None], np.arange(n + 1)[None, :]
    d = np.clip(j - i, -MAX_DIST + 1, MAX_DIST)
    bucket: Ints = np.where(j == 0, -MAX_DIST, d) + MAX_DIST
    return bucket


def pad(parse: Parse, n: int) -> Parse:
    """Return the parse with as many words as the sentence: those left out hang on the root."""
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
