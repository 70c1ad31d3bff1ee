"""Reads each hostile input in a process of its own and prints seconds, peak memory and outcome.

    python benchmarks/hostile.py [NAME ...]

Exits with 1 if one takes more than 20 seconds or 1 GiB: seconds by the clock, or of processor time
where other programs keep the machine busy. The memory is that of the largest process: the one that
reads, or the child that parses for it. The inputs are made as they are needed
(`tests/ingest/evil.py`, `tests/ingest/costly.py`); names choose those that contain them.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(PROJECT))

from tests.ingest.costly import COSTLY  # noqa: E402
from tests.ingest.evil import CASES  # noqa: E402

# Prints how many articles a file gives, and its rejects by reason.
READ = """
import sys
from collections import Counter
from tasks.ingest import ingest_paths
n_articles, reasons = 0, Counter()
for batch in ingest_paths([sys.argv[1]]):
    n_articles += batch.articles.num_rows
    reasons.update(batch.rejects["reason"].to_pylist())
print(n_articles, "articles;", ", ".join(f"{n} {reason}" for reason, n in sorted(reasons.items())))
"""
# A small process between: what this one holds would count as memory of those that it starts.
MEASURE = """
import resource, subprocess, sys
code = subprocess.call(sys.argv[1:])
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print()
print(used.ru_maxrss / 1024, used.ru_utime + used.ru_stime, code)
"""
SECONDS, MEBIBYTES = 20.0, 1024.0
FILTERED = {
    "one-word": "x" * 50_000,
    "scripts": "aжאمक中あ" * 7_000,
    "controls": "\x00\x01\x1b[0m " * 10_000,
    "surrogates": "\\ud800 " * 5_000,
    "long-line": "The ministers met in Vienna. " * 350_000,
    "capitals": "Minister John Smith And " * 2_000,
    "brackets": "(" * 20_000 + '\\"' * 20_000,
    "dates": "20 February 2022, " * 3_000,
    "numbers": "12 345 678 million " * 3_000,
    "quotes": "“He said ‘" * 5_000,
    "nul": "\\u0000" * 20_000,
}


def main() -> int:
    """Measure what was asked for; return the exit code."""
    wanted = sys.argv[1:]
    inputs: dict[str, Callable[[], bytes]] = {n: lambda n=n: CASES[n][0] for n in CASES}  # type: ignore[misc]
    inputs |= COSTLY
    too_much = []
    with tempfile.TemporaryDirectory() as name:
        for file, make in inputs.items():
            if _is_wanted(file, wanted):
                path = Path(name) / "in" / file.replace("\n", "_")
                path.parent.mkdir(exist_ok=True)
                path.write_bytes(make())
                too_much += _measure(file, ["-c", READ, str(path)])  # fmt: skip
                path.unlink()
        for text_name, text in FILTERED.items():
            line = Path(name) / "line.jsonl"
            text = text if "\\" in text else text.replace("\x00", "\\u0000").replace("\x01", "\\u0001").replace("\x1b", "\\u001b")  # fmt: skip
            line.write_text(f'{{"id": "a", "text": "{text}", "date": "2022-02-20"}}\n')
            for command in ("annotate", "code", "copies"):
                label = f"{command} {text_name}"
                if _is_wanted(label, wanted):
                    too_much += _measure(label, ["-m", "flows.cli", command, str(line)])
    print(f"\n{len(too_much)} above {SECONDS:g} s or {MEBIBYTES:g} MiB: {', '.join(too_much)}")
    return 1 if too_much else 0


def _is_wanted(name: str, wanted: list[str]) -> bool:
    return not wanted or any(part in name for part in wanted)


def _measure(name: str, arguments: list[str]) -> list[str]:
    """Print a row; return the name if it took too much."""
    started = time.monotonic()
    with tempfile.TemporaryFile() as told:
        process = subprocess.Popen(
            [sys.executable, "-c", MEASURE, sys.executable, *arguments],
            stdout=told,
            stderr=subprocess.STDOUT,
            env={**os.environ, "PYTHONPATH": str(PROJECT)},
            start_new_session=True,
        )
        watch = threading.Timer(10 * SECONDS, os.killpg, [process.pid, signal.SIGKILL])
        watch.start()
        process.wait()
        watch.cancel()
        seconds = time.monotonic() - started
        told.seek(0)
        *lines, measured = told.read().decode("utf-8", "replace").strip().splitlines() or [""]
    if process.returncode:
        print(f"{name[:28]:28} {seconds:6.1f} s  killed", flush=True)
        return [name]
    mebibytes, cpu, code = map(float, measured.split())
    lines = [line for line in lines if line]
    outcome = (lines[-1] if lines else "")[:90]
    if arguments[0] == "-m":
        outcome = f"exit {code:g}, {len(lines)} lines"
    is_busy = os.getloadavg()[0] > (os.cpu_count() or 1) + 1
    is_much = (cpu if is_busy else seconds) > SECONDS or mebibytes > MEBIBYTES or code < 0
    mark = "TOO MUCH" if is_much else ""
    print(
        f"{name[:28]:28} {seconds:6.1f} s {cpu:6.1f} s of CPU {mebibytes:6.0f} MiB  {outcome} {mark}",
        flush=True,
    )
    return [name] if is_much else []


if __name__ == "__main__":
    sys.exit(main())
