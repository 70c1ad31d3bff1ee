"""How often the language of a text is right, beside four libraries, on the same texts.

python benchmarks/language.py              accuracy, with 95% confidence intervals
python benchmarks/language.py --reliability  how far lang_confidence can be trusted
python benchmarks/language.py --spans      passages in another language
python benchmarks/language.py --speed      articles a second, memory
python benchmarks/language.py --calibrate  writes seeds/language/confidence.csv anew
"""

from __future__ import annotations

import argparse
import sys
from bisect import bisect_right
from collections import defaultdict
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from time import perf_counter

from language_mixed import report_spans, report_speed
from language_sets import GOLD, SETS, cleaned, read_set, systems, wilson

from tasks.language import decide
from tasks.language.confidence import BANDS
from tasks.language.scripts import count_scripts
from tasks.settings import SEEDS

_ALL = ("news documents", "headlines", "news sentences", "look-alike sentences", "messy")
_IMAGINED = 10
_EDGES = (0.0, 0.5, 0.7, 0.85, 0.95, 0.99, 1.01)
_HEADER = """\
# How often each rule of tasks/language is right, by letters in the cleaned sample.
# source: benchmarks/language.py --calibrate, on public test sets in more than 80 languages; each
#   cell is drawn towards the rule's mean over all lengths by ten imagined texts
# licence: Apache-2.0
# date: {date}
rule,letters,right
"""


def main() -> None:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--gold", type=Path, default=GOLD, help="folder of lang_*.jsonl.gz")
    parser.add_argument("--only", nargs="*", help="these systems alone")
    for name in ("reliability", "spans", "speed", "calibrate"):
        parser.add_argument(f"--{name}", action="store_true")
    args = parser.parse_args()
    if not args.gold.is_dir():
        sys.exit(f"No test sets at {args.gold}: name their folder with --gold")
    if args.speed:
        report_speed(args.gold)
    elif args.spans:
        report_spans(args.gold)
    elif args.calibrate:
        calibrate(args.gold)
    elif args.reliability:
        report_reliability(args.gold)
    else:
        report_accuracy(args.gold, args.only)


def report_accuracy(folder: Path, only: list[str] | None = None) -> None:
    """Print per set and system the share of right answers, on raw and on cleaned text."""
    print("| set | texts | system | raw text, % | 95% | same cleaned text, % | 95% | ms |")
    print("|---|---|---|---|---|---|---|---|")
    asked = [(name, ask) for name, ask in systems() if not only or name in only]
    for name in SETS:
        texts = read_set(folder, name)
        clean_texts = [cleaned(t.text) for t in texts]
        for system, ask in asked:
            start = perf_counter()
            raw = sum(t.is_right(ask(t.text)) for t in texts)
            each = 1_000 * (perf_counter() - start) / len(texts)
            neat = sum(t.is_right(ask(c)) for t, c in zip(texts, clean_texts, strict=True))
            cells = [
                f"{name} | {len(texts)} | {system}",
                *(_share(x, len(texts)) for x in (raw, neat)),
            ]
            print(f"| {' | '.join(cells)} | {each:.2f} |", flush=True)


def _share(right: int, n: int) -> str:
    low, high = wilson(right, n)
    return f"{100 * right / n:.2f} | {low:.1f}-{high:.1f}"


_Answer = tuple[str, int, bool]


def _answers(folder: Path) -> list[_Answer]:
    """Return rule, band of letters and truth of every text."""
    found = []
    for name in _ALL:
        for text in read_set(folder, name):
            verdict = decide(text.text)
            letters = count_scripts(cleaned(text.text)).n_letters
            band = BANDS[bisect_right(BANDS, letters) - 1]
            found.append((verdict.method.split()[0], band, text.is_right(verdict.lang)))
    return found


def _measure(answers: list[_Answer]) -> dict[tuple[str, int], float]:
    """Return for each rule and band the share of right answers, drawn towards the rule's mean."""
    cells: dict[tuple[str, int], list[bool]] = defaultdict(list)
    for rule, band, right in answers:
        cells[rule, band].append(right)
    table = {}
    for rule in sorted({rule for rule, _ in cells}):
        every = [right for (name, _), found in cells.items() if name == rule for right in found]
        mean = (sum(every) + 1) / (len(every) + 2)
        for band in BANDS:
            found = cells.get((rule, band), [])
            table[rule, band] = (sum(found) + _IMAGINED * mean) / (len(found) + _IMAGINED)
    return table


def report_reliability(folder: Path) -> None:
    """Print for bands of stated confidence how often the language was right.

    Each half of the texts is judged by a table that was measured on the other half.
    """
    answers = _answers(folder)
    halves = answers[::2], answers[1::2]
    tables = [_measure(half) for half in reversed(halves)]
    judged = [
        (table.get((rule, band), 0.5), right)
        for half, table in zip(halves, tables, strict=True)
        for rule, band, right in half
    ]
    print("| lang_confidence | texts | mean stated, % | right, % | 95% |\n|---|---|---|---|---|")
    for low, high in pairwise(_EDGES):
        inside = [(c, right) for c, right in judged if low <= c < high]
        if inside:
            stated = 100 * sum(c for c, _ in inside) / len(inside)
            share = _share(sum(right for _, right in inside), len(inside))
            print(f"| {low:.2f}-{min(high, 1):.2f} | {len(inside)} | {stated:.1f} | {share} |")
    error = sum(stated - right for stated, right in judged) / len(judged)
    print(f"\nmean of stated minus true: {100 * error:+.2f} points (n={len(judged)})")


def calibrate(folder: Path) -> None:
    """Write seeds/language/confidence.csv from the answers on the test sets."""
    rows = [f"{rule},{band},{x:.3f}\n" for (rule, band), x in _measure(_answers(folder)).items()]
    header = _HEADER.format(date=datetime.now(UTC).date())
    (SEEDS / "language" / "confidence.csv").write_text(header + "".join(rows), encoding="utf-8")


if __name__ == "__main__":
    main()
