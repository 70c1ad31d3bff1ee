"""CAMEO and PLOVER: codes, quad classes, Goldstein scores, types, modes and contexts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from tasks.events.tables import SEEDS, read_table


@dataclass(frozen=True, slots=True)
class Code:
    """A CAMEO code.

    Attributes:
        label: What it means, in our words.
        goldstein: Score from -10 (conflict) to +10 (cooperation); Goldstein (1992).
        quad_class: 1 verbal, 2 material cooperation; 3 verbal, 4 material conflict.
        plover: PLOVER type; empty for CAMEO 01.
    """

    code: str
    label: str
    goldstein: float
    quad_class: int
    plover: str
    mode: str
    contexts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PloverType:
    """A PLOVER event type; `cameo` is the code that stands for it where nothing finer is known."""

    name: str
    quad_class: int
    cameo: str
    modes: frozenset[str]


@cache
def cameo_codes() -> dict[str, Code]:
    """Return the CAMEO codes by code."""
    return {
        r["code"]: Code(
            r["code"],
            r["label"],
            float(r["goldstein"]),
            int(r["quad_class"]),
            r["plover"],
            r["mode"],
            _list(r["contexts"]),
        )
        for r in read_table(SEEDS / "ontology" / "cameo.csv")
    }


@cache
def plover_types() -> dict[str, PloverType]:
    """Return the 16 PLOVER types by name."""
    return {
        r["type"]: PloverType(
            r["type"], int(r["quad_class"]), r["cameo"], frozenset(_list(r["modes"]))
        )
        for r in read_table(SEEDS / "ontology" / "plover.csv")
    }


@cache
def context_words() -> dict[str, frozenset[str]]:
    """Return the words that show each PLOVER context."""
    rows = read_table(SEEDS / "ontology" / "contexts.csv")
    return {r["context"]: frozenset(_list(r["words"])) for r in rows}


def lookup(code: str) -> Code:
    """Return the code, or its nearest base code (0312 -> 031 -> 03).

    Raises:
        KeyError: if not even the root is known.
    """
    codes = cameo_codes()
    for n in range(len(code), 1, -1):
        if code[:n] in codes:
            return codes[code[:n]]
    raise KeyError(code)


def _list(cell: str) -> tuple[str, ...]:
    return tuple(x for x in cell.split("|") if x)
