"""Runs of the pipeline, for the tests that need one."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyarrow as pa

from flows.calls import DirectCalls
from flows.pipeline import update_warehouse
from flows.report import RunReport
from flows.workers import Workers
from tasks import schemas
from tasks.settings import SAMPLE, SAMPLE_PUBLISHED, Settings
from tasks.warehouse import Release, Warehouse

START = datetime(2026, 1, 1, tzinfo=UTC)


def run(
    warehouse: Path,
    *paths: Path,
    published: Path | None = None,
    number: int = 0,
    **settings: object,
) -> RunReport:
    """Carry out one direct run, the `number`th of its warehouse."""
    chosen = Settings(warehouse=warehouse, **{"workers": 1, "settle_seconds": 0, **settings})  # type: ignore[arg-type]
    with Workers(chosen.workers) as workers:
        return update_warehouse(
            [str(p) for p in paths],
            chosen,
            moment=START + timedelta(hours=number),
            calls=DirectCalls(workers, chosen.workers),
            say=lambda line: None,
            published=published,
        )


def run_sample(warehouse: Path, **settings: object) -> RunReport:
    """Run on the sample corpus."""
    return run(warehouse, SAMPLE, published=SAMPLE_PUBLISHED, **settings)  # type: ignore[arg-type]


def current(warehouse: Path) -> Release:
    """Return the current release."""
    release = Warehouse(warehouse).current()
    assert release is not None
    return release


def tables(warehouse: Path) -> dict[str, pa.Table]:
    """Return all tables of the current release."""
    release = current(warehouse)
    return {name: release.read(name) for name in schemas.TABLES}


def checksums(warehouse: Path) -> dict[str, str]:
    """Return the checksum of every Parquet file that is a function of the articles alone."""
    manifest = current(warehouse).manifest
    return {
        name: entry["sha256"]
        for name, entry in manifest["files"].items()
        if name.endswith(".parquet") and name.split("/")[0] not in schemas.OF_RELEASES
    }


def as_jsonl(records: list[dict[str, object]], file: Path) -> Path:
    """Write records as JSONL."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("".join(json.dumps(r) + "\n" for r in records), encoding="utf-8")
    return file
