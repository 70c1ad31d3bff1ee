"""Measures what checking the parent's files costs a run that has little new to take in.

    python benchmarks/verification.py ARTICLES.jsonl.gz [--articles N] [--new N]

The first run takes N articles; each of two further runs takes a few new ones: one that knows from the
run before which files are whole (warm), and one that has forgotten it and reads them all (cold).
Seconds are of processor time, the share is of the whole run.
"""

from __future__ import annotations

import argparse
import gzip
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(PROJECT))

from flows.calls import DirectCalls  # noqa: E402
from flows.clock import now  # noqa: E402
from flows.pipeline import update_warehouse  # noqa: E402
from flows.workers import Workers  # noqa: E402
from tasks.settings import Settings  # noqa: E402
from tasks.warehouse import Release  # noqa: E402


def main() -> None:
    """Run the measurement and print it."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--articles", type=int, default=3000)
    parser.add_argument("--new", type=int, default=20)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, gzip.open(options.file, "rt") as lines:
        folder = Path(name)
        inputs = [_take(lines, n, folder) for n in (options.articles, options.new, options.new)]
        checking, broken = [0.0], Release.broken

        def timed(*args: Any, **kwargs: Any) -> dict[str, str]:
            start = time.process_time()
            found = broken(*args, **kwargs)
            checking[0] += time.process_time() - start
            return found

        Release.broken = timed  # type: ignore[method-assign]
        for what, file in zip(("first", "warm", "cold"), inputs, strict=True):
            if what == "cold":
                (folder / "w" / "state" / "verified").unlink()
            checking[0] = 0.0
            start = time.process_time()
            _run(file, Settings(warehouse=folder / "w", workers=1))
            whole = time.process_time() - start
            share = checking[0] / whole
            sys.stdout.write(
                f"{what}: {checking[0]:.3f} s of {whole:.1f} s are checks: {share:.2%}\n"
            )
            sys.stdout.flush()
        size = sum(p.stat().st_size for p in (folder / "w" / "current").rglob("*.parquet"))
        sys.stdout.write(f"Parquet of the release: {size / 2**20:.1f} MiB\n")


def _take(lines: Any, n: int, folder: Path) -> Path:
    file = folder / f"{len(list(folder.iterdir()))}.jsonl"
    file.write_text("".join(islice(lines, n)))
    return file


def _run(file: Path, settings: Settings) -> None:
    with Workers(1) as workers:
        calls = DirectCalls(workers, 1)
        update_warehouse([str(file)], settings, moment=now(), calls=calls, say=lambda line: None)


if __name__ == "__main__":
    main()
