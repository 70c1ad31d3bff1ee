"""The Prefect flows, on a real embedded server."""

from __future__ import annotations

import base64
import json
from xml.etree import ElementTree

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


def test_the_figures_of_the_release_are_artifacts_of_the_run(tmp_path):
    from prefect.artifacts import Artifact

    from flows.update import update

    def newest(key):
        found = Artifact.get(key)
        assert found is not None, key
        assert report.release in found.description
        return found.data

    report = update(
        paths=[str(SAMPLE)],
        warehouse=str(tmp_path / "warehouse"),
        published=str(SAMPLE_PUBLISHED),
        workers=1,
    )
    release = current(tmp_path / "warehouse")
    assert f"| events | {report.rows['events']:,} |" in newest("release-summary")
    head, _, picture = newest("intensity").partition(",")
    assert head == "data:image/svg+xml;base64"
    root = ElementTree.fromstring(base64.b64decode(picture))
    assert len(root.findall("{http://www.w3.org/2000/svg}rect/{http://www.w3.org/2000/svg}title"))
    pairs = json.loads(newest("dyads"))
    with release.connect() as connection:
        [(n,)] = connection.execute(
            "SELECT count(*) FROM events WHERE status = 'actual' AND source_country = 'FRA' "
            "AND target_country = 'UKR' OR status = 'actual' AND source_country = 'UKR' "
            "AND target_country = 'FRA'"
        ).fetchall()
    assert [p["events"] for p in pairs if {p["a"], p["b"]} == {"France", "Ukraine"}] == [n]
    assert json.loads(newest("anomalies"))
    assert (release.path / "codebook.html").as_uri() in newest("codebook")


def test_figures_that_cannot_be_shown_do_not_fail_the_run(tmp_path, monkeypatch):
    import flows.update

    def break_down(release):
        raise RuntimeError("no pages today")

    monkeypatch.setattr(flows.update, "show_release", break_down)
    report = flows.update.update(
        paths=[str(SAMPLE / "wire.jsonl")], warehouse=str(tmp_path / "warehouse"), workers=1
    )
    assert current(tmp_path / "warehouse").id == report.release


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
