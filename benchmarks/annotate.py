"""Measure the annotator: sentences, time, quotations, actors, places, speed.

    python benchmarks/annotate.py [--shared DIR] [--only PART ...]

The gold data and corpora are not part of the project; a part whose data are absent says so.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import importlib
import json
import re
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from tasks.annotate import annotate
from tasks.annotate.mask import mask_markup
from tasks.annotate.quotes import find_quotes
from tasks.annotate.sentences import split_sentences
from tasks.annotate.time import find_dates

HERE = Path(__file__).resolve().parent
SHARED = HERE.parents[0] / ".." / "shared"
NEWS = ("timebank", "aquaint", "te3-platinum", "meantime")


def records(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the records of a JSONL file, plain or gzipped."""
    data = path.read_bytes()
    text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8")
    yield from map(json.loads, text.split("\n")[:-1])


def day_of(value: str | None) -> date | None:
    """Return the day of an ISO moment; None for another spelling."""
    try:
        return date.fromisoformat((value or "")[:10])
    except ValueError:
        return None


def show(part: str, figure: str, value: float, n: int) -> None:
    """Print one row of the table."""
    print(f"| {part} | {figure} | {value:.3f} | {n:,} |")


def sentences(shared: Path) -> None:
    """F1 of sentence spans on the news articles of MEANTIME, joined by spaces."""
    articles: dict[str, list[str]] = {}
    for r in records(shared / "gold" / "timex.jsonl.gz"):
        if r["origin"] == "meantime":
            articles.setdefault(r["id"].rsplit(":", 1)[0], []).append(r["text"].strip())
    n_gold = n_found = n_right = 0
    for lines in articles.values():
        text, gold = "", set()
        for i, line in enumerate(lines):
            text += ("\n\n" if i <= 2 else " ") if text else ""  # headline and date stand apart
            gold.add((len(text), len(text) + len(line)))
            text += line
        found = {(s.start, s.end) for s in split_sentences(text, "en")}
        n_gold, n_found, n_right = (
            n_gold + len(gold),
            n_found + len(found),
            n_right + len(gold & found),
        )
    show("sentences", "F1, MEANTIME news", 2 * n_right / (n_gold + n_found), n_gold)


def dates(shared: Path) -> None:
    """Share of gold days found and right, and of days found where gold has no expression."""
    gold = [r for r in records(shared / "gold" / "timex.jsonl.gz") if r["origin"] in NEWS]
    for _ in range(2):  # the first round fills the caches
        start = time.process_time()
        found = []
        for r in gold:
            masked = mask_markup(r["text"])
            spans = split_sentences(masked, "en")
            found.append(find_dates(masked, spans, day_of(r["reference_date"]), "en"))
        seconds = time.process_time() - start
    n_gold = n_right = n_out = n_spurious = 0
    for r, out in zip(gold, found, strict=True):
        days = [d for d in out if d.first and d.first == d.last]
        for e in r["expected"]:
            if day := re.match(r"\d{4}-\d\d-\d\d", e.get("value") or ""):
                n_gold += 1
                near = (d for d in days if d.start < e["end"] and e["start"] < d.end)
                n_right += any(str(d.first) == day[0] for d in near)
        if r["expected"]:  # MEANTIME annotates the first sentences of an article only
            n_out += len(days)
            n_spurious += sum(
                not any(d.start < e["end"] and e["start"] < d.end for e in r["expected"])
                for d in days
            )
    show("time", "gold days right, news", n_right / n_gold, n_gold)
    show("time", "spurious, in sentences with gold", n_spurious / n_out, n_out)
    show("time", "sentences/s of CPU time, splitting included", len(gold) / seconds, len(gold))


def quotations(shared: Path) -> None:
    """Share of quotations marked by hand whose span and whose speaker are right."""
    lines = (HERE / "quotes_marks.csv").read_text(encoding="utf-8").splitlines()
    marks = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    texts = _texts(shared, {m["id"] for m in marks})
    quoted = {}
    for name, text in texts.items():
        masked = mask_markup(text)
        quoted[name] = find_quotes(masked, split_sentences(masked, "en"), "en")
    spans = right = silent = 0
    spoken = [m for m in marks if m["speakers"]]
    for m in marks:
        start, end = int(m["start"]), int(m["end"])
        direct = (q for q in quoted[m["id"]] if q.direct and q.start < end and start < q.end)
        q = next(direct, None)
        if not m["speakers"]:
            silent += q is None or q.speaker_start < 0
            continue
        spans += q is not None and (q.start, q.end) == (start, end)
        pairs = (tuple(map(int, pair.split("-"))) for pair in m["speakers"].split())
        right += q is not None and any(q.speaker_start < b and a < q.speaker_end for a, b in pairs)
    show("quotations", "span exact", spans / len(spoken), len(spoken))
    show("quotations", "speaker right", right / len(spoken), len(spoken))
    unspoken = len(marks) - len(spoken)
    show("quotations", "no speaker where there is none", silent / unspoken, unspoken)


def _texts(shared: Path, wanted: set[str]) -> dict[str, str]:
    import pyarrow.parquet as pq

    news = records(shared / "corpora" / "polconf_en.jsonl.gz")
    texts = {r["id"]: r["text"] for r in news if r["id"] in wanted}
    table = pq.read_table(shared / "corpora" / "syndication.parquet", columns=["id", "text"])
    for number, text in zip(*(c.to_pylist() for c in table.columns), strict=True):
        if f"syn:{number}" in wanted:
            texts[f"syn:{number}"] = text
    return texts


def speed(shared: Path) -> None:
    """Megabytes of news a second on one core; most texts are met for the first time."""
    annotate("Macron called Putin on Sunday.", published=date(2022, 2, 21))  # tables are ready
    texts = [r["text"] for r in records(shared / "corpora" / "polconf_en.jsonl.gz")][:1000]
    size = sum(map(len, texts)) / 1e6
    start = time.process_time()
    for text in texts:
        annotate(text, published=date(2020, 1, 1))
    show("speed", "whole annotator, MB/s of CPU time", size / (time.process_time() - start), 1000)


def beside(name: str) -> Callable[[Path], None]:
    """Return the measure of another file of this folder: its function `measure(shared)`."""

    def run(shared: Path) -> None:
        module = importlib.import_module(name)
        for figure, value, n in module.measure(shared):
            show(name.removeprefix("annotate_"), figure, value, n)

    return run


PARTS: dict[str, Callable[[Path], None]] = {
    "sentences": sentences,
    "time": dates,
    "quotations": quotations,
    "actors": beside("annotate_actors"),
    "places": beside("annotate_places"),
    "speed": speed,
}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--shared", type=Path, default=SHARED, help="folder of gold and corpora")
    parser.add_argument("--only", nargs="*", choices=PARTS, default=list(PARTS))
    arguments = parser.parse_args()
    print("| part | figure | value | n |\n|---|---|---|---|")
    for name in arguments.only:
        try:
            PARTS[name](arguments.shared)
        except (FileNotFoundError, ModuleNotFoundError) as error:
            print(f"| {name} | not measured: {error} | | |")


if __name__ == "__main__":
    main()
