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
from tasks.duplicates.corpus import Corpus, load
from tasks.duplicates.hashing import U64
from tasks.duplicates.pairs import Pairs, compare, keep
from tasks.duplicates.postings import CAP, Postings, boilerplate, build, candidates
from tasks.duplicates.tokens import I64, Mask
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


def relate(fingerprints: pa.Table) -> pa.Table:
    """Return COPIES for FINGERPRINTS, in order of article_id; evidence is left null.

    The result depends on the set of articles alone, not on their order. `evidence.fill` adds the
    shared passages.
    """
    corpus = load(fingerprints)
    return to_table(corpus, link(corpus))


def link(corpus: Corpus) -> Links:
    """Return the link of every article."""
    links = _no_links(len(corpus))
    first = earliest_of_same_text(corpus)
    leads = np.flatnonzero(first == np.arange(len(corpus)))
    _link_exact(links, first)
    pairs = _pairs(corpus, leads)
    _link_best(links, pairs)
    return links


def _no_links(n: int) -> Links:
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


def earliest_of_same_text(corpus: Corpus) -> I64:
    """Return for each article the earliest with the same words in the same order."""
    _, first, group = np.unique(corpus.text_hash, return_index=True, return_inverse=True)
    return first[group]


def _link_exact(links: Links, first: I64) -> None:
    copies = np.flatnonzero(first != np.arange(len(first)))
    links.parent[copies] = first[copies]
    links.kind[copies] = decide.EXACT
    for share in (links.similarity, links.containment, links.contained, links.fact_overlap):
        share[copies] = 1.0


def _pairs(corpus: Corpus, leads: I64) -> Pairs:
    """Return the pairs of copies among these articles."""
    values, starts = corpus.shingles.gather(leads)
    lists = build(values, np.repeat(leads, np.diff(starts)))
    common = boilerplate(lists, corpus)
    keys, shared = candidates(lists, ~common)
    keys, shared = keys[shared >= decide.MIN_SHARED], shared[shared >= decide.MIN_SHARED]
    in_pairs = np.union1d(keys >> np.uint64(32), keys & np.uint64(0xFFFFFFFF)).astype(np.int64)
    kept = keep(corpus, in_pairs, lists.shingle[common])
    recount = _capped_on_both_sides(lists, ~common, keys, len(corpus))
    pairs = compare(corpus, kept, keys, shared, recount)
    return select(pairs, decide.are_copies(pairs))


def _capped_on_both_sides(lists: Postings, plain: Mask, keys: U64, n: int) -> Mask:
    """Return the pairs that may share shingles whose lists were cut at the cap."""
    long = plain & (np.diff(lists.first) > CAP)
    capped = np.zeros(n, np.bool_)
    capped[lists.rank[long[lists.numbers()]]] = True
    later, earlier = (keys >> np.uint64(32)), (keys & np.uint64(0xFFFFFFFF))
    return capped[later.astype(np.int64)] & capped[earlier.astype(np.int64)]


def select(pairs: Pairs, chosen: npt.NDArray[np.generic]) -> Pairs:
    """Return some of the pairs, by mask or number."""
    return Pairs(*(getattr(pairs, name)[chosen] for name in Pairs.__slots__))


def _link_best(links: Links, pairs: Pairs) -> None:
    """Link each article to the one it shares most text with; of equals (tenths), the earliest."""
    most = np.floor(decide.contained(pairs) * 10)
    order = np.lexsort((pairs.earlier, -most, pairs.later))
    new = np.ones(len(order), np.bool_)
    new[1:] = pairs.later[order][1:] != pairs.later[order][:-1]
    best = select(pairs, order[new])
    at = best.later
    links.parent[at] = best.earlier
    links.kind[at] = decide.kinds(best)
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


def to_table(corpus: Corpus, links: Links) -> pa.Table:
    """Return the links as COPIES."""
    root = roots(links.parent)
    heads, head_of = np.unique(root, return_inverse=True)
    names = pa.array([cluster_id(i) for i in corpus.ids.take(pa.array(heads)).to_pylist()])
    found = links.parent >= 0

    def share(values: npt.NDArray[np.float64]) -> pa.Array:
        return pa.array(values, mask=~found)

    rows = pa.table(
        {
            "article_id": corpus.ids,
            "cluster_id": names.take(pa.array(head_of)),
            "canonical_id": corpus.ids.take(pa.array(root)),
            "copy_of": corpus.ids.take(pa.array(links.parent, mask=~found)),
            "relation": pa.array(decide.RELATIONS).take(pa.array(links.kind)),
            "similarity": share(links.similarity),
            "containment": share(links.containment),
            "contained": share(links.contained),
            "fact_overlap": share(links.fact_overlap),
        }
    )
    return schemas.sort(schemas.conform(rows, schemas.COPIES), schemas.COPIES)
