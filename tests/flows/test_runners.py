import os
import signal
from pathlib import Path

import pytest

from flows.runners import batches_at_once, open_pool
from tasks.errors import Failed, UserError
from tasks.settings import Settings


@pytest.mark.parametrize(
    ("runner", "processes", "at_once"),
    [("threads:3", 1, 3), ("threads:2", 4, 4), ("processes:5", 1, 5)],
)
def test_how_many_batches_are_out_at_the_same_time(runner, processes, at_once):
    settings = Settings(task_runner=runner, workers=processes)
    with open_pool(settings) as pool:
        assert batches_at_once(settings, pool) == at_once


@pytest.mark.parametrize("spec", ["threads", "threads:0", "threads:x", "ray:2"])
def test_a_wrong_runner_is_the_users_to_mend(spec):
    with pytest.raises(UserError, match=spec):
        open_pool(Settings(task_runner=spec))


def die_once(mark: Path) -> int:
    if not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return 7


def die(batch: Path) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def test_the_batch_of_a_killed_process_is_worked_on_again(tmp_path):
    with open_pool(Settings(task_runner="processes:2")) as pool:
        assert pool.run(die_once, tmp_path / "mark") == 7
        with pytest.raises(Failed, match="worker processes died, 3 times in a row"):
            pool.run(die, tmp_path)
