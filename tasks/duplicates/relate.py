"""Relate all articles to each other: a function of the set of fingerprints.

Each article points at the earlier one that it shares most text with; an article that points at
none is an original, and stands for all that lead to it. So every cluster has its canonical
article by construction: the earliest published (undated last), then the longest, then the
smallest id; and no article can join two stories together by quoting both.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from tasks import schemas
from tasks.duplicates import decide
from tasks.duplicates.corpus import Corpus, assemble
from tasks.duplicates.pairs import Pairs
from tasks.duplicates.parts import Fingerprints, read
from tasks.duplicates.search import best_copies, leads, search_all
from tasks.duplicates.tokens import I64
from tasks.identity import digest128


@dataclass(frozen=True, slots=True)
class Links:
    """The article that each article is a copy of, and how: by rank; parent -1 for an original."""

    parent: I64
    kind: npt.NDArray[np.int8]
    similarity: npt.NDArray[np.float64]
    containment: npt.NDArray[np.float64]
    contained: npt.NDArray[np.float64]
    fact_overlap: npt.NDArray[np.float64]


def relate(fingerprints: Fingerprints) -> pa.Table:
    """Return COPIES, in order of article_id; evidence is left null.

    The result depends on the set of articles alone, not on their order. `evidence.fill` adds the
    shared passages.

    Args:
        fingerprints: FINGERPRINTS, or the Parquet files that hold them.

    Raises:
        UserError: when the fingerprints were made by another version of the sketch.
    """
    corpus = assemble([read(fingerprints)])
    links = no_links(len(corpus))
    lead, is_lead = leads(corpus)
    link_exact(links, lead, np.flatnonzero(~is_lead))
    link_best(links, *best_copies(corpus, search_all(corpus, is_lead)))
    return finish(to_rows(corpus, links, np.arange(len(corpus))))


def no_links(n: int) -> Links:
    """Return the links of n articles that are all originals so far."""

    def nothing() -> npt.NDArray[np.float64]:
        return np.full(n, np.nan)

    return Links(
        np.full(n, -1, np.int64),
        np.zeros(n, np.int8),
        nothing(),
        nothing(),
        nothing(),
        nothing(),
    )


def link_exact(links: Links, lead: I64, ranks: I64) -> None:
    """Link these articles to the earliest one of the same words."""
    links.parent[ranks] = lead[ranks]
    links.kind[ranks] = decide.EXACT
    for share in (links.similarity, links.containment, links.contained, links.fact_overlap):
        share[ranks] = 1.0


def link_best(links: Links, best: Pairs, kind: npt.NDArray[np.int8]) -> None:
    """Link the later article of each pair to the earlier one."""
    at = best.later
    links.parent[at] = best.earlier
    links.kind[at] = kind
    links.similarity[at] = decide.ratio(best.shared, best.n_later + best.n_earlier - best.shared)
    links.containment[at] = decide.ratio(best.shared, best.n_later)
    links.contained[at] = decide.ratio(best.shared, best.n_earlier)
    links.fact_overlap[at] = decide.fact_overlap(best)


def roots(parent: I64) -> I64:
    """Return where each chain of parents ends; a parent always ranks before its child."""
    root = np.where(parent < 0, np.arange(len(parent)), parent)
    while True:
        further = root[root]
        if np.array_equal(further, root):
            return root
        root = further


def cluster_id(canonical_id: str) -> str:
    """Return the id of a cluster: it stays as long as its canonical article does."""
    return digest128("cluster", canonical_id)


def to_rows(corpus: Corpus, links: Links, ranks: I64) -> pa.Table:
    """Return the links of these articles as rows of COPIES, without evidence."""
    heads, head_of = np.unique(roots(links.parent)[ranks], return_inverse=True)
    names = corpus.ids.take(pa.array(heads))
    clusters = pa.array([cluster_id(i) for i in names.to_pylist()], pa.string())
    parent = links.parent[ranks]
    found = parent >= 0

    def share(values: npt.NDArray[np.float64]) -> pa.Array:
        return pa.array(values[ranks], mask=~found)

    return pa.table(
        {
            "article_id": corpus.ids.take(pa.array(ranks)),
            "cluster_id": clusters.take(pa.array(head_of)),
            "canonical_id": names.take(pa.array(head_of)),
            "copy_of": corpus.ids.take(pa.array(parent, mask=~found)),
            "relation": pa.array(decide.RELATIONS).take(pa.array(links.kind[ranks])),
            "similarity": share(links.similarity),
            "containment": share(links.containment),
            "contained": share(links.contained),
            "fact_overlap": share(links.fact_overlap),
        }
    )


def finish(rows: pa.Table) -> pa.Table:
    """Return rows of COPIES sorted and typed; their order before leaves no trace."""
    return schemas.conform(schemas.sort(rows, schemas.COPIES), schemas.COPIES)
