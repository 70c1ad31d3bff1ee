"""Runs of a deployment: the lock of the warehouse decides, and the dead hold nobody up."""

from __future__ import annotations

import pytest

from tasks.settings import SAMPLE, SAMPLE_PUBLISHED
from tasks.warehouse import Warehouse

from .running import current

pytestmark = pytest.mark.usefixtures("prefect_server")


@pytest.fixture
def deployed(tmp_path):
    """Give a function that makes a scheduled run of a deployment of the update flow."""
    from prefect.client.orchestration import get_client

    from flows.update import update

    parameters = {
        "paths": [str(SAMPLE / "wire.jsonl")],
        "warehouse": str(tmp_path / "warehouse"),
        "published": str(SAMPLE_PUBLISHED),
        "workers": 1,
    }
    with get_client(sync_client=True) as client:
        flow_id = client.create_flow(update)
        deployment = client.create_deployment(flow_id, tmp_path.name, parameters=parameters)
        yield client, lambda: client.create_flow_run_from_deployment(deployment)


def test_a_run_takes_over_from_one_that_died_without_a_word(deployed, tmp_path):
    from prefect.flow_engine import run_flow
    from prefect.states import Running

    from flows.update import update

    client, scheduled = deployed
    dead = scheduled()
    client.set_flow_run_state(dead.id, Running(), force=True)
    run = scheduled()
    report = run_flow(update, flow_run=run, parameters=run.parameters)
    assert current(tmp_path / "warehouse").id == report.release
    assert client.read_flow_run(run.id).state.name == "Completed"
    state = client.read_flow_run(dead.id).state
    assert (state.name, "ended without a word" in state.message) == ("Crashed", True)


def test_a_run_that_is_due_while_another_works_is_cancelled(deployed, tmp_path):
    from prefect.flow_engine import run_flow

    from flows.update import update

    client, scheduled = deployed
    run = scheduled()
    with Warehouse(tmp_path / "warehouse").lock("update"):
        run_flow(update, flow_run=run, parameters=run.parameters, return_type="state")
    state = client.read_flow_run(run.id).state
    assert (state.name, "is busy" in state.message) == ("Cancelled", True)
