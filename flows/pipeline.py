"""The order of an update: read, take what is new, work on batches, put together, publish.

Written once; `demarche run --direct` and the Prefect flow both carry it out.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

import pyarrow as pa

from flows import steps
from flows.calls import Calls
from flows.jobs import Job, version
from flows.refused import known_refused, remember_refused, whole_again
from flows.report import RunReport, remember
from flows.unchanged import LEDGER, look, open_ledger
from tasks import schemas
from tasks.annotate.lint import refuse_faulty
from tasks.errors import Damaged
from tasks.events.coding import Coding, coding_of
from tasks.ingest.fetching import Fetching
from tasks.ingest.ledger import Ledger
from tasks.ingest.places import Place
from tasks.revision import coder_revision
from tasks.settings import Settings
from tasks.warehouse import Release, ReleaseBuilder, Warehouse, release_id
from tasks.warehouse.bounded import Bounds
from tasks.warehouse.disk import explain

Say = Callable[[str], None]

SOURCES = (schemas.ARTICLES.name, schemas.REJECTS.name)
"""Tables that nothing else can give again but the inputs."""


@dataclass(slots=True)
class Clock:
    """Wall-clock seconds of each step."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Measure what happens inside."""
        start = time.perf_counter()
        yield
        self.seconds[name] = round(time.perf_counter() - start, 3)


def update_warehouse(
    paths: Sequence[str | Place],
    settings: Settings,
    *,
    moment: datetime,
    calls: Calls,
    say: Say,
    published: Path | None = None,
    replaced: frozenset[str] = frozenset(),
    repair: bool = False,
) -> RunReport:
    """Take what is new in `paths` into the warehouse and publish a release.

    Args:
        paths: Files, folders or globs.
        settings: Warehouse, batch size and the like.
        moment: When the run started, in UTC: it names the release, and decides nothing else.
        calls: Carries out the steps.
        say: Takes one line a step, for a log that reads like a report.
        published: Table of publication dates.
        replaced: `uri` of rejects that fall away, unless `paths` give them again.
        repair: Whether to rebuild what is damaged in the current release.

    Raises:
        Damaged: when a table of the current release is, or cannot be rebuilt.
        UserError: for a wrong path or table, a busy warehouse, a failing SQL model or test. The
            last release stays as it was.
    """
    if settings.actors:
        refuse_faulty(Path(settings.actors).expanduser())
    coding = coding_of(settings, settings.warehouse / "state" / "llm.sqlite")
    warehouse = Warehouse(settings.warehouse)
    with warehouse.lock("update"):
        again = repair or bool(replaced)
        if not again and all(isinstance(path, str) for path in paths):
            given = [str(path) for path in paths]
            if early := look(warehouse, given, settings, published, moment, say):
                return early
        parent = _sound_parent(warehouse, repair=repair)
        builder = warehouse.builder(release_id(moment), parent)
        ledger = open_ledger(warehouse, parent, settings, published)
        # A table of dates must meet all its articles.
        ledger.passes_over &= not again and published is None
        try:
            report = _Update(
                paths,
                settings,
                coding,
                builder,
                warehouse,
                ledger,
                moment,
                calls,
                say,
                published,
                replaced,
            ).run()
        except BaseException as error:
            builder.abort()
            if (told := explain(error, warehouse.root)) is not None:
                raise told from error
            raise
        with _work_state(say):
            remember(report, warehouse.state / "runs.jsonl")
    say(_closing_line(report))
    return report


def _sound_parent(warehouse: Warehouse, *, repair: bool) -> Release | None:
    """Return the current release once all its tables were found whole, or mended as far as may be.

    Marts, database and documents are made anew by each run.

    Raises:
        Damaged: naming each file that is not whole, or that nothing can be rebuilt from.
    """
    parent = warehouse.current()
    if parent is None:
        return None
    if not repair:
        parent.require(name for table in schemas.TABLES for name in parent.names(table))
        return parent
    parent = warehouse.mended(parent)
    if lost := [n for n, at in parent.mended.items() if at is None and n.split("/")[0] in SOURCES]:
        raise Damaged(
            f"release {parent.id} is damaged, and no other release has a copy of "
            f"{', '.join(lost)}: only the inputs can give that again",
            "Go back to a release that is whole (`demarche releases`, `demarche releases --use ID`) "
            "or begin a new --warehouse, and `demarche run` the inputs again.",
        )
    return parent


@dataclass(slots=True)
class _Update:
    paths: Sequence[str | Place]
    settings: Settings
    coding: Coding
    builder: ReleaseBuilder
    warehouse: Warehouse
    ledger: Ledger
    moment: datetime
    calls: Calls
    say: Say
    published: Path | None
    replaced: frozenset[str]
    clock: Clock = field(default_factory=Clock)
    fresh: pa.Table | None = None

    def run(self) -> RunReport:
        parent = self.builder.parent
        revision = coder_revision(self.coding)
        read = self._read()
        cut = whole_again(parent, known_refused(self.warehouse.state), self.ledger.read)
        self.replaced |= cut
        new = self._take_new(read, parent, revision)
        articles, coded = self._work_on(new, revision)
        mentions = [c.mentions for c in coded]
        summary = self._put_together(parent, read, new, articles, mentions)
        failures = [line for c in coded for line in c.failures]
        report = RunReport(
            run=self.builder.release_id,
            release="",
            published=True,
            n_inputs=read.n_inputs,
            n_articles=new.n_added,
            n_rejects=read.n_rejects,
            n_repeats=new.n_repeats + self.ledger.n_passed - self.ledger.n_refused,
            n_changed=new.n_changed,
            n_coded_again=new.n_again,
            rows=summary.rows,
            warnings=[*failures, *summary.warnings],
        )
        report = self._publish(report, parent, revision)
        with _work_state(self.say):
            remember_refused(read.refused, self.replaced, self.warehouse.state)
        steps.forget_read(read, self.warehouse.state / "reading")
        return report

    def _read(self) -> steps.Read:
        with self.clock.step("ingest"):
            read = self.calls.one(
                "read inputs",
                steps.read_inputs,
                self.paths,
                self.published,
                self.builder.work,
                self.warehouse.state / "reading",
                self.settings,
                Fetching(
                    cache=self.warehouse.state / "fetched",
                    allow_private=self.settings.allow_private_addresses,
                    max_bytes=self.settings.limits.answer_bytes,
                    seconds=self.settings.limits.answer_seconds,
                ),
                self.ledger,
            )
        self.say(f"read {read.n_inputs:,} records, refused {read.n_rejects:,}")
        for place in self.ledger.left:
            self.say(f"{place.where} is being written: it is left to the next run")
        return read

    def _take_new(self, read: steps.Read, parent: Release | None, revision: str) -> steps.New:
        recode = parent is not None and steps.coded_by(parent, self.warehouse.state) != revision
        if recode:
            self.say("the coder or its tables have changed: every article is coded again")
        with self.clock.step("take new"):
            new = self.calls.one(
                "take what is new",
                steps.take_new,
                read.articles,
                parent,
                self.builder.work,
                self.settings,
                recode=recode,
            )
        self.say(
            f"{new.n_added:,} new articles, {new.n_repeats:,} repeats"
            + (
                f" ({new.n_changed:,} known ones with better metadata or another date)"
                if new.n_changed
                else ""
            )
        )
        return new

    def _work_on(self, new: steps.New, revision: str) -> tuple[list[Path], list[steps.Coded]]:
        chosen = (self.coding, revision, version())
        with self.clock.step("language"):
            job = Job(steps.tell_languages, *chosen)
            articles = self.calls.each("tell languages", job, new.batches)
        with self.clock.step("events"):
            coded = self.calls.each("code events", Job(steps.code_events, *chosen), articles)
        return articles, coded

    def _put_together(
        self,
        parent: Release | None,
        read: steps.Read,
        new: steps.New,
        articles: list[Path],
        mentions: list[Path],
    ) -> steps.Summary:
        builder, calls, state = self.builder, self.calls, self.warehouse.state
        with self.clock.step("merge"):
            merged = calls.one(
                "merge tables",
                steps.merge_tables,
                parent,
                articles,
                mentions,
                read.rejects,
                self.replaced,
                new.gone,
            )
        with self.clock.step("duplicates"):
            added_only = not new.n_changed and not new.gone
            copies, self.fresh = calls.one(
                "relate copies", steps.relate_copies, merged, state, added_only=added_only
            )
        with self.clock.step("boilerplate"):
            aside = calls.one("find boilerplate", steps.find_boilerplate, merged, copies)
        with self.clock.step("aggregate"):
            tables = calls.one(
                "aggregate events",
                steps.aggregate_events,
                merged,
                copies,
                aside["boilerplate_mentions"],
            )
        with self.clock.step("write"):
            untold = calls.one(
                "write tables",
                steps.write_tables,
                builder,
                merged,
                {**tables, **aside, "copies": copies},
            )
        with self.clock.step("summarize"):
            may_read = tuple(map(Path, self.settings.models_may_read))
            summary = calls.one(
                "run models",
                steps.summarize,
                builder,
                self.settings.models or None,
                Bounds(may_read, self.settings.models_seconds),
            )
        self.say(
            f"{summary.rows['mentions']:,} mentions of {summary.rows['events']:,} events; "
            f"{summary.n_marts} marts, {summary.n_tests} SQL tests passed"
        )
        return replace(summary, warnings=[*untold, *summary.warnings])

    def _publish(self, report: RunReport, parent: Release | None, revision: str) -> RunReport:
        with self.clock.step("publish"):
            release = self.calls.one(
                "publish", steps.publish, self.builder, report.counts(), revision, self.moment
            )
        with _work_state(self.say):
            steps.keep_fingerprints(self.fresh, self.warehouse.state)
            steps.remember_coder(release, revision, self.warehouse.state)
            self.ledger.save(self.warehouse.state / LEDGER, release.id)
        return replace(
            report,
            release=release.id,
            published=parent is None or release.id != parent.id,
            seconds=self.clock.seconds,
        )


@contextmanager
def _work_state(say: Say) -> Iterator[None]:
    """Keep what spares later runs work. The release is published, whether or not that works."""
    try:
        yield
    except OSError as error:
        say(f"what spares later runs work could not be kept: {error}")


def _closing_line(report: RunReport) -> str:
    if not report.published:
        return f"nothing has changed: release {report.release} stays"
    return f"published release {report.release}"
