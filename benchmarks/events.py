"""Score the event coder on gold data and print one table.

    python benchmarks/events.py [--gold DIR] [--scorer FILE] [--set NAME] [--by] [--misses N]

The gold data are not part of the project; without them the command says so and stops.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from zlib import crc32

from tasks.events import code_records
from tasks.events.coding import Coding
from tasks.events.readers import NETWORK
from tasks.events.tables import read_table

SHARED = Path(__file__).resolve().parents[1] / ".." / "shared"
# set, scorer options, levels shown
SETS = (
    ("plv_train", ["--merge-yield"], ("sentence_detection", "plover/none", "root/none")),
    ("plover_gsr_cameo", [], ("root/country", "full/none", "plover/none", "root/none")),
    ("cameo_conflibert_annotated", [], ("root/none", "plover/none", "sentence_detection")),
    ("case2021_task2", [], ("root/none", "plover/none", "sentence_detection")),
    ("spanish_colombia_fight", [], ("root/none", "plover/none", "sentence_detection")),
    ("spanish_protest_cameo", [], ("root/none", "plover/none")),
    ("spanish_protest_plover", [], ("plover/none", "sentence_detection")),
    ("events_fr", [], ("root/country", "root/none", "plover/none", "sentence_detection")),
)
OWN = Path(__file__).resolve().parent / "events_fr.csv"


def score(
    gold: Path, system: Path, scorer: Path, options: list[str]
) -> dict[str, dict[str, float]]:
    """Return the scorer's figures."""
    command = [sys.executable, str(scorer), str(gold), str(system), "--json", "--by", "plover"]
    done = subprocess.run([*command, *options], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def own_gold(folder: Path) -> Path:
    """Write the project's own French sentences as the scorer reads them; return the file."""
    rows = read_table(OWN)
    out = folder / "gold_events_fr.jsonl"
    with out.open("w", encoding="utf-8") as f:
        for r in rows:
            expected = [e for x in r["expected"].split("; ") if x != "-" for e in _expected(x)]
            f.write(
                json.dumps({"id": r["line"], "text": r["text"], "lang": "fr", "expected": expected})
            )
            f.write("\n")
    return out


def _expected(cell: str) -> list[dict[str, str]]:
    """Read "FRA>RUS 040"; what has no direction counts both ways."""
    parties, _, cameo = cell.partition(" ")
    source, _, target = parties.partition(">")
    found = [(source, target)]
    if cameo in ("040", "041", "046", "057", "0871"):
        found.append((target, source))
    return [{"source": a, "target": b, "cameo": cameo} for a, b in found]


def language_of(name: str) -> str:
    """Return the language of a set."""
    return "es" if name.startswith("spanish") else "fr" if name == OWN.stem else "en"


def halves(records: list[dict[str, object]], half: int) -> list[dict[str, object]]:
    """Return the records of one half (1 or 2) by a hash of their ids; all of them for 0."""
    return [r for r in records if not half or crc32(str(r["id"]).encode()) % 2 + 1 == half]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--gold", type=Path, default=SHARED / "gold")
    parser.add_argument("--scorer", type=Path, default=SHARED / "tools" / "score_events.py")
    parser.add_argument("--set", dest="only")
    parser.add_argument("--lang", help="only sets of this language: en, es, fr")
    parser.add_argument("--half", type=int, choices=(0, 1, 2), default=0, help="by a hash of ids")
    parser.add_argument("--by", action="store_true", help="figures for each PLOVER type too")
    parser.add_argument("--reader", default=NETWORK, help="network, chunker or spacy:NAME")
    parser.add_argument("--keep", type=Path, help="folder to write the coder's output to")
    a = parser.parse_args()
    coding = Coding(parser=a.reader)
    if not a.gold.is_dir() or not a.scorer.is_file():
        sys.exit(f"no gold data at {a.gold}: give --gold and --scorer")
    print("| set | level | P | R | F1 | records/s |\n|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        keep = a.keep or Path(folder)
        for name, options, levels in SETS:
            if (a.only and name != a.only) or (a.lang and language_of(name) != a.lang):
                continue
            gold = own_gold(Path(folder)) if name == OWN.stem else a.gold / f"{name}.jsonl"
            if not gold.is_file():
                continue
            records = [json.loads(line) for line in gold.open(encoding="utf-8")]
            if a.half:
                records = halves(records, a.half)
                gold = Path(folder) / f"half_{name}.jsonl"
                gold.write_text("".join(json.dumps(r) + "\n" for r in records), encoding="utf-8")
            start = time.perf_counter()
            coded = list(code_records(records, coding=coding))
            speed = len(records) / (time.perf_counter() - start)
            out = keep / f"{name}.jsonl"
            out.write_text("".join(json.dumps(r) + "\n" for r in coded), encoding="utf-8")
            result = score(gold, out, a.scorer, options)
            for level in levels:
                f = result[level]
                extra = f" (specificity {f['specificity']})" if f.get("specificity") else ""
                print(
                    f"| {name} | {level}{extra} | {f['P']:.3f} | {f['R']:.3f} | {f['F1']:.3f} | {speed:.0f} |"
                )
            if a.by:
                for kind, f in result["by_plover"].items():
                    print(f"| {name} | {kind} | {f['P']:.3f} | {f['R']:.3f} | {f['F1']:.3f} | |")


if __name__ == "__main__":
    main()
