import pytest
from prefect.task_runners import ProcessPoolTaskRunner, ThreadPoolTaskRunner

from flows.runners import has_own_processes, task_runner
from tasks.errors import UserError


def test_threads_and_processes():
    assert isinstance(task_runner("threads:3"), ThreadPoolTaskRunner)
    assert isinstance(task_runner("processes:2"), ProcessPoolTaskRunner)


@pytest.mark.parametrize("spec", ["dask:2", "tcp://127.0.0.1:8786"])
def test_dask_locally_or_by_its_scheduler(spec):
    pytest.importorskip("prefect_dask", reason="the dask extra is not installed")
    assert type(task_runner(spec)).__name__ == "DaskTaskRunner"


@pytest.mark.parametrize("spec", ["threads", "threads:0", "threads:x", "ray:2"])
def test_a_wrong_runner_is_the_users_to_mend(spec):
    with pytest.raises(UserError, match=spec):
        task_runner(spec)


def test_only_threads_share_this_process():
    assert not has_own_processes("threads:2")
    assert has_own_processes("processes:2")
    assert has_own_processes("tcp://scheduler:8786")
