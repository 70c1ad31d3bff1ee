"""Measures duplicate detection on a corpus with known copies, beside other systems.

    python benchmarks/duplicates.py CORPUS.parquet [--systems demarche datasketch ...]
    python benchmarks/duplicates.py CORPUS.parquet --python PATH     # where the others are installed
    python benchmarks/duplicates.py CORPUS.parquet --history 1000000 # 1,000 new against many old

The corpus has the columns id, title, text, publisher, published, cluster (the truth), rel (kind of
edit), of (what it was made from) and tfam (look-alikes of one family are no copies). Each system
runs in a process of its own; seconds are of processor time, from texts in memory to pairs or
clusters, imports and reading aside; memory is the peak of the process. The other systems are no dependencies:
`pip install datasketch rensa datatrove[processing] pyarrow` into an environment of their own.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

Labels = dict[str, str]
BATCH = 5_000
SPENT = [0.0]  # seconds of processor time within `timed`


def spent() -> float:
    """Return seconds of processor time of this process and its children."""
    both = [resource.getrusage(w) for w in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(u.ru_utime + u.ru_stime for u in both)


@contextmanager
def timed() -> Iterator[None]:
    """Count what runs within."""
    begun = spent()
    yield
    SPENT[0] += spent() - begun


def articles(path: str) -> pa.Table:
    """Return the corpus as ARTICLES has it."""
    rows = pq.read_table(path, columns=["id", "title", "text", "publisher", "published"])
    at = pc.strptime(pc.utf8_slice_codeunits(rows["published"], 0, 19), "%Y-%m-%dT%H:%M:%S", "us")
    columns = ["article_id", "title", "body", "publisher", "published_at"]
    rows = rows.set_column(4, "published_at", at.cast(pa.timestamp("us", "UTC")))
    return rows.rename_columns(columns)


def demarche(path: str, runs: int = 1, evidence: bool = False) -> Labels:
    """Run our own stage, in one run or several."""
    from tasks.duplicates import fill, fingerprint, relate, update_relations

    rows = articles(path)
    with timed():
        parts = [fingerprint(rows.slice(n, BATCH)) for n in range(0, rows.num_rows, BATCH)]
        if runs > 1:
            copies, known = relate(parts[0]), parts[0]
            for part in parts[1:]:
                copies = update_relations(copies, known, part)
                known = pa.concat_tables([known, part])
        else:
            copies = relate(pa.concat_tables(parts))
        if evidence:
            copies = fill(copies, rows)
    return dict(
        zip(copies["article_id"].to_pylist(), copies["cluster_id"].to_pylist(), strict=True)
    )


def texts(path: str) -> tuple[list[str], list[str]]:
    """Return ids and texts."""
    rows = pq.read_table(path, columns=["id", "text"])
    return rows["id"].to_pylist(), rows["text"].to_pylist()


def components(ids: list[str], pairs: list[tuple[int, int]]) -> Labels:
    """Return the connected components of pairs."""
    root = list(range(len(ids)))

    def find(n: int) -> int:
        while root[n] != n:
            root[n] = root[root[n]]
            n = root[n]
        return n

    for one, other in pairs:
        root[find(one)] = find(other)
    return {name: str(find(n)) for n, name in enumerate(ids)}


def five_words(text: str) -> list[str]:
    """Return the runs of five words."""
    words = text.lower().split()
    return [" ".join(words[n : n + 5]) for n in range(max(1, len(words) - 4))]


def datasketch(path: str, threshold: float) -> Labels:
    """MinHash of 128 permutations and LSH, as its manual shows."""
    from datasketch import MinHash, MinHashLSH

    ids, bodies = texts(path)
    lsh, pairs = MinHashLSH(threshold=threshold, num_perm=128), []
    shingled = ([s.encode() for s in five_words(body)] for body in bodies)
    with timed():
        for n, sketch in enumerate(MinHash.generator(shingled, num_perm=128, seed=7)):
            pairs += [(n, int(other)) for other in lsh.query(sketch)]
            lsh.insert(str(n), sketch)
    return components(ids, pairs)


def rensa(path: str, threshold: float) -> Labels:
    """R-MinHash of 128 permutations and LSH of 16 bands, or 32 for 0.5."""
    from rensa import RMinHash, RMinHashLSH

    ids, bodies = texts(path)
    lsh = RMinHashLSH(threshold=threshold, num_perm=128, num_bands=16 if threshold > 0.6 else 32)
    pairs = []
    with timed():
        for n, body in enumerate(bodies):
            sketch = RMinHash(num_perm=128, seed=42)
            sketch.update(five_words(body))
            pairs += [(n, other) for other in lsh.query(sketch)]
            lsh.insert(n, sketch)
    return components(ids, pairs)


def datatrove(path: str, buckets: int, hashes: int) -> Labels:
    """Its four MinHash stages, with cluster ids kept."""
    from datatrove.data import Document
    from datatrove.executor import LocalPipelineExecutor
    from datatrove.pipeline.dedup import MinhashDedupCluster, MinhashDedupSignature
    from datatrove.pipeline.dedup.minhash import MinhashConfig, MinhashDedupBuckets

    ids, bodies = texts(path)
    config = MinhashConfig(n_grams=5, num_buckets=buckets, hashes_per_bucket=hashes)
    with tempfile.TemporaryDirectory() as folder:
        documents = [Document(text=body, id=name) for name, body in zip(ids, bodies, strict=True)]
        stages = [
            [documents, MinhashDedupSignature(f"{folder}/s", config=config)],
            [MinhashDedupBuckets(f"{folder}/s", f"{folder}/b", config=config)],
            [MinhashDedupCluster(f"{folder}/b", f"{folder}/c", config, save_cluster_id=True)],
        ]
        with timed():
            for n, pipeline in enumerate(stages):
                tasks = buckets if n == 1 else 1
                LocalPipelineExecutor(pipeline, tasks=tasks, logging_dir=f"{folder}/l{n}").run()
        found = Path(f"{folder}/c/000000.clusters").read_bytes()
    pairs = [found[n : n + 8] for n in range(0, len(found), 8)]
    numbers = {int.from_bytes(p[:4], "little"): int.from_bytes(p[4:], "little") for p in pairs}
    return {name: f"c{numbers[n]}" if n in numbers else name for n, name in enumerate(ids)}


def text_dedup(path: str, threshold: float) -> Labels:
    """Its MinHash command with its own defaults: 5-grams, 256 permutations."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "text_dedup.minhash", "--path", "parquet", "--split"]
        command += ["train", "--data_files", path, "--column", "text", "--output", f"{folder}/o"]
        command += ["--cache_dir", f"{folder}/cache", "--threshold", str(threshold)]
        with timed():
            subprocess.run([*command, "--debug"], check=True, capture_output=True)
        import pickle

        clusters = pickle.loads(Path(f"{folder}/o/uf.pkl").read_bytes())
    ids, _ = texts(path)
    return {name: str(clusters.find(n)) for n, name in enumerate(ids)}


SYSTEMS: dict[str, Callable[[str], Labels]] = {
    "demarche": demarche,
    "demarche, 12 runs": lambda path: demarche(path, runs=12),
    "demarche, with passages": lambda path: demarche(path, evidence=True),
    "datasketch, J 0.8": lambda path: datasketch(path, 0.8),
    "datasketch, J 0.5": lambda path: datasketch(path, 0.5),
    "rensa, J 0.8": lambda path: rensa(path, 0.8),
    "rensa, J 0.5": lambda path: rensa(path, 0.5),
    "datatrove, 14 x 8": lambda path: datatrove(path, 14, 8),
    "datatrove, 32 x 4": lambda path: datatrove(path, 32, 4),
    "text-dedup, J 0.7": lambda path: text_dedup(path, 0.7),
}


def score(path: str, labels: Labels) -> dict[str, Any]:
    """Return pair precision, recall and F1 (updates aside), look-alikes and recall by edit."""
    gold = pq.read_table(path, columns=["id", "cluster", "rel", "of", "tfam"]).to_pylist()
    kept = [g for g in gold if g["rel"] != "update"]

    def pairs(keys: list[Any]) -> int:
        return sum(n * (n - 1) // 2 for n in Counter(keys).values())

    both = pairs([(g["cluster"], labels[g["id"]]) for g in kept])
    precision = both / max(1, pairs([labels[g["id"]] for g in kept]))
    recall = both / max(1, pairs([g["cluster"] for g in kept]))
    alike = pairs([(g["tfam"], labels[g["id"]]) for g in gold if g["tfam"] is not None])
    by_edit: dict[str, list[bool]] = defaultdict(list)
    for g in gold:
        if g["of"]:
            by_edit[g["rel"]].append(labels[g["id"]] == labels[g["of"]])
    return {
        "precision": precision,
        "recall": recall,
        "f1": 2 * precision * recall / max(1e-9, precision + recall),
        "alike": alike,
        "biggest": max(Counter(labels.values()).values()),
        "by_edit": {k: sum(v) / len(v) for k, v in sorted(by_edit.items())},
    }


def run_one(system: str, path: str) -> None:
    """Run one system here, and print its figures as JSON."""
    labels = SYSTEMS[system](path)
    used = [resource.getrusage(w) for w in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    found = {
        "n": len(labels),
        "seconds": SPENT[0],
        "mb": max(u.ru_maxrss for u in used) / 1024,
    }
    print(json.dumps(found | score(path, labels)))


def history(path: str, size: int) -> None:
    """Add 1,000 articles to a made history of many fingerprints."""
    from benchmarks.duplicates_history import write_history
    from tasks.duplicates import fingerprint, relate

    rows = articles(path)
    prints = pa.concat_tables(
        [fingerprint(rows.slice(n, BATCH)) for n in range(0, rows.num_rows, BATCH)]
    )
    with tempfile.TemporaryDirectory() as folder:
        stored, known, new = Path(folder, "old"), Path(folder, "copies"), Path(folder, "new")
        pq.write_table(prints.slice(prints.num_rows - 1000), new)
        write_history(prints.slice(0, prints.num_rows - 1000), size, stored)
        begun = time.process_time()
        pq.write_table(relate(stored), known)
        print(f"relate {size:,}: {time.process_time() - begun:.1f} s")
        # VmHWM, not ru_maxrss: the latter takes over what this process has used so far.
        code = (
            "import time,pyarrow.parquet as q,pathlib,re;"
            "from tasks.duplicates import update_relations as u;"
            f"c,n=q.read_table({str(known)!r}),q.read_table({str(new)!r});t=time.process_time();"
            f"w=time.time();r=u(c,pathlib.Path({str(stored)!r}),n);"
            "print(f'1,000 new: {time.process_time()-t:.1f} s of processor, {time.time()-w:.1f} s,',"
            "re.search('VmHWM.*', pathlib.Path('/proc/self/status').read_text())[0])"
        )
        root = Path(__file__).resolve().parents[1]
        subprocess.run([sys.executable, "-c", code], check=True, cwd=root)


def main() -> None:
    """Print one line a system."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("corpus")
    parser.add_argument("--systems", nargs="*", help="beginnings of names; default: all")
    parser.add_argument("--python", default=sys.executable, help="interpreter for other systems")
    parser.add_argument("--history", type=int, help="instead: 1,000 articles against so many")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        return run_one(options.one, options.corpus)
    if options.history:
        return history(options.corpus, options.history)
    print(
        f"{'system':24} {'P':>6} {'R':>6} {'F1':>6} {'alike':>5} {'big':>6} {'CPU-s':>6} {'/s':>7} {'MB':>6}"
    )
    for name in SYSTEMS:
        if options.systems and not name.startswith(tuple(options.systems)):
            continue
        python = sys.executable if name.startswith("demarche") else options.python
        command = [python, __file__, options.corpus, "--one", name]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            print(f"{name:24} did not run: {(done.stderr.strip().splitlines() or ['?'])[-1][:90]}")
            continue
        row = json.loads(done.stdout.strip().splitlines()[-1])
        print(
            f"{name:24} {row['precision']:6.3f} {row['recall']:6.3f} {row['f1']:6.3f} "
            f"{row['alike']:5} {row['biggest']:6} {row['seconds']:6.1f} "
            f"{row['n'] / row['seconds']:7,.0f} {row['mb']:6,.0f}",
            flush=True,
        )
        if name == "demarche":
            print(
                "   recall by edit:", "  ".join(f"{k} {v:.3f}" for k, v in row["by_edit"].items())
            )
    return None


if __name__ == "__main__":
    main()
