"""What a release's tables become when fresh articles come in.

Only the months that a fresh article touches are read and written again; the others are carried
over unread. Bodies are fetched for the articles that need them, never for all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from tasks import schemas
from tasks.warehouse import Release, ReleaseBuilder, partition_of
from tasks.warehouse.layout import partition_in


@dataclass(frozen=True, slots=True)
class Merged:
    """The parent's tables and what comes in fresh.

    Attributes:
        parent: The release before; None for the first.
        articles: ARTICLES that are new, or stand in for the parent's row of the same id.
        mentions: MENTIONS of exactly those articles.
        rejects: REJECTS of this run.
        replaced: `uri` of the parent's rejects that those of this run take the place of: their
            files were read again because of them.
        gone: Ids of the parent's articles that fall away.
    """

    parent: Release | None
    articles: pa.Table
    mentions: pa.Table
    rejects: pa.Table
    replaced: frozenset[str] = frozenset()
    gone: tuple[str, ...] = ()

    def all(self, table: schemas.Table, columns: Sequence[str]) -> pa.Table:
        """Return these columns of all rows of ARTICLES or MENTIONS."""
        fresh = self._fresh(table).select(columns)
        if self.parent is None:
            return fresh
        kept = self.parent.read(table.name, columns=columns)
        return _concat(table, [self._less_fresh(kept), fresh], columns)

    def stream(self, table: schemas.Table, columns: Sequence[str]) -> pa.RecordBatchReader:
        """Return these columns, none of them dictionary encoded, of all rows, batch by batch."""
        schema = pa.schema([table.schema.field(c) for c in columns]).remove_metadata()
        return pa.RecordBatchReader.from_batches(schema, self._stream(table, schema))

    def _stream(self, table: schemas.Table, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
        if self.parent is not None:
            kept = ~pc.field("article_id").isin(self._out())
            for batch in self.parent.dataset(table.name).to_batches(
                columns=schema.names, filter=kept
            ):
                yield from pa.Table.from_batches([batch]).cast(schema).to_batches()
        yield from self._fresh(table).select(schema.names).cast(schema).to_batches()

    def rows(self, ids: pa.Array | pa.ChunkedArray, columns: Sequence[str]) -> pa.Table:
        """Return these columns of the articles with these ids, in any order."""
        fresh = self.articles.filter(pc.is_in(self.articles["article_id"], ids)).select(columns)
        rest = pc.filter(ids, pc.invert(pc.is_in(ids, self.articles["article_id"])))
        if self.parent is None or not len(rest):
            return fresh
        wanted = pc.field("article_id").isin(rest)
        old = self.parent.dataset("articles").to_table(columns=list(columns), filter=wanted)
        return _concat(schemas.ARTICLES, [old, fresh], columns)

    def all_rejects(self) -> pa.Table:
        """Return the rejects of all runs, one row a key, less those that were replaced."""
        table = schemas.REJECTS
        old = self.parent.read("rejects") if self.parent else schemas.empty(table)
        if self.replaced:
            old = old.filter(pc.invert(pc.is_in(old["uri"], pa.array(sorted(self.replaced)))))
        ordered = schemas.sort(_concat(table, [old, self.rejects], table.schema.names), table)
        keys = [ordered[k].cast(pa.string()).fill_null("").to_pylist() for k in table.key]
        # In sorted order equal keys are neighbours.
        rows = list(zip(*keys, strict=True))
        is_first = [n == 0 or row != rows[n - 1] for n, row in enumerate(rows)]
        return ordered.filter(pa.array(is_first, pa.bool_()))

    def write(self, builder: ReleaseBuilder) -> None:
        """Write ARTICLES and MENTIONS into the release that is being built."""
        touched = self._touched_months()
        for table in (schemas.ARTICLES, schemas.MENTIONS):
            parts = [self._fresh(table)]
            if self.parent is not None:
                parts.append(self._less_fresh(self.parent.read(table.name, partitions=touched)))
                builder.carry(table, self._months(table) - touched)
            builder.write_table(table, _concat(table, parts, table.schema.names))

    def _fresh(self, table: schemas.Table) -> pa.Table:
        return self.articles if table is schemas.ARTICLES else self.mentions

    def _less_fresh(self, kept: pa.Table) -> pa.Table:
        return kept.filter(pc.invert(pc.is_in(kept["article_id"], self._out())))

    def _out(self) -> pa.Array:
        """Return ids of the parent's articles that fall away, or have others in their stead."""
        fresh = self.articles["article_id"].combine_chunks()
        return pa.concat_arrays([fresh, pa.array(self.gone, fresh.type)])

    def _touched_months(self) -> set[str]:
        """Months that fresh articles come into, and those that they leave."""
        dates = [self.articles["published_date"]]
        if self.parent is not None:
            before = self.parent.read("articles", columns=["article_id", "published_date"])
            left = before.filter(pc.is_in(before["article_id"], self._out()))
            dates.append(left["published_date"])
        return {m for d in dates for m in pc.unique(partition_of(d)).to_pylist()}

    def _months(self, table: schemas.Table) -> set[str]:
        assert self.parent is not None
        return {partition_in(name) for name in self.parent.names(table.name)}


def _concat(table: schemas.Table, parts: list[pa.Table], columns: Sequence[str]) -> pa.Table:
    """Join parts of a table whose dictionaries may differ."""
    schema = pa.schema([table.schema.field(c) for c in columns])
    return pa.concat_tables([p.select(columns).cast(schema) for p in parts]).unify_dictionaries()
