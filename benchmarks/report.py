"""Measures the report page: seconds to write it, its size, and when Chromium can work with it.

    python benchmarks/report.py [--events N] [--keep FILE]

The release is made up (tests/publish/newsroom.py), with about two reports an event. `table` is the
moment, counted from the start of the navigation, at which the event table answers; `charts` when
all three are drawn; `sentences` when a search finds words of every sentence.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import tempfile
import time
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(PROJECT))

from tasks.publish.report import write_report  # noqa: E402
from tests.publish.browser import chromium, find_chromium  # noqa: E402
from tests.publish.newsroom import build_world, publish  # noqa: E402

MOMENTS = {"table": "ready", "charts": "drawn", "sentences": "searchable"}
# The time from the reader's last key to the rows found, without the pause that waits for the next.
SEARCH = """(() => {
    filters.elements.search.value = "ukrainian geneva";
    const begun = performance.now();
    refresh();
    return performance.now() - begun;
})()"""


def main() -> None:
    """Run the measurement and print it."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--events", type=int, default=50_000)
    parser.add_argument("--keep", type=Path, help="write the page here")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        release = publish(build_world(options.events), Path(folder) / "warehouse")
        begun, work = time.perf_counter(), time.process_time()
        page = write_report(release, options.keep or Path(folder) / "report.html")
        figures = {
            "events": options.events,
            "seconds": round(time.perf_counter() - begun, 1),
            "processor_seconds": round(time.process_time() - work, 1),
            "megabytes": round(page.stat().st_size / 1e6, 1),
            "peak_gib": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20, 2),
        }
        print(json.dumps(figures | in_browser(page, Path(folder) / "profile")))


def in_browser(file: Path, profile: Path) -> dict[str, int]:
    """Return milliseconds until the page can be used; nothing where there is no Chromium."""
    program = find_chromium()
    if program is None:
        return {}
    with chromium(program, profile) as page:
        page.open(file)
        for moment in MOMENTS.values():
            page.wait(f"document.documentElement.dataset.{moment}")
        data = "document.documentElement.dataset"
        found = {f"{k}_ms": int(page.run(f"{data}.{v}")) for k, v in MOMENTS.items()}
        return found | {"search_ms": round(page.run(SEARCH))}


if __name__ == "__main__":
    main()
