"""A run that is killed in the middle of a large file loses nothing and repeats little."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tasks.ingest.readers import Item
from tests.flows.running import checksums, run

from .test_resume import text, warc_record

N = 300
BATCH = 40
_KILLED = f"""
import os, signal, sys
from pathlib import Path
from tasks.ingest.checkpoints import Checkpoint
from tests.flows.running import run

write = Checkpoint._write
def write_and_die(self, *rest, **more):
    write(self, *rest, **more)
    if len(self.staged) == 4:
        os.kill(os.getpid(), signal.SIGKILL)
Checkpoint._write = write_and_die
run(Path(sys.argv[1]), Path(sys.argv[2]), batch_size={BATCH})
"""


@pytest.fixture(scope="module")
def crawl(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A WARC of some hundred pages, large enough to have a checkpoint."""
    padding = "<!-- " + 2000 * "script " + "-->"
    path = tmp_path_factory.mktemp("crawl") / "crawl.warc"
    path.write_bytes(b"".join(warc_record(n, text(n), padding) for n in range(N)))
    return path


@pytest.fixture
def pages(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The numbers of the pages that are taken apart."""
    from tasks.ingest.readers import warc

    seen: list[int] = []
    real = warc.page_records

    def note(data: bytes, uri: str, number: int, *rest: Any, **more: Any) -> list[Item]:
        seen.append(number)
        return real(data, uri, number, *rest, **more)

    monkeypatch.setattr(warc, "page_records", note)
    return seen


def test_a_killed_run_is_taken_up_to_the_same_release(
    crawl: Path, pages: list[int], tmp_path: Path
) -> None:
    killed, fresh = tmp_path / "killed", tmp_path / "fresh"
    root = Path(__file__).resolve().parents[2]
    child = subprocess.run(
        [sys.executable, "-c", _KILLED, str(killed), str(crawl)], cwd=root, check=False
    )
    assert child.returncode == -signal.SIGKILL
    assert not (killed / "current").exists()

    report = run(killed, crawl, batch_size=BATCH)
    assert pages == list(range(4 * BATCH + 1, N + 1))
    assert (report.n_inputs, report.n_articles) == (N, N)
    assert not list((killed / "state" / "reading").iterdir())

    run(fresh, crawl, batch_size=BATCH)
    assert checksums(killed) == checksums(fresh)
