"""prefect.yaml, read as Prefect reads it, without a server."""

from pathlib import Path

import pytest
import yaml
from prefect.client.schemas.schedules import CronSchedule
from prefect.flows import Flow
from prefect.utilities.importtools import import_object

PROJECT = Path(__file__).resolve().parents[2]
DEPLOYMENTS = yaml.safe_load((PROJECT / "prefect.yaml").read_text())["deployments"]


def flow_of(deployment) -> Flow:
    path, name = deployment["entrypoint"].split(":")
    return import_object(f"{PROJECT / path}:{name}")


@pytest.mark.parametrize("deployment", DEPLOYMENTS, ids=lambda d: d["name"])
def test_the_entrypoint_is_a_flow_that_takes_the_parameters(deployment):
    flow_of(deployment).validate_parameters(deployment["parameters"])


@pytest.mark.parametrize("deployment", DEPLOYMENTS, ids=lambda d: d["name"])
def test_schedules_are_valid(deployment):
    for schedule in deployment.get("schedules", []):
        CronSchedule(cron=schedule["cron"], timezone=schedule["timezone"])


def test_every_flow_has_a_deployment_and_the_update_has_a_schedule():
    flows = {d["entrypoint"].split(":")[1]: d for d in DEPLOYMENTS}
    assert set(flows) == {"update", "backfill", "maintain"}
    assert flows["update"]["schedules"]


def test_no_limit_of_the_server_outlives_a_crash():
    assert [d["name"] for d in DEPLOYMENTS if "concurrency_limit" in d] == []
