"""What becomes of the schedule when the machine dies: how soon, and by itself, it goes on.

    python benchmarks/operations.py [prefect] [serve] [alone]

prefect: a server, a process worker and the deployments of prefect.yaml, due every minute.
serve: a server and `demarche serve`. alone: `demarche serve` without a server.
In the middle of a run everything is killed with SIGKILL and started again, as a machine that
comes up would. Printed are the states of the runs, and the seconds from the restart to the end of
the first run that completes. Everything lies in a temporary folder, on a port of its own.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import httpx
import yaml

PROJECT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
INBOX = PROJECT / "seeds" / "articles" / "inbox"
PATIENCE = 1_200  # seconds; a busy machine takes its time


class Machine:
    """The programs of a machine, all to be killed at once."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as own:
            own.bind(("127.0.0.1", 0))
            self.port = own.getsockname()[1]
        self.api = f"http://127.0.0.1:{self.port}/api"
        self.folder = folder
        self.warehouse = folder / "warehouse"
        self.running: list[subprocess.Popen[bytes]] = []
        self.environ = {
            **os.environ,
            "PREFECT_HOME": str(folder / "prefect"),
            "PYTHONPATH": str(PROJECT),
            "DEMARCHE_HOME": str(PROJECT),
            "DEMARCHE_INBOX": str(INBOX),
            "DEMARCHE_WAREHOUSE": str(self.warehouse),
            "DEMARCHE_BATCH_SIZE": "5",
        }

    def start(self, *command: str) -> None:
        """Start a program that stays; its group gets what it starts itself."""
        with (self.folder / "log").open("ab") as log:
            self.running.append(
                subprocess.Popen(
                    [BIN / command[0], *command[1:]],
                    cwd=PROJECT,
                    env=self.environ,
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                )
            )

    def start_server(self) -> None:
        """Start the Prefect server, and wait until it answers."""
        self.environ["PREFECT_API_URL"] = self.api
        self.start("prefect", "server", "start", "--host", "127.0.0.1", "--port", str(self.port))
        wait(lambda: self.ask("get", "health") is True)

    def do(self, *command: str) -> None:
        """Run a program to its end."""
        subprocess.run(
            [BIN / command[0], *command[1:]], env=self.environ, cwd=PROJECT, check=True,
            stdout=subprocess.DEVNULL,
        )  # fmt: skip

    def ask(self, method: str, path: str, body: object = None) -> object:
        """Return what the server says; None where it does not answer."""
        try:
            return httpx.request(method, f"{self.api}/{path}", json=body, timeout=30).json()
        except httpx.HTTPError:
            return None

    def states(self) -> list[str]:
        """Return the states of the runs that were due, in their order."""
        found = self.ask("post", "flow_runs/filter", {"sort": "EXPECTED_START_TIME_ASC"})
        assert isinstance(found, list)
        return [r["state_name"] for r in found if r["state_type"] != "SCHEDULED"]

    def is_at_work(self) -> bool:
        """Tell whether batches are worked on."""
        return any(self.warehouse.glob("releases/.building-*/work/articles/*"))

    def crash(self) -> None:
        """Kill all programs and what they have started, as a loss of power would."""
        for root in [p.pid for p in self.running]:
            for pid in [*descendants(root), root]:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
        for process in self.running:
            process.wait()
        self.running.clear()


def descendants(pid: int) -> list[int]:
    """Return the processes that a process has started, and so on."""
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in map(int, task.read_text().split()):
            found += [*descendants(child), child]
    return found


def wait(until: Callable[[], bool]) -> float:
    """Wait until something is so; return the seconds it took."""
    start = time.monotonic()
    while not until():
        if time.monotonic() - start > PATIENCE:
            sys.exit("it never came to be")
        time.sleep(0.2)
    return time.monotonic() - start


def with_a_worker(machine: Machine) -> Callable[[], None]:
    """Deploy prefect.yaml, with runs due every minute."""
    machine.start_server()
    deployments = yaml.safe_load((PROJECT / "prefect.yaml").read_text())
    deployments["deployments"][0]["schedules"][0]["cron"] = "* * * * *"
    file = machine.folder / "prefect.yaml"
    file.write_text(yaml.safe_dump(deployments))
    machine.do("prefect", "work-pool", "create", "local", "--type", "process")
    machine.do("prefect", "--no-prompt", "deploy", "--all", "--prefect-file", str(file))
    return lambda: machine.start("prefect", "worker", "start", "--pool", "local", "--limit", "2")


def serving(machine: Machine) -> Callable[[], None]:
    """Serve to a server, or alone."""
    command = ("serve", str(INBOX), "--warehouse", str(machine.warehouse), "--every", "1")
    return lambda: machine.start("demarche", *command)


def measure(kind: str) -> None:
    """Kill everything in the middle of a run, start again, and print what happens."""
    with tempfile.TemporaryDirectory() as folder:
        machine = Machine(Path(folder))
        try:
            if kind == "serve":
                machine.start_server()
            begin = with_a_worker(machine) if kind == "prefect" else serving(machine)
            begin()
            wait(machine.is_at_work)
            machine.crash()
            left = machine.warehouse / "current"
            print(f"| {kind} | killed in the middle of a run; published: {left.exists()} |")
            if kind != "alone":
                machine.start_server()
                print(f"| {kind} | the server believes: {', '.join(machine.states())} |")
            begin()
            done = left.exists if kind == "alone" else lambda: "Completed" in machine.states()
            seconds = wait(done)
            said = "published" if kind == "alone" else ", ".join(machine.states())
            print(f"| {kind} | {seconds:.0f} s after the restart: {said} |", flush=True)
        finally:
            machine.crash()


if __name__ == "__main__":
    for kind in sys.argv[1:] or ["prefect", "serve", "alone"]:
        measure(kind)
