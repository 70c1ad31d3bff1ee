"""Runs that are killed at random moments, and completed: nothing lost, nothing left behind.

    python benchmarks/kills.py                        200 times kill -9, direct and Prefect in turn
    python benchmarks/kills.py -n 40 --signal INT     Ctrl-C instead, to the process or its group

Each starts from a warehouse that holds a part of the sample corpus and takes in more of it. After the
blow: every process of the run must be gone within ten seconds, `current` must be readable and
whole; a stop must have ended with 3 and one line. Then the same run is let live: its tables must be
the same bytes as without any blow. Linux only, as processes are found in /proc.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(PROJECT))

from flows.calls import DirectCalls  # noqa: E402
from flows.pipeline import update_warehouse  # noqa: E402
from flows.workers import Workers  # noqa: E402
from tasks import schemas  # noqa: E402
from tasks.settings import SAMPLE, SAMPLE_PUBLISHED, Settings  # noqa: E402
from tasks.warehouse import Warehouse  # noqa: E402

MARK = "KILLS_BENCHMARK"
PATIENCE = 10.0  # seconds
FILES = ("wire.jsonl", "newsapi.jsonl", "export.csv")
BATCH = 4


def complete(warehouse: Path, *paths: Path) -> None:
    """Carry out a run in this process, to its end."""
    settings = Settings(warehouse=warehouse, workers=1, batch_size=BATCH)
    with Workers(1) as workers:
        update_warehouse(
            [str(p) for p in paths],
            settings,
            moment=datetime.now(UTC),
            calls=DirectCalls(workers, 1),
            say=lambda line: None,
            published=SAMPLE_PUBLISHED,
        )


def tables(warehouse: Path) -> dict[str, str]:
    """Return the checksum of every Parquet file that is a function of the articles alone."""
    return {
        name: entry["sha256"]
        for name, entry in Warehouse(warehouse).need_current().manifest["files"].items()
        if name.endswith(".parquet") and name.split("/")[0] not in schemas.OF_RELEASES
    }


def left(mark: str) -> Iterator[int]:
    """Yield the processes that were started with this mark in their environment."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if mark.encode() in (folder / "environ").read_bytes():
                yield int(folder.name)
        except OSError:
            continue


def strike(command: list[str], after: float, number: int, *, to_group: bool) -> tuple[str, str]:
    """Start the command and strike; return its fate (done, hit, ...) and what it said."""
    mark = uuid.uuid4().hex
    environ = {**os.environ, "PYTHONPATH": str(PROJECT), MARK: mark, "NO_COLOR": "1"}
    with tempfile.TemporaryFile("w+") as said:
        process = subprocess.Popen(
            command, env=environ, stdout=said, stderr=said, start_new_session=True
        )
        try:
            process.wait(after)
            fate = "done"
        except subprocess.TimeoutExpired:
            (os.killpg if to_group else os.kill)(process.pid, number)
            struck = time.monotonic()
            try:
                process.wait(PATIENCE)
                fate = "hit"
            except subprocess.TimeoutExpired:
                fate = "STILL THERE"
            while (rest := list(left(mark))) and time.monotonic() - struck < PATIENCE:
                time.sleep(0.1)
            if rest:
                fate = "ORPHANS"
            for pid in rest:
                os.kill(pid, signal.SIGKILL)
            if fate == "hit" and number != signal.SIGKILL and process.returncode != 3:
                fate = "done" if process.returncode == 0 else f"EXIT {process.returncode}"
        said.seek(0)
        text = said.read()
    if fate == "hit" and number != signal.SIGKILL:
        told = [line for line in text.splitlines() if line.startswith("stopped")]
        if len(told) != 1 or "Traceback" in text or not text.rstrip().endswith(told[0]):
            fate = "UNTIDY"
    return fate, text


def main() -> None:
    """Strike again and again; print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", type=int, default=200)
    parser.add_argument("--signal", default="KILL", help="KILL, INT, TERM or HUP")
    parser.add_argument("--modes", default="direct,prefect")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--longest", type=float, help="latest blow in seconds; default: measured")
    args = parser.parse_args()
    rng, number = random.Random(args.seed), signal.Signals[f"SIG{args.signal}"]
    fates: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        inbox = here / "inbox"
        inbox.mkdir()
        for name in FILES:
            shutil.copy2(SAMPLE / name, inbox)
        complete(here / "base", inbox / FILES[0])
        shutil.copytree(here / "base", here / "whole", symlinks=True)
        complete(here / "whole", inbox)
        wanted = tables(here / "whole")
        seconds: dict[str, float] = {}
        for turn in range(args.n):
            mode = rng.choice(args.modes.split(","))
            warehouse = here / "struck"
            shutil.rmtree(warehouse, ignore_errors=True)
            shutil.copytree(here / "base", warehouse, symlinks=True)
            n_workers = rng.choice([1, 2, 3])
            command = [sys.executable, "-m", "flows.cli", "run", str(inbox), "-w", str(warehouse)]
            command += ["--published", str(SAMPLE_PUBLISHED), "--batch-size", str(BATCH)]
            command += ["--workers", str(n_workers)]
            command += ["--direct"] if mode == "direct" else []
            if mode not in seconds:
                start = time.monotonic()
                strike(command, 300, number, to_group=False)
                seconds[mode] = args.longest or time.monotonic() - start
                shutil.rmtree(warehouse)
                shutil.copytree(here / "base", warehouse, symlinks=True)
            after = rng.uniform(0.05, seconds[mode])
            to_group = number != signal.SIGKILL and rng.random() < 0.5
            fate, text = strike(command, after, number, to_group=to_group)
            release = Warehouse(warehouse).need_current()
            if release.verify():
                fate = "DAMAGED"
            complete(warehouse, inbox)
            if tables(warehouse) != wanted:
                fate = "OTHER TABLES"
            fates[f"{mode}: {fate}"] += 1
            line = (
                f"{turn + 1}: {mode}, {n_workers} workers, {after:.2f} s, group {to_group}: {fate}"
            )
            print(line, flush=True)
            if not fate.islower():
                print(text, flush=True)
    print(dict(sorted(fates.items())))
    sys.exit(any(not fate.split(": ")[1].islower() for fate in fates))


if __name__ == "__main__":
    main()
