"""Tells whether articles would be coded today as they were coded before."""

from __future__ import annotations

from functools import cache
from hashlib import blake2b

from tasks.events.coding import Coding
from tasks.events.llm.options import prompt_digest
from tasks.events.readers import parser_version
from tasks.settings import PROJECT

# The version of the rules that code: one more whenever the code gives the same tables another
# coding. tests/events/test_revision.py refuses another coding of the sample without a new number.
CODER_VERSION = 2
_TABLES = ("ontology", "actors", "lexicon", "places", "models", "language")
# Notices, pictures of countries and the like decide nothing.
_DATA = (".csv", ".npz", ".parquet")


def coder_revision(coding: Coding) -> str:
    """Return a digest of all that a coding depends on: version of the rules, tables, weights, overlay.

    A release remembers it; when it has changed, the next run codes every article again, so that
    a release never mixes two codings. Workers compare theirs with that of the run. A changed
    comment in the code changes nothing.

    Raises:
        UserError: if the settings name a parser that is not installed.
    """
    digest = blake2b(tables_digest(), digest_size=8)
    digest.update(f"rules {CODER_VERSION}".encode())
    if coding.overlay is not None:
        digest.update(f"{coding.overlay.path.name}\n{coding.overlay.text}".encode())
    digest.update(parser_version(coding.parser).encode())
    if coding.llm is not None:
        digest.update(f"llm {coding.llm.model} {prompt_digest()}".encode())
    return digest.hexdigest()


@cache
def tables_digest() -> bytes:
    """Return a digest of tables and weights, of when this process took them up.

    Files that are exchanged later do not count in a process that goes on with what it has loaded.
    """
    digest = blake2b()
    found = [p for t in _TABLES for p in (PROJECT / "seeds" / t).rglob("*") if p.is_file()]
    for path in sorted(p for p in found if p.suffix in _DATA):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.digest()
