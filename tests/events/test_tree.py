"""The tree of a sentence: one root, no cycles, the best arcs where they already make a tree."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tasks.events.tree import best_tree


def _scores(n: int, seed: int) -> np.ndarray:
    scores = np.random.default_rng(seed).normal(size=(n, n + 1)).astype(np.float32)
    scores[np.arange(n), np.arange(1, n + 1)] = -1e4
    return scores


@given(st.integers(1, 25), st.integers(0, 10_000))
def test_every_word_reaches_the_one_root(n: int, seed: int) -> None:
    heads = best_tree(_scores(n, seed))
    assert heads.count(0) == 1
    for word in range(1, n + 1):
        seen = set()
        while word:
            assert word not in seen
            seen.add(word)
            word = heads[word - 1]


def test_best_arcs_that_make_a_tree_are_kept() -> None:
    scores = np.full((3, 4), -5, dtype=np.float32)
    scores[0, 2] = scores[1, 0] = scores[2, 2] = 5
    assert best_tree(scores) == [2, 0, 2]


def test_a_cycle_is_broken_where_it_costs_least() -> None:
    scores = np.full((2, 3), -9, dtype=np.float32)
    scores[0, 2], scores[1, 1] = 5, 5  # each the head of the other
    scores[0, 0], scores[1, 0] = 1, 4
    assert best_tree(scores) == [2, 0]
