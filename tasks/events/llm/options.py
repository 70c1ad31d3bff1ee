"""Which model to ask, where, and how much of it; handed to every worker by the environment."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from pathlib import Path
from uuid import uuid4

from tasks.errors import UserError
from tasks.settings import SEEDS, Settings

PROMPT = SEEDS / "llm" / "prompt.md"
# What goes into a question beside the prompt; a change asks every question anew.
PROTOCOL = 1
_CACHE, _RUN = "DEMARCHE_LLM_CACHE", "DEMARCHE_LLM_RUN"
_NAMES = ("coder", "parser", "llm_endpoint", "llm_model", "llm_max_calls", "llm_seconds")


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
    key: str = ""
    cache: str = ""
    run: str = ""
    max_calls: int = 1_000
    seconds: int = 120


def use_coder(settings: Settings, cache: Path | None = None) -> None:
    """Make the choice of coder and parser known here and in every worker.

    A new run of a model begins its count.

    Args:
        settings: Names the coder, its parser, and the model.
        cache: File that keeps the model's answers for later runs; None keeps none.

    Raises:
        UserError: if a model is asked for without endpoint or name.
    """
    for name in _NAMES:
        os.environ[f"DEMARCHE_{name.upper()}"] = str(getattr(settings, name))
    os.environ[_CACHE] = str(cache.resolve()) if cache else ""
    os.environ[_RUN] = uuid4().hex
    llm_options()


def llm_options() -> LlmOptions | None:
    """Return the model that was chosen; None where the rules code.

    Raises:
        UserError: if a model is asked for without endpoint or name.
    """
    env = os.environ
    if env.get("DEMARCHE_CODER", "rules") != "llm":
        return None
    endpoint, model = env.get("DEMARCHE_LLM_ENDPOINT", ""), env.get("DEMARCHE_LLM_MODEL", "")
    if not endpoint or not model:
        raise UserError(
            'coder = "llm" needs llm_endpoint and llm_model',
            "For a model on this machine: llm_endpoint = http://localhost:11434/v1, and its name.",
        )
    return LlmOptions(
        endpoint=endpoint.rstrip("/"),
        model=model,
        key=env.get("DEMARCHE_LLM_KEY", ""),
        cache=env.get(_CACHE, ""),
        run=env.get(_RUN, ""),
        max_calls=int(env.get("DEMARCHE_LLM_MAX_CALLS") or 1_000),
        seconds=int(env.get("DEMARCHE_LLM_SECONDS") or 120),
    )


@cache
def prompt_digest() -> str:
    """Return a digest of what every question starts with."""
    from tasks.events.llm.prompt import SCHEMA_TEXT, system_prompt

    text = f"{PROTOCOL}\n{system_prompt()}\n{SCHEMA_TEXT}"
    return blake2b(text.encode(), digest_size=16).hexdigest()
