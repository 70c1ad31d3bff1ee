"""Measures the whole pipeline: articles a second, the share of each stage, peak memory.

    python benchmarks/end_to_end.py [ARTICLES.parquet] [--articles N] [--workers N] [--flow]

Without a file: ../shared/corpora/syndication.parquet, else the sample corpus, repeated with other
names until there are enough. With --flow the same is run once more as a Prefect flow, and the
overhead of orchestration is printed.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import tempfile
import time
from pathlib import Path

import pyarrow.parquet as pq

PROJECT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(PROJECT))

from flows.calls import DirectCalls  # noqa: E402
from flows.clock import now  # noqa: E402
from flows.pipeline import update_warehouse  # noqa: E402
from flows.report import RunReport  # noqa: E402
from flows.workers import Workers  # noqa: E402
from tasks.settings import Settings  # noqa: E402

CORPUS = PROJECT.parent / "shared" / "corpora" / "syndication.parquet"


def main() -> None:
    """Run the measurement and print it."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("file", nargs="?", type=Path, default=CORPUS)
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--flow", action="store_true", help="also as a Prefect flow")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        inputs = take(options.file, options.articles, Path(folder) / "articles.parquet")
        settings = Settings(warehouse=Path(folder) / "direct", workers=options.workers)
        direct, seconds = measured(run_direct, inputs, settings)
        figures = describe(direct, seconds)
        if options.flow:
            settings = Settings(warehouse=Path(folder) / "flow", workers=options.workers)
            _, with_flow = measured(run_flow, inputs, settings)
            figures["flow_seconds"] = round(with_flow, 1)
            figures["orchestration_share"] = round((with_flow - seconds) / with_flow, 3)
    print(json.dumps(figures) if options.json else as_text(figures))


def take(file: Path, n: int, to: Path) -> Path:
    """Write the first n articles of a Parquet file in the columns that ingest knows."""
    if not file.is_file():
        sys.exit(f"{file}: there is no such file; name a Parquet file with id and text")
    known = ("id", "url", "title", "text", "published", "publisher")
    data = pq.read_table(file).slice(0, n)
    pq.write_table(data.select([c for c in known if c in data.column_names]), to)
    return to


def measured(run: object, inputs: Path, settings: Settings) -> tuple[RunReport, float]:
    """Return what the run tells, and its wall-clock seconds."""
    start = time.perf_counter()
    report = run(inputs, settings)  # type: ignore[operator]
    return report, time.perf_counter() - start


def run_direct(inputs: Path, settings: Settings) -> RunReport:
    """Carry out the steps without Prefect."""
    with Workers(settings.workers) as workers:
        calls = DirectCalls(workers, settings.workers)
        return update_warehouse(
            [str(inputs)], settings, moment=now(), calls=calls, say=lambda line: None
        )


def run_flow(inputs: Path, settings: Settings) -> RunReport:
    """Carry out the steps as a Prefect flow on the embedded server."""
    from flows.update import run_update_flow

    return run_update_flow([str(inputs)], settings, None)


def describe(report: RunReport, seconds: float) -> dict[str, object]:
    """Return the figures of a run."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    total = sum(report.seconds.values())
    return {
        "articles": report.n_articles,
        "mentions": report.rows["mentions"],
        "events": report.rows["events"],
        "seconds": round(seconds, 1),
        "articles_per_second": round(report.n_articles / seconds),
        "peak_mb": round(peak),
        "peak_mb_of_a_worker": round(child),
        "share": {k: round(v / total, 3) for k, v in report.seconds.items()},
    }


def as_text(figures: dict[str, object]) -> str:
    """Return the figures a line each."""
    share = figures.pop("share")
    assert isinstance(share, dict)
    lines = [f"{name:22} {value:>12,}" for name, value in figures.items()]
    return "\n".join([*lines, *(f"  {name:20} {value:>12.1%}" for name, value in share.items())])


if __name__ == "__main__":
    main()
