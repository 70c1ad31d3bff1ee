"""The words of grammar of a language: their tags, their names in the rules, phrases of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from tasks.events.tables import SEEDS, read_table

_PART = re.compile(r"\w+|'|-")
Parts = tuple[str, ...]
_CARDINAL = frozenset({"ONES", "TENS", "HUNDRED", "HUNDREDS", "MAG"})


@dataclass(frozen=True, slots=True)
class Grammar:
    """What function_words.csv and senses.csv hold.

    Attributes:
        tags: Word -> its possible Penn tags, the usual one first.
        glosses: Word or phrase -> the English names by which the rules know it.
        phrases: First word -> phrases that begin with it, as parts, the longest first.
        senses: Lemma -> the English lemma that the rules ask for.
    """

    tags: Mapping[str, tuple[str, ...]]
    glosses: Mapping[str, tuple[str, ...]]
    phrases: Mapping[str, tuple[Parts, ...]]
    senses: Mapping[str, str]


@cache
def load_grammar(lang: str) -> Grammar:
    """Return the words of grammar of a language, read once a process."""
    folder = SEEDS / "lexicon" / lang
    tags: dict[str, tuple[str, ...]] = {}
    glosses: dict[str, tuple[str, ...]] = {}
    phrases: dict[str, list[Parts]] = {}
    for row in read_table(folder / "function_words.csv"):
        for word in row["words"].split("|"):
            parts = tuple(_PART.findall(word))
            key = " ".join(parts)
            tags.setdefault(key, tuple(row["tag"].split("|")))
            glosses.setdefault(key, _names(row["name"], word))
            if len(parts) > 1:
                phrases.setdefault(parts[0], []).append(parts)
    longest = {k: tuple(sorted(v, key=lambda p: (-len(p), p))) for k, v in phrases.items()}
    senses = {
        word: row["name"]
        for row in read_table(folder / "senses.csv")
        for word in row["words"].split("|")
    }
    return Grammar(tags, glosses, longest, senses)


@cache
def number_words(lang: str) -> frozenset[str]:
    """Return the words for numbers; those for millions, which count as nouns, left out."""
    rows = read_table(SEEDS / "lexicon" / lang / "numbers.csv")
    cardinal = [r for r in rows if r["class"] in _CARDINAL]
    return frozenset(f for r in cardinal if not _is_noun(r) for f in r["forms"].split())


def _is_noun(row: dict[str, str]) -> bool:
    return row["class"] == "MAG" and int(row["value"]) >= 1_000_000


def _names(cell: str, word: str) -> tuple[str, ...]:
    return (word,) if cell == "-" else tuple(cell.split("|"))
