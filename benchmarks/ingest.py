"""Measures the ingest: exactness on pages with known text and date, speed of each format, memory.

    python benchmarks/ingest.py pages [--python OTHER]   text F1 and dates, beside the libraries
    python benchmarks/ingest.py formats                  articles/s and MB/s of each format
    python benchmarks/ingest.py memory --warc-gb 5       peak memory of reading a large WARC
    python benchmarks/ingest.py encodings --texts FILE   legacy encodings told from the bytes

`--folder` holds html_groundtruth.warc.gz, html_groundtruth.jsonl.gz (url, text, published, origin)
and syndication.parquet (default: ../shared/corpora). OTHER is an interpreter that has trafilatura,
resiliparse, newspaper4k and fastwarc; libraries that it lacks are left out. FILE holds a JSON
object with text and lang a line. Tables are printed as Markdown, for docs/accuracy-ingest.md.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq

PROJECT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(PROJECT), str(PROJECT / "benchmarks")]

from ingest_formats import write_all  # noqa: E402
from ingest_libraries import LIBRARIES  # noqa: E402

from tasks.ingest import Options, extract_records, ingest_paths  # noqa: E402
from tasks.ingest.decode import decode  # noqa: E402
from tasks.ingest.legacy import alphabets  # noqa: E402
from tasks.ingest.staged import stage_paths  # noqa: E402

CORPORA = PROJECT.parent / "shared" / "corpora"
_WORD = re.compile(r"\w+")
Pages = dict[str, tuple[str, str | None]]


def main() -> None:
    """Run one of the measurements and print it."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("what", choices=["pages", "formats", "memory", "encodings", "read"])
    parser.add_argument("--folder", type=Path, default=CORPORA)
    parser.add_argument("--python", default=sys.executable, help="interpreter with the libraries")
    parser.add_argument("--warc-gb", type=float, default=5.0, help="size of the WARC, unpacked")
    parser.add_argument("--html", default="resiliparse", help="library for the WARC's pages")
    parser.add_argument("--texts", type=Path, help="texts with their languages")
    parser.add_argument("--file", type=Path, help="file to read (for `read`)")
    given = parser.parse_args()
    if given.what == "pages":
        measure_pages(given.folder, given.python)
    elif given.what == "formats":
        measure_formats(given.folder)
    elif given.what == "memory":
        measure_memory(given.folder, given.warc_gb, given.html)
    elif given.what == "encodings":
        measure_encodings(given.texts)
    else:
        read_and_tell_memory(given.file, given.html)


def measure_pages(folder: Path, python: str) -> None:
    """Print text F1 (4-shingles, mean over pages) and the share of right dates by collection."""
    truth = {}
    with gzip.open(folder / "html_groundtruth.jsonl.gz", "rt") as lines:
        for line in lines:
            row = json.loads(line)
            truth[row["url"]] = row
    warc = folder / "html_groundtruth.warc.gz"
    readings = list(_all_readings(warc, python))
    texts = [(name, _texts(truth, found), rate) for name, found, rate in readings]
    _print_row("", "pages/s of CPU", *(f"text F1, {origin}" for origin in texts[0][1]))
    _print_row(*["---"] * (2 + len(texts[0][1])))
    for name, scores, rate in texts:
        _print_row(name, f"{rate:.0f}", *scores.values())
    dates = [(name, _dates(truth, found)) for name, found, _ in readings]
    print("\nExact / a day off / wrong / none:\n")
    _print_row("", *dates[0][1])
    _print_row(*["---"] * (1 + len(dates[0][1])))
    for name, shares in dates:
        _print_row(name, *shares.values())


def _print_row(*cells: str) -> None:
    print("| " + " | ".join(cells) + " |", flush=True)


def _all_readings(warc: Path, python: str) -> Iterator[tuple[str, Pages, float]]:
    for library in ("trafilatura", "resiliparse"):
        started = time.process_time()
        records = extract_records([warc], options=Options(html=library))
        found = {r["uri"]: (r["text"], r["published"]) for r in records}
        yield f"demarche ({library})", found, len(found) / (time.process_time() - started)
    for library in LIBRARIES:
        reading = _library(library, warc, python)
        if reading is not None:
            yield reading


def _library(library: str, warc: Path, python: str) -> tuple[str, Pages, float] | None:
    script = PROJECT / "benchmarks" / "ingest_libraries.py"
    done = subprocess.run(
        [python, str(script), library, str(warc)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        print(f"{library}: {done.stderr.strip().splitlines()[-1]}", file=sys.stderr)
        return None
    *rows, last = map(json.loads, done.stdout.splitlines())
    found = {row["url"]: (row["text"], row["published"]) for row in rows}
    return f"{library} {last['version']} alone", found, len(rows) / last["seconds"]


def _texts(truth: dict[str, dict[str, str]], found: Pages) -> dict[str, str]:
    """Return the mean text F1 of each collection."""
    scores: dict[str, list[float]] = defaultdict(list)
    for url, row in truth.items():
        if row["text"]:
            scores[row["origin"]].append(shingle_f1(found.get(url, ("", None))[0], row["text"]))
    return {
        f"{origin} ({len(f1)})": f"{sum(f1) / len(f1):.3f}" for origin, f1 in sorted(scores.items())
    }


def _dates(truth: dict[str, dict[str, str]], found: Pages) -> dict[str, str]:
    """Return the shares of exact, near, wrong and missing dates of each collection."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for url, row in truth.items():
        if isinstance(row["published"], str):
            counts[row["origin"]][_judge_date(found.get(url, ("", None))[1], row["published"])] += 1
    kinds = ("exact", "off", "wrong", "none")
    return {
        f"{origin} ({n.total()})": " / ".join(f"{n[kind] / n.total():.3f}" for kind in kinds)
        for origin, n in sorted(counts.items())
    }


def _judge_date(found: str | None, true: str) -> str:
    if not found or len(found) < 10:
        return "none"
    days = abs((date.fromisoformat(found[:10]) - date.fromisoformat(true[:10])).days)
    return "exact" if days == 0 else "off" if days == 1 else "wrong"


def shingle_f1(found: str, true: str) -> float:
    """Return the F1 of the bags of four-word shingles of two texts."""
    a, b = (Counter(_shingles(t)) for t in (found, true))
    same = sum((a & b).values())
    return 2 * same / (a.total() + b.total()) if same else 0.0


def _shingles(text: str) -> list[tuple[str, ...]]:
    words = _WORD.findall(text)
    return [tuple(words[i : i + 4]) for i in range(max(1, len(words) - 3))]


def measure_formats(folder: Path, n_articles: int = 2_000) -> None:
    """Print the speed of each format, on the same articles; at last that of real pages."""
    rows = pq.read_table(folder / "syndication.parquet").slice(0, n_articles)
    rows = rows.select(["id", "title", "text", "publisher", "published"])
    _print_row("format", "articles", "articles/s of CPU", "MB/s of CPU", "ms each")
    _print_row(*["---"] * 5)
    with tempfile.TemporaryDirectory() as name:
        for kind, path in write_all(rows.to_pylist(), Path(name)).items():
            _print_speed(kind, path)
    _print_speed("WARC of real pages, gzip", folder / "html_groundtruth.warc.gz")


def _print_speed(kind: str, path: Path) -> None:
    size = sum(p.stat().st_size for p in ([path] if path.is_file() else path.iterdir()))
    started = time.process_time()
    n_articles = sum(batch.articles.num_rows for batch in ingest_paths([path]))
    seconds = time.process_time() - started
    rate, megabytes = n_articles / seconds, size / 1e6 / seconds
    each = 1000 * seconds / n_articles
    _print_row(kind, f"{n_articles:,}", f"{rate:,.0f}", f"{megabytes:,.1f}", f"{each:.2f}")


def measure_memory(folder: Path, gigabytes: float, html: str) -> None:
    """Print the peak memory of reading and staging a WARC made by repetition."""
    once = gzip.decompress((folder / "html_groundtruth.warc.gz").read_bytes())
    with tempfile.NamedTemporaryFile(suffix=".warc") as file:
        for copy in range(max(1, round(gigabytes * 1e9 / len(once)))):
            # Another address makes another article.
            file.write(_URL.sub(rb"\1?copy=%d" % copy, once))
        file.flush()
        command = [sys.executable, __file__, "read", "--file", file.name, "--html", html]
        subprocess.run(command, check=True)


_URL = re.compile(rb"^(WARC-Target-URI: [^\r\n]+)", re.MULTILINE)


def read_and_tell_memory(file: Path, html: str) -> None:
    """Read a file as a run does, and print the peak memory of this process."""
    started = time.process_time()
    with tempfile.TemporaryDirectory() as name:
        work, kept = Path(name) / "work", Path(name) / "kept"
        batches = stage_paths([file], work, kept, options=Options(html=html))
        n_inputs = n_rejects = 0
        for batch in batches:
            n_inputs, n_rejects = n_inputs + batch.n_inputs, n_rejects + batch.n_rejects
    seconds = time.process_time() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{file.stat().st_size / 1e9:.2f} GB, {n_inputs:,} records, {n_rejects:,} refused, by {html}: "
        f"peak {peak:,.0f} MiB, {seconds:,.0f} s of CPU"
    )


# Encodings of other scripts; those of Latin letters are in seeds/ingest/alphabets.csv.
_OTHERS = {
    "ar": "cp1256|iso8859-6",
    "be": "cp1251|iso8859-5",
    "bg": "cp1251|koi8-r|iso8859-5",
    "el": "cp1253|iso8859-7",
    "fa": "cp1256",
    "he": "cp1255|iso8859-8",
    "ja": "shift_jis|euc_jp",
    "ko": "euc_kr",
    "mk": "cp1251|iso8859-5",
    "ru": "cp1251|koi8-r|iso8859-5",
    "th": "cp874",
    "uk": "cp1251|koi8-u|iso8859-5",
    "ur": "cp1256",
    "zh": "gb18030|big5",
}


def measure_encodings(file: Path) -> None:
    """Print how many texts come back whole from the encodings that are usual for their language."""
    usual = {lang: "|".join(names) for lang, (names, _) in alphabets().items()} | _OTHERS
    right: dict[str, list[bool]] = defaultdict(list)
    with gzip.open(file, "rt") if file.suffix == ".gz" else file.open() as lines:
        for row in map(json.loads, lines):
            lang = row["lang"].split("-")[0]
            # Cyrillic Serbian has encodings of its own.
            is_cyrillic = bool(re.search("[а-я]{3}", row["text"]))
            names = "cp1251|iso8859-5" if lang == "sr" and is_cyrillic else usual.get(lang, "")
            for encoding in filter(None, names.split("|")):
                data = row["text"].translate(_CEDILLAS).encode(encoding, "ignore")
                if data.isascii():
                    continue
                true = data.decode(encoding)
                right[encoding].append(decode(data)[0] == true)
                right["declared so"].append(decode(data, encoding)[0] == true)
                for name in _DECLARED:
                    if data.decode(name, "replace") != true:
                        right[f"declared {name}"].append(decode(data, name)[0] == true)
    _print_row("encoding", "texts", "read exactly")
    _print_row(*["---"] * 3)
    for encoding, found in [
        *sorted(right.items()),
        ("all", [x for name, those in right.items() if " " not in name for x in those]),
    ]:
        _print_row(encoding, f"{len(found):,}", f"{sum(found) / len(found):.3f}")


# What pages declare that are in other encodings.
_DECLARED = ("iso8859-1", "cp1252", "cp1251", "koi8-r", "cp1250")
# One-byte encodings hold the Romanian letters with a cedilla only.
_CEDILLAS = str.maketrans("șțȘȚ", "şţŞŢ")


if __name__ == "__main__":
    main()
