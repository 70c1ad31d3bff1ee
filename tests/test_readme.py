"""README.md says what is so."""

from __future__ import annotations

import re

import pytest

from .flows.running import current, run_sample
from .readme import README, answer, questions

TEXT = README.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def release(tmp_path_factory):
    warehouse = tmp_path_factory.mktemp("readme") / "warehouse"
    run_sample(warehouse)
    return current(warehouse)


def test_there_are_five_questions():
    assert len(questions(TEXT)) >= 5


@pytest.mark.parametrize("number", range(len(questions(TEXT))))
def test_the_answer_below_a_query_is_the_answer(release, number):
    query, printed = questions(TEXT)[number]
    assert answer(release.connect(), query) == printed, "python -m tests.readme writes it anew"


def test_files_that_are_named_exist():
    for name in re.findall(r"\]\((?!http)([^)#]+)\)", TEXT):
        assert (README.parent / name).exists(), name


def test_commands_that_are_named_exist():
    from typer.main import get_command

    from flows.app import app

    known = set(get_command(app).commands)  # type: ignore[attr-defined]
    named = set(re.findall(r"(?:`|bin/|^)demarche ([a-z]+)", TEXT, re.MULTILINE))
    assert len(named) > 8
    assert named <= known
