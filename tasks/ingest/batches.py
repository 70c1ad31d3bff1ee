"""Files to batches of articles and rejects, streamed: memory holds one batch at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa

from tasks import schemas
from tasks.ingest.article import article_of, published_columns
from tasks.ingest.limits import Limits
from tasks.ingest.overrides import Overrides, load_overrides
from tasks.ingest.places import Place, Refused
from tasks.ingest.published import Window
from tasks.ingest.readers import Options, read_source
from tasks.ingest.record import Record, Refusal
from tasks.ingest.walk import GivenPath, walk


@dataclass(frozen=True, slots=True)
class IngestBatch:
    """A batch of what was read.

    Attributes:
        articles: Fits `schemas.ARTICLES`; the language columns are null.
        rejects: Fits `schemas.REJECTS`.
        n_inputs: Records read: the rows of both tables together.
        refused: Files to which the rejects belong, in order.
    """

    articles: pa.Table
    rejects: pa.Table
    n_inputs: int
    refused: tuple[Refused, ...] = ()


@dataclass(frozen=True, slots=True)
class Taken:
    """An article and the record that it was made from."""

    record: Record
    row: dict[str, Any]


def ingest_paths(
    paths: Sequence[GivenPath],
    *,
    published: Path | None = None,
    batch_size: int = 5000,
    limits: Limits = Limits(),  # noqa: B008 - frozen
    options: Options = Options(),  # noqa: B008 - frozen
) -> Iterator[IngestBatch]:
    """Yield the articles and rejects of files and folders, in the order of their names.

    An article that is met twice is in the batches twice: `merge` counts repeats.

    Args:
        paths: Files, folders, patterns and URLs.
        published: Table of publication dates, which come before all others.
        batch_size: Most records in a batch.
        limits: Caps on sizes.
        options: Field names, HTML library.

    Raises:
        UserError: if a path does not exist, nothing fits a pattern, or the table is amiss.
    """
    batch = _Batch()
    for place, outcome in outcomes(paths, published=published, limits=limits, options=options):
        batch.add(place, outcome)
        if batch.n_inputs >= batch_size or batch.n_chars >= limits.batch_chars:
            yield batch.close()
            batch = _Batch()
    if batch.n_inputs:
        yield batch.close()


def outcomes(
    paths: Sequence[GivenPath],
    *,
    published: Path | None = None,
    limits: Limits = Limits(),  # noqa: B008 - frozen
    options: Options = Options(),  # noqa: B008 - frozen
) -> Iterator[tuple[Place, Taken | Refusal]]:
    """Yield file and fate of each input record, one by one; arguments as in `ingest_paths`."""
    window = possible_days(limits)
    overrides = load_overrides(published, window)
    for found in walk(paths, options.fetching):
        if isinstance(found.content, Refusal):
            yield found.place, found.content
            continue
        for item in read_source(found.content, limits, options):
            taken = item if isinstance(item, Refusal) else _take(item, limits, window, overrides)
            yield found.place, taken


def possible_days(limits: Limits) -> Window:
    """Return the days on which an article can have been published."""
    tomorrow = datetime.now(UTC).date() + timedelta(days=1)
    last: date = limits.not_after if limits.not_after is not None else tomorrow
    return Window(limits.not_before, last)


def _take(record: Record, limits: Limits, window: Window, overrides: Overrides) -> Taken | Refusal:
    row = article_of(record, limits, window)
    if isinstance(row, Refusal):
        return row
    whole_file = record.uri if record.number == 0 else None
    better = overrides.find(row["source_uri"], row["url"], record.identity, whole_file)
    return Taken(record, row | published_columns(better) if better else row)


@dataclass(slots=True)
class _Batch:
    """Collects outcomes until they are enough."""

    articles: list[dict[str, Any]] = field(default_factory=list)
    rejects: list[dict[str, Any]] = field(default_factory=list)
    refused: set[Refused] = field(default_factory=set)
    n_chars: int = 0

    @property
    def n_inputs(self) -> int:
        return len(self.articles) + len(self.rejects)

    def add(self, place: Place, outcome: Taken | Refusal) -> None:
        if isinstance(outcome, Refusal):
            self.rejects.append(asdict(outcome))
            self.refused.add(Refused(outcome.uri, place))
        else:
            self.articles.append(outcome.row)
            self.n_chars += outcome.row["n_chars"]

    def close(self) -> IngestBatch:
        articles = schemas.rows_to_table(self.articles, schemas.ARTICLES)
        rejects = schemas.rows_to_table(self.rejects, schemas.REJECTS)
        return IngestBatch(articles, rejects, self.n_inputs, tuple(sorted(self.refused)))
