"""The best tree under a matrix of arc scores."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]
_NEVER = np.float32(-1e6)


def best_tree(scores: Scores) -> list[int]:
    """Return the head of each word: 0 for the root, else the number of a word from 1.

    Args:
        scores: Shape (words, words + 1); row i scores the heads of word i + 1, column 0 the root.

    Every word takes its best head; where that gives a cycle or several roots, Chu and Liu (1965)
    and Edmonds (1967) decide, with the best single root.
    """
    heads: list[int] = scores.argmax(axis=1).tolist()
    if heads.count(0) == 1 and not _cycle([0, *heads]):
        return heads
    scores = scores.copy()
    margin = scores[:, 0] - scores[:, 1:].max(axis=1) if scores.shape[1] > 1 else scores[:, 0]
    candidates = [i for i, h in enumerate(heads) if h == 0] or list(range(len(heads)))
    keep = max(candidates, key=margin.tolist().__getitem__)
    only = scores[keep, 0]
    scores[:, 0] = _NEVER
    scores[keep, :] = _NEVER
    scores[keep, 0] = only
    heads = [0, *scores.argmax(axis=1).tolist()]
    if _without_cycles(scores, heads):
        return heads[1:]
    full = np.full((len(heads), len(heads)), _NEVER, dtype=np.float32)
    full[1:] = scores
    return _edmonds(full)[1:]


def _cycle(heads: list[int]) -> list[int]:
    """Return the nodes of a cycle, or nothing; `heads[0]` is the root and has none."""
    seen = [-1] * len(heads)
    seen[0] = 0
    for start in range(1, len(heads)):
        node = start
        while seen[node] < 0:
            seen[node] = start
            node = heads[node]
        if node and seen[node] == start:
            cycle = [node]
            while (node := heads[node]) != cycle[0]:
                cycle.append(node)
            return cycle
    return []


def _without_cycles(scores: Scores, heads: list[int]) -> bool:
    """Break each cycle in place by the best arc into it; False where that arc begins below it.

    This is one round of `_edmonds`, which most sentences need no more of.
    """
    while cycle := _cycle(heads):
        rows = scores[[i - 1 for i in cycle]]
        rows = rows - rows[np.arange(len(cycle)), [heads[i] for i in cycle]][:, None]
        rows[:, cycle] = _NEVER * 2
        broken, entry = divmod(int(rows.argmax()), rows.shape[1])
        seen = set(cycle)
        node = entry
        while node and node not in seen:
            seen.add(node)
            node = heads[node]
        if node:
            return False
        heads[cycle[broken]] = entry
    return True


def _edmonds(scores: Scores) -> list[int]:
    """Return the heads of the best arborescence from node 0; row = dependent, column = head."""
    np.fill_diagonal(scores, _NEVER * 2)
    heads: list[int] = scores.argmax(axis=1).tolist()
    heads[0] = 0
    cycle = _cycle(heads)
    if not cycle:
        return heads
    inside = np.zeros(len(heads), dtype=bool)
    inside[cycle] = True
    rest = np.flatnonzero(~inside)
    of_cycle = scores[cycle]
    own = of_cycle[np.arange(len(cycle)), [heads[i] for i in cycle]]
    small = np.full((len(rest) + 1, len(rest) + 1), _NEVER, dtype=np.float32)
    of_rest = scores[rest]
    small[:-1, :-1] = of_rest[:, rest]
    out = of_rest[:, cycle]
    small[:-1, -1] = out.max(axis=1)
    into = of_cycle[:, rest] - own[:, None]
    small[-1, :-1] = into.max(axis=0)
    found = _edmonds(small)
    last, names = len(rest), rest.tolist()
    for i, node in enumerate(names):
        heads[node] = cycle[int(out[i].argmax())] if found[i] == last else names[found[i]]
    entry = found[last]
    heads[cycle[int(into[:, entry].argmax())]] = names[entry]
    heads[0] = 0
    return heads
