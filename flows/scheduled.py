"""Runs of a deployment: which of them is going on is decided by the lock of the warehouse alone.

A limit kept by the Prefect server would outlive a crash: it counts the dead run as running, for
good, and holds up every later one. The kernel frees the lock with the process that held it.
"""

from __future__ import annotations

from uuid import UUID

from prefect import get_run_logger
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterId,
    FlowRunFilter,
    FlowRunFilterStartTime,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.context import FlowRunContext
from prefect.states import Crashed
from prefect.types import DateTime

_ALIVE = [StateType.RUNNING, StateType.CANCELLING]


def this_run() -> FlowRun | None:
    """Return the run that is going on, if a deployment started it; not one inside another."""
    context = FlowRunContext.get()
    run = context.flow_run if context else None
    return run if run is not None and run.deployment_id is not None else None


def end_dead_runs() -> None:
    """End the earlier runs of this deployment that the server takes for running.

    To be called by a run that has held the lock of the warehouse: an earlier one that lives would
    have held it, or would have ended at once.
    """
    run = this_run()
    if run is None or run.start_time is None:
        return
    try:
        dead = _end_before(run, run.start_time)
    except Exception as error:  # what the run has made is published
        get_run_logger().warning("earlier runs cannot be looked at: %s", error)
    else:
        if dead:
            get_run_logger().warning("ended %d earlier runs, which had died without a word", dead)


def _end_before(run: FlowRun, start: DateTime) -> int:
    with get_client(sync_client=True) as client:
        assert isinstance(run.deployment_id, UUID)
        earlier = client.read_flow_runs(
            deployment_filter=DeploymentFilter(id=DeploymentFilterId(any_=[run.deployment_id])),
            flow_run_filter=FlowRunFilter(
                state=FlowRunFilterState(type=FlowRunFilterStateType(any_=_ALIVE)),
                start_time=FlowRunFilterStartTime(before_=start),
            ),
        )
        dead = [e for e in earlier if e.id != run.id and _warehouse(e) == _warehouse(run)]
        for one in dead:
            said = f"Its process ended without a word; {run.name!r} has taken over."
            client.set_flow_run_state(one.id, Crashed(message=said), force=True)
    return len(dead)


def _warehouse(run: FlowRun) -> object:
    settings = run.parameters.get("settings") or {}
    return run.parameters.get("warehouse") or settings.get("warehouse")
