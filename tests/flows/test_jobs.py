"""A step carries the choices of its run; a worker that would code otherwise refuses."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from flows.jobs import Job
from tasks.errors import Failed
from tasks.events.coding import Coding, coding_of
from tasks.revision import coder_revision
from tasks.settings import Settings

TABLE = "alias,lang,entity_id,kind,iso3,role,valid_from,valid_to\nGardeners,,x/g,org,FRA,REB,,\n"


def overlay_of(batch: Path, coding: Coding) -> str:
    assert coding.overlay is not None
    return coding.overlay.text


@pytest.fixture
def coding(tmp_path: Path) -> Coding:
    table = tmp_path / "Büro" / "Äkteure.csv"
    table.parent.mkdir()
    table.write_text(TABLE, encoding="utf-8")
    return coding_of(Settings(actors=str(table)))


@pytest.fixture
def batch(tmp_path: Path) -> Path:
    (tmp_path / "batch").touch()
    return tmp_path / "batch"


def test_a_table_counts_where_its_file_is_not(
    coding: Coding, batch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = pickle.dumps(Job(overlay_of, coding, coder_revision(coding), "1"))
    assert coding.overlay is not None
    coding.overlay.path.unlink()
    monkeypatch.setenv("DEMARCHE_ACTORS", "/elsewhere.csv")
    assert pickle.loads(sent)(batch) == TABLE


def test_a_worker_with_another_coder_refuses(coding: Coding, batch: Path) -> None:
    with pytest.raises(
        Failed, match=r"worker process \d+ on .* has revision \w+ .*, this run other .demarche 9.9"
    ):
        Job(overlay_of, coding, "other", "9.9")(batch)


def test_a_worker_without_the_parser_of_the_run_is_named(batch: Path) -> None:
    with pytest.raises(Failed, match=r"worker process .*spacy:xx_none"):
        Job(overlay_of, Coding(parser="spacy:xx_none"), "x", "1")(batch)


def test_a_worker_that_does_not_see_the_folder_is_named(coding: Coding, tmp_path: Path) -> None:
    with pytest.raises(Failed, match=r"worker process .* cannot read .*gone"):
        Job(overlay_of, coding, coder_revision(coding), "1")(tmp_path / "gone")


def test_a_key_is_not_shown() -> None:
    chosen = Settings(coder="llm", llm_endpoint="http://127.0.0.1:9/v1", llm_model="m")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DEMARCHE_LLM_KEY", "secret")
        coding = coding_of(chosen)
    assert coding.llm is not None
    assert coding.llm.key == "secret"
    assert "secret" not in repr(coding)
