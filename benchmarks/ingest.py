"""Measures the ingest: exactness on pages with known text and date, speed of each format.

    python benchmarks/ingest.py pages   [FOLDER]     text F1 and dates, beside the libraries alone
    python benchmarks/ingest.py formats [FOLDER]     articles/s and MB/s of each format
    python benchmarks/ingest.py memory  [FOLDER] --gigabytes 5     peak memory on a large WARC

FOLDER holds html_groundtruth.warc.gz, html_groundtruth.jsonl.gz (url, text, published) and
syndication.parquet (default: ../shared/corpora).
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import resource
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq

PROJECT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(PROJECT))

from tasks.ingest import Options, extract_records, ingest_paths  # noqa: E402

CORPORA = PROJECT.parent / "shared" / "corpora"
_WORD = re.compile(r"\w+")


def main() -> None:
    """Run one of the measurements and print it."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("what", choices=["pages", "formats", "memory"])
    parser.add_argument("folder", nargs="?", type=Path, default=CORPORA)
    parser.add_argument("--gigabytes", type=float, default=5.0, help="size of the WARC")
    arguments = parser.parse_args()
    if arguments.what == "pages":
        measure_pages(arguments.folder)
    elif arguments.what == "formats":
        measure_formats(arguments.folder)
    else:
        measure_memory(arguments.folder, arguments.gigabytes)


def measure_pages(folder: Path) -> None:
    """Print text F1 (4-shingles, mean over pages) and the share of right dates by collection."""
    truth = {}
    with gzip.open(folder / "html_groundtruth.jsonl.gz", "rt") as lines:
        for line in lines:
            row = json.loads(line)
            truth[row["url"]] = row
    warc = folder / "html_groundtruth.warc.gz"
    print(f"{'':28}{'pages/s':>8}  text F1 and dates (exact / a day off / wrong / none)")
    for name, extract in _extractors(warc).items():
        started = time.perf_counter()
        found = dict(extract())
        rate = len(found) / (time.perf_counter() - started)
        print(f"{name:28}{rate:8.1f}  {_judge(truth, found)}")


def _extractors(
    warc: Path,
) -> dict[str, Callable[[], Iterator[tuple[str, tuple[str, str | None]]]]]:
    def ours(library: str) -> Iterator[tuple[str, tuple[str, str | None]]]:
        for record in extract_records([warc], options=Options(html=library)):
            yield record["uri"], (record["text"], record["published"])

    def alone(
        extract: Callable[[bytes, str], tuple[str, str | None]],
    ) -> Iterator[tuple[str, tuple[str, str | None]]]:
        for url, data in _pages(warc):
            yield url, extract(data, url)

    return {
        "demarche (trafilatura)": lambda: ours("trafilatura"),
        "demarche (resiliparse)": lambda: ours("resiliparse"),
        "trafilatura alone, fast": lambda: alone(_trafilatura),
        "resiliparse alone": lambda: alone(_resiliparse),
    }


def _trafilatura(data: bytes, url: str) -> tuple[str, str | None]:
    import trafilatura

    found = trafilatura.bare_extraction(
        data,
        url=url,
        fast=True,
        include_comments=False,
        with_metadata=True,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    return (getattr(found, "text", "") or "", getattr(found, "date", None)) if found else ("", None)


def _resiliparse(data: bytes, url: str) -> tuple[str, str | None]:
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.html import HTMLTree

    tree = HTMLTree.parse_from_bytes(data, "utf-8")
    return extract_plain_text(tree, main_content=True, alt_texts=False), None


def _pages(warc: Path) -> Iterator[tuple[str, bytes]]:
    from fastwarc.warc import ArchiveIterator

    with warc.open("rb") as stream:
        for record in ArchiveIterator(stream):
            yield record.headers["WARC-Target-URI"], record.reader.read()


def _judge(truth: dict[str, dict[str, str]], found: dict[str, tuple[str, str | None]]) -> str:
    texts: dict[str, list[float]] = defaultdict(list)
    dates: dict[str, Counter[str]] = defaultdict(Counter)
    for url, row in truth.items():
        text, published = found.get(url, ("", None))
        if row["text"]:
            texts[row["origin"]].append(shingle_f1(text, row["text"]))
        if isinstance(row["published"], str):
            dates[row["origin"]][_judge_date(published, row["published"])] += 1
    parts = [f"{k} F1 {sum(v) / len(v):.3f}" for k, v in texts.items()]
    for origin, counts in dates.items():
        shares = " / ".join(
            f"{counts[k] / counts.total():.3f}" for k in ("exact", "off", "wrong", "none")
        )
        parts.append(f"{origin} {shares}")
    return "; ".join(parts)


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


def measure_formats(folder: Path) -> None:
    """Print the speed of each format on 10,000 articles of the corpus (pages: the WARC)."""
    rows = pq.read_table(folder / "syndication.parquet").slice(0, 10_000)
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        files = {
            "Parquet": place / "a.parquet",
            "JSON Lines": place / "a.jsonl",
            "JSON Lines, gzip": place / "a.jsonl.gz",
            "text files": place / "texts",
            "WARC, gzip": folder / "html_groundtruth.warc.gz",
        }
        pq.write_table(rows, files["Parquet"])
        files["text files"].mkdir()
        with (
            files["JSON Lines"].open("w") as plain,
            gzip.open(files["JSON Lines, gzip"], "wt") as packed,
        ):
            for row in rows.select(["id", "title", "text", "publisher", "published"]).to_pylist():
                line = json.dumps(row) + "\n"
                plain.write(line)
                packed.write(line)
                (files["text files"] / f"{row['id']}.txt").write_text(
                    f"{row['title']}\n\n{row['text']}"
                )
        for kind, path in files.items():
            _print_speed(kind, path)


def _print_speed(kind: str, path: Path) -> None:
    size = sum(p.stat().st_size for p in ([path] if path.is_file() else path.iterdir()))
    started, cpu = time.perf_counter(), time.process_time()
    n_articles = sum(batch.articles.num_rows for batch in ingest_paths([path]))
    seconds, cpu = time.perf_counter() - started, time.process_time() - cpu
    print(
        f"{kind:20}{n_articles:8,} articles {n_articles / seconds:10,.0f}/s "
        f"{size / 1e6 / seconds:8.1f} MB/s   {1000 * cpu / n_articles:.2f} ms CPU each"
    )


def measure_memory(folder: Path, gigabytes: float) -> None:
    """Print the peak memory of reading a WARC made by repetition."""
    once = (folder / "html_groundtruth.warc.gz").read_bytes()
    unpacked = len(gzip.decompress(once))
    with tempfile.NamedTemporaryFile(suffix=".warc.gz") as file:
        for _ in range(max(1, round(gigabytes * 1e9 / unpacked))):
            file.write(once)
        file.flush()
        n_inputs = 0
        for batch in ingest_paths(
            [file.name], batch_size=1000, options=Options(html="resiliparse")
        ):
            n_inputs += batch.n_inputs
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{n_inputs:,} pages, {gigabytes} GB unpacked: peak {peak:,.0f} MiB")


if __name__ == "__main__":
    main()
