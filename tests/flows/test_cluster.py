"""A real Dask scheduler, and workers in other folders with another environment."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from flows import cluster
from flows.calls import DirectCalls
from flows.pipeline import update_warehouse
from flows.runners import open_pool
from tasks.errors import Failed
from tasks.settings import Settings

from .running import START, as_jsonl, checksums, tables

pytest.importorskip("distributed", reason="the dask extra is not installed")
PROJECT = Path(__file__).resolve().parents[2]
TABLE = (
    "alias,lang,entity_id,kind,iso3,role,valid_from,valid_to,priority\n"
    "The Gardeners,en,group/gardeners,org,FRA,REB,,,\n"
)


ARTICLES: list[dict[str, object]] = [
    {
        "url": f"https://example.org/{n}",
        "published": f"2023-05-{n:02}",
        "text": f"The Gardeners attacked {n} German soldiers in Lyon on Monday. {'It rained. ' * 9}",
    }
    for n in range(10, 18)
]


def run(warehouse: Path, **settings: object) -> None:
    chosen = Settings(warehouse=warehouse, batch_size=1, **settings)  # type: ignore[arg-type]
    file = as_jsonl(ARTICLES, warehouse.parent / "articles.jsonl")
    with open_pool(chosen) as pool:
        update_warehouse(
            [str(file)],
            chosen,
            moment=START,
            calls=DirectCalls(pool, pool.n),
            say=lambda line: None,
        )


Start = Callable[..., subprocess.Popen[bytes]]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Start a program of Dask in a folder of its own; all end with the test."""
    started: list[subprocess.Popen[bytes]] = []

    def start(*command: str) -> subprocess.Popen[bytes]:
        folder = tmp_path / f"process {len(started)}"
        folder.mkdir()
        wrong = {"DEMARCHE_ACTORS": "/nowhere.csv", "DEMARCHE_PARSER": "chunker"}
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "distributed.cli." + command[0], *command[1:]],
                cwd=folder,
                env={**os.environ, "PYTHONPATH": str(PROJECT), "DEMARCHE_CODER": "llm", **wrong},
                stdout=log,
                stderr=log,
            )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()


def free_port() -> int:
    with socket.socket() as own:
        own.bind(("127.0.0.1", 0))
        return int(own.getsockname()[1])


def test_a_cluster_gives_the_same_tables_and_its_faults_are_named(
    tmp_path: Path, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "Büro" / "own.csv"
    own.parent.mkdir()
    own.write_text(TABLE, encoding="utf-8")
    port = free_port()
    address = f"tcp://127.0.0.1:{port}"
    monkeypatch.setattr(cluster, "PATIENCE", 60)
    with pytest.raises(Failed, match=f"no Dask scheduler answers at {address}"):
        run(tmp_path / "none", task_runner=address)
    start("dask_scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard")
    options = ("--nthreads", "1", "--no-nanny", "--no-dashboard")
    workers = [start("dask_worker", address, *options) for _ in range(2)]
    until_it_listens(port)
    run(tmp_path / "here", workers=1, actors=str(own))
    # One of two workers is killed as soon as it has work.
    killer = threading.Thread(target=kill_at_work, args=(tmp_path / "there", workers[0]))
    killer.start()
    run(tmp_path / "there", task_runner=address, actors=str(own))
    killer.join()
    assert checksums(tmp_path / "there") == checksums(tmp_path / "here")
    found = tables(tmp_path / "there")["mentions"]["source_actor"].to_pylist()
    assert found == ["FRAREB"] * len(ARTICLES)
    # The other one, too.
    monkeypatch.setattr(cluster, "PATIENCE", 1)
    killer = threading.Thread(target=kill_at_work, args=(tmp_path / "dead", workers[1]))
    killer.start()
    with pytest.raises(Failed, match=f"the Dask cluster {address} has no workers"):
        run(tmp_path / "dead", task_runner=address, actors=str(own))
    killer.join()


def until_it_listens(port: int) -> None:
    for _ in range(600):
        with socket.socket() as own:
            if own.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)


def kill_at_work(warehouse: Path, worker: subprocess.Popen[bytes]) -> None:
    for _ in range(3000):
        if list(warehouse.glob("releases/.building-*/work/articles/*")):
            break
        time.sleep(0.02)
    worker.kill()
