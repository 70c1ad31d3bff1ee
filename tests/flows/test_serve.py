import threading

from flows.serve import repeat
from tasks.errors import UserError


def served(work, seconds=0.01):
    """Serve until the work stops it; return what was said."""
    said: list[str] = []
    stop = threading.Event()
    repeat(lambda: work(stop), seconds, stop, said.append)
    return said


def test_the_first_run_is_now_and_others_follow():
    runs = []

    def work(stop):
        runs.append(1)
        if len(runs) == 3:
            stop.set()

    assert served(work) == []
    assert len(runs) == 3


def test_a_failed_run_is_told_and_the_schedule_goes_on():
    outcomes = [UserError("no such folder", "make it"), ValueError("odd"), None]

    def work(stop):
        outcome = outcomes.pop(0)
        if outcome is None:
            stop.set()
        else:
            raise outcome

    first, second = served(work)
    assert "no such folder" in first
    assert "ValueError: odd" in second


def test_a_stop_ends_the_wait_at_once():
    def work(stop):
        threading.Timer(0.05, stop.set).start()

    assert served(work, seconds=3_600) == []
