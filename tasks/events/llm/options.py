"""Which model to ask, where, and how much of it."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from functools import cache
from hashlib import blake2b
from pathlib import Path
from uuid import uuid4

from tasks.errors import UserError
from tasks.settings import SEEDS, Settings

PROMPT = SEEDS / "llm" / "prompt.md"
# What goes into a question beside the prompt; a change asks every question anew.
PROTOCOL = 1


@dataclass(frozen=True, slots=True)
class LlmOptions:
    """A model behind an OpenAI-compatible endpoint.

    Attributes:
        endpoint: Address up to and with /v1, such as http://localhost:11434/v1.
        model: Name of the model there.
        key: What the endpoint wants as a bearer token (DEMARCHE_LLM_KEY); empty for none. It is
            written nowhere.
        cache: SQLite file of the answers so far; empty keeps none.
        run: Name of the run that the calls are counted for.
        max_calls: Calls a run may make; answers that are known cost none.
        seconds: How long one answer may take.
    """

    endpoint: str
    model: str
    key: str = field(default="", repr=False)
    cache: str = ""
    run: str = ""
    max_calls: int = 1_000
    seconds: int = 120


def llm_options(settings: Settings, cache: Path | None = None) -> LlmOptions | None:
    """Return the model that the settings choose, for a run of its own; None where the rules code.

    Args:
        settings: Name the coder and the model; its key is that of the environment.
        cache: File that keeps the model's answers for later runs; None keeps none.

    Raises:
        UserError: if a model is asked for without endpoint or name.
    """
    if settings.coder != "llm":
        return None
    if not settings.llm_endpoint or not settings.llm_model:
        raise UserError(
            'coder = "llm" needs llm_endpoint and llm_model',
            "For a model on this machine: llm_endpoint = http://localhost:11434/v1, and its name.",
        )
    return LlmOptions(
        endpoint=settings.llm_endpoint.rstrip("/"),
        model=settings.llm_model,
        key=os.environ.get("DEMARCHE_LLM_KEY", ""),
        cache=str(cache.resolve()) if cache else "",
        run=uuid4().hex,
        max_calls=settings.llm_max_calls,
        seconds=settings.llm_seconds,
    )


@cache
def prompt_digest() -> str:
    """Return a digest of what every question starts with."""
    from tasks.events.llm.prompt import SCHEMA_TEXT, system_prompt

    text = f"{PROTOCOL}\n{system_prompt()}\n{SCHEMA_TEXT}"
    return blake2b(text.encode(), digest_size=16).hexdigest()
