"""Where the nodes of the dyad network stand: a spring layout with a fixed seed."""

from __future__ import annotations

from math import sqrt

import networkx as nx

from tasks.publish.report.figures import Row

Layout = dict[str, tuple[float, float]]

SEED = 20
ITERATIONS = 400
# Three digits are finer than a pixel, and hide what processors round differently.
DIGITS = 3


def lay_out(dyads: list[Row]) -> Layout:
    """Return coordinates from -1 to 1 by node: pairs with many events stand close together.

    Fruchterman and Reingold (1991), as networkx has it.

    Args:
        dyads: Rows with nodes `a` and `b` and `n` events.
    """
    graph = nx.Graph()
    graph.add_nodes_from(sorted({d[side] for d in dyads for side in ("a", "b")}))
    graph.add_weighted_edges_from((d["a"], d["b"], sqrt(d["n"])) for d in dyads)
    if not graph:
        return {}
    # Wider springs than the default of 1/sqrt(n) keep names apart.
    spread = 2.2 / sqrt(len(graph))
    found = nx.spring_layout(graph, k=spread, iterations=ITERATIONS, seed=SEED, weight="weight")
    return _stretched({node: (float(x), float(y)) for node, (x, y) in found.items()})


def _stretched(layout: Layout) -> Layout:
    """Fill the drawing from edge to edge, each axis by itself."""
    columns = [_unit([point[axis] for point in layout.values()]) for axis in (0, 1)]
    return dict(zip(layout, zip(*columns, strict=True), strict=True))


def _unit(values: list[float]) -> list[float]:
    low, high = min(values), max(values)
    size = (high - low) or 1.0
    return [round(2 * (v - low) / size - 1, DIGITS) if high > low else 0.0 for v in values]
