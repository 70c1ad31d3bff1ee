import os

import pytest

from flows.workers import Workers


def test_one_worker_is_this_process():
    with Workers(1) as workers:
        assert workers.run(os.getpid) == os.getpid()


def test_several_workers_are_other_processes_that_stay():
    with Workers(2) as workers:
        pids = {workers.run(os.getpid) for _ in range(4)}
    assert os.getpid() not in pids
    assert len(pids) <= 2


@pytest.mark.parametrize("n", [1, 2])
def test_an_error_in_a_worker_reaches_the_caller(n):
    with Workers(n) as workers, pytest.raises(ValueError, match="invalid literal"):
        workers.run(int, "x")
