"""The steps of an update, as plain functions.

A step reads tables and writes files below a work folder, so that any task runner can carry it
out: arguments and results are paths and numbers. What each stage does is in its package of tasks.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from tasks import schemas, staging
from tasks.events.coding import Coding
from tasks.ingest.fetching import Fetching
from tasks.ingest.ledger import Ledger
from tasks.ingest.places import Place, Refused
from tasks.merging import Merged
from tasks.settings import SQL, Settings
from tasks.state import read_json, write
from tasks.warehouse import Release, ReleaseBuilder, partition_of
from tasks.warehouse.bounded import Bounds, close_off
from tasks.warehouse.disk import explained

if TYPE_CHECKING:
    from tasks.ingest.merge import Merged as Fresh
    from tasks.ingest.orders import Settled

Tables = dict[str, pa.Table]


@dataclass(frozen=True, slots=True)
class Read:
    """What was read: staged files, how many records they hold, and what belongs to the rejects."""

    articles: list[Path]
    rejects: list[Path]
    n_inputs: int
    n_rejects: int
    refused: list[Refused]


@dataclass(frozen=True, slots=True)
class New:
    """What is new: batches of articles to work on.

    Attributes:
        batches: Files of articles that need language, fingerprint and coding.
        n_added: Articles that the warehouse did not have.
        n_changed: Articles that it had with poorer metadata, or another day of publication.
        n_again: Articles that are coded again: the coder has changed, or their mentions are lost.
        n_repeats: Records that repeat an article.
        gone: Ids of known articles that were half written, since they go on in a new one.
    """

    batches: list[Path]
    n_added: int
    n_changed: int
    n_again: int
    n_repeats: int
    gone: tuple[str, ...] = ()


def read_inputs(
    paths: Sequence[str | Place],
    published: Path | None,
    work: Path,
    kept: Path,
    settings: Settings,
    fetching: Fetching,
    ledger: Ledger,
) -> Read:
    """Read all inputs into staged files of at most `settings.batch_size` articles.

    Those of large files lie in `kept` until `forget_read`: a run that is interrupted is taken up
    by the next. Files that the ledger knows are counted, not read.
    """
    from tasks.ingest import Options
    from tasks.ingest.staged import stage_paths

    batches = list(
        stage_paths(
            paths,
            work,
            kept,
            published=published,
            batch_size=settings.batch_size,
            limits=settings.limits,
            options=Options(settings.field_names, settings.html, fetching),
            ledger=ledger,
            settle=settings.settle_seconds,
        )
    )
    return Read(
        [b.articles for b in batches],
        [b.rejects for b in batches],
        sum(b.n_inputs for b in batches) + ledger.n_passed,
        sum(b.n_rejects for b in batches) + ledger.n_refused,
        sorted({refused for b in batches for refused in b.refused}),
    )


def forget_read(read: Read, kept: Path) -> None:
    """Remove what was kept of large files, now that a release holds it."""
    from tasks.ingest.checkpoints import forget

    forget(read.articles, kept)


def take_new(
    read: Sequence[Path], parent: Release | None, work: Path, settings: Settings, *, recode: bool
) -> New:
    """Set aside what the warehouse has already; cut the rest into batches, in order of id.

    With `recode` all articles are in them, else those of months whose mentions are lost.
    """
    from tasks.ingest import orders
    from tasks.ingest.batches import possible_days
    from tasks.ingest.merge import merge

    lost = parent.lost("mentions") if parent else set()
    before = parent.read("articles", _columns(recode or bool(lost))) if parent else None
    as_read = None if before is None else orders.undecided(before)
    merged = merge(as_read, [staging.load(p) for p in read])
    merged, gone = _less_halves(parent, merged)
    if before is not None and gone:
        before = before.filter(pc.invert(pc.is_in(before["article_id"], pa.array(gone))))
    settled = orders.settle_all(before, merged, possible_days(settings.limits))
    merged, turned = settled.merged, _turned(parent, settled)
    todo = pa.concat_tables([merged.added, merged.changed, turned]).unify_dictionaries()
    n_again = 0
    if (recode or lost) and before is not None:
        rest = before.filter(pc.invert(pc.is_in(before["article_id"], todo["article_id"])))
        if not recode:
            months = partition_of(rest["published_date"])
            rest = rest.filter(pc.is_in(months, pa.array(sorted(lost))))
        n_again = rest.num_rows
        todo = pa.concat_tables([todo, rest]).unify_dictionaries()
    todo = todo.sort_by("article_id")
    batches = [
        staging.save(todo.slice(start, settings.batch_size), work / "new" / f"{number:06}.arrow")
        for number, start in enumerate(range(0, todo.num_rows, settings.batch_size))
    ]
    n_changed = merged.changed.num_rows + turned.num_rows
    return New(batches, merged.added.num_rows, n_changed, n_again, merged.n_repeats, tuple(gone))


def _less_halves(parent: Release | None, merged: Fresh) -> tuple[Fresh, list[str]]:
    """Return what is new without what was read half written, and ids of known such articles."""
    from tasks.ingest.halves import COLUMNS, half_written

    added = merged.added
    texts = [added.select(COLUMNS)]
    if parent is not None and added.num_rows:
        same = pc.field("source_uri").isin(added["source_uri"].combine_chunks())
        known = parent.dataset("articles").to_table(columns=["article_id"], filter=same)
        if known.num_rows:
            wanted = pc.field("article_id").isin(known["article_id"].combine_chunks())
            rows = parent.dataset("articles").to_table(columns=list(COLUMNS), filter=wanted)
            texts.append(rows.cast(texts[0].schema))
    halves = half_written(pa.concat_tables(texts))
    if not len(halves):
        return merged, []
    left = added.filter(pc.invert(pc.is_in(added["article_id"], halves)))
    new = set(added["article_id"].to_pylist())
    changed = merged.changed
    changed = changed.filter(pc.invert(pc.is_in(changed["article_id"], halves)))
    n_repeats = merged.n_repeats + added.num_rows - left.num_rows
    gone = [id for id in halves.to_pylist() if id not in new]
    return replace(merged, added=left, changed=changed, n_repeats=n_repeats), gone


def _turned(parent: Release | None, settled: Settled) -> pa.Table:
    """Return known articles whose day of publication other articles decide otherwise now."""
    from tasks.ingest.orders import settle, undecided

    if parent is None or not len(settled.turned):
        return schemas.empty(schemas.ARTICLES)
    wanted = pc.field("article_id").isin(settled.turned)
    rows = schemas.conform(parent.dataset("articles").to_table(filter=wanted), schemas.ARTICLES)
    return settle(undecided(rows), settled.decided)


def _columns(recode: bool) -> list[str] | None:
    from tasks.ingest.merge import PARENT_COLUMNS

    return None if recode else list(PARENT_COLUMNS)


def tell_languages(batch: Path, coding: Coding) -> Path:
    """Fill in the language columns of a batch; return the new file."""
    from tasks.language import detect_languages

    return staging.save(detect_languages(staging.load(batch)), _beside(batch, "articles"))


@dataclass(frozen=True, slots=True)
class Coded:
    """The mentions of a batch, and what could not be coded: a line for each such article."""

    mentions: Path
    failures: list[str]


def code_events(batch: Path, coding: Coding) -> Coded:
    """Code the events of a batch that has its languages."""
    from tasks.events import code_articles

    failures: list[str] = []

    def note(article: str, error: Exception) -> None:
        failures.append(f"article {article} was not coded: {type(error).__name__}: {error}")

    mentions = code_articles(staging.load(batch), coding, on_failure=note)
    return Coded(staging.save(mentions, _beside(batch, "mentions")), failures)


def _beside(batch: Path, folder: str) -> Path:
    return batch.parent.parent / folder / batch.name


def merge_tables(
    parent: Release | None,
    articles: Sequence[Path],
    mentions: Sequence[Path],
    rejects: Sequence[Path],
    replaced: frozenset[str] = frozenset(),
    gone: tuple[str, ...] = (),
) -> Merged:
    """Set what comes in fresh against the parent's tables.

    Args:
        parent: The release before.
        articles: Staged ARTICLES.
        mentions: Staged MENTIONS.
        rejects: Staged REJECTS.
        replaced: `uri` of the parent's rejects that fall away.
        gone: Ids of the parent's articles that fall away.
    """
    return Merged(
        parent,
        staging.load_all(articles, schemas.ARTICLES.schema),
        staging.load_all(mentions, schemas.MENTIONS.schema),
        staging.load_all(rejects, schemas.REJECTS.schema),
        replaced,
        gone,
    )


def relate_copies(merged: Merged, state: Path, *, added_only: bool) -> tuple[pa.Table, pa.Table]:
    """Return COPIES of all articles, and the fingerprints that were not stored in `state` yet.

    Args:
        merged: The tables.
        state: Work state of the warehouse.
        added_only: True when no known article has changed, so that the parent's relations can be
            added to. The result is the same.
    """
    from tasks import duplicates
    from tasks.duplicates.store import Fingerprinted, fingerprints_of

    columns = ["article_id", "publisher", "published_date", "published_at"]
    about = merged.all(schemas.ARTICLES, columns)
    found: Fingerprinted = fingerprints_of(about, merged.rows, state / "fingerprints")
    if merged.parent is not None and added_only and not merged.parent.lost("copies"):
        before = merged.parent.read("copies")
        old, new = found.split(before["article_id"])
        copies = duplicates.update_relations(before, old, new)
    else:
        copies = duplicates.relate(found.all)
    ids = duplicates.wanting(copies)
    return duplicates.fill(copies, merged.rows(ids, ["article_id", "body"])), found.fresh


def keep_fingerprints(fresh: pa.Table, state: Path) -> None:
    """Store fingerprints for later runs; done once the release that needs them is published."""
    from tasks.duplicates.store import keep

    keep(fresh, state / "fingerprints")


def find_boilerplate(merged: Merged, copies: pa.Table) -> Tables:
    """Return BOILERPLATE and BOILERPLATE_MENTIONS, by name: what publishers repeat."""
    from tasks.ingest import repeated

    found = repeated.find_boilerplate(
        merged.all(schemas.ARTICLES, ["article_id", "publisher", "published_date"]),
        merged.stream(schemas.ARTICLES, ["article_id", "body"]),
        copies,
        merged.all(schemas.MENTIONS, ["mention_id", "article_id", "start", "end"]),
        merged.rows,
    )
    return {"boilerplate": found.lines, "boilerplate_mentions": found.mentions}


def aggregate_events(merged: Merged, copies: pa.Table, set_aside: pa.Table) -> Tables:
    """Return EVENTS and EVENT_MENTIONS, by name, from mentions, copies and articles.

    Args:
        merged: The tables.
        copies: COPIES.
        set_aside: BOILERPLATE_MENTIONS, which make no events.
    """
    from tasks.aggregate import aggregate

    columns = ["article_id", "publisher", "published_date", "lang"]
    articles = merged.all(schemas.ARTICLES, columns)
    mentions = merged.all(schemas.MENTIONS, schemas.MENTIONS.schema.names)
    mentions = mentions.filter(pc.invert(pc.is_in(mentions["mention_id"], set_aside["mention_id"])))
    found = aggregate(mentions, copies, articles)
    return {"events": found.events, "event_mentions": found.event_mentions}


def write_tables(builder: ReleaseBuilder, merged: Merged, tables: Tables) -> list[str]:
    """Write every table into the release that is being built; return what could not be told."""
    from tasks.aggregate import Edition
    from tasks.aggregate.changes import MENTION_COLUMNS
    from tasks.publish.supersedes import write_supersedes

    merged.write(builder)
    builder.write_table(schemas.REJECTS, merged.all_rejects())
    for name, data in sorted(tables.items()):
        builder.write_table(schemas.TABLES[name], data)

    def now() -> Edition:
        mentions = merged.all(schemas.MENTIONS, MENTION_COLUMNS)
        return Edition(builder.release_id, tables["events"], tables["event_mentions"], mentions)

    return write_supersedes(builder, now)


@dataclass(frozen=True, slots=True)
class Summary:
    """Rows of each table and mart, and what the SQL tests found."""

    rows: dict[str, int]
    n_marts: int
    n_tests: int
    warnings: list[str]


def summarize(builder: ReleaseBuilder, own_models: str | None, bounds: Bounds) -> Summary:
    """Load the tables into the release's DuckDB file, run the SQL models and their tests there.

    Writes the marts, the codebook and the data package. From then on, the connection reaches only
    the files that the models may read.

    Raises:
        UserError: when a model does not run or a test finds offending rows.
    """
    from tasks import summarize as models
    from tasks.publish.documents import write_documents

    connection = builder.database()
    folders = [SQL, *([Path(own_models)] if own_models else [])]
    rows = {name: _count(connection, name) for name in sorted(schemas.TABLES)}
    marts = {}
    with explained(builder.path.parent):
        close_off(connection, bounds.may_read)
        made = models.run_models(connection, folders, bounds)
        for built in made:
            if built.n_rows is not None:
                name = built.model.name
                builder.write_mart(name, models.read_mart(connection, name))
                marts[name] = built.n_rows
        results = models.run_tests(connection, folders, bounds)
        write_documents(builder, folders, made, rows | marts)
    warnings = [f"{r.name}: {r.n_failures:,} rows" for r in results if not r.passed]
    rows |= dict(sorted(marts.items()))
    return Summary(rows, len(marts), len(results), warnings)


def _count(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    [(n,)] = connection.execute(f"SELECT count(*) FROM {table}").fetchall()  # noqa: S608
    return int(n)


def publish(
    builder: ReleaseBuilder, report: dict[str, object], revision: str, moment: datetime
) -> Release:
    """Publish what was built; the parent comes back when nothing differs from it."""
    return builder.publish(report={**report, "coder": revision}, created=moment)


def coded_by(release: Release, state: Path) -> str | None:
    """Return the revision of the coder that a release is up to date with."""
    known = read_json(state / "coder.json")
    if known.get("release") == release.id:
        return str(known.get("coder"))
    revision: str | None = release.manifest["report"].get("coder")
    return revision


def remember_coder(release: Release, revision: str, state: Path) -> None:
    """Note that `revision` gives this release, though an older revision may have made it."""
    write(state / "coder.json", json.dumps({"release": release.id, "coder": revision}))
