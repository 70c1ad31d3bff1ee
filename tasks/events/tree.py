"""The best tree under a matrix of arc scores."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]
Heads = NDArray[np.int64]
_NEVER = np.float32(-1e6)


def best_tree(scores: Scores) -> list[int]:
    """Return the head of each word: 0 for the root, else the number of a word from 1.

    Args:
        scores: Shape (words, words + 1); row i scores the heads of word i + 1, column 0 the root.

    Every word takes its best head; where that gives a cycle or several roots, Chu and Liu (1965)
    and Edmonds (1967) decide, with the best single root.
    """
    heads = scores.argmax(axis=1)
    roots = np.flatnonzero(heads == 0)
    if len(roots) == 1 and not _has_cycle(heads):
        return [int(h) for h in heads]
    scores = scores.copy()
    margin = scores[:, 0] - scores[:, 1:].max(axis=1) if scores.shape[1] > 1 else scores[:, 0]
    candidates = roots if len(roots) else np.arange(len(heads))
    keep = int(candidates[margin[candidates].argmax()])
    only = scores[keep, 0]
    scores[:, 0] = _NEVER
    scores[keep, :] = _NEVER
    scores[keep, 0] = only
    full = np.full((len(heads) + 1, len(heads) + 1), _NEVER, dtype=np.float32)
    full[1:] = scores
    return [int(h) for h in _edmonds(full)[1:]]


def _has_cycle(heads: Heads) -> bool:
    """Say whether some word never reaches the root."""
    parent = np.concatenate([[0], heads])
    now = parent
    for _ in range(int(np.ceil(np.log2(len(parent) + 1)))):
        now = now[now]
    return bool(now.any())


def _cycle(heads: Heads) -> list[int]:
    state = [0] * len(heads)
    for start in range(1, len(heads)):
        path, node = [], start
        while node and not state[node]:
            state[node] = start
            path.append(node)
            node = int(heads[node])
        if node and state[node] == start and node in path:
            return path[path.index(node) :]
    return []


def _edmonds(scores: Scores) -> Heads:
    """Return the heads of the best arborescence from node 0; row = dependent, column = head."""
    np.fill_diagonal(scores, _NEVER * 2)
    heads: Heads = scores.argmax(axis=1)
    heads[0] = 0
    cycle = _cycle(heads)
    if not cycle:
        return heads
    inside = np.zeros(len(heads), dtype=bool)
    inside[cycle] = True
    rest = np.flatnonzero(~inside)
    own = scores[cycle, heads[cycle]]
    small = np.full((len(rest) + 1, len(rest) + 1), _NEVER, dtype=np.float32)
    small[:-1, :-1] = scores[rest][:, rest]
    out = scores[rest][:, cycle]
    small[:-1, -1] = out.max(axis=1)
    into = scores[cycle][:, rest] - own[:, None]
    small[-1, :-1] = into.max(axis=0)
    found = _edmonds(small)
    result: Heads = heads.copy()
    last = len(rest)
    for i, node in enumerate(rest):
        head = found[i]
        result[node] = cycle[int(out[i].argmax())] if head == last else rest[head]
    entry = int(found[last])
    broken = cycle[int(into[:, entry].argmax())]
    result[broken] = rest[entry]
    result[0] = 0
    return result
