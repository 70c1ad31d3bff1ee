"""The Prefect flows, on a real embedded server."""

from __future__ import annotations

import pytest

from tasks.settings import SAMPLE, SAMPLE_PUBLISHED

from .running import checksums, current, run, run_sample

pytestmark = pytest.mark.usefixtures("prefect_server")


@pytest.fixture(scope="module")
def direct(tmp_path_factory):
    warehouse = tmp_path_factory.mktemp("direct") / "warehouse"
    run_sample(warehouse)
    return warehouse


def test_the_flow_gives_the_same_tables_as_the_direct_run(direct, tmp_path):
    from flows.update import update

    report = update(
        paths=[str(SAMPLE)],
        warehouse=str(tmp_path / "warehouse"),
        published=str(SAMPLE_PUBLISHED),
        batch_size=20,
        workers=1,
    )
    assert report.adds_up
    assert report.published
    assert checksums(tmp_path / "warehouse") == checksums(direct)


def test_a_backfill_by_portions_gives_the_same_tables_as_one_run(tmp_path):
    from flows.backfill import backfill

    files = [str(SAMPLE / "wire.jsonl"), str(SAMPLE / "newsapi.jsonl"), str(SAMPLE / "export.csv")]
    reports = backfill(paths=files, warehouse=str(tmp_path / "many"))
    assert len(reports) == len(files)
    run(tmp_path / "one", *map(type(SAMPLE), files))
    assert checksums(tmp_path / "many") == checksums(tmp_path / "one")


def test_maintain_keeps_the_newest_releases(tmp_path):
    from flows.maintain import maintain

    warehouse = tmp_path / "warehouse"
    run(warehouse, SAMPLE / "wire.jsonl")
    run(warehouse, SAMPLE / "newsapi.jsonl", number=1)
    newest = current(warehouse).id
    result = maintain(warehouse=str(warehouse), keep_releases=1)
    assert len(result.expired) == 1
    assert result.problems == []
    assert current(warehouse).id == newest


def test_a_users_mistake_fails_the_run_with_its_message(tmp_path):
    from flows.update import update
    from tasks.errors import UserError

    with pytest.raises(UserError, match="nowhere"):
        update(paths=[str(tmp_path / "nowhere")], warehouse=str(tmp_path / "warehouse"))
