"""Measure the actors of noun phrases: country, role and both right, and how soon tables are there.

python benchmarks/annotate.py --only actors
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from tasks.annotate import annotate
from tasks.annotate.types import ActorMention

_TODAY = date(2022, 6, 1)
_READY = """
import time
from tasks.annotate import annotate
start = time.process_time()
annotate("Macron called Putin in Moscow on Sunday; 12 soldiers died, he said.")
print(time.process_time() - start)
"""


def measure(shared: Path) -> Iterator[tuple[str, float, int]]:
    """Yield (figure, value, n)."""
    lines = (shared / "gold" / "actors_ngec.jsonl").read_text(encoding="utf-8").split("\n")[:-1]
    verdicts = [_verdict(json.loads(line)) for line in lines]
    n = len(verdicts)
    yield "country right", sum(country for country, _ in verdicts) / n, n
    yield "role right", sum(role for _, role in verdicts) / n, n
    yield "both right", sum(map(all, verdicts)) / n, n
    with tempfile.TemporaryDirectory() as cache:
        yield "tables ready, empty cache, seconds of CPU time", _ready(cache), 1
        yield "tables ready, compiled tables there", min(_ready(cache) for _ in range(3)), 3


def _verdict(record: dict[str, Any]) -> tuple[bool, bool]:
    """Say whether country and role are right; a role that the gold leaves open is."""
    expected, found = record["expected"], _actor(record)
    country, role = (found.country, found.role) if found else ("", "")
    return country == expected.get("country", ""), expected.get("code_1") in (None, role)


def _actor(record: dict[str, Any]) -> ActorMention | None:
    """Return the longest coded actor within the phrase; its context is put before it."""
    phrase, context = record["actor"], record["context"]
    text = f"{context} {phrase}" if context else phrase
    found = annotate(text, published=_day(record["date"])).actors
    first = len(text) - len(phrase)
    inside = [a for a in found if a.end > first and a.kind != "pronoun"]
    return max(inside, key=lambda a: (bool(a.code), a.end - a.start), default=None)


def _day(text: str) -> date:
    for form in ("%Y-%m-%d", "%d %B %Y"):
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    return _TODAY


def _ready(cache: str) -> float:
    """Return the CPU time that the first article of a new process takes beyond imports."""
    environment = {**os.environ, "XDG_CACHE_HOME": cache, "PYTHONPATH": os.pathsep.join(sys.path)}
    run = [sys.executable, "-c", _READY]
    done = subprocess.run(run, env=environment, check=True, capture_output=True, text=True)
    return float(done.stdout)
