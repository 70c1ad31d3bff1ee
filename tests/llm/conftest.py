from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tasks.events.llm import client
from tests.llm.model import Events, Model, event, serve_model


def calls_between_leaders(sentences: list[str]) -> Events:
    """Answer like a model that finds every telephone call, and nothing else."""
    found = []
    for n, sentence in enumerate(sentences):
        if " called " in sentence:
            source, _, rest = sentence.partition(" called ")
            target = rest.split()[0].strip(".,")
            day = "on Sunday" if "on Sunday" in sentence else None
            about: dict[str, Any] = {"trigger": "called", "source": source, "target": target}
            found.append(event(sentence=n, cameo="041", mutual=True, date=day, **about))
    return found


@pytest.fixture
def model() -> Iterator[Model]:
    with serve_model(calls_between_leaders) as model:
        yield model


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is waited for, and nothing remembered from test to test."""
    monkeypatch.setattr("tasks.events.llm.client._WAIT", 0)
    client._store.cache_clear()
