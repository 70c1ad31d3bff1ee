"""Add articles to relations that are known, with the same result as relating all anew.

What a new article can change is bounded: only shingles that it has itself gain an entry, so only
they can turn into boilerplate (or back), or have others among their earliest articles. Articles
with such a shingle are compared again, and so are those that a changed article comes before. All
other links stand; clusters follow from the links.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from tasks.duplicates.corpus import Corpus, assemble, contains, distinct
from tasks.duplicates.hashing import U64
from tasks.duplicates.pairs import LEAST_SHARED, Pairs, split
from tasks.duplicates.parts import Fingerprints, read
from tasks.duplicates.postings import CAP, Postings, boilerplate
from tasks.duplicates.relate import Links, finish, link_best, link_exact, no_links, roots, to_rows
from tasks.duplicates.search import Found, best_copies, join, leads, lists, search
from tasks.duplicates.tokens import I64, Mask


class _State:
    """A corpus with the earliest article of each text, and what was found in it so far.

    The sets of shingles that are looked up contain one another, so each list is read once.
    """

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.lead, self.is_lead = leads(corpus)
        self._read = np.zeros(0, np.uint64)
        self._found: list[Found] = []

    def lists(self, shingles: U64) -> Postings:
        """Return the posting lists of these (ascending) shingles."""
        return lists(self.corpus, self.is_lead, shingles)

    def keep(self, found: Postings, shingles: U64) -> None:
        """Remember what the lists of these shingles tell."""
        self._read = shingles
        self._found = [search(self.corpus, found)]

    def search(self, shingles: U64) -> Found:
        """Return what the lists of these (ascending) shingles tell, and of those before."""
        more = shingles[~contains(self._read, shingles)]
        self._read = distinct(np.concatenate([self._read, more]))
        self._found.append(search(self.corpus, self.lists(more)))
        self._found = [join(self._found)]
        return self._found[0]

    def shingles(self, ranks: I64) -> U64:
        """Return the distinct shingles of those of these articles that lead."""
        return distinct(self.corpus.shingles(ranks[self.is_lead[ranks]])[0])


@dataclass(frozen=True, slots=True)
class _Known:
    """The old relations by rank, one a row of the old table; -1 where there is none.

    Attributes:
        child: The article.
        parent: The article it was a copy of.
        canonical: The canonical article of its cluster.
    """

    child: I64
    parent: I64
    canonical: I64


def update_relations(
    old_copies: pa.Table, old_fingerprints: Fingerprints, new_fingerprints: Fingerprints
) -> pa.Table:
    """Return COPIES of old and new articles: what `relate` returns for all of them.

    Evidence of unchanged relations is kept. A new fingerprint takes the place of an old one of
    the same article.

    Args:
        old_copies: COPIES of the old articles, as `relate` or this function returned them.
        old_fingerprints: FINGERPRINTS of exactly those, or the Parquet files that hold them.
        new_fingerprints: FINGERPRINTS of the articles to add.

    Raises:
        UserError: when the fingerprints were made by another version of the sketch.
    """
    old, new = read(old_fingerprints), read(new_fingerprints)
    if not new.about.num_rows:
        return old_copies
    before, after = _State(assemble([old])), _State(assemble([old, new]))
    known = _known(after.corpus, old_copies)
    again = _to_compare(after, _changed(before, after), known)
    links = no_links(len(after.corpus))
    links.parent[known.child] = known.parent
    links.parent[again] = -1
    link_exact(links, after.lead, again[~after.is_lead[again]])
    link_best(links, *_best_of(after, again[after.is_lead[again]]))
    return _merge(after.corpus, links, again, known, old_copies)


def _known(corpus: Corpus, copies_before: pa.Table) -> _Known:
    def ranks(column: str) -> I64:
        found = pc.index_in(copies_before[column].combine_chunks(), corpus.ids)
        return np.asarray(pc.fill_null(found, -1), np.int64)

    return _Known(ranks("article_id"), ranks("copy_of"), ranks("canonical_id"))


def _changed(before: _State, after: _State) -> I64:
    """Return the articles of which some comparison may come out differently."""
    # The rank now for each rank before; -1 if a new row took the article's place.
    moved = after.corpus.rank_of[0][before.corpus.row]
    changed = np.zeros(len(after.corpus), np.bool_)
    changed[after.corpus.rank_of[1]] = True
    changed |= _other_lead(before, after, moved)
    touched = after.shingles(np.flatnonzero(changed))
    old, new = before.lists(touched), after.lists(touched)
    after.keep(new, touched)
    other = _other_shingles(before, after, old, new, moved)
    for found, ranks in ((new, new.rank), (old, moved[old.rank])):
        here = ranks[contains(other, found.shingle)[found.numbers()]]
        changed[here[here >= 0]] = True
    return np.flatnonzero(changed)


def _other_lead(before: _State, after: _State, moved: I64) -> Mask:
    """Return the articles of texts that another article leads now, or that a new one joined."""
    lead_before = np.full(len(after.corpus), -1, np.int64)
    stays = moved >= 0
    lead_before[moved[stays]] = moved[before.lead[stays]]
    other: Mask = lead_before != after.lead
    return other


def _other_shingles(before: _State, after: _State, old: Postings, new: Postings, moved: I64) -> U64:
    """Return shingles that became boilerplate or ceased to be, or whose earliest articles differ.

    Of boilerplate the earliest articles do not matter.
    """
    common_old, common_new = boilerplate(old, before.corpus), boilerplate(new, after.corpus)
    flipped = np.setxor1d(old.shingle[common_old], new.shingle[common_new], assume_unique=True)
    heads = _other_heads(old, new, moved)
    heads = heads[~contains(new.shingle[common_new], heads)]
    return distinct(np.concatenate([flipped, heads]))


def _other_heads(old: Postings, new: Postings, moved: I64) -> U64:
    """Return shingles of which the list exceeds the cap, and the articles within it differ."""
    sizes = np.diff(new.first)
    long = np.flatnonzero(sizes > CAP)
    heads = new.rank[new.first[long][:, None] + np.arange(CAP)]
    at = np.minimum(np.searchsorted(old.shingle, new.shingle[long]), max(len(old.shingle) - 1, 0))
    if not len(old.shingle):
        return new.shingle[long]
    known = (old.shingle[at] == new.shingle[long]) & (np.diff(old.first)[at] >= CAP)
    places = np.minimum(old.first[at][:, None] + np.arange(CAP), len(old.rank) - 1)
    same = known & (moved[old.rank[places]] == heads).all(axis=1)
    shrunk = old.shingle[np.diff(old.first) > CAP]
    gone = shrunk[~contains(new.shingle[long], shrunk)]
    return distinct(np.concatenate([new.shingle[long[~same]], gone]))


def _to_compare(after: _State, changed: I64, known: _Known) -> I64:
    """Return the changed articles, those linked to one, and those like one that come later."""
    found = after.search(after.shingles(changed))
    later, earlier = split(found.keys[found.shared >= LEAST_SHARED])
    is_changed = np.zeros(len(after.corpus) + 1, np.bool_)  # the last for parent -1: none
    is_changed[changed] = True
    again = is_changed.copy()
    again[later[is_changed[earlier]]] = True
    again[known.child[is_changed[known.parent]]] = True
    return np.flatnonzero(again)


def _best_of(after: _State, ranks: I64) -> tuple[Pairs, npt.NDArray[np.int8]]:
    """Return the best pair of those of these articles that are copies, and the relation."""
    found = after.search(after.shingles(ranks))
    chosen = np.zeros(len(after.corpus), np.bool_)
    chosen[ranks] = True
    later, earlier = split(found.keys)
    here = chosen[later] & (found.shared >= LEAST_SHARED)
    keys, shared = found.keys[here], found.shared[here]
    # What is boilerplate in the earlier articles, which were not looked at yet.
    common = after.search(after.shingles(distinct(earlier[here]))).boilerplate
    return best_copies(after.corpus, Found(common, keys, shared, found.capped))


def _merge(
    corpus: Corpus, links: Links, again: I64, known: _Known, old_copies: pa.Table
) -> pa.Table:
    """Return the links compared again beside the old rows, with the clusters that follow."""
    compared = np.zeros(len(corpus), np.bool_)
    compared[again] = True
    stays = np.flatnonzero(~compared[known.child])
    kept = old_copies.take(pa.array(stays))
    root = roots(links.parent)
    other = stays[root[known.child[stays]] != known.canonical[stays]]
    fresh = _with_evidence(to_rows(corpus, links, again), old_copies)
    if len(other):
        clusters = to_rows(corpus, links, known.child[other])
        mask = pa.array(np.isin(stays, other))
        for name in ("cluster_id", "canonical_id"):
            column = pc.replace_with_mask(
                kept[name].combine_chunks(), mask, clusters[name].combine_chunks()
            )
            kept = kept.set_column(kept.column_names.index(name), name, column)
    plain = kept.set_column(
        kept.column_names.index("relation"), "relation", kept["relation"].cast(pa.string())
    )
    return finish(pa.concat_tables([plain, fresh.select(plain.column_names).cast(plain.schema)]))


def _with_evidence(rows: pa.Table, old_copies: pa.Table) -> pa.Table:
    """Return the rows with the evidence known for those that are copies of the same as before."""
    at = pc.index_in(rows["article_id"].combine_chunks(), old_copies["article_id"].combine_chunks())
    same = pc.equal(old_copies["copy_of"].combine_chunks().take(at), rows["copy_of"])
    at = pc.if_else(pc.fill_null(same, False), at, None)
    evidence = old_copies["evidence"].combine_chunks().take(at.combine_chunks())
    return rows.append_column("evidence", evidence)
