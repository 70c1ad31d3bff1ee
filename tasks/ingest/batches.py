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
from tasks.ingest.guard import Failed, guarded
from tasks.ingest.limits import Limits
from tasks.ingest.overrides import Overrides, load_overrides
from tasks.ingest.places import Found, Place, Refused
from tasks.ingest.published import Window
from tasks.ingest.readers import Options, read_source
from tasks.ingest.record import Record, Refusal, refuse
from tasks.ingest.walk import GivenPath, walk

# A text of fewer characters takes less than a second, whatever it holds.
_LONG = 100_000


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
    batch = Batch()
    for place, outcome in outcomes(paths, published=published, limits=limits, options=options):
        batch.add(place, outcome)
        if batch.is_full(batch_size, limits):
            yield batch.close()
            batch = Batch()
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
    reading = Reading.of(published, limits, options)
    for found in walk(paths, options.fetching):
        for outcome in reading.outcomes(found):
            yield found.place, outcome


@dataclass(frozen=True, slots=True)
class Reading:
    """All that decides about the fate of a record, beside the record.

    Attributes:
        limits: Caps on sizes.
        options: Field names, HTML library.
        window: Days that are possible as publication date.
        overrides: The user's table of publication dates.
    """

    limits: Limits
    options: Options
    window: Window
    overrides: Overrides

    @classmethod
    def of(cls, published: Path | None, limits: Limits, options: Options) -> Reading:
        """Return it; arguments and errors as in `ingest_paths`."""
        window = possible_days(limits)
        return cls(limits, options, window, load_overrides(published, window))

    def outcomes(self, found: Found) -> Iterator[Taken | Refusal]:
        """Yield the fate of each record of a file."""
        if isinstance(found.content, Refusal):
            yield found.content
            return
        for item in read_source(found.content, self.limits, self.options):
            yield item if isinstance(item, Refusal) else self._take(item)

    def _take(self, record: Record) -> Taken | Refusal:
        row = self._article_of(record)
        if isinstance(row, Refusal):
            return row
        whole_file = record.uri if record.number == 0 else None
        better = self.overrides.find(row["source_uri"], row["url"], record.identity, whole_file)
        return Taken(record, row | published_columns(better) if better else row)

    def _article_of(self, record: Record) -> dict[str, Any] | Refusal:
        """Return the row; of a long text it is made in the guarded process."""
        limits, n_bytes = self.limits, record.n_bytes
        try:
            if record.n_chars <= _LONG:
                return article_of(record, limits, self.window)
            return guarded(limits, article_of, record, limits, self.window)
        except Failed as failed:
            reason, detail = failed.reason, failed.detail
        except (ArithmeticError, LookupError, ValueError, TypeError, RecursionError) as error:
            reason, detail = "malformed", f"{type(error).__name__}: {error}"
        return refuse(
            record.uri, record.number, reason, detail, n_bytes=n_bytes, raw=record.text[:200]
        )


def possible_days(limits: Limits) -> Window:
    """Return the days on which an article can have been published."""
    tomorrow = datetime.now(UTC).date() + timedelta(days=1)
    last: date = limits.not_after if limits.not_after is not None else tomorrow
    return Window(limits.not_before, last)


@dataclass(slots=True)
class Batch:
    """Collects outcomes until they are enough."""

    articles: list[dict[str, Any]] = field(default_factory=list)
    rejects: list[dict[str, Any]] = field(default_factory=list)
    refused: set[Refused] = field(default_factory=set)
    n_chars: int = 0

    @property
    def n_inputs(self) -> int:
        """Records collected."""
        return len(self.articles) + len(self.rejects)

    def is_full(self, batch_size: int, limits: Limits) -> bool:
        """Return True once it holds as many records, or as much text, as a batch may."""
        return self.n_inputs >= batch_size or self.n_chars >= limits.batch_chars

    def add(self, place: Place, outcome: Taken | Refusal) -> None:
        """Take the fate of a record in."""
        if isinstance(outcome, Refusal):
            self.rejects.append(asdict(outcome))
            self.refused.add(Refused(outcome.uri, place))
        else:
            self.articles.append(outcome.row)
            self.n_chars += outcome.row["n_chars"]

    def close(self) -> IngestBatch:
        """Return what was collected, as tables."""
        articles = schemas.rows_to_table(self.articles, schemas.ARTICLES)
        rejects = schemas.rows_to_table(self.rejects, schemas.REJECTS)
        return IngestBatch(articles, rejects, self.n_inputs, tuple(sorted(self.refused)))
