"""Where the nodes of the dyad network stand: a spring layout with a fixed seed."""

from __future__ import annotations

from math import log1p, sqrt

import networkx as nx
import numpy as np
import numpy.typing as npt

from tasks.publish.report.figures import Row

Layout = dict[str, tuple[float, float]]
Points = npt.NDArray[np.float64]

SEED = 20
ITERATIONS = 400
# Three digits are finer than a pixel, and hide what processors round differently.
DIGITS = 3
# Length of the springs, in units of 1 / sqrt(nodes); the default of 1 crowds the names.
SPREAD = 3.0
# Room of a node with its name, across and up, in a full drawing; with few nodes there is more.
ROOM = np.array([0.38, 0.17])
FULL, MOST_ROOM = 28, 1.7
# Nodes nearer than this (in rooms) stand on one spot; the angle spreads any number of directions.
SAME, GOLDEN_ANGLE = 1e-3, 2.399963


def lay_out(dyads: list[Row]) -> Layout:
    """Return coordinates from -1 to 1 by node: pairs with many events stand close together.

    Fruchterman and Reingold (1991), as networkx has it; then nodes whose names would overlap are
    moved apart.

    Args:
        dyads: Rows with nodes `a` and `b` and `n` events.
    """
    graph = nx.Graph()
    graph.add_nodes_from(sorted({d[side] for d in dyads for side in ("a", "b")}))
    # Logarithms: otherwise the few largest pairs collapse into one heap.
    graph.add_weighted_edges_from((d["a"], d["b"], log1p(d["n"])) for d in dyads)
    if not graph:
        return {}
    spread = SPREAD / sqrt(len(graph))
    found = nx.spring_layout(graph, k=spread, iterations=ITERATIONS, seed=SEED, weight="weight")
    points = _spaced(_stretched(np.array([found[node] for node in graph])))
    rounded = np.round(points, DIGITS) + 0.0  # no minus before a zero
    return {node: (float(x), float(y)) for node, (x, y) in zip(graph, rounded, strict=True)}


def _stretched(points: Points) -> Points:
    """Fill the drawing from edge to edge, each axis by itself."""
    low, high = points.min(axis=0), points.max(axis=0)
    middle = (low + high) / 2
    half = np.where(high > low, (high - low) / 2, 1.0)
    return np.asarray((points - middle) / half)


def _spaced(points: Points) -> Points:
    """Push nodes apart, a little at a time, until each has the room of its name."""
    room = ROOM * min(MOST_ROOM, max(1.0, sqrt(FULL / len(points))))
    turn = np.arange(len(points)) * GOLDEN_ANGLE
    ways = np.stack([np.cos(turn), np.sin(turn)], axis=1)
    for _ in range(ITERATIONS):
        gaps = points[:, None, :] - points[None, :, :]
        distance = np.sqrt(((gaps / room) ** 2).sum(axis=2))
        np.fill_diagonal(distance, np.inf)
        if distance.min() >= 1:
            break
        if distance.min() < SAME:  # no direction to push in: each gets one of its own
            points = np.clip(points + ways * room / 10, -1, 1)
            continue
        near = np.clip(distance, 1e-6, 1)
        push = (1 - near) / near
        points = np.clip(points + 0.25 * (gaps * push[:, :, None]).sum(axis=1), -1, 1)
    return points
