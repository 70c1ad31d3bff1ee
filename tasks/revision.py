"""Tells whether articles would be coded today as they were coded before."""

from __future__ import annotations

import os
from hashlib import blake2b
from pathlib import Path

from tasks.events.llm.options import llm_options, prompt_digest
from tasks.events.readers import parser_version
from tasks.settings import PROJECT

_TABLES = ("ontology", "actors", "lexicon", "places", "models")
_STAGES = ("language", "annotate", "events")
# Notices, pictures of countries and the like decide nothing.
_CODES = (".py", ".csv", ".npz", ".parquet")


def coder_revision() -> str:
    """Return a digest of all that a coding depends on: rules, lexicon, actors, places, overlay.

    A release remembers it; when it has changed, the next run codes every article again, so that
    a release never mixes two codings.

    Raises:
        UserError: if the settings name a parser that is not installed.
    """
    digest = blake2b(digest_size=8)
    for path in _files():
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    digest.update(parser_version().encode())
    model = llm_options()
    if model is not None:
        digest.update(f"llm {model.model} {prompt_digest()}".encode())
    return digest.hexdigest()


def _files() -> list[Path]:
    found = [p for s in _STAGES for p in (PROJECT / "tasks" / s).rglob("*.py")]
    found += [p for t in _TABLES for p in (PROJECT / "seeds" / t).rglob("*") if p.is_file()]
    overlay = os.environ.get("DEMARCHE_ACTORS")
    if overlay and Path(overlay).is_file():
        found.append(Path(overlay))
    return sorted(p for p in found if p.suffix in _CODES)
