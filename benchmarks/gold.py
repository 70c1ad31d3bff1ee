"""Score the coder on the project's gold: what an analyst would call a usable row.

    python benchmarks/gold.py [--split dev] [--lang en] [--by type|category|source] [--misses N]
    python benchmarks/gold.py --page misses.html     # what goes wrong in `train`, by cause
    python benchmarks/gold.py --check [--raise]      # the gate of `make test`
    python benchmarks/gold.py --blurbs               # share of news of a kind with an assault

Splits are for good: misses of `train` may be read; of `dev` the totals alone, while rules are
written; `test` is run for a release and never read. The texts are no part of the project; a passage
whose text is absent or changed is named and left out.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.gold_causes import Case, cases  # noqa: E402
from benchmarks.gold_passages import CORPORA, SPLITS, Passage, corpus, load  # noqa: E402
from benchmarks.gold_score import (  # noqa: E402
    LEVELS,
    Calibration,
    Outcome,
    calibration,
    compare,
    details,
    figures,
)
from tasks.events import STATUSES, code_records  # noqa: E402
from tasks.events.lexicon import languages  # noqa: E402

STORED = Path(__file__).resolve().parent / "gold_figures.json"
TOLERANCE = 0.005  # by which usable F1 on `train` may fall: about what one passage in 200 changes
DRAWS = 1000
Figures = dict[str, tuple[float, float | None, float | None]]


def code(passages: Sequence[Passage]) -> list[Outcome]:
    """Run the coder over the passages, each as a text of its own, every status."""
    records = (
        {
            "id": p.record["id"],
            "text": p.text,
            "date": p.record.get("date"),
            "lang": p.record["lang"],
        }
        for p in passages
    )
    found = code_records(records, statuses=frozenset(STATUSES))
    return [compare(p, r["events"]) for p, r in zip(passages, found, strict=True)]


def overview(outcomes: Sequence[Outcome], draws: int = DRAWS) -> str:
    """Return the table that leads docs/accuracy.md."""
    f = figures(outcomes, draws)
    n = [sum(c) for c in zip(*(o.counts()[:3] for o in outcomes), strict=True)] or [0, 0, 0]
    lines = [
        f"{len(outcomes)} passages, {n[0]} events ({n[1]} core), {n[2]} coded",
        "",
        "| | P | R | F1 | core events found |",
        "|---|---|---|---|---|",
    ]
    for level in ("detection", *LEVELS):
        cells = [_cell(f, f"{level} {k}") for k in ("P", "R", "F1", "core")]
        lines.append(f"| {level} | " + " | ".join(cells) + " |")
    lines += ["", "| | n | right | given |", "|---|---|---|---|"]
    lines += [f"| {k} | {m} | {r:.3f} | {g:.3f} |" for k, (m, r, g) in details(outcomes).items()]
    lines += ["", f"specificity {_cell(f, 'specificity')}", "", *_confidence(calibration(outcomes))]
    return "\n".join(lines)


def _cell(f: Figures, name: str) -> str:
    value, low, high = f.get(name, (None, None, None))
    if value is None or value != value:
        return ""
    return f"{value:.3f}" + (f" ({low:.2f} to {high:.2f})" if low is not None else "")


def _confidence(c: Calibration) -> list[str]:
    lines = [f"confidence against usable: AUC {c.auc:.3f}, Brier {c.brier:.3f}, {c.n} rows", ""]
    lines += ["| confidence | rows | mean | usable |", "|---|---|---|---|"]
    lines += [f"| {a:.1f} to {b:.1f} | {n} | {m:.2f} | {u:.2f} |" for a, b, n, m, u in c.table]
    lines.append("")
    for share, (cut, kept) in c.coverage.items():
        at = "no cut reaches it" if cut is None else f"{kept:.0%} of rows remain, cut at {cut:.3f}"
        lines.append(f"for {share:.0%} usable: {at}")
    return lines


def by_group(outcomes: Sequence[Outcome], by: str) -> str:
    """Return figures by type, category or source."""
    usable = LEVELS.index("usable")
    rows: dict[str, list[int]] = defaultdict(lambda: [0] * 6)

    def add(key: Any, *values: int) -> None:
        rows[str(key)] = [a + b for a, b in zip(rows[str(key)], values, strict=True)]

    for o in outcomes:
        record = o.passage.record
        for i, g in enumerate(o.gold):
            right = o.pairs.get(i, (0, (False,) * len(LEVELS)))[1]
            key = g["plover"] if by == "type" else record.get(by)
            add(key, 1, right[0], right[usable], 0, 0, 0)
        for e, right in o.right():
            key = e["plover"] if by == "type" else record.get(by)
            add(key, 0, 0, 0, 1, right[0], right[usable])
    lines = [f"| {by} | gold | type R | usable R | coded | type P | usable P |"]
    lines.append("|---|---|---|---|---|---|---|")
    for key, (gold, typed, good, found, true, right) in sorted(rows.items()):
        g, f = max(gold, 1), max(found, 1)
        lines.append(
            f"| {key} | {gold} | {typed / g:.2f} | {good / g:.2f}"
            f" | {found} | {true / f:.2f} | {right / f:.2f} |"
        )
    return "\n".join(lines)


def misses(outcomes: Sequence[Outcome], n: int) -> str:
    """Return at most `n` cases of each cause, the most frequent cause first."""
    groups = grouped(cases(outcomes))
    lines = [f"{sum(map(len, groups.values()))} cases"]
    for (stage, cause), found in groups.items():
        lines += ["", f"## {stage}: {cause} ({len(found)})"]
        lines += [
            f"{c.headline()}\n    {' '.join(c.outcome.passage.text.split())}" for c in found[:n]
        ]
    return "\n".join(lines)


def grouped(found: Iterable[Case]) -> dict[tuple[str, str], list[Case]]:
    """Return cases by stage and cause, the largest group first."""
    groups: dict[tuple[str, str], list[Case]] = defaultdict(list)
    for c in found:
        groups[c.stage, c.cause].append(c)
    return dict(sorted(groups.items(), key=lambda g: (-len(g[1]), g[0])))


def blurbs() -> str:
    """Return the share of dated blurbs with an assault, by the category of the blurb."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    news = [
        r
        for r in corpus("opennews_en").values()
        if r["kind"] == "blurb" and not str(r.get("category")).startswith("wikidata")
    ]
    for r, coded in zip(news, code_records(news), strict=True):
        types = {e["plover"] for e in coded["events"]}
        counts[str(r["category"])][0] += 1
        counts[str(r["category"])][1] += "ASSAULT" in types
    lines = ["| category | blurbs | with an assault |", "|---|---|---|"]
    lines += [f"| {k} | {n} | {c / n:.3f} |" for k, (n, c) in sorted(counts.items())]
    return "\n".join(lines)


def usable_f1(langs: Iterable[str]) -> dict[str, float]:
    """Return usable F1 on `train` by language, as the gate takes it."""
    out = {}
    for lang in langs:
        passages, _ = load([lang], ["train"])
        if passages:
            out[lang] = round(figures(code(passages))["usable F1"][0], 4)
    return out


def check(raise_it: bool) -> list[str]:
    """Return what has become worse than the stored figures; with `raise_it`, store better ones."""
    stored: dict[str, float] = json.loads(STORED.read_text(encoding="utf-8"))
    now = usable_f1(stored)
    worse = [
        f"usable F1 on train, {lang}: {now[lang]:.4f}, stored {old:.4f}"
        for lang, old in stored.items()
        if lang in now and now[lang] < old - TOLERANCE
    ]
    if raise_it and not worse:
        best = {lang: max(old, now.get(lang, old)) for lang, old in stored.items()}
        STORED.write_text(json.dumps(best, indent=1) + "\n", encoding="utf-8")
    return worse


def main() -> None:
    """Print the figures asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--split", choices=SPLITS, default="train")
    parser.add_argument("--lang", action="append", help="default: each language that is coded")
    parser.add_argument("--by", choices=("type", "category", "source"))
    parser.add_argument("--misses", type=int, default=0, help="show so many cases of each cause")
    parser.add_argument("--page", type=Path, help="write a page of all cases, by cause")
    parser.add_argument("--json", action="store_true", help="figures for programs")
    parser.add_argument("--check", action="store_true", help="against the stored figures")
    parser.add_argument("--raise", dest="raise_it", action="store_true", help="store better ones")
    parser.add_argument("--blurbs", action="store_true")
    parser.add_argument("--corpora", type=Path, default=CORPORA)
    a = parser.parse_args()
    if (a.misses or a.page) and a.split != "train":
        parser.error(f"the misses of {a.split} are not to be read; those of train are")
    if a.check or a.raise_it:
        worse = check(a.raise_it)
        print(*(worse or ["not worse than the stored figures"]), sep="\n")
        sys.exit(bool(worse))
    if a.blurbs:
        print(blurbs())
        return
    langs = a.lang or languages()
    coded: list[Outcome] = []
    for lang in langs:
        passages, left_out = load([lang], [a.split], a.corpora)
        print(*(f"left out, {x}" for x in left_out), sep="\n", file=sys.stderr)
        if not passages:
            print(f"{lang}: no passage of {a.split}; corpora are looked for in {a.corpora}")
            continue
        outcomes = code(passages)
        coded += outcomes
        if a.json:
            print(json.dumps({"lang": lang, "split": a.split, **figures(outcomes, DRAWS)}))
            continue
        print(f"## {lang}, {a.split}: {overview(outcomes)}\n")
        if a.by:
            print(by_group(outcomes, a.by) + "\n")
    if a.misses:
        print(misses(coded, a.misses))
    if a.page:
        from benchmarks.gold_page import page

        a.page.write_text(page(grouped(cases(coded))), encoding="utf-8")
        print(f"{a.page}: {sum(1 for _ in chain(cases(coded)))} cases")


if __name__ == "__main__":
    main()
