"""Measure what readers make of a treebank: tags, heads, who and whom, speed.

    python benchmarks/readers.py [--ud DIR] [--reader network --reader chunker --reader spacy:NAME]

Who is the head of the subject of an active verb or of the agent of a passive one, whom that of an
object or of the subject of a passive one: F1 over pairs of verb and noun in the test part of
UD English-EWT. Sentences a second are of processor time, the words given.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from treebank import read

from tasks.events.readers import reader

UD = Path(__file__).resolve().parents[1] / ".." / "shared" / "ud"
ROLES = {"who": {"nsubj", "obl:agent"}, "whom": {"obj", "iobj", "nsubj:pass"}}


def pairs(heads: Iterable[int], labels: Sequence[str], role: str) -> set[tuple[int, int]]:
    """Return the pairs of verb and noun in a role."""
    return {(h, i) for i, h in enumerate(heads) if labels[i] in ROLES[role]}


def f1(gold: list[set], found: list[set]) -> float:
    """Return F1 of sets of pairs, sentence by sentence."""
    right = sum(len(g & f) for g, f in zip(gold, found, strict=True))
    return 2 * right / (sum(map(len, gold)) + sum(map(len, found)))


def main() -> None:
    """Print the table."""
    ap = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    ap.add_argument("--ud", type=Path, default=UD)
    ap.add_argument("--reader", action="append")
    a = ap.parse_args()
    path = a.ud / "en_ewt-test.conllu.gz"
    if not path.is_file():
        sys.exit(f"no treebank at {path}: give --ud")
    test = read(path)
    words = [[w[0] for w in s] for s in test]
    print("| reader | tags | heads | who F1 | whom F1 | sentences/s |\n|---|---|---|---|---|---|")
    for name in a.reader or ["network", "chunker"]:
        own = reader("en", name)
        own.parse(words[:50])
        start = time.process_time()
        found = own.parse(words)
        speed = len(test) / (time.process_time() - start)
        total = sum(map(len, test))
        both = list(zip(found, test, strict=True))
        tags = sum(t == w[1] for p, s in both for t, w in zip(p.tags, s, strict=True))
        heads = sum(h + 1 == w[2] for p, s in both for h, w in zip(p.heads, s, strict=True))
        roles = [
            f1(
                [pairs([w[2] - 1 for w in s], [w[3] for w in s], r) for s in test],
                [pairs(p.heads, p.labels, r) for p in found],
            )
            for r in ROLES
        ]
        figures = [f"{x:.3f}" for x in (tags / total, heads / total, *roles)]
        print(f"| {name} | {' | '.join(figures)} | {speed:,.0f} |")


if __name__ == "__main__":
    main()
