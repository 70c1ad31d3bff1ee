"""docs/architecture.md names the steps, functions and files that the code has."""

from __future__ import annotations

import importlib
import inspect
import re

import pytest

from tasks.settings import PROJECT

TEXT = (PROJECT / "docs" / "architecture.md").read_text(encoding="utf-8")
FUNCTIONS = re.findall(r"`((?:tasks|flows)(?:\.\w+)+)\(([^)`]*)\)`", TEXT)
FILES = sorted(set(re.findall(r"`((?:tasks|flows|sql|seeds)/[\w/.]+)`", TEXT)))


def test_the_steps_stand_in_the_order_of_the_pipeline() -> None:
    code = (PROJECT / "flows" / "pipeline.py").read_text(encoding="utf-8")
    steps = re.findall(r'clock\.step\("([^"]+)"\)', code)
    [told] = re.findall(r"```\n(.+ -> .+)\n```", TEXT)
    assert told.split(" -> ") == steps
    table = re.findall(r"^\| ([a-z ]+) \| `", TEXT, re.MULTILINE)
    assert [step for step in table if step.strip()] == steps


@pytest.mark.parametrize(("name", "parameters"), FUNCTIONS)
def test_a_function_has_the_parameters_that_it_is_told_to_have(name: str, parameters: str) -> None:
    module, _, function = name.rpartition(".")
    signature = inspect.signature(getattr(importlib.import_module(module), function))
    told = [p.strip() for p in parameters.split(",")]
    keywords = [p for p in signature.parameters.values() if p.kind is p.KEYWORD_ONLY]
    assert [p for p in told if p != "*"] == list(signature.parameters)
    after = told[told.index("*") + 1 :] if "*" in told else []
    assert after == [p.name for p in keywords]


@pytest.mark.parametrize("path", FILES)
def test_a_file_that_is_named_is_there(path: str) -> None:
    assert (PROJECT / path).exists()


def test_there_is_something_to_look_at() -> None:
    assert len(FUNCTIONS) > 10
    assert len(FILES) > 5
