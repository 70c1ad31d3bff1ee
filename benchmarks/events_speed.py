"""Measure the event coder: sentences a second, share of candidates, memory, time to get ready.

    python benchmarks/events_speed.py [--texts FILE] [--limit N] [--reader network|chunker]

Processor time of one core. All sentences of the texts count, also those that the filter in front
lets go by; annotation is part of the time. `--texts` takes JSONL (or .jsonl.gz) with `text`.
"""

from __future__ import annotations

import argparse
import gzip
import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

TEXTS = Path(__file__).resolve().parents[1] / ".." / "shared" / "corpora" / "polconf_en.jsonl.gz"
DAY = date(2015, 1, 1)
READY = """
import time
start = time.process_time()
import tasks.events
imported = time.process_time()
from tasks.events.lexicon import load_lexicon
from tasks.events.readers import reader
load_lexicon("en")
loaded = time.process_time()
reader("en")
read = time.process_time()
tasks.events.code_text("Macron met Putin in Moscow on Monday.")
print(imported - start, loaded - imported, read - loaded, time.process_time() - start)
"""


def texts(path: Path, limit: int) -> Iterator[str]:
    """Yield the texts of the file."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for n, line in enumerate(lines):
            if n == limit:
                return
            record = json.loads(line)
            yield record.get("text") or record.get("body") or ""


def ready() -> list[float]:
    """Return seconds of a new process: imports, lexicon, parser, all up to the first event."""
    done = subprocess.run([sys.executable, "-c", READY], capture_output=True, text=True, check=True)
    return [float(x) for x in done.stdout.split()]


def main() -> None:
    """Print the figures."""
    ap = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    ap.add_argument("--texts", type=Path, default=TEXTS)
    ap.add_argument("--limit", type=int, default=600)
    ap.add_argument("--reader", default="network")
    a = ap.parse_args()
    if not a.texts.is_file():
        sys.exit(f"no texts at {a.texts}: give --texts")
    imports, lexicon, parser, first = ready()

    from tasks.annotate import annotate
    from tasks.events import read_text
    from tasks.events.coding import Coding

    found = list(texts(a.texts, a.limit))
    coding = Coding(parser=a.reader)
    read_text(found[0], published=DAY, coding=coding)
    start = time.process_time()
    for text in found:
        annotate(text, published=DAY, lang="en")
    annotated = time.process_time() - start
    start, sentences, candidates, mentions = time.process_time(), 0, 0, 0
    for text in found:
        readings = read_text(text, published=DAY, coding=coding)
        sentences += len(readings)
        candidates += sum(r.clauses is not None for r in readings)
        mentions += sum(len(r.mentions) for r in readings)
    coded = time.process_time() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"| reader | {a.reader} |\n|---|---|")
    print(f"| texts, sentences, mentions | {len(found):,}, {sentences:,}, {mentions:,} |")
    print(f"| candidates | {candidates / sentences:.0%} |")
    print(f"| sentences/s, annotation included | {sentences / coded:,.0f} |")
    print(f"| sentences/s, annotation taken off | {sentences / (coded - annotated):,.0f} |")
    print(f"| peak memory | {memory:,.0f} MiB |")
    print(f"| ready: imports, lexicon, parser | {imports:.2f} s, {lexicon:.2f} s, {parser:.2f} s |")
    print(f"| first event of a new process | {first:.2f} s |")


if __name__ == "__main__":
    main()
