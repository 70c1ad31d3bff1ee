"""Fit, and judge, the confidence of event mentions on gold data.

    python benchmarks/events_confidence.py [--gold DIR]          # judge: reliability table
    python benchmarks/events_confidence.py --write               # fit; write table and picture

A mention counts as right if its PLOVER type is among those of the gold sentence. Fit: logistic
regression with a small ridge, weights in thousandths. Judged by two halves of the sentences (by a
hash of their ids), each by weights fitted on the other. One of the sets names one event a sentence
although it may tell of more, so the share of right ones is rather too low than too high.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tasks.events import coder  # noqa: E402
from tasks.events.confidence import TABLE, features  # noqa: E402

SETS = ("plv_train", "plover_gsr_cameo", "cameo_conflibert_annotated", "case2021_task2")
PICTURE = ROOT / "docs" / "reliability-events.svg"
RIDGE = 3.0  # imagined mentions that pull each weight to zero
BINS = (0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01)
Case = tuple[tuple[str, ...], bool, int]  # features, right, half


def cases(folder: Path) -> list[Case]:
    """Return every mention that the coder makes of the gold sentences."""
    seen: list[tuple[str, ...]] = []

    def numbered(draft: Any, pair: Any) -> float:
        seen.append(features(draft, pair))
        return float(len(seen) - 1)

    coder.estimate = numbered  # so that a mention says which features it has
    found: list[Case] = []
    for name in SETS:
        for line in (folder / f"{name}.jsonl").open(encoding="utf-8"):
            record = json.loads(line)
            gold = {e["plover"] for e in record["expected"]}
            gold |= {"RETREAT"} if "CONCEDE" in gold else set()
            gold |= {"CONCEDE"} if "RETREAT" in gold else set()
            for m in coder.code_text(record["text"]):
                if m.plover and m.status in ("actual", "planned"):
                    half = crc32(record["id"].encode()) % 2
                    found.append((seen[int(m.confidence)], m.plover in gold, half))
    return found


def fit(known: Sequence[Case]) -> dict[str, tuple[int, int]]:
    """Return weight in thousandths, and how many mentions have it, by feature."""
    names = sorted({f for case in known for f in case[0]}, key=lambda n: (n != "every mention", n))
    at = {name: n for n, name in enumerate(names)}
    x = np.zeros((len(known), len(names)))
    for row, case in zip(x, known, strict=True):
        row[[at[f] for f in case[0]]] = 1
    y = np.array([case[1] for case in known], dtype=float)
    pull = np.full(len(names), RIDGE)
    pull[at["every mention"]] = 1e-6
    w = np.zeros(len(names))
    for _ in range(25):  # Newton; settles after a handful
        p = 1 / (1 + np.exp(-x @ w))
        hessian = (x * (p * (1 - p))[:, None]).T @ x + np.diag(pull)
        w += np.linalg.solve(hessian, x.T @ (y - p) - pull * w)
    return {n: (round(1000 * w[i]), int(x[:, i].sum())) for n, i in at.items()}


def judged(found: Sequence[Case]) -> list[tuple[float, bool]]:
    """Return confidence and truth of each mention, by weights of the other half."""
    out = []
    for half in (0, 1):
        weights = fit([c for c in found if c[2] != half])
        for names, right, _ in (c for c in found if c[2] == half):
            total = sum(weights.get(n, (0, 0))[0] for n in names)
            out.append((float(1 / (1 + np.exp(-total / 1000))), right))
    return out


def reliability(pairs: Sequence[tuple[float, bool]]) -> list[tuple[float, float, int]]:
    """Return mean confidence, share of right ones and number for each bin."""
    rows = []
    for low, high in pairwise(BINS):
        inside = [(c, r) for c, r in pairs if low <= c < high]
        if inside:
            mean, right = (float(np.mean([x[k] for x in inside])) for k in (0, 1))
            rows.append((mean, right, len(inside)))
    return rows


def picture(rows: Sequence[tuple[float, float, int]]) -> str:
    """Return the reliability diagram as SVG: stated confidence against share right."""
    size, edge = 300, 40

    def x(v: float) -> float:
        return round(edge + v * size, 1)

    def y(v: float) -> float:
        return round(edge + (1 - v) * size, 1)

    dots = "".join(
        f'<circle cx="{x(c)}" cy="{y(r)}" r="{round(2 + n**0.5 / 3, 1)}" fill="#2563a8" '
        f'fill-opacity="0.75"><title>stated {c:.2f}, right {r:.2f}, {n} mentions</title></circle>'
        for c, r, n in rows
    )
    ticks = "".join(
        f'<text x="{x(v)}" y="{edge + size + 18}" text-anchor="middle">{v:.1f}</text>'
        f'<text x="{edge - 8}" y="{y(v) + 4}" text-anchor="end">{v:.1f}</text>'
        for v in (0, 0.2, 0.4, 0.6, 0.8, 1.0)
    )
    full = size + 2 * edge
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {full} {full + 10}" role="img" '
        'aria-label="Reliability of the confidence of event mentions" '
        'font-family="sans-serif" font-size="11" fill="#444">'
        f'<rect width="{full}" height="{full + 10}" fill="#fff"/>'
        f'<path d="M{x(0)} {y(0)}L{x(1)} {y(1)}" stroke="#999" stroke-dasharray="4 4"/>'
        f'<path d="M{x(0)} {y(1)}V{y(0)}H{x(1)}" stroke="#444" fill="none"/>{ticks}{dots}'
        f'<text x="{x(0.5)}" y="{full + 4}" text-anchor="middle">stated confidence</text>'
        f'<text x="{x(0)}" y="{edge - 14}">share right; area grows with the number of mentions</text>'
        "</svg>\n"
    )


def write(found: Sequence[Case], rows: Sequence[tuple[float, float, int]]) -> None:
    """Write the table of weights and the diagram."""
    lines = [
        "# What speaks for the type of an event mention being right, and against it.",
        "# weight: log-odds in thousandths; mentions: how many had it where they were fitted.",
        "# source: benchmarks/events_confidence.py --write, on public gold sentences in English",
        "# licence: Apache-2.0",
        "# date: 2026-11-21",
        "feature,weight,mentions",
    ]
    lines += [f"{name},{weight},{n}" for name, (weight, n) in fit(found).items()]
    TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")
    PICTURE.write_text(picture(rows), encoding="utf-8")


def main() -> None:
    """Print the reliability table; with --write, fit anew."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--gold", type=Path, default=ROOT.parent / "shared" / "gold")
    parser.add_argument("--write", action="store_true")
    a = parser.parse_args()
    if not a.gold.is_dir():
        sys.exit(f"no gold data at {a.gold}: give --gold")
    found = cases(a.gold)
    pairs = judged(found)
    rows = reliability(pairs)
    print("| stated | right | mentions |\n|---|---|---|")
    for c, r, n in rows:
        print(f"| {c:.2f} | {r:.2f} | {n} |")
    brier = float(np.mean([(c - r) ** 2 for c, r in pairs]))
    off = sum(n * abs(c - r) for c, r, n in rows) / len(pairs)
    print(
        f"\n{len(pairs):,} mentions; Brier score {brier:.3f}; mean distance of the bins {off:.3f}"
    )
    if a.write:
        write(found, rows)


if __name__ == "__main__":
    main()
