"""Hostile and broken inputs: each gives its reject or its article, and the run goes on."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tasks.ingest import Limits
from tests.ingest.conftest import Tree
from tests.ingest.evil import CASES, TEXT


@pytest.mark.parametrize("name", CASES)
def test_what_becomes_of_it(tree: Tree, name: str) -> None:
    content, reasons, n_articles = CASES[name]
    tree.add(name, content)
    batch = tree.read()
    assert batch.articles.num_rows == n_articles
    if reasons is not None:
        assert batch.rejects["reason"].to_pylist() == reasons
    assert batch.n_inputs == batch.articles.num_rows + batch.rejects.num_rows


# VmHWM is of this program alone; getrusage would count the peak of the process that started it.
PEAK = """
import re, sys
from pathlib import Path
from tasks.ingest import ingest_paths
for batch in ingest_paths([sys.argv[1]]): pass
print(re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())[1])
"""


def peak_of_reading(tree: Tree) -> int:
    """Return the peak memory, in KiB, of a process of its own that reads the folder."""
    done = subprocess.run(
        [sys.executable, "-c", PEAK, str(tree.root)], capture_output=True, text=True, check=True
    )
    return int(done.stdout)


def test_all_together_and_nothing_escapes(tree: Tree) -> None:
    for name, (content, _, _) in CASES.items():
        tree.add(name, content)
    batch = tree.read()
    for article in batch.articles.to_pylist():
        assert "root:" not in article["body"]
        assert "hahaha" not in article["body"]
    assert all(s.isprintable() for s in batch.rejects["sample"].to_pylist())
    assert batch.articles.num_rows == sum(n for _, _, n in CASES.values())
    assert peak_of_reading(tree) < 1 << 20


def test_there_are_enough_of_them() -> None:
    assert len(CASES) >= 60


def test_a_limit_can_be_raised(tree: Tree) -> None:
    tree.add("a.txt", "Too short.")
    assert tree.read(limits=Limits(min_chars=1)).articles.num_rows == 1


def test_what_came_before_the_cut_is_kept(tree: Tree) -> None:
    tree.add("a.jsonl.gz", CASES["cut.jsonl.gz"][0])
    batch = tree.read()
    assert batch.articles.num_rows == 200
    assert "truncated" in batch.rejects["reason"].to_pylist()
    assert batch.articles["body"].to_pylist()[0] == TEXT
