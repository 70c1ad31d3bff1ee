"""One publisher at a time, and readers who never wait."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tasks.errors import Busy
from tasks.warehouse import Warehouse

from .examples import FEBRUARY, article, publish

HOLD = """
with warehouse.lock("the nightly run"):
    print("held", flush=True)
    sys.stdin.readline()
"""
READ_ON = """
release = warehouse.current()
connection = release.connect()
count = lambda: connection.sql("SELECT count(*) FROM articles").fetchall()[0][0]
print(count(), flush=True)
sys.stdin.readline()
print(count(), release.read("articles").num_rows, flush=True)
again = warehouse.current()
print(again.connect().sql("SELECT count(*) FROM articles").fetchall()[0][0], flush=True)
"""


@contextmanager
def other_process(code: str, root: Path) -> Iterator[tuple[int, Callable[[str], str]]]:
    """Run Python beside this one; yields its pid and a way to say a line and hear one."""
    start = (
        "import sys\nfrom pathlib import Path\nfrom tasks.warehouse import Warehouse\n"
        "warehouse = Warehouse(Path(sys.argv[1]))\n"
    )
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [sys.executable, "-c", start + code, str(root)], stdin=pipe, stdout=pipe, text=True
    ) as process:
        assert process.stdin
        assert process.stdout
        stdin, stdout = process.stdin, process.stdout

        def say(line: str) -> str:
            if line:
                stdin.write(line)
                stdin.flush()
            return stdout.readline().strip()

        try:
            yield process.pid, say
        finally:
            process.kill()


def test_the_second_publisher_learns_who_is_first(warehouse: Warehouse) -> None:
    with other_process(HOLD, warehouse.root) as (pid, say):
        assert say("") == "held"
        message = rf"process {pid} \(the nightly run\) holds it since \d{{4}}-"
        with pytest.raises(Busy, match=message), warehouse.lock("mine"):
            pytest.fail("two publishers at a time")


def test_the_lock_is_free_again_after_use_and_after_a_kill(warehouse: Warehouse) -> None:
    with warehouse.lock("first"):
        pass
    with other_process(HOLD, warehouse.root) as (pid, say):
        assert say("") == "held"
        os.kill(pid, signal.SIGKILL)
        assert say("") == ""
    with warehouse.lock("second"):
        pass


def test_the_lock_is_not_reentrant(warehouse: Warehouse) -> None:
    with warehouse.lock("outer"), pytest.raises(Busy, match="outer"), warehouse.lock("inner"):
        pytest.fail("two publishers at a time")


def test_a_lock_file_that_says_nothing_is_still_held(warehouse: Warehouse) -> None:
    with warehouse.lock("first"):
        (warehouse.root / ".lock").write_text("")
        with pytest.raises(Busy, match="another process"), warehouse.lock("second"):
            pytest.fail("two publishers at a time")


def test_a_reader_keeps_its_release_while_another_is_published(warehouse: Warehouse) -> None:
    publish(warehouse, [article("a")])
    with other_process(READ_ON, warehouse.root) as (_, say):
        assert say("") == "1"
        publish(warehouse, [article("a"), article("b", FEBRUARY)])
        assert say("go on\n") == "1 1"
        assert say("") == "2"


def test_a_reader_survives_the_end_of_its_release(warehouse: Warehouse) -> None:
    publish(warehouse, [article("a")])
    current = warehouse.current()
    assert current is not None
    with current.connect() as connection:
        publish(warehouse, [article("b")])
        with warehouse.lock("maintain"):
            assert warehouse.expire(keep=1) == [current.id]
        assert connection.sql("SELECT source_uri FROM articles").fetchall() == [("a",)]
